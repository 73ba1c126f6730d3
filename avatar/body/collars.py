"""What closes a garment at the neck: a shirt's collar, a knit's ribbed band, a plain edge."""

import numpy as np
from jaxtyping import Float
from scipy.ndimage import gaussian_filter1d

from avatar.body.anatomy import Anatomy
from avatar.body.garment import Neckline
from avatar.body.lapels import lay_cloth
from avatar.body.surface import Surface

_POINTS = 61
_SHIRT = np.array([
    [0.02, -0.12], [0.015, 0.09], [0.03, 0.22], [0.06, 0.275], [0.10, 0.275], [0.135, 0.20],
    [0.185, 0.10], [0.235, -0.04], [0.25, -0.10], [0.235, -0.115], [0.20, -0.09],
])  # fmt: skip
_BAND = np.array([
    [0.00, -0.10], [-0.005, 0.03], [0.02, 0.115], [0.055, 0.135], [0.09, 0.10], [0.115, 0.01],
    [0.115, -0.09], [0.07, -0.15],
])  # fmt: skip
_EDGE = np.array([
    [0.02, -0.06], [0.02, 0.0], [0.035, 0.02], [0.055, 0.01], [0.06, -0.03], [0.03, -0.07],
])  # fmt: skip
# sections from inside the neck over the fold: outwards and upwards from the garment's edge
_SECTIONS = {"shirt": _SHIRT, "suit": _SHIRT, "knit": _BAND, "dress": _EDGE}
_GAP_RAD = {"shirt": 0.20, "suit": 0.22, "knit": 0.0, "dress": 0.0}
# between the collar's ends, each side of the middle
_FLARE_RAD = 0.14
_OPEN = {"shirt": 0.75, "suit": 0.55, "knit": 0.0, "dress": 0.0}
# how far the points of the leaves spread
_LEAF = {"shirt": 0.82, "suit": 0.6, "knit": 1.0, "dress": 1.0}
# how wide the collar is over its stand: under a jacket there is less room


def build_collar(
    garment: Surface, skin: Surface, anatomy: Anatomy, neckline: Neckline, outfit: str
) -> Surface:
    """The collar as a grid of cloth round the neck."""
    gap = _GAP_RAD[outfit]
    turn = np.linspace(-np.pi + gap, np.pi - gap, _POINTS) + np.pi
    section = _SECTIONS[outfit]
    radius = _ring(garment, skin, neckline, turn, outfit)
    if gap == 0:
        radius = gaussian_filter1d(radius, 2.0, mode="wrap")
    else:
        radius = gaussian_filter1d(radius, 4.0, mode="nearest")
    edge = neckline.round_edge(turn)
    if outfit == "suit":
        edge = edge - 0.02
    ends = np.minimum(turn - gap, 2 * np.pi - gap - turn)
    point = np.exp(-((np.clip(ends, 0, None) / 0.30) ** 2)) if gap else np.zeros(_POINTS)
    out, up = section[:, 0], section[:, 1]
    rise = np.clip(up / 0.275, 0, 1)
    leaf = np.clip((out - 0.11) / 0.12, 0, 1)
    # The leaves of a shirt's collar are long at their points and lie open there.
    open_ = _OPEN[outfit] * point[:, None] * leaf
    reach = radius[:, None] + out * _LEAF[outfit] + 0.10 * open_
    height = edge[:, None] + up - 0.26 * open_
    swing = turn[:, None] + (np.sign(np.pi - turn) * point)[:, None] * leaf * 0.16
    if gap:
        # an open collar is widest at its top
        swing = swing + _FLARE_RAD * np.sign(np.pi - turn)[:, None] * point[:, None] * rise
    z = neckline.neck_z + reach * np.cos(swing)
    grid = np.stack([reach * np.sin(swing), height, z], -1)
    return lay_cloth(grid, garment, (0.02, 0.0), (0.96, 1.0), flip=False)


def _ring(
    garment: Surface, skin: Surface, neckline: Neckline, turn: np.ndarray, outfit: str
) -> Float[np.ndarray, " points"]:
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
        away = aside + np.abs(source[:, 1] - height - 0.03) * 1.5
        away = away + 10.0 * (reach > 1.1)
        nearest = np.argsort(away)[:5]
        out[i] = reach[nearest].mean()
    return out + (-0.01 if outfit == "suit" else -0.035)
