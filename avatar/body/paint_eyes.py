"""What is painted around the eyes: lids with their folds, lines of lashes, brows."""

from dataclasses import replace

import cv2
import numpy as np
from jaxtyping import Float, Float32
from PIL import Image, ImageDraw
from scipy.interpolate import LinearNDInterpolator
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.canvas import Canvas
from avatar.body.skin import cylinder_uvs, spread_lids
from avatar.body.surface import Surface

_BROW_HAIRS = 700
_LASH_ROOTS = "#231613"
_FOLD_AT, _FOLD_WIDTH = 0.17, 0.09
# in shares of the way that the lid's edge goes
_FOLD, _LID = (0.80, 0.71, 0.68), (0.94, 0.86, 0.845)


def paint_lids(
    canvas: Canvas,
    down: Float32[np.ndarray, "size size"],
    lashes: tuple[Surface, Surface],
    anatomy: Anatomy,
    eyeliner: str,
) -> None:
    """Upper lids, their folds, and a line along the roots of the lashes.

    Args:
        down: how far each place comes down in a blink, in decimetres.
        lashes: upper and lower ones.
        eyeliner: its colour.
    """
    lids = _lids(canvas, down, anatomy)
    _folds(canvas, lids, anatomy)
    _eyeliner(canvas, lashes, lids, anatomy, eyeliner)


def _lids(
    canvas: Canvas, down: Float32[np.ndarray, "size size"], anatomy: Anatomy
) -> Float32[np.ndarray, "size size"]:
    """Where the upper lids are: how far each place comes down, in shares of a lid's edge."""
    out = np.zeros_like(down)
    for centre in anatomy.eye_centres:
        eye = (np.abs(canvas.x - centre[0]) < 0.32) & (np.abs(canvas.y - centre[1]) < 0.25)
        out[eye] = np.clip(down[eye] / down[eye].max(), 0, 1)
    return out


def _folds(canvas: Canvas, lids: Float32[np.ndarray, "size size"], anatomy: Anatomy) -> None:
    """Upper lids, where blood shows, and their folds: what lies above hardly moves any more."""
    lid = np.clip((lids - _FOLD_AT) / 0.5, 0, 1)
    canvas.deepen(lid * lid * (3 - 2 * lid), _LID)
    fold = np.exp(-(((lids - _FOLD_AT) / _FOLD_WIDTH) ** 2)) * (lids > 0)
    # not round the corners, where nothing folds
    canvas.deepen(fold * np.clip((canvas.y - anatomy.eye_y) / 0.05, 0, 1), _FOLD)


def _eyeliner(
    canvas: Canvas, lashes: tuple[Surface, Surface], lids: Float32[np.ndarray, "size size"],
    anatomy: Anatomy, colour: str,
) -> None:  # fmt: skip
    """A line along the roots of the lashes, strong above, faint below."""
    above, below = lashes
    if above.morphs is None:
        raise ValueError("the upper lashes do not move with their lid")
    above = replace(above, points=above.points + spread_lids(above.morphs))
    for centre in anatomy.eye_centres:
        upper, lower = (_trace(strip, centre) for strip in (above, below))
        area = (np.abs(canvas.x - centre[0]) < 0.32) & (np.abs(canvas.y - centre[1]) < 0.25)
        area &= canvas.z > anatomy.head_centre[2] + 0.3
        texels = np.nonzero(area)
        places = canvas.positions[texels]
        on_lid = np.clip(lids[texels] / 0.3, 0, 1)
        for line, width, strength, ink, axes in (
            (lower, 0.010, 0.25, colour, 3),
            (upper + [0.0, 0.004, 0.0], 0.017, 0.92 * on_lid, colour, 2),
            (upper, 0.010, 0.80 * on_lid, _LASH_ROOTS, 2),
        ):
            away, nearest = cKDTree(line[:, :axes]).query(places[:, :axes])
            mask = np.zeros((canvas.size, canvas.size), np.float32)
            ends = np.clip(np.minimum(nearest, len(line) - nearest) / (0.2 * len(line)), 0.25, 1)
            mask[texels] = strength * ends * np.exp(-((away / width) ** 2))
            canvas.blend(ink, mask)


