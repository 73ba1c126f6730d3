"""A built human on disk, so that a room starts in a second."""

import hashlib
import json
import logging
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from avatar.body.build import Progress, build_human
from avatar.imported.figure import import_human
from avatar.presenter import PresenterSettings
from core.human import Eyeball, HumanModel, Part
from core.motion import Skeleton

_FORMAT = 2
_ARRAYS = (
    "positions_m", "normals", "uvs", "triangles", "bone_indices", "bone_weights", "occlusion",
    "key_visibility", "texture", "morphs_m", "morph_normals", "creases_um", "creasing",
    "tangents", "extra",
)  # fmt: skip
_OF_SHAPES = ("morphs_m", "morph_normals", "creasing")
_DAMAGE = (OSError, EOFError, KeyError, ValueError, TypeError, zipfile.BadZipFile)

log = logging.getLogger(__name__)


def load_human(settings: PresenterSettings, cache_dir: Path, progress: Progress) -> HumanModel:
    """The presenter from the cache, or built and put there; a damaged file is built anew.

    A body from somebody's file is read each time: that takes no longer than the cache would.

    Raises:
        ContentError: the file of the body cannot be read or cannot speak.
        ConfigError: a shape detail names no target.
        MediaError: the MakeHuman data is missing.
    """
    if settings.body is not None:
        return import_human(settings.name, settings.body, progress).human
    path = cache_dir / f"{settings.name}-{cache_key(settings)}.npz"
    if path.is_file():
        try:
            return read_human(path)
        except _DAMAGE:
            log.warning("the cached human is damaged and is built anew", extra={"path": str(path)})
    human = build_human(settings, progress)
    write_human(human, path)
    return human


def cache_key(settings: PresenterSettings) -> str:
    """Changes with the settings, this format, and the code that builds the body."""
    digest = hashlib.sha256(f"{_FORMAT}".encode())
    look = settings.model_dump_json(exclude={"voice", "language", "body"})
    digest.update(look.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def write_human(human: HumanModel, path: Path) -> None:
    """Write a human to a file that appears only when it is whole."""
    arrays: dict[str, np.ndarray] = {
        "parents": human.skeleton.parents, "joints_m": human.skeleton.joints_m,
    }  # fmt: skip
    for part in human.parts:
        for field in _ARRAYS:
            value = getattr(part, field)
            if value is not None:
                arrays[f"{part.name}.{field}"] = _packed(field, value)
    head = json.dumps(_describe(human)).encode()
    arrays["head"] = np.frombuffer(head, np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **arrays)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_human(path: Path) -> HumanModel:
    """Read a human back.

    Raises:
        ValueError, KeyError, OSError, zipfile.BadZipFile: the file is damaged.
    """
    with path.open("rb") as handle, np.load(handle, allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    head = json.loads(arrays["head"].tobytes())
    parts = tuple(_read_part(entry, arrays) for entry in head["parts"])
    left, right = (
        Eyeball(eye["bone"], tuple(eye["centre_m"]), eye["radius_m"]) for eye in head["eyes"]
    )
    return HumanModel(
        name=head["name"],
        skeleton=Skeleton(arrays["parents"], arrays["joints_m"]),
        parts=parts,
        eyes=(left, right),
        iris_colour=tuple(head["iris_colour"]),
        key_light=tuple(head["key_light"]),
        landmarks_m={name: tuple(at) for name, at in head["landmarks_m"].items()},
    )


def _packed(field: str, value: np.ndarray) -> np.ndarray:
    """What shapes do needs no more than half precision: 0.1 mm in 10 cm."""
    return value.astype(np.float16) if field in _OF_SHAPES else value


def _describe(human: HumanModel) -> dict[str, Any]:
    return {
        "name": human.name,
        "iris_colour": human.iris_colour,
        "key_light": human.key_light,
        "landmarks_m": human.landmarks_m,
        "eyes": [
            {"bone": eye.bone, "centre_m": eye.centre_m, "radius_m": eye.radius_m}
            for eye in human.eyes
        ],
        "parts": [
            {
                "name": part.name, "material": part.material, "morph_count": part.morph_count,
                "tint": part.tint,
            }
            for part in human.parts
        ],
    }  # fmt: skip


def _read_part(entry: dict[str, Any], arrays: dict[str, np.ndarray]) -> Part:
    fields: dict[str, Any] = {field: arrays.get(f"{entry['name']}.{field}") for field in _ARRAYS}
    for field in _OF_SHAPES:
        if fields[field] is not None:
            fields[field] = fields[field].astype(np.float32)
    return Part(
        name=entry["name"], material=entry["material"], morph_count=entry["morph_count"],
        tint=tuple(entry["tint"]), **fields,
    )  # fmt: skip
