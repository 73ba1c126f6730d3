"""A posed human in a room, with layers over it, as a picture ready to encode."""

import time
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from core.human import HumanModel
from core.motion import Pose, rest_rotations
from render.backdrop import paint_room, paint_table
from render.camera import camera_place, frame_human
from render.colour import i420_to_rgb, rgb_to_i420, rgba_to_i420, stretch_i420
from render.compositor import Compositor
from render.context import is_software, open_context
from render.edges import EdgeSoftener
from render.human.bake import Progress, bake_human
from render.human.draw import HumanDrawer, Shading
from render.human.store import BakeStore, bake_key
from render.layer import Layer
from render.scene import SceneSettings, light_constants
from render.stage import Stage

RING = 8
"""A picture that `PictureRenderer.draw` gave is overwritten by the RING-th draw after it."""

_SMALL = 0.8


class Quality(Enum):
    """The ladder of `draw`, best first."""

    FULL = "full"
    TORSO_CACHED = "torso_cached"
    # trunk, and arms at rest, drawn anew at least every third picture
    SMALL = "small"
    # at 0.8 of width and height, blown up; the trunk drawn anew every sixth picture


_TORSO_LIFE = {Quality.FULL: 1, Quality.TORSO_CACHED: 3, Quality.SMALL: 6}
# pictures
_TIMED = ("pose", "draw", "read", "colour", "overlay")


class PictureRenderer:
    """Draws one human in one scene at one size.

    Everything happens in the thread that makes the object: a GL context used from another thread
    gives black pictures without an error. Close it in that thread too.
    """

    def __init__(
        self,
        human: HumanModel,
        scene: SceneSettings,
        width_px: int,
        height_px: int,
        cache_dir: Path,
        progress: Progress,
        *,
        shading: Shading | None = None,
    ) -> None:
        """Bakes light, or reads it from `cache_dir`.

        Args:
            shading: None: at every pixel where a GPU draws, baked where the CPU does.

        Raises:
            MediaError: there is no EGL, or the cache cannot be written.
            ValueError: a side is odd; I420 halves both.
        """
        if width_px % 2 or height_px % 2:
            raise ValueError(f"picture of {width_px}x{height_px}: both sides must be even")
        self.width_px, self.height_px = width_px, height_px
        self.timings: dict[str, float] = {}
        self._context = open_context()
        constants = _constants(human, scene)
        store, key = BakeStore(cache_dir), bake_key(human, constants)
        baked = store.load(key)
        is_new = baked is None
        if baked is None:
            baked = bake_human(self._context, human, constants, progress)
            store.save(key, baked)
        camera = frame_human(human, width_px, height_px)
        if shading is None:
            shading = Shading.BAKED if is_software(self._context) else Shading.FULL
        self.shading = shading
        self._drawer = HumanDrawer(self._context, human, baked, constants, camera.matrix(), shading)
        room = paint_room(scene.room, width_px, height_px)
        table = paint_table(scene.room, width_px, height_px)
        small = (_even(width_px * _SMALL), _even(height_px * _SMALL))
        self._stages = {
            size: Stage(self._context, human, camera, room, table, size)
            for size in ((width_px, height_px), small)
        }
        self._rgba = {size: np.empty((size[1], size[0], 4), np.uint8) for size in self._stages}
        self._size, self._small = (width_px, height_px), small
        self._compositor = Compositor(width_px, height_px)
        self._softener = EdgeSoftener(width_px, height_px)
        self._small_i420 = np.empty((small[1] * 3 // 2, small[0]), np.uint8)
        self._ring = np.zeros((RING, height_px * 3 // 2, width_px), np.uint8)
        self._next = 0
        if is_new or not store.still_path(key, width_px, height_px).exists():
            store.save_still(key, self.snapshot(_resting_pose()))

    def set_layers(self, layers: Sequence[Layer]) -> None:
        """Layers over every picture from now on, the last on top."""
        self._compositor.set_layers(layers)

    def draw(
        self, pose: Pose, *, quality: Quality = Quality.FULL
    ) -> UInt8[np.ndarray, "rows width"]:
        """The picture as I420 (BT.601, limited range), one of RING buffers used in turn."""
        size = self._small if quality is Quality.SMALL else self._size
        stage, rgba = self._stages[size], self._rgba[size]
        self._next = (self._next + 1) % RING
        out: np.ndarray = self._ring[self._next]
        marks = [time.perf_counter()]
        # another renderer of this thread may have been at work
        with self._context:
            self._drawer.pose(pose)
            marks.append(time.perf_counter())
            stage.draw(self._drawer, torso_life=_TORSO_LIFE[quality])
            self._context.finish()
            marks.append(time.perf_counter())
            stage.picture.read_into(rgba, components=4)
            marks.append(time.perf_counter())
        if quality is Quality.SMALL:
            rgba_to_i420(rgba, self._small_i420)
            stretch_i420(self._small_i420, out)
        else:
            rgba_to_i420(rgba, out)
            self._softener.soften(out[: self.height_px], rgba)
        marks.append(time.perf_counter())
        self._compositor.blend(out)
        marks.append(time.perf_counter())
        spans = np.diff(marks) * 1e3
        self.timings = dict(zip(_TIMED, spans.tolist(), strict=True))
        return out

    def snapshot(self, pose: Pose) -> UInt8[np.ndarray, "h w 3"]:
        """The picture in full quality as viewers get it, layers and all; RGB, a copy."""
        self.draw(pose, quality=Quality.FULL)
        return self.read_rgb()

    def read_rgb(self) -> UInt8[np.ndarray, "h w 3"]:
        """The last picture drawn, a copy."""
        return i420_to_rgb(self._ring[self._next])

    def close(self) -> None:
        self._context.release()


def load_still(
    human: HumanModel, scene: SceneSettings, width_px: int, height_px: int, cache_dir: Path
) -> UInt8[np.ndarray, "rows width"]:
    """What to show when drawing fails, as I420: the last good picture, else the empty room.

    Needs no GL.
    """
    key = bake_key(human, _constants(human, scene))
    still = BakeStore(cache_dir).load_still(key, width_px, height_px)
    if still is None:
        still = paint_room(scene.room, width_px, height_px)
        table = paint_table(scene.room, width_px, height_px)
        still[-len(table) :] = table
    return rgb_to_i420(still)


def _constants(human: HumanModel, scene: SceneSettings) -> str:
    return light_constants(scene.lights, human.key_light, camera_place(human))


def _resting_pose() -> Pose:
    return Pose(np.zeros(52, np.float32), rest_rotations())


def _even(length: float) -> int:
    return round(length / 2) * 2
