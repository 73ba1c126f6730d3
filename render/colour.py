"""Between RGB and the I420 that travels (BT.601, limited range)."""

import cv2
import numpy as np
from jaxtyping import UInt8


def rgba_to_i420(rgba: UInt8[np.ndarray, "h w 4"], out: UInt8[np.ndarray, "rows w"]) -> None:
    """Fills `out`, of h * 3 / 2 rows: luma, then a quarter each of U and V."""
    cv2.cvtColor(rgba, cv2.COLOR_RGBA2YUV_I420, dst=out)


def rgb_to_i420(rgb: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "rows w"]:
    out: np.ndarray = cv2.cvtColor(np.ascontiguousarray(rgb), cv2.COLOR_RGB2YUV_I420)
    return out


def i420_to_rgb(i420: UInt8[np.ndarray, "rows w"]) -> UInt8[np.ndarray, "h w 3"]:
    out: np.ndarray = cv2.cvtColor(np.ascontiguousarray(i420), cv2.COLOR_YUV2RGB_I420)
    return out
