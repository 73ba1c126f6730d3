"""Eyeballs with a cornea, and lashes."""

import numpy as np
from jaxtyping import Float

from avatar.body.anatomy import Anatomy
from avatar.body.makehuman import VERTICES, load_base
from avatar.body.mesh import cut_piece, grid_quads, split_quads, unit, vertex_normals
from avatar.body.surface import Surface, join_surfaces
from core.motion import BONE_INDEX, BONES

_AROUND, _RINGS = 18, 9
_CORNEA_RAD = 0.56
_CORNEA_BULGE = 0.085


def build_eyes(anatomy: Anatomy) -> tuple[Surface, Surface]:
    """The figure's left and right eye, looking straight ahead."""
    left, right = (
        _build_eye(f"eye_{side}", f"{side}Eye", centre, anatomy.eye_radius)
        for side, centre in zip(("left", "right"), anatomy.eye_centres, strict=True)
    )
    return left, right


def build_lashes(
    vertices: Float[np.ndarray, "base 3"], units: Float[np.ndarray, "52 base 3"]
) -> Surface:
    """Upper and lower lashes of both eyes; u along the lid, v from root (0) to tip (1)."""
    strips = [
        _build_strip(f"helper-{side}-eyelashes-{row}", vertices, units)
        for side in "lr"
        for row in (1, 2)
    ]
    return join_surfaces("lashes", strips)


def _build_eye(name: str, bone: str, centre: np.ndarray, radius: float) -> Surface:
    front = np.linspace(0.0, 0.62, _RINGS - 4)
    polar = np.concatenate([front, np.linspace(0.85, 1.75, 4)])
    around = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    bulge = np.where(
        polar < _CORNEA_RAD,
        _CORNEA_BULGE * (np.cos(polar / _CORNEA_RAD * np.pi) * 0.5 + 0.5), 0.0,
    )  # fmt: skip
    ball = np.stack(
        [
            np.outer(np.sin(polar), np.cos(around)),
            np.outer(np.sin(polar), np.sin(around)),
            np.outer(np.cos(polar), np.ones(_AROUND)),
        ],
        -1,
    ) * (radius * (1 + bulge))[:, None, None]  # fmt: skip
    points = ball.reshape(-1, 3)
    triangles = split_quads(grid_quads(len(polar), _AROUND, wrap=True)[:, ::-1])
    normals = vertex_normals(points, triangles)
    normals[:_AROUND] = [0.0, 0.0, 1.0]
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX[bone]] = 1.0
    return Surface(
        name=name, material="eye", points=points + centre, normals=normals,
        triangles=triangles, weights=weights, uvs=unit(points)[:, :2] * 0.5 + 0.5,
    )  # fmt: skip


def _build_strip(
    group: str, vertices: Float[np.ndarray, "base 3"], units: Float[np.ndarray, "52 base 3"]
) -> Surface:
    base = load_base()
    mine = base.groups == group
    uv = base.uvs[base.uv_quads[mine]]
    piece = cut_piece(base.quads[mine], VERTICES, 0)
    points = piece.stencil @ vertices
    uvs = np.zeros((len(points), 2))
    uvs[piece.quads.ravel()] = uv.reshape(-1, 2)
    uvs = (uvs - uvs.min(0)) / np.ptp(uvs, axis=0)
    triangles = split_quads(piece.quads)
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX["head"]] = 1.0
    normals = np.tile([0.0, 0.0, 1.0], (len(points), 1))
    return Surface(
        name=group, material="lash", points=points, normals=normals, triangles=triangles,
        weights=weights, uvs=uvs, morphs=np.stack([piece.stencil @ unit for unit in units]),
        tint=(0.012, 0.008, 0.008),
    )  # fmt: skip
