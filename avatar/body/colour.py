"""Colours as people write them and as light adds them."""

import numpy as np
from jaxtyping import Float


def parse_srgb(text: str) -> Float[np.ndarray, " 3"]:
    """`#rrggbb` as sRGB, 0 to 1."""
    return np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0


def linear(srgb: Float[np.ndarray, "*any"]) -> Float[np.ndarray, "*any"]:
    """IEC 61966-2-1: sRGB to light."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def parse_linear(text: str) -> tuple[float, float, float]:
    """`#rrggbb` as linear light."""
    red, green, blue = (float(x) for x in linear(parse_srgb(text)))
    return red, green, blue
