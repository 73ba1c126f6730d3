"""Hair made of cards: many ribbons cut out of a texture, which are laid into a shell as ours are.

Drawn one by one they would cost four to five times the time of the shell.
"""

from dataclasses import replace
from typing import Final

import numpy as np
from jaxtyping import Float
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from avatar.body.mesh import unit
from core.human import Part
from core.motion import BONE_INDEX

_LEAST_CARDS: Final = 40
_LEAST_TRIANGLES: Final = 2500
_ON_HEAD: Final = 0.3
_BINS: Final = 20
_BRIGHT_PERCENTILE: Final = 75
# of the texels that are seen: a card's own shades come again from the shell's strands


def lay_cards(part: Part) -> Part:
    """The part as hair for the shell where it is hair in cards; else the part itself."""
    if part.finish is None or part.finish.cover == "opaque" or part.texture is None:
        return part
    carried = (part.bone_weights * (part.bone_indices == BONE_INDEX["head"])).sum(1).mean()
    few = len(part.triangles) < _LEAST_TRIANGLES or part.morphs_m is not None
    if few or carried < _ON_HEAD or _cards(part) < _LEAST_CARDS:
        return part
    seen = part.texture[..., 3] >= 128
    colour = np.percentile(part.texture[seen][:, :3], _BRIGHT_PERCENTILE, axis=0) / 255
    red, green, blue = (float(c * c * t) for c, t in zip(colour, part.tint, strict=True))
    depth = 0.62 + 0.38 * _depth(part.positions_m)
    return replace(
        part, material="hair", finish=None, tint=(red, green, blue), tangents=_tangents(part),
        occlusion=depth, key_visibility=depth,
    )  # fmt: skip


def _cards(part: Part) -> int:
    n = len(part.positions_m)
    a, b = part.triangles[:, [0, 1]].ravel(), part.triangles[:, [1, 2]].ravel()
    graph = coo_matrix((np.ones(len(a)), (a, b)), (n, n))
    return int(connected_components(graph, directed=False)[0])


def _tangents(part: Part) -> Float[np.ndarray, "vertices 3"]:
    """Along the strand: the way on which the texture's v grows, at each vertex."""
    a, b, c = (part.positions_m[part.triangles[:, k]].astype(float) for k in range(3))
    ua, ub, uc = (part.uvs[part.triangles[:, k]].astype(float) for k in range(3))
    du1, dv1 = (ub - ua).T
    du2, dv2 = (uc - ua).T
    along = (b - a) * -du2[:, None] + (c - a) * du1[:, None]
    along = along * np.sign(du1 * dv2 - du2 * dv1)[:, None]
    out = np.zeros((len(part.positions_m), 3))
    for k in range(3):
        np.add.at(out, part.triangles[:, k], along)
    out[np.linalg.norm(out, axis=1) < 1e-12] = (0.0, -1.0, 0.0)
    return unit(out)


def _depth(points: Float[np.ndarray, "vertices 3"]) -> Float[np.ndarray, " vertices"]:
    """0 for the innermost to 1 for the outermost of what lies in one direction from the middle."""
    x, y, z = (points - np.median(points, 0)).T
    turn = np.digitize(np.arctan2(x, z), np.linspace(-np.pi, np.pi, _BINS))
    rise = np.digitize(y, np.quantile(y, np.linspace(0, 1, _BINS)[1:-1]))
    order = np.lexsort((np.sqrt(x * x + y * y + z * z), turn, rise))
    cell = (turn * (_BINS + 2) + rise)[order]
    starts = np.flatnonzero(np.r_[True, cell[1:] != cell[:-1]])
    sizes = np.diff(np.r_[starts, len(cell)])
    rank = (np.arange(len(cell)) - np.repeat(starts, sizes)) / np.repeat(
        np.maximum(sizes, 2), sizes
    )
    out = np.empty(len(points))
    out[order] = rank
    return out
