"""Softens the stairs at the borders between surfaces, which the drawing leaves hard.

Smoothing by supersampling costs three times the drawing on a CPU. The drawing writes a mark for
each surface into alpha; only pixels beside a jump of mark are averaged, each along its border: a
stair of a steep line is many pixels high and one wide, and a mean over its height is the share of
the pixel that either side covers. Only in luma, since the eye sees stairs in nothing else.
"""

from typing import Final

import cv2
import numpy as np
from jaxtyping import Bool, Int, UInt8, UInt16

_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
_STEP: Final = 10
# of the mark, between two surfaces; over one surface it changes more slowly
_TAPS: Final = np.array([2, 4, 4, 4, 2], np.uint16)
# weights of the pixels along a border, in sixteenths
_REACH: Final = len(_TAPS) // 2


class EdgeSoftener:
    """Keeps its working memory from picture to picture."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self._mark, self._edge = np.zeros((2, height_px, width_px), np.uint8)
        self._width = width_px

    def soften(self, luma: UInt8[np.ndarray, "h w"], rgba: UInt8[np.ndarray, "h w 4"]) -> None:
        """Changes `luma` in place where the alpha of `rgba` jumps, but not at the picture's rim."""
        cv2.extractChannel(rgba, 3, dst=self._mark)
        cv2.morphologyEx(self._mark, cv2.MORPH_GRADIENT, _CROSS, dst=self._edge)
        cv2.threshold(self._edge, _STEP, 1, cv2.THRESH_BINARY, dst=self._edge)
        for rim in (self._edge, self._edge.T):
            rim[:_REACH] = rim[-_REACH:] = 0
        edge = np.flatnonzero(self._edge.view(np.bool_))
        along = np.where(self._is_upright(edge), self._width, 1)
        pixels = luma.reshape(-1)
        total = np.full(len(edge), 8, np.uint16)
        at = edge - _REACH * along
        for weight in _TAPS:
            total += pixels[at].astype(np.uint16) * weight
            at += along
        pixels[edge] = (total >> 4).astype(np.uint8)

    def _is_upright(self, edge: Int[np.ndarray, " edge"]) -> Bool[np.ndarray, " edge"]:
        """Whether the border at each of these pixels runs up rather than across."""
        mark = self._mark.reshape(-1)
        here = mark[edge]
        # from the pixel itself, not across it: the rim of spectacles is so thin that the same lies
        # at both its sides
        beside, above = (
            (_change(here, mark[edge - step]) + _change(here, mark[edge + step]))
            for step in (1, self._width)
        )
        upright: np.ndarray = beside >= above
        return upright


def _change(
    here: UInt8[np.ndarray, " edge"], there: UInt8[np.ndarray, " edge"]
) -> UInt16[np.ndarray, " edge"]:
    out: np.ndarray = np.maximum(here, there) - np.minimum(here, there)
    return out.astype(np.uint16)
