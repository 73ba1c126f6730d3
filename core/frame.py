"""A picture with its exact time and the sound that belongs to it."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from jaxtyping import Float32, UInt8

from core.arrays import sealed


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Picture `index` shows the face at index / fps of sent sound."""

    index: int
    fps: int
    picture: UInt8[np.ndarray, "rows width"] | None
    # I420 (BT.601, limited range): height rows of luma, then height / 2 rows of chroma, the layout
    # of OpenCV's COLOR_RGBA2YUV_I420. None when the picture was skipped because it came too late.
    samples: Float32[np.ndarray, " samples"]
    # mono, 48 kHz, exactly 48000 / fps of them

    def __post_init__(self) -> None:
        object.__setattr__(self, "samples", sealed(self.samples, np.float32, 1, "samples"))

    @property
    def time_s(self) -> Fraction:
        return Fraction(self.index, self.fps)


@dataclass(frozen=True, slots=True)
class Card:
    """The product card drawn into the picture."""

    product_id: str
    title: str
    price: str
    # as shown: "¥199"
    list_price: str = ""
    # crossed out; "" when there is none
    points: tuple[str, ...] = ()
    image: str = ""
    # absolute path, "" for none
    ordinal: int = 0
