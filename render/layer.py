"""A flat picture laid over the drawn scene: card, caption, label."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Drawn at whole pixels, in the order given; uploaded again only when `revision` changes."""

    name: str
    x_px: int
    # of the left edge, from the picture's left
    y_px: int
    # of the top edge, from the picture's top
    rgba: UInt8[np.ndarray, "height width 4"]
    # premultiplied, first row at the top
    revision: int
