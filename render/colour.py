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


def i420_planes(i420: UInt8[np.ndarray, "rows w"]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Views of luma (h, w) and of the two chroma planes (h / 2, w / 2)."""
    width, height = i420.shape[1], i420.shape[0] * 2 // 3
    flat = i420.reshape(-1)
    luma, chroma = height * width, height * width // 4
    half = (height // 2, width // 2)
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(half),
        flat[luma + chroma :].reshape(half),
    )


def stretch_i420(
    small: UInt8[np.ndarray, "rows w"], out: UInt8[np.ndarray, "bigger wider"]
) -> None:
    """Fills `out` with the same picture at another size."""
    for source, target in zip(i420_planes(small), i420_planes(out), strict=True):
        cv2.resize(source, target.shape[::-1], dst=target, interpolation=cv2.INTER_LINEAR)
