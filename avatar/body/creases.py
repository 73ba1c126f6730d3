"""Lines and folds that expression draws on a face: where they lie, how deep, what draws them.

Each lies across the pull of a muscle (Ekman and Friesen, 1978, say which), so it is placed by what
the face units press together on this very body, or by the parts of the face that they run along.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from jaxtyping import Float
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from avatar.body.anatomy import Anatomy
from avatar.body.lips import find_lip_line
from avatar.body.surface import Surface
from core.blendshapes import INDEX

Kind = Literal["cheek", "corner", "eye", "lid", "forehead", "frown", "lips"]

_FROM_YEARS, _DEEP_AT_YEARS = 30.0, 75.0
_FORM: Final[dict[Kind, tuple[tuple[float, float], tuple[float, float]]]] = {
    "cheek": ((480.0, 1050.0), (0.040, 0.024)),
    "corner": ((200.0, 800.0), (0.026, 0.015)),
    "eye": ((30.0, 800.0), (0.015, 0.009)),
    "lid": ((120.0, 700.0), (0.022, 0.012)),
    "forehead": ((25.0, 1300.0), (0.020, 0.012)),
    "frown": ((60.0, 1000.0), (0.020, 0.012)),
    "lips": ((0.0, 250.0), (0.010, 0.008)),
}
# depth in micrometres and half width in decimetres, each of a young face and of an old one


@dataclass(frozen=True, slots=True, eq=False)
class Crease:
    """One line on the skin, as a curve seen from the front; decimetres."""

    kind: Kind
    curve: Float[np.ndarray, "points 2"]
    fade: Float[np.ndarray, " points"]
    # how much of its depth it has along its way, 0 to 1
    width: float
    depth_um: float
    stays: float = 0.0
    # how dark it is painted on the face at rest, 0 to 1


def find_creases(surface: Surface, anatomy: Anatomy, age_years: float) -> list[Crease]:
    """The creases of one face; young ones are shallow and wide, old ones deep and sharp.

    Args:
        surface: the skin with its face units, before it is thinned.
    """
    age = float(np.clip((age_years - _FROM_YEARS) / (_DEEP_AT_YEARS - _FROM_YEARS), 0, 1))
    found = [*_forehead(anatomy, age), *_frown(anatomy, age), *_lips(surface, anatomy, age)]
    for side, centre in zip((1.0, -1.0), anatomy.eye_centres, strict=True):
        found += _about_eye(surface, centre, side, age)
        found += _about_mouth(surface, anatomy, side, age)
    return found


def squeeze(surface: Surface, units: dict[str, float]) -> Float[np.ndarray, " vertices"]:
    """How much these face units press the skin together where it gives most; 0: not at all."""
    if surface.morphs is None:
        raise ValueError("the skin has no morphs")
    moved = surface.points.copy()
    for name, weight in units.items():
        moved += weight * surface.morphs[INDEX[name]]
    corners = surface.triangles
    metrics = []
    for points in (surface.points, moved):
        sides = np.stack([points[corners[:, k]] - points[corners[:, 0]] for k in (1, 2)], 1)
        metrics.append(sides @ sides.transpose(0, 2, 1))
    before, after = metrics
    change = np.linalg.solve(before + 1e-12 * np.eye(2), after)
    half = np.trace(change, axis1=1, axis2=2) / 2
    least = half - np.sqrt(np.maximum(half**2 - np.linalg.det(change), 0))
    lost = 1 - np.sqrt(np.clip(least, 0, 1))
    count = np.bincount(corners.ravel(), minlength=len(moved))
    total = np.bincount(corners.ravel(), lost.repeat(3), len(moved))
    out: np.ndarray = total / np.maximum(count, 1)
    return out


def _crease(
    kind: Kind, age: float, curve: np.ndarray, fade: np.ndarray, stays: float, share: float = 1.0
) -> Crease:
    depths, widths = _FORM[kind]
    depth, width = (young + age * (old - young) for young, old in (depths, widths))
    return Crease(kind, curve, fade, width, share * depth, stays)


def _forehead(anatomy: Anatomy, age: float) -> Iterator[Crease]:
    x = np.linspace(-0.42, 0.42, 120)
    for height, bend in ((0.43, 0.05), (0.54, 0.03), (0.65, 0.02)):
        wave = 0.008 * np.sin(x * 23 + height * 43)
        y = anatomy.eye_y + height * anatomy.crown_height + bend * np.cos(x * 5.5) + wave
        broken = 0.72 + 0.28 * np.sin(x * 17 + height * 60)
        fade = (1 - (np.abs(x) / 0.44) ** 4) * broken
        yield _crease("forehead", age, np.stack([x, y], 1), fade, 0.30 * age)


def _frown(anatomy: Anatomy, age: float) -> Iterator[Crease]:
    """Two upright lines between the brows, a little askew as they always are."""
    up = np.linspace(0, 1, 40)
    for side, foot, top in ((1.0, 0.10, 0.34), (-1.0, 0.12, 0.32)):
        x = side * (0.066 + 0.018 * up - 0.02 * up**2)
        y = anatomy.eye_y + (foot + (top - foot) * up) * anatomy.crown_height
        yield _crease("frown", age, np.stack([x, y], 1), np.sin(np.pi * up), 0.25 * age)


def _about_eye(surface: Surface, centre: np.ndarray, side: float, age: float) -> Iterator[Crease]:
    corner_x, corner_y = _eye_corner(surface, centre, side)
    half = abs(corner_x - centre[0])
    for degrees in (32, 10, -14, -34):
        steps = np.linspace(0.02, 0.20, 40)
        turn = np.radians(degrees) - steps * 1.2
        curve = np.c_[side * np.cos(turn), np.sin(turn)] * steps[:, None] + [corner_x, corner_y]
        fade = np.sin(np.pi * np.clip((steps - 0.02) / 0.18, 0, 1))
        yield _crease("eye", age, curve, fade, 0.40 * age)
    across = np.linspace(-0.8, 0.8, 60)
    y = centre[1] - 0.155 - 0.055 * (1 - (across / 0.8) ** 2)
    fade = 1 - (across / 0.8) ** 4
    curve = np.c_[centre[0] + across * half, y]
    yield _crease("lid", age, curve, fade, 0.40 * age)


def _eye_corner(surface: Surface, centre: np.ndarray, side: float) -> tuple[float, float]:
    """The outer corner: there ends what a blink brings down."""
    if surface.morphs is None:
        raise ValueError("the skin has no morphs")
    blink = surface.morphs[INDEX["eyeBlinkLeft" if side > 0 else "eyeBlinkRight"], :, 1]
    lid = surface.points[blink < 0.25 * blink.min()]
    outer = lid[np.argmax(side * lid[:, 0])]
    return float(outer[0]) + 0.02 * side, float(outer[1] + centre[1]) / 2


def _about_mouth(surface: Surface, anatomy: Anatomy, side: float, age: float) -> Iterator[Crease]:
    across, heights = find_lip_line(surface, anatomy)
    end = -1 if side > 0 else 0
    corner_x, corner_y = abs(float(across[end])), float(heights[end])
    wing_x, wing_y = float(anatomy.nose_wing[0]), float(anatomy.nose_wing[1])
    left_or_right = "Left" if side > 0 else "Right"
    pressed = squeeze(surface, {f"mouthSmile{left_or_right}": 1.0})
    x, y = side * surface.points[:, 0], surface.points[:, 1]
    face = (surface.points[:, 2] > anatomy.head_centre[2] + 0.2) & (surface.normals[:, 2] > 0)
    face &= (x > corner_x + 0.03) & (x < corner_x + 0.26)
    # from the wing of the nose straight down at first, then where a smile folds the cheek
    knots_y = np.array([wing_y + 0.03, corner_y + 0.12, corner_y, corner_y - 0.14])
    knots_x = [wing_x + 0.015]
    for height in knots_y[1:]:
        near = np.where(face, np.exp(-(((y - height) / 0.05) ** 2)) * pressed**3, 0.0)
        knots_x.append(float((near * x).sum() / max(near.sum(), 1e-9)))
    straight = float(np.interp(knots_y[1], knots_y[[2, 0]], [knots_x[2], knots_x[0]]))
    knots_x[1] = 0.35 * knots_x[1] + 0.65 * straight
    curve_y = np.linspace(knots_y[0], knots_y[-1], 80)
    curve_x = PchipInterpolator(knots_y[::-1], knots_x[::-1])(curve_y)
    curve = np.stack([side * gaussian_filter1d(curve_x, 5, mode="nearest"), curve_y], 1)
    along = np.linspace(0, 1, 80)
    fade = np.clip(along / 0.18, 0, 1) * np.clip((1 - along) / 0.45, 0, 1)
    yield _crease("cheek", age, curve, fade, 0.10 + 0.30 * age)
    # the hook beside the corner of the mouth
    bow = np.linspace(-1, 1, 40)
    hook = np.c_[side * (corner_x + 0.045 - 0.022 * bow**2), corner_y + 0.005 + 0.065 * bow]
    yield _crease("corner", age, hook, 1 - bow**2, 0.10 * age)


def _lips(surface: Surface, anatomy: Anatomy, age: float) -> Iterator[Crease]:
    """Short lines that run into the upper lip, as a purse is drawn together."""
    across, heights = find_lip_line(surface, anatomy)
    up = np.linspace(0, 1, 20)
    for place in (-0.75, -0.48, -0.24, 0.22, 0.5, 0.73):
        x = place * across[-1]
        foot = float(np.interp(x, across, heights)) + 0.075 - 0.03 * abs(place)
        curve = np.c_[x * (1 + 0.12 * up), foot + 0.085 * up]
        yield _crease("lips", age, curve, np.sin(np.pi * up), 0.0)
