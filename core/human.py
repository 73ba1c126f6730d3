"""A 3D human as data: what `avatar` builds and `render` draws. Metres, the figure's axes."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from jaxtyping import Float32, Int16, Int32, UInt8

from core.arrays import sealed
from core.blendshapes import COUNT
from core.motion import Skeleton

Material = Literal["skin", "eye", "mouth", "lash", "cloth", "hair", "plain"]
"""`plain` is another maker's: a texture under simple light, finished as its `Finish` says."""
Cover = Literal["opaque", "mask", "blend"]


@dataclass(frozen=True, slots=True)
class Finish:
    """How a plain part covers what is behind it."""

    cover: Cover = "opaque"
    # mask: drawn where the texture's alpha is above one half; blend: mixed by it
    double_sided: bool = False
    tiles: bool = False
    # the texture repeats beyond 0 to 1


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One piece of the human: a skinned mesh with its own material."""

    name: str
    material: Material
    positions_m: Float32[np.ndarray, "vertices 3"]
    normals: Float32[np.ndarray, "vertices 3"]
    uvs: Float32[np.ndarray, "vertices 2"]
    # 0 to 1, origin at the lower left, as OpenGL has it
    triangles: Int32[np.ndarray, "triangles 3"]
    # counter-clockwise seen from outside; in draw order where the material blends
    bone_indices: Int32[np.ndarray, "vertices 4"]
    bone_weights: Float32[np.ndarray, "vertices 4"]
    # sums to 1
    occlusion: Float32[np.ndarray, " vertices"]
    # ambient light that reaches the vertex, 0 to 1
    key_visibility: Float32[np.ndarray, " vertices"]
    # share of the key light that reaches the vertex, 0 to 1
    texture: UInt8[np.ndarray, "height width 4"] | None = None
    # colour in sRGB without light, first row at the top; alpha is gloss on skin, cover elsewhere
    morph_count: int = 0
    # how many vertices, counted from the first, the blendshapes move
    morphs_m: Float32[np.ndarray, "shapes moved 3"] | None = None
    # offsets for each of core.blendshapes.ARKIT
    morph_normals: Float32[np.ndarray, "shapes moved 3"] | None = None
    # what each of them adds to the normals; None: light falls as on the face at rest
    creases_um: Int16[np.ndarray, "height width"] | None = None
    # lines and folds of expression, all drawn at once: heights over the skin, first row at the top
    creasing: Float32[np.ndarray, "shapes moved"] | None = None
    # how far each of the blendshapes draws the creases about a vertex, 0 to 1
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    # linear colour that multiplies the texture, or is the colour where there is none
    tangents: Float32[np.ndarray, "vertices 3"] | None = None
    # along the strand, for hair
    extra: Float32[np.ndarray, "vertices 4"] | None = None
    # hair: chance of the strand, depth (0 innermost to 1 outermost), chance of its lock, 0
    finish: Finish | None = None
    # of plain parts alone

    def __post_init__(self) -> None:
        n = len(self.positions_m)
        for name, dtype, ndim in (
            ("positions_m", np.float32, 2), ("normals", np.float32, 2), ("uvs", np.float32, 2),
            ("triangles", np.int32, 2), ("bone_indices", np.int32, 2),
            ("bone_weights", np.float32, 2), ("occlusion", np.float32, 1),
            ("key_visibility", np.float32, 1),
        ):  # fmt: skip
            value = sealed(getattr(self, name), dtype, ndim, f"{self.name}.{name}")
            if name != "triangles" and len(value) != n:
                raise ValueError(f"{self.name}.{name}: {len(value)} rows for {n} vertices")
            object.__setattr__(self, name, value)
        if self.triangles.size and int(self.triangles.max()) >= n:
            raise ValueError(f"{self.name}.triangles: points past the last of {n} vertices")
        for name, shape in (
            ("morphs_m", (COUNT, self.morph_count, 3)),
            ("morph_normals", (COUNT, self.morph_count, 3)),
            ("creasing", (COUNT, self.morph_count)),
        ):
            value = getattr(self, name)
            if value is None:
                continue
            if value.shape != shape:
                raise ValueError(f"{self.name}.{name}: shape {value.shape}, not {shape}")
            value = sealed(value, np.float32, len(shape), f"{self.name}.{name}")
            object.__setattr__(self, name, value)
        if (self.creases_um is None) != (self.creasing is None):
            raise ValueError(f"{self.name}: creases_um and creasing belong together")
        if self.morphs_m is None and (self.morph_normals is not None or self.creasing is not None):
            raise ValueError(f"{self.name}: morph_normals and creasing need morphs_m")


@dataclass(frozen=True, slots=True, eq=False)
class Eyeball:
    """One eye: a sphere that turns with its bone; the iris is drawn by the shader."""

    bone: Literal["leftEye", "rightEye"]
    centre_m: tuple[float, float, float]
    radius_m: float


@dataclass(frozen=True, slots=True, eq=False)
class HumanModel:
    """Everything needed to draw one presenter."""

    name: str
    skeleton: Skeleton
    parts: tuple[Part, ...]
    eyes: tuple[Eyeball, Eyeball]
    iris_colour: tuple[float, float, float]
    # linear
    key_light: tuple[float, float, float]
    # direction towards the key light that `key_visibility` was measured with
    landmarks_m: dict[str, tuple[float, float, float]] = field(default_factory=dict)
    # eye_line, mouth, chin, crown, neck: what a camera frames on

    def part(self, name: str) -> Part:
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(f"{self.name} has no part {name!r}, only {[p.name for p in self.parts]}")