def _trace(lashes: Surface, centre: Float[np.ndarray, " 3"]) -> Float[np.ndarray, "dense 3"]:
    """A close row of points along the roots of one eye's lashes."""
    mine = (lashes.uvs[:, 1] < 0.05) & (np.sign(lashes.points[:, 0]) == np.sign(centre[0]))
    points = lashes.points[mine]
    points = points[np.argsort(points[:, 0])]
    x = np.linspace(points[0, 0], points[-1, 0], 160)
    curves = [np.interp(x, points[:, 0], points[:, axis]) for axis in (1, 2)]
    return np.stack([x, *(gaussian_filter1d(curve, 6) for curve in curves)], 1)


def draw_brows(surface: Surface, anatomy: Anatomy, size: int) -> Float32[np.ndarray, "size size"]:
    """Both brows hair by hair, drawn at twice the size of the texture."""
    rng = np.random.default_rng(21)
    facing = (surface.normals[:, 2] > 0.15) & (surface.points[:, 2] > anatomy.head_centre[2])
    facing &= np.abs(surface.points[:, 1] - anatomy.eye_y - 0.25) < 0.2
    face = surface.points[facing]
    depth = LinearNDInterpolator(face[:, :2], face[:, 2])
    big = 2 * size
    image = Image.new("L", (big, big), 0)
    pen = ImageDraw.Draw(image)
    for centre in anatomy.eye_centres:
        side = float(np.sign(centre[0]))
        along = rng.beta(1.05, 1.1, _BROW_HAIRS)
        x = abs(centre[0]) - 0.175 + 0.385 * along
        arch = 0.045 * np.sin(np.pi * np.minimum(along * 0.78, 1)) - 0.045 * np.maximum(
            along - 0.62, 0
        )
        thick = (
            0.034 * np.minimum(0.6 + along * 3, 1) * (1 - 0.68 * np.maximum(along - 0.4, 0) / 0.6)
        )
        across = rng.uniform(-1, 1, _BROW_HAIRS)
        y = anatomy.eye_y + 0.215 + arch + 0.032 * (along - 0.35) + across * thick
        # Hairs stand up at the inner end, lie along the brow, and point down at the tail.
        lean = 58 - 62 * np.minimum(along * 1.7, 1) - 14 * along - 12 * across * (along > 0.3)
        lean = np.radians(lean + rng.normal(0, 6, _BROW_HAIRS))
        length = rng.uniform(0.045, 0.070, _BROW_HAIRS) * (1 - 0.35 * along)
        tip_x, tip_y = x + np.cos(lean) * length, y + np.sin(lean) * length * 0.8
        ink = rng.uniform(100, 215, _BROW_HAIRS) * np.minimum(0.45 + along * 3, 1)
        starts = _texels(side * x, y, depth, anatomy) * big
        ends = _texels(side * tip_x, tip_y, depth, anatomy) * big
        for start, end, value in zip(starts, ends, ink, strict=True):
            if np.isfinite([start, end]).all():
                pen.line([tuple(start), tuple(end)], fill=int(value), width=2)
    drawn = np.asarray(image.resize((size, size), Image.Resampling.LANCZOS), np.float32) / 255
    under = 0.55 * cv2.GaussianBlur(drawn, (0, 0), 4.5)
    out: Float32[np.ndarray, "size size"] = np.clip(drawn * 1.1 + under, 0, 1) * 0.88
    return out


def _texels(
    x: np.ndarray, y: np.ndarray, depth: LinearNDInterpolator, anatomy: Anatomy
) -> Float[np.ndarray, "points 2"]:
    return cylinder_uvs(np.stack([x, y, depth(x, y)], -1), anatomy)
