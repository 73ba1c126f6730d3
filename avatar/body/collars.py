"""What closes a garment at the neck: a shirt's collar, a knit's ribbed band, a plain edge."""

from dataclasses import replace

import numpy as np
from jaxtyping import Float
from scipy.interpolate import LinearNDInterpolator
from scipy.ndimage import gaussian_filter1d

from avatar.body.anatomy import Anatomy
from avatar.body.garment import Neckline
from avatar.body.lapels import lay_cloth
from avatar.body.surface import Surface

SUIT_COLLAR = 0.76
"""Where a shirt's collar begins across the texture that it shares with the shirt under a jacket."""
_POINTS = 61
_SHIRT = np.array([
    [0.02, -0.4, 0.0], [0.015, 0.35, 0.0], [0.025, 0.8, 0.0], [0.045, 1.0, 0.0],
    [0.075, 1.0, 0.0], [0.10, 1.0, 0.10], [0.14, 1.0, 0.40], [0.18, 1.0, 0.72],
    [0.205, 1.0, 1.0], [0.195, 1.0, 1.02], [0.16, 1.0, 0.88],
])  # fmt: skip
_ROLL = np.array([
    [-0.02, -0.4, 0.0], [-0.03, 0.3, 0.0], [-0.015, 0.76, 0.0], [0.025, 0.97, 0.0],
    [0.07, 1.0, 0.0], [0.115, 0.9, 0.0], [0.145, 0.68, 0.0], [0.155, 0.38, 0.0],
    [0.145, 0.08, 0.0], [0.12, -0.18, 0.0], [0.07, -0.28, 0.0],
])  # fmt: skip
_EDGE = np.array([
    [0.02, -0.6, 0.0], [0.02, 0.0, 0.0], [0.035, 0.2, 0.0], [0.055, 0.1, 0.0],
    [0.06, -0.3, 0.0], [0.03, -0.7, 0.0],
])  # fmt: skip
# sections from inside the neck over the fold: outwards from the garment's edge, upwards in heights
# of the stand, and down the leaf
_SECTIONS = {"shirt": _SHIRT, "suit": _SHIRT, "knit": _ROLL, "dress": _EDGE}
_STAND = {"shirt": 0.275, "suit": 0.275, "knit": 0.27, "dress": 0.10}
_GAP_RAD = {"shirt": 0.16, "suit": 0.16, "knit": 0.0, "dress": 0.0}
# between the collar's ends, each side of the middle
_FLARE_RAD = 0.10
_LEAF, _POINT = 0.37, 0.52
# how long the leaves are, and how much lower they hang at their points
_SPREAD_RAD = 0.12
# how far aside the points lie
_CLEAR = np.array([0, 0, 0, 0, 0, 0.05, 0.065, 0.07, 0.065, 0.04, 0.0])
# how far the leaf stays off the chest
_WIDTH = {"shirt": 1.0, "suit": 0.6, "knit": 1.0, "dress": 1.0}
# how wide the collar is over its stand: under a jacket there is less room


def build_collar(
    garment: Surface, skin: Surface, anatomy: Anatomy, neckline: Neckline, outfit: str
) -> Surface:
    """The collar as a grid of cloth round the neck."""
    gap = _GAP_RAD[outfit]
    # a closed one is joined behind
    turn = np.linspace(gap, 2 * np.pi - gap, _POINTS) - (0.0 if gap else np.pi)
    out, rise, leaf = _SECTIONS[outfit].T
    edge = neckline.round_edge(turn)
    if outfit == "suit":
        edge = edge - 0.02
    radius = _ring(garment, skin, neckline, turn, outfit)
    if gap == 0:
        radius = gaussian_filter1d(radius, 2.0, mode="wrap")
    else:
        radius = gaussian_filter1d(radius, 4.0, mode="nearest")
    ends = np.minimum(turn - gap, 2 * np.pi - gap - turn)
    point = np.exp(-((np.clip(ends, 0, None) / 0.40) ** 2)) if gap else np.zeros(_POINTS)
    aside = np.sign(np.pi - turn) * point
    # The stand of an open shirt comes down to its ends, so that the fold runs on into the V; its
    # leaves hang lowest at their points.
    stand = _STAND[outfit] * np.where(rise > 0, 1 - 0.72 * point[:, None], 1.0)
    fold = edge[:, None] + stand * rise
    hanging = replace(neckline, notch=0.0).round_edge(turn) + _STAND[outfit] - _LEAF
    if gap:
        hanging -= _POINT * np.exp(-((np.clip(ends, 0, None) / 0.6) ** 2))
    height = fold + (hanging[:, None] - fold) * leaf
    swing = turn[:, None] + aside[:, None] * (_FLARE_RAD * np.clip(rise, 0, 1) + _SPREAD_RAD * leaf)
    reach = radius[:, None] + out * _WIDTH[outfit]
    if outfit in ("knit", "shirt"):
        # it leans in to the neck, and a leaf comes out again
        throat = _ring(skin, skin, neckline, turn, outfit, above=0.30) + 0.09
        throat = gaussian_filter1d(throat, 3.0, mode="wrap")
        lean = np.minimum(throat - radius, 0.0)[:, None]
        reach = reach + lean * (np.clip(0.35 + 0.55 * rise, 0, 1) * (1 - leaf) ** 2)
    grid = np.stack([reach * np.sin(swing), height, neckline.neck_z + reach * np.cos(swing)], -1)
    if gap:
        grid[..., 2] = np.where(leaf > 0, _off_chest(grid, garment), grid[..., 2])
    left = SUIT_COLLAR if outfit == "suit" else 0.0
    return lay_cloth(grid, garment, (left, 0.0), (1 - left, 1.0), flip=False)


def _off_chest(
    grid: Float[np.ndarray, "rows columns 3"], garment: Surface
) -> Float[np.ndarray, "rows columns"]:
    """How far in front the leaves are when they lie on the chest."""
    # not what is turned in along its edge
    outside = (garment.points[:, 2] > 0) & (garment.normals[:, 2] > 0.2)
    chest = garment.points[outside]
    depth = LinearNDInterpolator(chest[:, :2], chest[:, 2])(grid[..., 0], grid[..., 1])
    ahead = (grid[..., 2] > 0.15) & np.isfinite(depth)
    out: np.ndarray = np.where(ahead, np.fmax(grid[..., 2], depth + _CLEAR), grid[..., 2])
    return out


def _ring(
    garment: Surface, skin: Surface, neckline: Neckline, turn: np.ndarray, outfit: str,
    above: float = 0.03,
) -> Float[np.ndarray, " points"]:  # fmt: skip
    """How far from the neck's axis the edge is: the neck itself, or cloth where it is wider."""
    # Under a jacket only the front of a shirt is there: its collar takes the neck's own form.
    source = garment.points
    if outfit == "suit":
        source = skin.points[skin.points[:, 1] < neckline.neck_y + 0.5]
    edge = neckline.round_edge(turn)
    angle = neckline.angle(source)
    reach = np.hypot(source[:, 0], source[:, 2] - neckline.neck_z)
    out = np.empty(len(turn))
    for i, (at, height) in enumerate(zip(turn, edge, strict=True)):
        aside = np.abs((angle - at + np.pi) % (2 * np.pi) - np.pi)
        away = aside + np.abs(source[:, 1] - height - above) * 1.5
        away = away + 10.0 * (reach > 1.1)
        nearest = np.argsort(away)[:5]
        out[i] = reach[nearest].mean()
    return out + (-0.01 if outfit == "suit" else -0.035)
