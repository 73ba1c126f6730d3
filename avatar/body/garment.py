"""The lines a blazer and its top are cut along."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from avatar.body.anatomy import Anatomy


@dataclass(frozen=True, slots=True)
class Neckline:
    """The V of the jacket and the round neck of the top. Decimetres."""

    neck_y: float
    button_y: float
    # lowest point of the V
    collar_y: float
    # highest point of the V
    hem_y: float

    def half_width(self, y: Float[np.ndarray, "*any"]) -> Float[np.ndarray, "*any"]:
        """How far the jacket's edge is from the middle, 0.06 at the button."""
        along = np.clip((y - self.button_y) / (self.collar_y - self.button_y), 0.0, 1.0)
        return 0.03 + 0.62 * along**1.15

    def top_edge(self, x: Float[np.ndarray, "*any"]) -> Float[np.ndarray, "*any"]:
        """Height of the top's neckline."""
        out: np.ndarray = self.neck_y - 0.30 - 0.78 * np.exp(-(x**2) / 0.34)
        return out

    def contact(self, points: Float[np.ndarray, "points 3"]) -> Float[np.ndarray, " points"]:
        """Light left beside the jacket's edge: less close to it, 1 away from it."""
        x, y, z = points.T
        room = np.where(z > 0, self.half_width(y) - np.abs(x), 0.15)
        room = np.where(y > self.collar_y, 0.15, room)
        return 0.55 + 0.45 * np.clip(room / 0.15, 0.0, 1.0)

    def hides(self, points: Float[np.ndarray, "points 3"]) -> Bool[np.ndarray, " points"]:
        """Where the skin lies safely under cloth."""
        x, y, z = points.T
        open_front = (np.abs(x) < self.half_width(y) + 0.12) & (z > 0)
        open_front &= y > self.top_edge(x) - 0.22
        out: np.ndarray = ((y < self.neck_y - 0.55) & ~open_front) | (
            (np.abs(x) > 1.1) & (y < self.neck_y - 0.1)
        )
        return out


def draw_neckline(anatomy: Anatomy) -> Neckline:
    """The neckline for one body."""
    neck = float(anatomy.neck[1])
    return Neckline(neck, neck - 3.1, neck + 0.25, neck - 5.7)
