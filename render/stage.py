"""The framebuffers of one size: the room, the torso kept from picture to picture, the picture."""

import cv2
import moderngl
import numpy as np
from jaxtyping import Float32, UInt8

from core.human import HumanModel
from core.motion import BONE_INDEX
from render.camera import Camera
from render.human.draw import HumanDrawer
from render.human.mesh import floats, set_uniforms
from render.shaders import source

_TORSO_DRIFT_PX = 1.0
# farther than this, a kept torso no longer fits the head
_ARMS_DRIFT_PX = 0.7
# arms that move faster than this in a picture are drawn for each
_TABLE_BEFORE_FACE_M = 0.16

_MARK_ROOM, _MARK_TABLE = 0, 255
_NOWHERE = np.zeros((0, 3), np.float32)
_TRUNK_JOINTS = ("neck", "leftUpperArm", "rightUpperArm", "hips")
_ARM_JOINTS = (
    "leftLowerArm", "leftHand", "leftMiddleDistal",
    "rightLowerArm", "rightHand", "rightMiddleDistal",
)  # fmt: skip


class Stage:
    """Draws the figure in its room at one size."""

    def __init__(
        self,
        context: moderngl.Context,
        human: HumanModel,
        camera: Camera,
        room: UInt8[np.ndarray, "h w 3"],
        table: UInt8[np.ndarray, "rows w 3"],
        size: tuple[int, int],
    ) -> None:
        self._context = context
        self._program = context.program(
            vertex_shader=source("still.vert"), fragment_shader=source("still.frag")
        )
        corners = context.buffer(floats([[0, 0], [1, 0], [0, 1], [1, 1]]))
        self._quad = context.vertex_array(self._program, [(corners, "2f", "corner")])
        self._room, self._torso, self.picture = (
            context.framebuffer([context.texture(size, 4)], context.depth_renderbuffer(size))
            for _ in range(3)
        )
        self._paint_room(room, table, _depth_of(camera, camera.focus_z_m + _TABLE_BEFORE_FACE_M))
        self._joints = human.skeleton.joints_m
        self._px_per_m = size[1] / (camera.top_m - camera.bottom_m)
        self._torso_age = 0
        self._arms_in_torso = False
        self._torso_places = self._arm_places = _NOWHERE

    def draw(self, drawer: HumanDrawer, *, torso_life: int) -> None:
        """Draws into `picture`, which stays in use; a torso is shown for so many pictures."""
        if torso_life > 1:
            self._draw_with_kept_torso(drawer, torso_life)
        else:
            self._torso_places = _NOWHERE
            self._context.copy_framebuffer(self.picture, self._room)
            self.picture.use()
            drawer.begin()
            drawer.draw_arms()
            drawer.draw_trunk()
            drawer.draw_head()

    def _draw_with_kept_torso(self, drawer: HumanDrawer, life: int) -> None:
        trunk, arms = (self._places(drawer, names) for names in (_TRUNK_JOINTS, _ARM_JOINTS))
        arms_move = self._drift_px(arms, self._arm_places) > _ARMS_DRIFT_PX
        drift = self._drift_px(trunk, self._torso_places)
        stale = self._torso_age >= life or drift > _TORSO_DRIFT_PX
        if stale or arms_move == self._arms_in_torso:
            self._context.copy_framebuffer(self._torso, self._room)
            self._torso.use()
            drawer.begin()
            drawer.draw_trunk()
            if not arms_move:
                drawer.draw_arms()
            self._torso_age, self._torso_places = 0, trunk
            self._arms_in_torso = not arms_move
        self._arm_places = arms
        self._torso_age += 1
        self._context.copy_framebuffer(self.picture, self._torso)
        self.picture.use()
        drawer.begin()
        if not self._arms_in_torso:
            drawer.draw_arms()
        drawer.draw_head()

    def _places(self, drawer: HumanDrawer, names: tuple[str, ...]) -> Float32[np.ndarray, "n 3"]:
        """Where those joints are now, metres."""
        index = [BONE_INDEX[name] for name in names]
        bones = drawer.matrices[index]
        out: np.ndarray = (
            np.einsum("bij,bj->bi", bones[:, :, :3], self._joints[index]) + bones[:, :, 3]
        )
        return out

    def _drift_px(self, now: np.ndarray, before: np.ndarray) -> float:
        if now.shape != before.shape:
            return float("inf")
        return float(np.abs(now - before).max()) * self._px_per_m

    def _paint_room(self, room: np.ndarray, table: np.ndarray, table_depth: float) -> None:
        width, height = self._room.size
        self._room.use()
        self._room.clear(0.0, 0.0, 0.0, 0.0, depth=1.0)
        share = len(table) / len(room)
        self._context.disable(moderngl.DEPTH_TEST | moderngl.BLEND | moderngl.CULL_FACE)
        self._draw_quad(
            self._upload(room, _MARK_ROOM, (width, height)), (-1.0, -1.0, 2.0, 2.0), 0.0
        )
        self._context.enable(moderngl.DEPTH_TEST)
        self._draw_quad(
            self._upload(table, _MARK_TABLE, (width, round(height * share))),
            (-1.0, 1.0 - 2 * share, 2.0, 2 * share),
            table_depth,
        )

    def _upload(self, rgb: np.ndarray, mark: int, size: tuple[int, int]) -> moderngl.Texture:
        smaller = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        pixels = np.dstack([smaller, np.full(size[::-1], mark, np.uint8)])
        return self._context.texture(size, 4, np.ascontiguousarray(pixels).tobytes())

    def _draw_quad(
        self, texture: moderngl.Texture, place: tuple[float, float, float, float], depth: float
    ) -> None:
        texture.use(0)
        set_uniforms(self._program, {"place": place, "depth": depth})
        self._quad.render(moderngl.TRIANGLE_STRIP)


def _depth_of(camera: Camera, z_m: float) -> float:
    """Clip-space depth of a plane that faces the camera."""
    at = camera.matrix() @ np.array([0.0, camera.eye_m[1], z_m, 1.0])
    return float(at[2] / at[3])
