"""Softens the stairs at the borders between materials, which the drawing leaves hard.

Smoothing by supersampling costs three times the drawing on a CPU. The drawing writes a mark for
each material into alpha; only pixels beside a change of mark are averaged with their neighbours,
and only in luma, since the eye sees stairs in nothing else.
"""

import cv2
import numpy as np
from jaxtyping import UInt8

_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
_STEP = 20
# of the mark, between two materials


class EdgeSoftener:
    """Keeps its working memory from picture to picture."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self._mark, self._edge, self._soft = np.zeros((3, height_px, width_px), np.uint8)

    def soften(self, luma: UInt8[np.ndarray, "h w"], rgba: UInt8[np.ndarray, "h w 4"]) -> None:
        """Changes `luma` in place where the alpha of `rgba` steps."""
        cv2.extractChannel(rgba, 3, dst=self._mark)
        cv2.morphologyEx(self._mark, cv2.MORPH_GRADIENT, _CROSS, dst=self._edge)
        cv2.threshold(self._edge, _STEP, 255, cv2.THRESH_BINARY, dst=self._edge)
        cv2.GaussianBlur(luma, (3, 3), 0, dst=self._soft)
        cv2.copyTo(self._soft, self._edge, luma)
