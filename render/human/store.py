"""Baked light kept on disk: a second start reads it in a fraction of a second."""

import hashlib
import logging
import os
from dataclasses import fields
from pathlib import Path
from zipfile import BadZipFile

import cv2
import numpy as np
from jaxtyping import UInt8

from core.errors import MediaError
from core.human import HumanModel
from render.human.bake import BakedHuman
from render.human.shell import HairShell
from render.shaders import texts

log = logging.getLogger(__name__)

_KEPT = 12
# baked humans, about 50 MB each
_ON_AIR = ("morphs_m", "morph_normals", "creasing")
# what acts on a part when it is drawn, whatever light was baked into it
_BAKING_CODE = (
    "bake.py", "shell.py", "hair_cards.py", "hair_cover.py", "hair_form.py", "strand_flow.py",
    "texels.py",
)  # fmt: skip


def bake_key(human: HumanModel, constants: str) -> str:
    """Changes when anything does that the baked light depends on."""
    digest = hashlib.blake2b(digest_size=12)
    code = [(Path(__file__).parent / name).read_text(encoding="utf-8") for name in _BAKING_CODE]
    for text in (*texts(), *code, constants, human.name):
        digest.update(text.encode())
    _digest(digest, (human.skeleton.joints_m, human.eyes, human.iris_colour, human.key_light))
    for part in human.parts:
        _digest(digest, tuple(getattr(part, f.name) for f in fields(part) if f.name not in _ON_AIR))
    return digest.hexdigest()


def _digest(digest: "hashlib.blake2b", values: tuple[object, ...]) -> None:
    for value in values:
        if isinstance(value, np.ndarray):
            digest.update(str(value.shape).encode())
            digest.update(np.ascontiguousarray(value).data)
        else:
            digest.update(repr(value).encode())


class BakeStore:
    """A folder of baked humans and still pictures."""

    def __init__(self, cache_dir: Path) -> None:
        self._dir = cache_dir / "light"

    def load(self, key: str) -> BakedHuman | None:
        """What was saved under `key`, or None when there is nothing or it is damaged."""
        path = self._dir / f"{key}.npz"
        if not path.exists():
            return None
        try:
            with path.open("rb") as raw, np.load(raw) as file:
                return _unpack({name: file[name] for name in file.files})
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            log.warning("baked light in %s is damaged (%s); baking again", path, error)
            return None

    def save(self, key: str, baked: BakedHuman) -> None:
        """Writes all or nothing.

        Raises:
            MediaError: the folder cannot be written.
        """
        with _written(self._dir / f"{key}.npz") as path, path.open("wb") as file:
            np.savez(file, **_pack(baked))
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        """Humans, scenes and shaders change; what was baked for old ones must not fill the disk."""
        newest_first = sorted(
            self._dir.glob("*.npz"), key=lambda p: p.stat().st_mtime, reverse=True
        )
        for path in newest_first[_KEPT:]:
            path.unlink(missing_ok=True)
            for still in self._dir.glob(f"{path.stem}-*.png"):
                still.unlink(missing_ok=True)

    def still_path(self, key: str, width_px: int, height_px: int) -> Path:
        return self._dir / f"{key}-{width_px}x{height_px}.png"

    def save_still(self, key: str, rgb: UInt8[np.ndarray, "h w 3"]) -> None:
        """Keeps a picture to show should drawing fail.

        Raises:
            MediaError: the folder cannot be written.
        """
        _, png = cv2.imencode(".png", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
        with _written(self.still_path(key, rgb.shape[1], rgb.shape[0])) as path:
            path.write_bytes(png.tobytes())

    def load_still(
        self, key: str, width_px: int, height_px: int
    ) -> UInt8[np.ndarray, "h w 3"] | None:
        path = self.still_path(key, width_px, height_px)
        picture = cv2.imread(str(path)) if path.exists() else None
        return None if picture is None else cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)


class _written:  # noqa: N801 - reads as a statement: with _written(path) as temporary
    """A temporary file beside `path` that takes its place when all went well."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._temporary = path.with_name(f"{path.name}.{os.getpid()}.part")

    def __enter__(self) -> Path:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._failure(error) from error
        return self._temporary

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            os.replace(self._temporary, self._path)
            return
        self._temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> MediaError:
        return MediaError(
            f"cannot keep baked light in {self._path}: {error}; free some space or set another "
            "cache folder"
        )


def _pack(baked: BakedHuman) -> dict[str, np.ndarray]:
    out = {f"texture/{name}": pixels for name, pixels in baked.textures.items()}
    out |= {f"unlit/{name}": values for name, values in baked.unlit.items()}
    out |= {f"grey/{name}": np.array(grey) for name, grey in baked.greys.items()}
    if baked.shell is not None:
        out |= {f"shell/{f.name}": getattr(baked.shell, f.name) for f in fields(HairShell)}
    return out


def _unpack(arrays: dict[str, np.ndarray]) -> BakedHuman:
    groups: dict[str, dict[str, np.ndarray]] = {"texture": {}, "unlit": {}, "grey": {}, "shell": {}}
    for name, array in arrays.items():
        group, _, rest = name.partition("/")
        groups[group][rest] = array
    return BakedHuman(
        groups["texture"],
        groups["unlit"],
        HairShell(**groups["shell"]) if groups["shell"] else None,
        {name: float(value) for name, value in groups["grey"].items()},
    )
