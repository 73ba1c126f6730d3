"""A mesh on its way to becoming a `core.human.Part`, still in decimetres."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from jaxtyping import Float, Int, Int16, UInt8

from avatar.body.rig import strongest_four
from core.blendshapes import COUNT
from core.human import Material, Part

_STILL_DM = 1e-5
_UNCREASED = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """What a builder of one part gives; light is measured once all of them are there."""

    name: str
    material: Material
    points: Float[np.ndarray, "vertices 3"]
    normals: Float[np.ndarray, "vertices 3"]
    triangles: Int[np.ndarray, "triangles 3"]
    weights: Float[np.ndarray, "vertices bones"]
    uvs: Float[np.ndarray, "vertices 2"]
    morphs: Float[np.ndarray, "shapes vertices 3"] | None = None
    texture: UInt8[np.ndarray, "height width 4"] | None = None
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    occlusion: Float[np.ndarray, " vertices"] | None = None
    key_visibility: Float[np.ndarray, " vertices"] | None = None
    tangents: Float[np.ndarray, "vertices 3"] | None = None
    extra: Float[np.ndarray, "vertices 4"] | None = None
    morph_normals: Float[np.ndarray, "shapes vertices 3"] | None = None
    creases_um: Int16[np.ndarray, "height width"] | None = None
    creasing: Float[np.ndarray, "shapes vertices"] | None = None
    # the last three as `core.human.Part` has them; on skin that is not mapped or joined any more

    def map_vertices(self, stencil: Any, triangles: Int[np.ndarray, "triangles 3"]) -> "Surface":
        """The same surface with vertices that are weighted means of these."""

        def carried(values: np.ndarray | None) -> np.ndarray | None:
            return None if values is None else stencil @ values

        morphs = self.morphs
        if morphs is not None:
            morphs = np.stack([stencil @ shape for shape in morphs])
        return replace(
            self, points=stencil @ self.points, normals=stencil @ self.normals,
            triangles=triangles, weights=stencil @ self.weights, uvs=stencil @ self.uvs,
            morphs=morphs, occlusion=carried(self.occlusion),
            key_visibility=carried(self.key_visibility), tangents=carried(self.tangents),
            extra=carried(self.extra),
        )  # fmt: skip

    def pick_vertices(
        self, index: Int[np.ndarray, " vertices"], triangles: Int[np.ndarray, "triangles 3"]
    ) -> "Surface":
        """The same surface with vertices taken (some perhaps twice) from these."""

        def taken(values: np.ndarray | None) -> np.ndarray | None:
            return None if values is None else values[index]

        def of_shapes(values: np.ndarray | None) -> np.ndarray | None:
            return None if values is None else values[:, index]

        return replace(
            self, points=self.points[index], normals=self.normals[index], triangles=triangles,
            weights=self.weights[index], uvs=self.uvs[index], morphs=of_shapes(self.morphs),
            occlusion=taken(self.occlusion), key_visibility=taken(self.key_visibility),
            tangents=taken(self.tangents), extra=taken(self.extra),
            morph_normals=of_shapes(self.morph_normals), creasing=of_shapes(self.creasing),
        )  # fmt: skip

    def without_unused(self) -> "Surface":
        """The same surface without vertices that no triangle uses."""
        used, triangles = np.unique(self.triangles, return_inverse=True)
        return self.pick_vertices(used, triangles.reshape(-1, 3))


def join_surfaces(name: str, surfaces: list[Surface]) -> Surface:
    """One surface of several that share material, texture and tint; drawn in this order."""
    first = surfaces[0]
    starts = np.cumsum([0] + [len(s.points) for s in surfaces])
    triangles = [s.triangles + start for s, start in zip(surfaces, starts, strict=False)]

    def together(field: str) -> np.ndarray | None:
        values = [getattr(s, field) for s in surfaces]
        return None if values[0] is None else np.concatenate(values)

    morphs = None
    if any(s.morphs is not None for s in surfaces):
        still = [np.zeros((COUNT, len(s.points), 3)) for s in surfaces]
        both = zip(surfaces, still, strict=True)
        morphs = np.concatenate([none if s.morphs is None else s.morphs for s, none in both], 1)
    return replace(
        first, name=name, points=np.concatenate([s.points for s in surfaces]),
        normals=np.concatenate([s.normals for s in surfaces]),
        triangles=np.concatenate(triangles),
        weights=np.concatenate([s.weights for s in surfaces]),
        uvs=np.concatenate([s.uvs for s in surfaces]), morphs=morphs,
        occlusion=together("occlusion"), key_visibility=together("key_visibility"),
        tangents=together("tangents"), extra=together("extra"),
    )  # fmt: skip


def finish_part(surface: Surface, floor_dm: float) -> Part:
    """The part in metres, with the floor at 0 and the vertices that blendshapes move in front."""
    surface = surface.without_unused()
    moved = 0
    if surface.morphs is not None:
        moves = np.abs(surface.morphs).max((0, 2)) > _STILL_DM
        if surface.creasing is not None:
            moves |= surface.creasing.max(0) > _UNCREASED
        order = np.concatenate([np.flatnonzero(moves), np.flatnonzero(~moves)])
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        surface = surface.pick_vertices(order, place[surface.triangles])
        moved = int(moves.sum())
    bones, amounts = strongest_four(surface.weights)
    ones = np.ones(len(surface.points))
    occlusion = ones if surface.occlusion is None else surface.occlusion
    visibility = ones if surface.key_visibility is None else surface.key_visibility
    lengths = np.linalg.norm(surface.normals, axis=1, keepdims=True)

    def of_moved(values: np.ndarray | None) -> np.ndarray | None:
        return None if values is None else values[:, :moved].astype(np.float32)

    return Part(
        name=surface.name,
        material=surface.material,
        positions_m=((surface.points - [0.0, floor_dm, 0.0]) * 0.1).astype(np.float32),
        normals=(surface.normals / np.maximum(lengths, 1e-9)).astype(np.float32),
        uvs=surface.uvs.astype(np.float32),
        triangles=surface.triangles.astype(np.int32),
        bone_indices=bones,
        bone_weights=amounts,
        occlusion=np.clip(occlusion, 0, 1).astype(np.float32),
        key_visibility=np.clip(visibility, 0, 1).astype(np.float32),
        texture=surface.texture,
        morph_count=moved,
        morphs_m=None if surface.morphs is None else of_moved(surface.morphs * 0.1),
        morph_normals=of_moved(surface.morph_normals),
        creases_um=surface.creases_um,
        creasing=of_moved(surface.creasing),
        tint=surface.tint,
        tangents=None if surface.tangents is None else surface.tangents.astype(np.float32),
        extra=None if surface.extra is None else surface.extra.astype(np.float32),
    )  # fmt: skip
