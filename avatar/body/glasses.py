"""Spectacles: two rims, a bridge and the temples that go back to the ears."""

import numpy as np
from jaxtyping import Float

from avatar.body.anatomy import Anatomy
from avatar.body.drape import RIGID
from avatar.body.makehuman import load_base
from avatar.body.mesh import grid_quads, split_quads, unit, vertex_normals
from avatar.body.simplify import unwrap_surface
from avatar.body.surface import Surface, join_surfaces
from core.motion import BONE_INDEX, BONES

_THICK = 0.012
_RIM = (0.245, 0.175)
# half width and height of a lens
_AROUND, _SIDES = 26, 5


def build_glasses(
    vertices: Float[np.ndarray, "base 3"], anatomy: Anatomy, colour: tuple[float, float, float]
) -> Surface:
    """A frame that sits on this nose, with the head's bone."""
    body = vertices[load_base().vertices_of("body")]
    eyes = np.array(anatomy.eye_centres)
    bridge = body[(np.abs(body[:, 0]) < 0.05) & (np.abs(body[:, 1] - anatomy.eye_y - 0.02) < 0.08)]
    front = max(bridge[:, 2].max() + 0.03, eyes[:, 2].mean() + anatomy.eye_radius + 0.20)
    half = max(abs(eyes[0, 0]) + 0.03, _RIM[0] + 0.075)
    paths = []
    for side in (1.0, -1.0):
        turn = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
        across, up = np.cos(turn), np.sin(turn)
        # A rounded rectangle, a little narrower below, curving back round the face.
        x = np.sign(across) * np.abs(across) ** 0.75 * _RIM[0] * (1 + 0.05 * up)
        y = np.sign(up) * np.abs(up) ** 0.8 * _RIM[1]
        z = front - 0.10 * np.clip(x / _RIM[0], 0, 1) ** 2 - 0.01 * up
        rim = np.stack([side * (half + x), anatomy.eye_y - 0.035 + y, z], 1)
        paths.append((rim, True))
        start = rim[0] + [0.0, 0.10, -0.01]
        ear = np.array(
            [side * _width_at_ear(body, anatomy), anatomy.eye_y + 0.06, eyes[0, 2] - 0.9]
        )
        hook = ear + [0.0, -0.18, -0.16]
        corner = np.array([ear[0] * 0.5 + start[0] * 0.5 + side * 0.06, start[1], start[2] - 0.22])
        steps = np.linspace(0, 1, 9)[:, None]
        temple = (1 - steps) ** 2 * start + 2 * steps * (1 - steps) * corner + steps**2 * ear
        paths.append((np.concatenate([temple, hook[None]]), False))
    inner = half - _RIM[0]
    nose = np.linspace(-1, 1, 7)
    arch = np.stack(
        [nose * inner, anatomy.eye_y + 0.02 + 0.04 * (1 - nose**2), front + 0.01 * (1 - nose**2)], 1
    )
    paths.append((arch, False))
    tubes = [_tube(path, closed=closed) for path, closed in paths]
    frame = join_surfaces("glasses", tubes)
    flat = unwrap_surface(frame)
    extra = np.tile([-1.0, 0.0, 0.0, RIGID], (len(flat.points), 1))
    ones = np.ones(len(flat.points))
    return Surface(
        name="glasses", material="cloth", points=flat.points, normals=flat.normals,
        triangles=flat.triangles, weights=flat.weights, uvs=flat.uvs, tint=colour,
        occlusion=ones * 0.85, key_visibility=ones, extra=extra,
    )  # fmt: skip


def _width_at_ear(body: Float[np.ndarray, "vertices 3"], anatomy: Anatomy) -> float:
    near = (np.abs(body[:, 1] - anatomy.eye_y - 0.2) < 0.12) & (
        np.abs(body[:, 2] - anatomy.head_centre[2]) < 0.3
    )
    return float(np.abs(body[near, 0]).max()) + 0.02


def _tube(path: Float[np.ndarray, "points 3"], *, closed: bool) -> Surface:
    around = np.roll(path, -1, 0) - np.roll(path, 1, 0)
    along = unit(around if closed else np.gradient(path, axis=0))
    aside = unit(np.cross(along, [0.05, 0.1, 1.0]))
    over = np.cross(along, aside)
    turn = np.linspace(0, 2 * np.pi, _SIDES, endpoint=False)
    ring = np.cos(turn)[:, None] * aside[:, None] + np.sin(turn)[:, None] * over[:, None]
    points = (path[:, None] + ring * _THICK).reshape(-1, 3)
    rows = len(path)
    quads = grid_quads(rows, _SIDES, wrap=True)
    if closed:
        last = (rows - 1) * _SIDES + np.arange(_SIDES)
        first = np.arange(_SIDES)
        joined = np.stack([last, np.roll(last, -1), np.roll(first, -1), first], 1)
        quads = np.concatenate([quads, joined])
    triangles = split_quads(quads)
    normals = vertex_normals(points, triangles)
    if ((points - np.repeat(path, _SIDES, 0)) * normals).sum() < 0:
        triangles, normals = triangles[:, ::-1], -normals
    weights = np.zeros((len(points), len(BONES)))
    weights[:, BONE_INDEX["head"]] = 1.0
    return Surface(
        name="glasses", material="cloth", points=points, normals=normals, triangles=triangles,
        weights=weights, uvs=np.zeros((len(points), 2)),
    )  # fmt: skip
