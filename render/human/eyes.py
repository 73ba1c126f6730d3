"""Eyeballs with a cornea, turned by their bones."""

import moderngl
import numpy as np

from core.human import Eyeball, HumanModel
from core.motion import BONE_INDEX
from render.human.mesh import set_uniforms, vertex_array, write_matrix
from render.shaders import source

_COLUMNS = 20
_LAST_RAD = 1.25
# from the pole at the pupil; the rest lies in the socket


class EyePair:
    """Both eyes of one human."""

    def __init__(
        self,
        context: moderngl.Context,
        human: HumanModel,
        constants: str,
        view: np.ndarray,
        mark: float,
    ) -> None:
        self._program = context.program(
            vertex_shader=source("eye.vert"), fragment_shader=source("eye.frag", constants)
        )
        set_uniforms(self._program, {"mark": mark, "iris_colour": human.iris_colour})
        write_matrix(self._program, "view_projection", view)
        points, normals, triangles = eyeball_mesh()
        self._ball = vertex_array(
            context, self._program, {"position": points, "normal": normals}, triangles
        )
        self._eyes = human.eyes

    def draw(self, palette: np.ndarray, lids: tuple[float, float]) -> None:
        """`lids`: how far the left and the right lid are down, 0 to 1; they shade the eye."""
        for eye, lid in zip(self._eyes, lids, strict=True):
            self._draw_one(eye, palette[BONE_INDEX[eye.bone]], lid)

    def _draw_one(self, eye: Eyeball, bone: np.ndarray, lid: float) -> None:
        centre = bone[:, :3] @ eye.centre_m + bone[:, 3]
        placed = np.eye(4, dtype=np.float32)
        placed[:3, :3] = bone[:, :3] * eye.radius_m
        placed[:3, 3] = centre
        write_matrix(self._program, "placed", placed)
        set_uniforms(
            self._program,
            {
                "centre": tuple(centre.tolist()),
                "forward": tuple(bone[:, 2].tolist()),
                "upward": tuple(bone[:, 1].tolist()),
                "lid": lid,
            },
        )
        self._ball.render()


def eyeball_mesh() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points of radius 1 with the pupil at +z and a bulging cornea, normals, triangles."""
    polar = np.concatenate([np.linspace(0.0, 0.62, 9), np.linspace(0.75, _LAST_RAD, 5)])
    round_ = np.linspace(0, 2 * np.pi, _COLUMNS, endpoint=False)
    bulge = np.where(polar < 0.56, 0.085 * (np.cos(polar / 0.56 * np.pi) * 0.5 + 0.5), 0.0)
    rays = np.stack(
        [
            np.outer(np.sin(polar), np.cos(round_)),
            np.outer(np.sin(polar), np.sin(round_)),
            np.outer(np.cos(polar), np.ones(_COLUMNS)),
        ],
        axis=-1,
    )
    points = rays * (1 + bulge)[:, None, None]
    slope = np.gradient(bulge, polar)[:, None, None]
    outward_ring = np.stack(
        [
            np.outer(np.cos(polar), np.cos(round_)),
            np.outer(np.cos(polar), np.sin(round_)),
            np.outer(-np.sin(polar), np.ones(_COLUMNS)),
        ],
        axis=-1,
    )
    normals = rays - slope * outward_ring
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    i = np.arange(len(polar) * _COLUMNS).reshape(len(polar), _COLUMNS)
    a, b, c, d = i[:-1], i[1:], np.roll(i, -1, 1)[1:], np.roll(i, -1, 1)[:-1]
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    return points.reshape(-1, 3), normals.reshape(-1, 3), triangles
