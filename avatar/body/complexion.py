"""The skin's own colour: grain, warmth where blood is near, freckles, stubble and lines of age."""

import numpy as np
from jaxtyping import Float, Float32
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.canvas import Canvas
from avatar.body.creases import Crease
from avatar.presenter import PresenterSettings

_LINES_FROM_YEARS, _LINES_DEEP_AT_YEARS = 30.0, 75.0
_WARM = (0.99, 0.87, 0.84)
_FLUSH = (0.995, 0.945, 0.94)
_LINE = (0.74, 0.62, 0.58)
# what is left of red, green and blue
_PAINTED_WIDTH = 0.85
# of a crease's own: blood shows in its depth


def paint_grain(canvas: Canvas, strength: float | Float[np.ndarray, "size size"]) -> None:
    """Pores that only a close look finds, and slow shifts of hue; between them skin is even."""
    light = 0.022 * np.minimum(canvas.noise(2.0), 0) + 0.004 * canvas.noise(6)
    light += 0.008 * canvas.noise(70)
    red = 0.004 * canvas.noise(9) + 0.012 * canvas.noise(60)
    grain = np.stack([light + 0.3 * red, light - 0.8 * red, light - 0.7 * red], -1)
    canvas.shade(1 + np.asarray(strength)[..., None] * grain)


def paint_complexion(
    canvas: Canvas, anatomy: Anatomy, creases: list[Crease], settings: PresenterSettings
) -> None:
    """Everything that is skin, not make-up."""
    skin, eye_y = settings.skin, anatomy.eye_y
    age = settings.shape.age_years - _LINES_FROM_YEARS
    age = float(np.clip(age / (_LINES_DEEP_AT_YEARS - _LINES_FROM_YEARS), 0, 1))
    # Below the chin the texture's cylinder no longer fits: grain would be drawn out like hairs.
    below = np.clip((anatomy.chin[1] - 0.2 - canvas.y) / 0.4, 0, 1)
    paint_grain(canvas, (1.0 + 0.5 * age) * (1 - 0.75 * below))
    mouth_y, mouth_z = anatomy.mouth[1], anatomy.mouth[2]
    front = canvas.z > anatomy.head_centre[2]
    for centre in anatomy.eye_centres:
        side = np.sign(centre[0])
        cheek = canvas.spot((centre[0] + 0.13 * side, eye_y - 0.40), (0.30, 0.22)) * front
        canvas.blend(skin.blush, skin.blush_strength * cheek * (0.9 + 0.12 * canvas.noise(8)))
        flush = canvas.spot((centre[0] + 0.10 * side, eye_y - 0.38), (0.34, 0.24)) * front
        canvas.deepen(flush, _FLUSH)
        socket = canvas.spot((centre[0] - 0.02 * side, eye_y - 0.17), (0.16, 0.05)) * front
        canvas.deepen(socket * (0.8 + 0.8 * age), (0.90, 0.86, 0.87))
        inner = canvas.spot((centre[0] - 0.17 * side, eye_y - 0.02), (0.05, 0.06)) * front
        canvas.deepen(inner, (0.94, 0.85, 0.83))
        wing = canvas.spot((0.115 * side, mouth_y + 0.30), (0.05, 0.08)) * front
        canvas.deepen(wing, (0.95, 0.86, 0.83))
    nose = canvas.spot((0, mouth_y + 0.33), (0.13, 0.11)) * (canvas.z > mouth_z - 0.1)
    canvas.deepen(0.4 * nose, _WARM)
    chin = canvas.spot((0, mouth_y - 0.30), (0.20, 0.12)) * front
    canvas.deepen(0.5 * chin, _WARM)
    ears = np.clip((np.abs(canvas.x) - 0.66) / 0.08, 0, 1) * (
        np.abs(canvas.y - eye_y + 0.15) < 0.45
    )
    canvas.deepen(ears * (canvas.z < anatomy.head_centre[2] + 0.2), (0.98, 0.90, 0.87))
    neck = np.clip((anatomy.chin[1] - 0.25 - canvas.y) / 0.4, 0, 1)
    canvas.deepen(neck, (0.98, 0.96, 0.945))
    if skin.freckles > 0:
        spots = np.clip((canvas.noise(4.5) - 1.5) * 2, 0, 1)
        area = canvas.spot((0, eye_y - 0.32), (0.60, 0.26)) * front
        canvas.deepen(skin.freckles * spots * area, (0.74, 0.58, 0.48))
    if skin.stubble > 0:
        _stubble(canvas, anatomy, skin.stubble)
    for crease in creases:
        if crease.stays > 0:
            _line(canvas, crease, anatomy)


def _stubble(canvas: Canvas, anatomy: Anatomy, strength: float) -> None:
    """Hair under the skin of jaw, chin and upper lip."""
    mouth = anatomy.mouth
    jaw = np.clip((mouth[1] + 0.06 + 0.75 * np.abs(canvas.x) - canvas.y) / 0.22, 0, 1)
    jaw = jaw * np.clip((canvas.y - anatomy.chin[1] + 0.28) / 0.25, 0, 1)
    lip = canvas.spot((0.0, mouth[1] + 0.17), (0.24, 0.075))
    area = np.maximum(jaw, lip) * (canvas.z > anatomy.head_centre[2] - 0.05)
    beside = np.abs(canvas.x) / 0.16
    area = area * np.clip(0.35 + beside + np.abs(canvas.y - mouth[1]) / 0.2, 0, 1)
    dots = np.clip(0.60 + 0.35 * canvas.noise(1.6) + 0.10 * canvas.noise(4.0), 0, 1.3)
    canvas.deepen(strength * area * dots, (0.70, 0.71, 0.74))


def _line(canvas: Canvas, crease: Crease, anatomy: Anatomy) -> None:
    """What stays of a crease on the face at rest: dark in its depth, lighter above it."""
    x, y = crease.curve.T
    width, strength = _PAINTED_WIDTH * crease.width, crease.stays * crease.fade
    reach = 4 * width
    area = (canvas.x > x.min() - reach) & (canvas.x < x.max() + reach)
    area &= (canvas.y > y.min() - reach) & (canvas.y < y.max() + reach)
    area &= canvas.z > anatomy.head_centre[2]
    texels = np.nonzero(area)
    places = canvas.positions[texels][:, :2]
    away, nearest = cKDTree(crease.curve).query(places)
    above = places[:, 1] - y[nearest]
    dark: Float32[np.ndarray, "size size"] = np.zeros((canvas.size, canvas.size), np.float32)
    dark[texels] = strength[nearest] * np.exp(-((away / width) ** 2))
    canvas.deepen(dark, _LINE)
    light = np.zeros_like(dark)
    rise = np.exp(-(((above - 1.6 * width) / width) ** 2)) * (away < reach)
    light[texels] = 0.35 * strength[nearest] * rise
    canvas.deepen(light, (1.12, 1.10, 1.08))
