"""Painting the skin: complexion, make-up, lips, brows, the edge of the hair."""

from dataclasses import replace

import cv2
import numpy as np
from jaxtyping import Float, Float32, UInt8
from PIL import Image, ImageDraw
from scipy.interpolate import LinearNDInterpolator
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from avatar.body.anatomy import Anatomy
from avatar.body.canvas import Canvas, sample_mask
from avatar.body.complexion import paint_complexion, paint_grain
from avatar.body.creases import Crease
from avatar.body.hairline import angle_about_head, hairline_y
from avatar.body.lips import find_lip_line
from avatar.body.makehuman import load_mask
from avatar.body.palms import paint_palms
from avatar.body.raster import fill_texture
from avatar.body.rig import Rig, finger_joints
from avatar.body.skin import CYLINDER_TOP, Skin, cylinder_uvs, outwardness, spread_lids
from avatar.body.surface import Surface
from avatar.presenter import PresenterSettings
from core.motion import BONE_INDEX

_SIZE = 2048
_HAND_SIZE = 1024
_CREASES = np.array([-0.022, 0.0, 0.020], np.float32)
# across a joint of a finger
_KNUCKLE = np.array([0.02, 0.14, 0.15], np.float32)
_CREASE = np.array([0.75, 1.0, 1.0], np.float32)
# red, green and blue that they take
_BROW_HAIRS = 700
_LASH_ROOTS = "#231613"
_FOLD_AT, _FOLD_WIDTH = 0.17, 0.09
# in shares of the way that the lid's edge goes
_FOLD, _LID = (0.80, 0.71, 0.68), (0.94, 0.86, 0.845)


def paint_skin(
    skin: Skin,
    lashes: tuple[Surface, Surface],
    creases: list[Crease],
    anatomy: Anatomy,
    settings: PresenterSettings,
) -> UInt8[np.ndarray, "2048 2048 4"]:
    """Albedo in sRGB with gloss in alpha, for the skin's own UVs."""
    surface = skin.surface
    corners = surface.uvs[surface.triangles]
    whole = np.ptp(corners[..., 0], axis=1) < 0.5
    triangles = surface.triangles[whole]
    places = skin.spread_points[triangles]
    down = surface.points[triangles][..., 1:2] - places[..., 1:2]
    values = np.concatenate([places, skin.mask_uvs[whole], down], 2)
    filled, _ = fill_texture(corners[whole], values, _SIZE, outwardness(places, anatomy))
    canvas = Canvas(filled[..., :3], settings.skin.tone, seed=11)
    on_head = np.broadcast_to((np.arange(_SIZE) < CYLINDER_TOP * _SIZE)[:, None], (_SIZE, _SIZE))
    lips = _mask("lips", filled, on_head)
    paint_complexion(canvas, anatomy, creases, settings)
    _make_up(canvas, anatomy, settings, lips, find_lip_line(surface, anatomy))
    lids = _lids(canvas, filled[..., 5], anatomy)
    _folds(canvas, lids, anatomy)
    _eyeliner(canvas, lashes, lids, anatomy, settings)
    brows = _brows(replace(surface, points=skin.spread_points), anatomy)
    canvas.blend(settings.skin.brows, brows)
    canvas.blend("#8c8782", brows * 0.6 * settings.hair.grey)
    scalp = _scalp(canvas, anatomy, settings)
    canvas.blend(settings.hair.colour, scalp)
    canvas.blend("#8c8782", scalp * 0.5 * settings.hair.grey)
    canvas.shade((1 - 0.30 * scalp)[..., None].repeat(3, 2))
    gloss = 0.38 + 0.05 * canvas.noise(1.0) + _shine(canvas, anatomy)
    gloss = gloss * (1 - lips) + lips * (0.80 + 0.12 * canvas.noise(1.5))
    gloss *= (1 - scalp) * (1 - 0.7 * brows)
    _linings(canvas, gloss)
    return canvas.finish(gloss)


def paint_hands(
    hands: Surface, rig: Rig, settings: PresenterSettings
) -> UInt8[np.ndarray, "1024 1024 4"]:
    """The same for the hands, whose `extra` holds the base's UVs."""
    if hands.extra is None:
        raise ValueError("the hands carry no UVs of the base")
    triangles = hands.triangles
    values = np.concatenate([hands.points[triangles], hands.extra[triangles][..., :2]], 2)
    filled, _ = fill_texture(hands.uvs[triangles], values, _HAND_SIZE)
    canvas = Canvas(filled[..., :3], settings.skin.tone, seed=12)
    paint_grain(canvas, 0.6)
    _knuckles(canvas, rig)
    paint_palms(canvas, hands, rig)
    nails = sample_mask(load_mask("fingernails"), filled[..., 3:5])
    canvas.blend(settings.skin.nails, np.clip(nails * 1.3, 0, 1) * 0.85)
    return canvas.finish(0.35 + 0.5 * np.clip(nails, 0, 1) + 0.05 * canvas.noise(1.2))


