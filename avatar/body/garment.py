"""The lines clothes are cut along: an open jacket's V, or the neck of what is pulled over."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from avatar.body.anatomy import Anatomy
from avatar.presenter import WardrobeSettings

_ROUND_DEPTH = {"knit": 0.0, "dress": 0.55, "shirt": 0.0, "suit": 0.0, "blazer": 1.08}
# how far below the root of the neck the innermost cloth begins, in front
_OPEN = ("blazer", "suit")
_UNBUTTONED = {"shirt": 0.46, "suit": 0.46}
# how deep the V is that a shirt's open first button leaves
_V_WIDTH, _V_RAD = 0.27, 0.45


@dataclass(frozen=True, slots=True)
class Neckline:
    """Edges of the outer garment and of a top under it. Decimetres."""

    neck_y: float
    throat_y: float
    # the pit of the neck in front, free of the chin
    side_y: float
    # where neck and shoulder meet, free of the jaw
    neck_z: float
    button_y: float
    # lowest point of the V
    collar_y: float
    # highest point of the V
    hem_y: float
    depth: float
    # of the innermost cloth's neck below the throat, in front
    is_open: bool
    # a jacket, open down to its button
    notch: float
    # depth of an open shirt's V, 0 for what is closed

    @property
    def first_button_y(self) -> float:
        """Where a shirt is closed, under its V."""
        return self.throat_y + 0.04 - self.notch - 0.10

    def half_width(self, y: Float[np.ndarray, "*any"]) -> Float[np.ndarray, "*any"]:
        """How far the jacket's edge is from the middle, 0.06 at the button."""
        along = np.clip((y - self.button_y) / (self.collar_y - self.button_y), 0.0, 1.0)
        return 0.03 + 0.62 * along**1.15

    def top_edge(self, x: Float[np.ndarray, "*any"]) -> Float[np.ndarray, "*any"]:
        """Height of the neckline of what is worn under a jacket, in front."""
        if self.depth < 0.5:
            notch = self.notch * np.clip(1 - np.abs(x) / _V_WIDTH, 0, 1)
            out: np.ndarray = self.throat_y + 0.04 + 0.7 * np.minimum(x**2, 0.4) - notch
        else:
            out = self.neck_y + 0.78 - self.depth - 0.78 * np.exp(-(x**2) / 0.34)
        return out

    def round_edge(self, angle: Float[np.ndarray, "*any"]) -> Float[np.ndarray, "*any"]:
        """Height of a closed garment's neck at an angle about the neck, 0 in front."""
        front, back = self.throat_y - self.depth, self.neck_y + 0.26
        before = front + (self.side_y - front) * np.sin(angle) ** 2
        behind = self.side_y + (back - self.side_y) * np.cos(angle) ** 2
        turn = np.abs(np.arctan2(np.sin(angle), np.cos(angle)))
        notch = self.notch * np.clip(1 - turn / _V_RAD, 0, 1)
        out: np.ndarray = np.where(np.cos(angle) > 0, before, behind) - notch
        return out

    def angle(self, points: Float[np.ndarray, "*any 3"]) -> Float[np.ndarray, "*any"]:
        """About the neck, 0 in front."""
        return np.arctan2(points[..., 0], points[..., 2] - self.neck_z)

    def contact(self, points: Float[np.ndarray, "points 3"]) -> Float[np.ndarray, " points"]:
        """Light left beside the edge of cloth: less close to it, 1 away from it."""
        x, y, z = points.T
        if self.is_open:
            room = np.where(z > 0, self.half_width(y) - np.abs(x), 0.15)
            room = np.where(y > self.collar_y, 0.15, room)
            if self.depth < 0.5:
                # the V of a shirt stands open: its skin is lit
                room = np.minimum(room, y - self.top_edge(x) + 0.25)
        else:
            room = y - self.round_edge(self.angle(points)) + 0.25 * self._in_v(x, z)
        out: np.ndarray = 0.55 + 0.45 * np.clip(room / 0.15, 0.0, 1.0)
        return out

    def shade_on_top(self, points: Float[np.ndarray, "points 3"]) -> Float[np.ndarray, " points"]:
        """Light left on what is worn under a jacket, beside its edge."""
        x, y, z = points.T
        room = np.where(z > 0, self.half_width(y) - np.abs(x), 0.15)
        room = np.where(y > self.collar_y, 0.15, room)
        out: np.ndarray = 0.55 + 0.45 * np.clip(room / 0.15, 0.0, 1.0)
        return out

    def _in_v(self, x: np.ndarray, z: np.ndarray) -> Bool[np.ndarray, " points"]:
        """About the V of an open shirt."""
        near: np.ndarray = (np.abs(x) < _V_WIDTH + 0.1) & (z > self.neck_z)
        return near if self.notch > 0 else np.zeros_like(near)

    def hides(self, points: Float[np.ndarray, "points 3"]) -> Bool[np.ndarray, " points"]:
        """Where the skin lies safely under cloth."""
        x, y, z = points.T
        far = (np.abs(x) > 1.1) & (y < self.neck_y - 0.1)
        if not self.is_open:
            edge = self.round_edge(self.angle(points))
            edge = edge - self.notch * self._in_v(x, z)
            out: np.ndarray = (y < edge - 0.20) | far
            return out
        open_front = (np.abs(x) < self.half_width(y) + 0.12) & (z > 0)
        open_front &= y > self.top_edge(x) - 0.22
        out = ((y < self.neck_y - 0.55) & ~open_front) | far
        return out


def draw_neckline(anatomy: Anatomy, wardrobe: WardrobeSettings) -> Neckline:
    """The neckline for one body."""
    neck = float(anatomy.neck[1])
    chin = float(anatomy.chin[1])
    throat = min(neck - 0.22, chin - 0.58)
    side = min(neck + 0.02, chin - 0.24)
    return Neckline(
        neck, throat, side, float(anatomy.neck[2]), neck - 3.1, neck + 0.25, neck - 5.7,
        _ROUND_DEPTH[wardrobe.outfit], wardrobe.outfit in _OPEN,
        _UNBUTTONED.get(wardrobe.outfit, 0.0),
    )  # fmt: skip
