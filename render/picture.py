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
from render.colour import rgb_to_i420, rgba_to_i420
from render.compositor import Compositor
from render.context import open_context
from render.edges import EdgeSoftener
from render.human.bake import Progress, bake_human
from render.human.draw import HumanDrawer
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
    # as TORSO_CACHED, at 0.8 of width and height, blown up


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
    ) -> None:
        """Bakes light, or reads it from `cache_dir`.

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
        self._drawer = HumanDrawer(self._context, human, baked, constants, camera.matrix())
        room = paint_room(scene.room, width_px, height_px)
        table = paint_table(scene.room, width_px, height_px)
        self._stages = [
            Stage(self._context, human, camera, room, table, (width, height))
            for width, height in (
                (width_px, height_px),
                (_even(width_px * _SMALL), _even(height_px * _SMALL)),
            )
        ]
        self._compositor = Compositor(self._context, width_px, height_px)
        self._softener = EdgeSoftener(width_px, height_px)
        self._rgba = np.empty((height_px, width_px, 4), np.uint8)
        self._ring = np.empty((RING, height_px * 3 // 2, width_px), np.uint8)
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
        self._draw_rgba(pose, quality)
        started = time.perf_counter()
        out: np.ndarray = self._ring[self._next]
        self._next = (self._next + 1) % RING
        rgba_to_i420(self._rgba, out)
        self.timings["colour"] = _ms_since(started)
        return out

    def snapshot(self, pose: Pose) -> UInt8[np.ndarray, "h w 3"]:
        """The picture in full quality, layers and all, a copy of its own."""
        self._draw_rgba(pose, Quality.FULL)
        return self.read_rgb()

    def read_rgb(self) -> UInt8[np.ndarray, "h w 3"]:
        """The last picture drawn."""
        return np.ascontiguousarray(self._rgba[..., :3])

    def close(self) -> None:
        self._context.release()

    def _draw_rgba(self, pose: Pose, quality: Quality) -> None:
        marks = [time.perf_counter()]
        self._drawer.pose(pose)
        marks.append(time.perf_counter())
        stage = self._stages[quality is Quality.SMALL]
        stage.draw(self._drawer, keep_torso=quality is not Quality.FULL)
        full = self._stages[0]
        if stage is not full:
            full.show(stage)
        self._context.finish()
        marks.append(time.perf_counter())
        self._compositor.draw()
        self._context.finish()
        marks.append(time.perf_counter())
        full.picture.read_into(self._rgba, components=4)
        marks.append(time.perf_counter())
        self._softener.soften(self._rgba, self._compositor.uncovered)
        marks.append(time.perf_counter())
        names = ("pose", "draw", "overlay", "read", "edges")
        spans = np.diff(marks) * 1e3
        self.timings = dict(zip(names, spans.tolist(), strict=True))


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
        below = still[-len(table) :] * (1.0 - table[..., 3:] / 255.0)
        still[-len(table) :] = below + table[..., :3]
    return rgb_to_i420(still)


def _constants(human: HumanModel, scene: SceneSettings) -> str:
    return light_constants(scene.lights, human.key_light, camera_place(human))


def _resting_pose() -> Pose:
    return Pose(np.zeros(52, np.float32), rest_rotations())


def _even(length: float) -> int:
    return round(length / 2) * 2


def _ms_since(started: float) -> float:
    return (time.perf_counter() - started) * 1e3