def _knuckles(canvas: Canvas, rig: Rig) -> None:
    """Joints are redder than the rest; those that bend most have creases across."""
    for side in ("left", "right"):
        for finger in ("Thumb", "Index", "Middle", "Ring", "Little"):
            first, second, third = (
                rig.joints_dm[BONE_INDEX[f"{side}{finger}{joint}"]]
                for joint in finger_joints(finger)
            )
            tip = third + (third - second) * 0.9
            for joint, towards, reach, folds in (
                (first, second, 0.16, 0.0), (second, third, 0.11, 1.0), (third, tip, 0.09, 1.0),
            ):  # fmt: skip
                axis = (towards - joint) / np.linalg.norm(towards - joint)
                texels = canvas.near(joint, 1.3 * reach)
                away = canvas.positions[texels] - joint
                along = away @ axis.astype(np.float32)
                near = np.exp(-((np.linalg.norm(away, axis=-1) / reach) ** 4))
                bent = along + 0.006 * np.sin(away[:, 0] * 60)
                creases = np.exp(-(((bent[:, None] - _CREASES) / 0.0055) ** 2)).sum(1)
                warm = 0.4 * near * np.exp(-((along / 0.07) ** 2))
                canvas.colour[texels] *= 1 - warm[:, None] * _KNUCKLE
                creases *= 0.10 * folds * (finger != "Thumb")
                canvas.colour[texels] *= 1 - (near * creases)[:, None] * _CREASE


def _mask(
    name: str, filled: Float32[np.ndarray, "size size 5"], on_head: np.ndarray
) -> Float32[np.ndarray, "size size"]:
    soft = cv2.GaussianBlur(load_mask(name), (0, 0), 1.0)
    out: Float32[np.ndarray, "size size"] = sample_mask(soft, filled[..., 3:5]) * on_head
    return out


def _make_up(
    canvas: Canvas, anatomy: Anatomy, settings: PresenterSettings,
    lips: np.ndarray, lip_line: tuple[np.ndarray, np.ndarray],
) -> None:  # fmt: skip
    skin = settings.skin
    furrows = 1 + 0.05 * canvas.noise(1.6)
    canvas.blend(skin.lips, skin.lips_strength * np.clip(lips * 1.1, 0, 1) * furrows)
    # Lips are lighter in their middle and darker where they meet.
    glow = canvas.spot((0, anatomy.mouth[1] - 0.055), (0.10, 0.03)) * lips
    canvas.deepen(0.5 * glow, (1.12, 1.16, 1.15))
    across, height = lip_line
    meeting = np.exp(-(((canvas.y - np.interp(canvas.x, across, height)) / 0.016) ** 2))
    meeting *= np.clip((across.max() - np.abs(canvas.x)) / 0.05, 0, 1)
    meeting *= canvas.z > anatomy.mouth[2] - 0.2
    canvas.blend("#5e2028", 0.75 * meeting)


def _shine(canvas: Canvas, anatomy: Anatomy) -> Float32[np.ndarray, "size size"]:
    """What skin shines more where it is oily or taut: brow, nose, cheekbones, cupid's bow, lids."""
    out = 0.12 * canvas.spot((0, anatomy.eye_y + 0.45), (0.45, 0.25))
    out += 0.18 * canvas.spot((0, anatomy.eye_y - 0.2), (0.07, 0.35))
    out += 0.10 * canvas.spot((0, anatomy.mouth[1] + 0.13), (0.06, 0.03))
    for centre in anatomy.eye_centres:
        bone = (1.28 * centre[0], anatomy.eye_y - 0.26)
        out += 0.10 * canvas.spot(bone, (0.20, 0.11))
        out += 0.08 * canvas.spot((centre[0], anatomy.eye_y + 0.02), (0.14, 0.07))
    return out


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
    anatomy: Anatomy, settings: PresenterSettings,
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
        for line, width, strength, colour, axes in (
            (lower, 0.010, 0.25, settings.skin.eyeliner, 3),
            (upper + [0.0, 0.004, 0.0], 0.017, 0.92 * on_lid, settings.skin.eyeliner, 2),
            (upper, 0.010, 0.80 * on_lid, _LASH_ROOTS, 2),
        ):
            away, nearest = cKDTree(line[:, :axes]).query(places[:, :axes])
            mask = np.zeros((canvas.size, canvas.size), np.float32)
            ends = np.clip(np.minimum(nearest, len(line) - nearest) / (0.2 * len(line)), 0.25, 1)
            mask[texels] = strength * ends * np.exp(-((away / width) ** 2))
            canvas.blend(colour, mask)


