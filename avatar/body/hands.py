"""Both hands: skin with an atlas of their own."""

import numpy as np
from jaxtyping import Float

from avatar.body.anatomy import Anatomy
from avatar.body.makehuman import VERTICES, load_base
from avatar.body.mesh import cut_piece, split_quads, vertex_normals
from avatar.body.rig import Rig
from avatar.body.surface import Surface
from core.motion import BONES

_PARTS = ("Hand", "Thumb", "Index", "Middle", "Ring", "Little")
_HAND = [i for i, bone in enumerate(BONES) if any(part in bone for part in _PARTS)]


def build_hands(vertices: Float[np.ndarray, "base 3"], rig: Rig, anatomy: Anatomy) -> Surface:
    """Hands up to under the cuffs; `extra` carries the base's UVs for masks."""
    base = load_base()
    hand = rig.weights[:, _HAND].sum(1)
    mine = (base.groups == "body") & (hand[base.quads].max(1) > 0.02)
    mine &= vertices[base.quads].mean(1)[:, 1] < anatomy.neck[1] - 2
    piece = cut_piece(base.quads[mine], VERTICES, 0)
    points = piece.stencil @ vertices
    uvs = np.zeros((len(points), 2))
    uvs[piece.quads.ravel()] = base.uvs[base.uv_quads[mine]].reshape(-1, 2)
    triangles = split_quads(piece.quads)
    return Surface(
        name="hands", material="skin", points=points, normals=vertex_normals(points, triangles),
        triangles=triangles, weights=piece.stencil @ rig.weights, uvs=uvs,
        extra=np.c_[uvs, np.zeros((len(points), 2))],
    )  # fmt: skip
