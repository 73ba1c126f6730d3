"""The picture renderer behind the ladder of drawing levels."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from core.human import HumanModel
from core.motion import Pose
from render.human.draw import Shading
from render.layer import Layer
from render.picture import PictureRenderer, Quality
from render.scene import load_scene
from room.settings import VideoQuality

LEVELS: Final = ("full", "torso cached", "small", "half rate")

_SHADINGS: Final[dict[VideoQuality, Shading | None]] = {
    "auto": None, "lite": Shading.BAKED, "full": Shading.FULL,
}  # fmt: skip


class StageCamera:
    """Draws at a level: 0 everything anew, 1 torso kept, 2 smaller, 3 every second picture."""

    levels: Sequence[str] = LEVELS

    def __init__(
        self,
        human: HumanModel,
        scene: Path,
        width_px: int,
        height_px: int,
        cache_dir: Path,
        progress: Callable[[str, float], None],
        *,
        quality: VideoQuality = "auto",
    ) -> None:
        """Quality: `auto` is `full` where a GPU draws and `lite` where the CPU does."""
        self._shading = _SHADINGS[quality]
        self._human, self._size, self._cache_dir = human, (width_px, height_px), cache_dir
        self._progress = progress
        self._scene = scene
        self._pictures = self._open(scene)
        self._last: np.ndarray | None = None
        self._turn = 0

    @property
    def timings(self) -> dict[str, float]:
        """Milliseconds of the last picture, by step."""
        return self._pictures.timings

    def draw(self, pose: Pose, layers: Sequence[Layer], level: int) -> np.ndarray:
        self._turn += 1
        if level >= 3 and self._turn % 2 and self._last is not None:
            return self._last
        self._pictures.set_layers(layers)
        quality = (Quality.FULL, Quality.TORSO_CACHED, Quality.SMALL, Quality.SMALL)[level]
        self._last = self._pictures.draw(pose, quality=quality)
        return self._last

    def snapshot(self, pose: Pose) -> np.ndarray:
        """One picture in full quality as RGB, (height, width, 3) uint8."""
        return self._pictures.snapshot(pose)

    def set_scene(self, path: str) -> None:
        """Change the room behind the presenter; pictures stop while its light is made ready."""
        if Path(path) == self._scene:
            return
        pictures = self._open(Path(path))
        self._pictures.close()
        self._pictures, self._last, self._scene = pictures, None, Path(path)

    def close(self) -> None:
        self._pictures.close()

    def _open(self, scene: Path) -> PictureRenderer:
        width, height = self._size
        return PictureRenderer(
            self._human, load_scene(scene), width, height, self._cache_dir, self._progress,
            shading=self._shading,
        )  # fmt: skip
