"""Work on texture pixels."""

import cv2
import numpy as np


def spread(pixels: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Fills the unknown with the nearest known pixel, so that filtering finds no black border."""
    if known.all() or not known.any():
        return np.ascontiguousarray(pixels)
    _, labels = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    table = np.zeros((int(labels.max()) + 1, *pixels.shape[2:]), pixels.dtype)
    table[labels[known]] = pixels[known]
    out: np.ndarray = table[labels]
    return out


def blur_round(image: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur of a texture that closes round the head; sigma in texels."""
    pad = int(4 * sigma)
    wide = np.concatenate([image[:, -pad:], image, image[:, :pad]], axis=1).astype(np.float32)
    out: np.ndarray = cv2.GaussianBlur(wide, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    return out[:, pad:-pad]
