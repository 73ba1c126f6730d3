"""All hair cards as one shell round the head: a texture and a radius for each direction.

Thousands of overlapping cards cost more than the rest of the picture; their outermost surface, seen
from the head's axis, costs a few thousand triangles once.
"""

from dataclasses import dataclass

import moderngl
import numpy as np
from jaxtyping import Float32, Int32, UInt8
from scipy.spatial import cKDTree

from core.human import HumanModel, Part
from render.human.hair_cards import TEXTURE_PX, draw_cards, find_axis, is_ringlets, root_radius
from render.human.hair_cover import cover_shell
from render.human.hair_form import smooth_radius

_GRID = 56
_OPAQUE, _EMPTY = 235, 8


@dataclass(frozen=True, slots=True, eq=False)
class HairShell:
    """The shell's mesh, in the pose of the human's mesh."""

    positions_m: Float32[np.ndarray, "vertices 3"]
    uvs: Float32[np.ndarray, "vertices 2"]
    bone_indices: Int32[np.ndarray, "vertices 4"]
    bone_weights: Float32[np.ndarray, "vertices 4"]
    opaque: Int32[np.ndarray, "triangles 3"]
    # drawn first, without blending
    soft: Int32[np.ndarray, "borders 3"]
    # drawn last, blended
    texture: UInt8[np.ndarray, "height width 4"]
    # first row at the bottom

    def outward(self) -> Float32[np.ndarray, "vertices 3"]:
        """Unit normal at each vertex, off the head."""
        side = round(len(self.positions_m) ** 0.5)
        grid = self.positions_m.reshape(side, side, 3)
        across, up = (np.gradient(grid, axis=axis) for axis in (1, 0))
        across[:, 0] = across[:, -1] = (across[:, 0] + across[:, -1]) / 2
        normal = np.cross(across, up)
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True) + 1e-9
        # All columns meet in the pole.
        normal[-1] = [0.0, 1.0, 0.0]
        out: np.ndarray = normal.reshape(-1, 3).astype(np.float32)
        return out


def bake_shell(context: moderngl.Context, human: HumanModel, constants: str) -> HairShell | None:
    """The shell of all parts of material hair, or None for a bald head."""
    parts = [part for part in human.parts if part.material == "hair"]
    if not parts:
        return None
    axis = find_axis(human, parts)
    drawn, found = draw_cards(context, parts, constants, axis)
    ringlets = any(is_ringlets(part) for part in parts)
    colour = cover_shell(drawn, axis, ringlets)
    if ringlets:
        # Wisps that are not shown do not pull the ends out to where they were.
        found = np.where(colour[..., 3] > 250, found, 0.0).astype(np.float32)
    radius = smooth_radius(found, root_radius(parts, axis), axis)
    ticks = np.linspace(0, 1, _GRID + 1)
    u, v = np.meshgrid(ticks, ticks)
    at = np.clip((ticks * TEXTURE_PX).astype(int), 0, TEXTURE_PX - 1)
    grid = radius[np.ix_(at, at)]
    grid[:, 0] = grid[:, -1] = (grid[:, 0] + grid[:, -1]) / 2
    points = axis.points(u, v, grid).reshape(-1, 3)
    opaque, soft = _cells(colour[..., 3])
    # What is blended over what lies behind must come after it, seen from before the face.
    soft = soft[np.argsort(points[soft].mean(axis=1)[:, 2])]
    bones, weights = _weights(parts, points)
    return HairShell(
        points.astype(np.float32), np.stack([u, v], -1).reshape(-1, 2).astype(np.float32),
        bones, weights, opaque, soft, colour,
    )  # fmt: skip


def _cells(alpha: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Triangles of wholly covered and of partly covered cells of the grid."""
    edges = np.arange(_GRID + 1) * TEXTURE_PX // _GRID
    most = np.maximum.reduceat(np.maximum.reduceat(alpha, edges[:-1], 0), edges[:-1], 1)
    least = np.minimum.reduceat(np.minimum.reduceat(alpha, edges[:-1], 0), edges[:-1], 1)
    i = np.arange((_GRID + 1) ** 2).reshape(_GRID + 1, _GRID + 1)
    a, b, c, d = i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]
    quads = np.stack([np.stack([a, b, c], -1), np.stack([a, c, d], -1)], -2)
    solid = least > _OPAQUE
    partly = (most > _EMPTY) & ~solid
    opaque, soft = (quads[chosen].reshape(-1, 3).astype(np.int32) for chosen in (solid, partly))
    return opaque, soft


def _weights(parts: list[Part], points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of the nearest strand."""
    places = np.concatenate([part.positions_m for part in parts])
    _, nearest = cKDTree(places).query(points)
    bones = np.concatenate([part.bone_indices for part in parts])[nearest]
    weights = np.concatenate([part.bone_weights for part in parts])[nearest]
    return bones, weights
