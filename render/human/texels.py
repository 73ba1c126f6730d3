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
