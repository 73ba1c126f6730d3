"""Which way strands run over the shell's texture, and pictures drawn out along them.

Line integral convolution (Cabral and Leedom 1993): each texel becomes the mean along the strand
that runs through it. Noise becomes hairs, and cards that end beside each other become one fall.
"""

import cv2
import numpy as np
from jaxtyping import Float32, UInt8

_COARSE = 512
# texels of the field of directions
_BLUR = 4.0
# of those: what lies closer together shares its direction
_STEP_PX = 3.5


def strand_flow(
    texture: UInt8[np.ndarray, "rows columns 4"],
) -> tuple[Float32[np.ndarray, "coarse coarse"], Float32[np.ndarray, "coarse coarse"]]:
    """How strands lie: angle from straight down, -pi/2 to pi/2, and how much they agree, 0 to 1.

    The structure tensor's weaker axis: brightness changes across strands, not along them. The
    first row is at the bottom.
    """
    grey = cv2.resize(texture[..., :3].mean(axis=2).astype(np.float32), (_COARSE, _COARSE))
    solid = cv2.resize(texture[..., 3], (_COARSE, _COARSE)) > 200
    solid = cv2.erode(solid.astype(np.uint8), np.ones((5, 5), np.uint8))
    across, up = (cv2.Sobel(grey, cv2.CV_32F, *order) * solid for order in ((1, 0), (0, 1)))
    xx, yy, xy = (
        _blur(product, _BLUR) + 0.05 * _blur(product, 5 * _BLUR)
        for product in (across * across, up * up, across * up)
    )
    # A little of straight down, which is where hair hangs when the picture says nothing.
    xx += 0.01 * xx.mean() + 1e-6
    agree = np.hypot(2 * xy, xx - yy) / (xx + yy + 1e-6)
    return 0.5 * np.arctan2(2 * xy, xx - yy), agree


def comb(
    picture: Float32[np.ndarray, "rows columns *channels"],
    angles: Float32[np.ndarray, "coarse coarse"],
    reach_px: float,
) -> Float32[np.ndarray, "rows columns *channels"]:
    """The mean along strands, `reach_px` to either side; the texture closes round the head."""
    rows, columns = picture.shape[:2]
    pad = int(reach_px) + 2
    wide = np.concatenate([picture[:, -pad:], picture, picture[:, :pad]], axis=1)
    place = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).astype(np.float32)
    doubled = np.stack([np.cos(2 * angles), np.sin(2 * angles)], -1).astype(np.float32)
    total, steps = picture.astype(np.float32), max(int(reach_px / _STEP_PX), 1)
    scale = np.array([columns / _COARSE, rows / _COARSE], np.float32)
    start = np.stack(np.meshgrid(*[np.arange(_COARSE, dtype=np.float32)] * 2), -1)
    for way in (1.0, -1.0):
        at, before = start, np.stack([np.sin(angles), -np.cos(angles)], -1) * way
        for _ in range(steps):
            twice = cv2.remap(doubled, at[..., 0], at[..., 1], cv2.INTER_LINEAR,
                              borderMode=cv2.BORDER_REPLICATE)  # fmt: skip
            angle = 0.5 * np.arctan2(twice[..., 1], twice[..., 0])
            heading = np.stack([np.sin(angle), -np.cos(angle)], -1)
            # A strand has no arrow: go on the way one came.
            heading *= np.where((heading * before).sum(-1, keepdims=True) < 0, -1, 1)
            at, before = (at + heading * (_STEP_PX / scale)).astype(np.float32), heading
            there = place + cv2.resize((at - start) * scale, (columns, rows))
            total += cv2.remap(
                wide, there[..., 0] + pad, there[..., 1], cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )  # fmt: skip
    out: np.ndarray = total / (2 * steps + 1)
    return out


def _blur(image: np.ndarray, sigma: float) -> np.ndarray:
    out: np.ndarray = cv2.GaussianBlur(image, (0, 0), sigma)
    return out
