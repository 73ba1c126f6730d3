"""Painting the skin: complexion, make-up, lips, brows, the edge of the hair."""

from dataclasses import replace

import cv2
import numpy as np
from jaxtyping import Float32, UInt8

from avatar.body.anatomy import Anatomy
from avatar.body.canvas import Canvas, sample_mask
from avatar.body.complexion import paint_complexion, paint_grain
from avatar.body.creases import Crease
from avatar.body.hairline import angle_about_head, hairline_y
from avatar.body.lips import find_lip_line
from avatar.body.makehuman import load_mask
from avatar.body.paint_eyes import draw_brows, paint_lids
from avatar.body.palms import paint_palms
from avatar.body.raster import fill_texture
from avatar.body.rig import Rig, finger_joints
from avatar.body.skin import CYLINDER_TOP, Skin, outwardness
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
    paint_lids(canvas, filled[..., 5], lashes, anatomy, settings.skin.eyeliner)
    brows = draw_brows(replace(surface, points=skin.spread_points), anatomy, _SIZE)
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
