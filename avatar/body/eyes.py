"""Eyeballs with a cornea, and lashes."""

import numpy as np
from jaxtyping import Float, Int
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.makehuman import VERTICES, load_base
from avatar.body.mesh import cut_piece, grid_quads, split_quads, unit, vertex_normals
from avatar.body.surface import Surface, join_surfaces
from core.blendshapes import INDEX
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
    vertices: Float[np.ndarray, "base 3"], skin: Surface, anatomy: Anatomy
) -> tuple[Surface, Surface]:
    """Upper and lower lashes of both eyes; u along the lid, v from root (0) to tip (1).

    Args:
        skin: unthinned, with its shapes: the lashes move as the lid does where they grow.
    """
    upper, lower = (
        join_surfaces(
            "lashes",
            [
                _build_strip(f"helper-{side}-eyelashes-{row}", vertices, skin, centre)
                for side, centre in zip("lr", anatomy.eye_centres, strict=True)
            ],
        )
        for row in (2, 1)
    )
    return upper, lower


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
    group: str, vertices: Float[np.ndarray, "base 3"], skin: Surface,
    centre: Float[np.ndarray, " 3"],
) -> Surface:  # fmt: skip
    base = load_base()
    piece = cut_piece(base.quads[base.groups == group], VERTICES, 0)
    points = piece.stencil @ vertices
    uvs = _lash_uvs(points, piece.quads, centre)
    root = points[uvs[:, 1] == 0]
    _, nearest = cKDTree(root).query(points)
    morphs = _lid_morphs(skin, root)[:, nearest]
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX["head"]] = 1.0
    normals = np.tile([0.0, 0.0, 1.0], (len(points), 1))
    return Surface(
        name=group, material="lash", points=points, normals=normals,
        triangles=split_quads(piece.quads), weights=weights, uvs=uvs, morphs=morphs,
        tint=(0.012, 0.008, 0.008),
    )  # fmt: skip


def _lid_morphs(
    skin: Surface, roots: Float[np.ndarray, "roots 3"]
) -> Float[np.ndarray, "52 roots 3"]:
    """How the upper lid moves at each root: the mean of its vertices close by."""
    if skin.morphs is None:
        raise ValueError("the skin has no shapes")
    down = skin.morphs[[INDEX["eyeBlinkLeft"], INDEX["eyeBlinkRight"]], :, 1].min(0)
    lid = np.flatnonzero(down < -0.02)
    away, near = cKDTree(skin.points[lid]).query(roots, 4)
    share = 1 / (away + 0.005)
    share /= share.sum(1, keepdims=True)
    out: np.ndarray = np.einsum("rk,frkc->frc", share, skin.morphs[:, lid[near]])
    return out


def _lash_uvs(
    points: Float[np.ndarray, "vertices 3"],
    quads: Int[np.ndarray, "quads 4"],
    centre: Float[np.ndarray, " 3"],
) -> Float[np.ndarray, "vertices 2"]:
    """Along the lid and out from it: the border nearer the eyeball is the root."""
    edges = np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2), 1)
    once, count = np.unique(edges, axis=0, return_counts=True)
    border = np.unique(once[count == 1])
    reach = np.linalg.norm(points - centre, axis=1)
    inner = border[reach[border] < np.median(reach[border])]
    outer = np.setdiff1d(border, inner)
    to_root, _ = cKDTree(points[inner]).query(points)
    to_tip, _ = cKDTree(points[outer]).query(points)
    x = points[:, 0]
    u = (x - x.min()) / np.ptp(x)
    return np.stack([u, to_root / (to_root + to_tip)], 1)