def _trace(lashes: Surface, centre: Float[np.ndarray, " 3"]) -> Float[np.ndarray, "dense 3"]:
    """A close row of points along the roots of one eye's lashes."""
    mine = (lashes.uvs[:, 1] < 0.05) & (np.sign(lashes.points[:, 0]) == np.sign(centre[0]))
    points = lashes.points[mine]
    points = points[np.argsort(points[:, 0])]
    x = np.linspace(points[0, 0], points[-1, 0], 160)
    curves = [np.interp(x, points[:, 0], points[:, axis]) for axis in (1, 2)]
    return np.stack([x, *(gaussian_filter1d(curve, 6) for curve in curves)], 1)


def _brows(surface: Surface, anatomy: Anatomy) -> Float32[np.ndarray, "size size"]:
    """Both brows hair by hair, drawn at twice the size."""
    rng = np.random.default_rng(21)
    facing = (surface.normals[:, 2] > 0.15) & (surface.points[:, 2] > anatomy.head_centre[2])
    facing &= np.abs(surface.points[:, 1] - anatomy.eye_y - 0.25) < 0.2
    face = surface.points[facing]
    depth = LinearNDInterpolator(face[:, :2], face[:, 2])
    big = 2 * _SIZE
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
    drawn = np.asarray(image.resize((_SIZE, _SIZE), Image.Resampling.LANCZOS), np.float32) / 255
    under = 0.55 * cv2.GaussianBlur(drawn, (0, 0), 4.5)
    out: Float32[np.ndarray, "size size"] = np.clip(drawn * 1.1 + under, 0, 1) * 0.88
    return out


def _texels(
    x: np.ndarray, y: np.ndarray, depth: LinearNDInterpolator, anatomy: Anatomy
) -> Float[np.ndarray, "points 2"]:
    return cylinder_uvs(np.stack([x, y, depth(x, y)], -1), anatomy)


def _scalp(
    canvas: Canvas, anatomy: Anatomy, settings: PresenterSettings
) -> Float32[np.ndarray, "size size"]:
    """Where hair covers the skin, with a soft, uneven edge."""
    angle = angle_about_head(canvas.positions, anatomy)
    line = hairline_y(angle, anatomy, settings.hair)
    # Few and fine hairs first, that let skin through; no row of teeth.
    fade = np.clip((canvas.y - line + 0.07) / 0.28, 0, 1)
    edge = fade**1.3 + 0.13 * canvas.streaks(11.0, 0.8) * np.sqrt(fade) * (1 - fade)
    edge = np.clip(edge, 0, 1)
    ears = (np.abs(canvas.x) > 0.70) & (np.abs(canvas.y - anatomy.eye_y + 0.15) < 0.45)
    ears &= np.abs(angle) > np.radians(70)
    out: Float32[np.ndarray, "size size"] = (edge * edge * (3 - 2 * edge) * ~ears).astype(
        np.float32
    )
    return out


def _linings(canvas: Canvas, gloss: np.ndarray) -> None:
    """The tiles above the cylinder: the mouth's inside gets darker inwards; eye sockets."""
    rows = np.arange(canvas.size) >= CYLINDER_TOP * canvas.size
    across = np.linspace(0, 1, canvas.size)
    left = rows[:, None] & (across[None] < 0.5)
    deep = np.broadcast_to(np.clip((across - 0.02) / 0.44, 0, 1), left.shape)
    front, back = np.array([0.42, 0.16, 0.16]), np.array([0.25, 0.07, 0.08])
    mouth = front + (back - front) * np.clip(deep * 2.2, 0, 1)[..., None]
    canvas.colour[left] = mouth[left].astype(np.float32)
    canvas.colour[rows[:, None] & (across[None] >= 0.5)] = [0.72, 0.42, 0.38]
    gloss[rows] = 0.5
