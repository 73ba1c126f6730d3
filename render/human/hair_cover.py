"""Where the shell is hair and where it is clear: gaps closed, ends drawn out into strands.

Cards end where they end, and beside each other they make steps. What one sees of real hair's ends
is locks of uneven length that thin out: the cover is cut by noise at the widths of locks, strands
and hairs, over a length that grows with the hair's own.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Bool, Float32, UInt8
from scipy.ndimage import grey_opening
from scipy.special import ndtr

from render.human.hair_cards import TEXTURE_PX, ShellAxis
from render.human.texels import blur_round, spread

_SOLID = 235
_GAP = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (45, 31))
_GAP_OF_TIPS = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (25, 9))
_FACE_M = (-0.10, 0.055)
# from the chin to the top of the forehead, along the shell
_FACE_TURNS = 0.165
# half its width, as a share of a whole turn
_TIPS = 0.17
# share of the texture, from below, where hair may end
_ROUND_PX = 9.0
# steps of the border that are smoothed
_WIDTHS = ((20.0, 0.50), (6.0, 0.30), (1.8, 0.20))
# of locks, strands and hairs in texels, and the share each has in how ends differ
_THIN_M = (0.005, 0.026)
_THIN_PER_M = 0.17
# length over which ends thin out: at a hairline, at most, and for each metre that hair hangs
_BESIDE_M = 0.0035
# the same where hair lies along its border, as beside the face


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Column by column, where hair ends below."""

    row: Float32[np.ndarray, " columns"]
    thin_m: Float32[np.ndarray, " columns"]
    # over which it thins out


def cover_shell(
    drawn: UInt8[np.ndarray, "rows columns 4"], axis: ShellAxis
) -> UInt8[np.ndarray, "rows columns 4"]:
    """The shell's texture: no holes, soft ends, and colour beyond its border for filtering.

    Args:
        drawn: colour and cover as the cards have them, first row at the bottom.
    """
    face = _face(axis)
    whole, hair = _without_holes(drawn, face)
    known = whole[..., 3] >= 128
    hair = blur_round(hair.astype(np.float32), _ROUND_PX) > 0.5
    ends = _find_ends(hair, axis)
    rows = np.arange(TEXTURE_PX, dtype=np.float32)[:, None]
    above_m = (rows - ends.row) * axis.row_m
    # Ends thin out half above and half below where they were, so that hair keeps its length.
    longer = (above_m <= 0) & (above_m > -0.4 * ends.thin_m) & ~face
    base = whole[..., 3].astype(np.float32)
    base[longer | (hair & (above_m < ends.thin_m) & ~face)] = 255.0
    base *= _thinned(above_m, ends) * _beside(hair | longer | (face & (base > 0)))
    out = np.dstack([spread(whole[..., :3], known), base.astype(np.uint8)])
    return np.ascontiguousarray(out)


def _find_ends(hair: Bool[np.ndarray, "rows columns"], axis: ShellAxis) -> _Ends:
    row = np.where(hair.any(axis=0), hair.argmax(axis=0), TEXTURE_PX).astype(np.float32)
    hangs_m = np.maximum(-axis.low / axis.row_m - row, 0) * axis.row_m
    low, high = _THIN_M
    thin = np.clip(hangs_m * _THIN_PER_M, low, high)
    return _Ends(row, blur_round(thin[None].astype(np.float32), 12.0)[0])


def _thinned(above_m: np.ndarray, ends: _Ends) -> Float32[np.ndarray, "rows columns"]:
    """Cover by the height above the end of hair, with ends of uneven length."""
    rng = np.random.default_rng(7)
    uneven = sum(_streaks(rng, width) * share for width, share in _WIDTHS)
    start = above_m + 0.4 * ends.thin_m - uneven * ends.thin_m
    return _step(start / (0.22 * ends.thin_m + 0.001))


def _beside(hair: Bool[np.ndarray, "rows columns"]) -> Float32[np.ndarray, "rows columns"]:
    """Cover by the distance from the border, hair by hair."""
    pad = 64
    wide = np.concatenate([hair[:, -pad:], hair, hair[:, :pad]], axis=1).astype(np.uint8)
    away = cv2.distanceTransform(wide, cv2.DIST_L2, 5)[:, pad:-pad] * 0.00027
    uneven = _streaks(np.random.default_rng(8), 2.2)
    return _step((away - 0.6 * _BESIDE_M * uneven) / (0.6 * _BESIDE_M))


def _streaks(rng: np.random.Generator, width_px: float) -> Float32[np.ndarray, "rows columns"]:
    """Noise from 0 to 1, evenly spread, drawn out along hair that hangs."""
    coarse = blur_round(rng.standard_normal((24, TEXTURE_PX)).astype(np.float32), width_px)
    coarse /= coarse.std()
    noise = cv2.resize(coarse, (TEXTURE_PX, TEXTURE_PX), interpolation=cv2.INTER_CUBIC)
    out: np.ndarray = ndtr(noise / noise.std()).astype(np.float32)
    return out


def _step(x: np.ndarray) -> np.ndarray:
    """0 below 0, 1 above 1, smooth between."""
    x = np.clip(x, 0, 1)
    out: np.ndarray = (x * x * (3 - 2 * x)).astype(np.float32)
    return out


def _face(axis: ShellAxis) -> Bool[np.ndarray, "rows columns"]:
    """Texels before the face, where one sees skin between the strands of a fringe."""
    along = axis.along_m()
    ticks = (np.arange(TEXTURE_PX) + 0.5) / TEXTURE_PX
    rows = (along > _FACE_M[0]) & (along < _FACE_M[1])
    out: np.ndarray = rows[:, None] & (np.abs(ticks - 0.5) < _FACE_TURNS)[None]
    return out


def _without_holes(
    pixels: UInt8[np.ndarray, "rows columns 4"], face: Bool[np.ndarray, "rows columns"]
) -> tuple[UInt8[np.ndarray, "rows columns 4"], Bool[np.ndarray, "rows columns"]]:
    """Closes the crown, the parting and gaps between locks, but not between those of a fringe.

    What is open to the texture's foot stays open: the face, and the tips of the hair. Also given:
    what is not open.
    """
    alpha = pixels[..., 3]
    closed = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP)
    tips = slice(0, int(len(alpha) * _TIPS))
    closed[tips] = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP_OF_TIPS)[tips]
    _, label = cv2.connectedComponents((closed < 128).astype(np.uint8))
    open_ = np.isin(label, np.unique(label[0])) & (label > 0)
    hole = cv2.dilate(((alpha < 128) & ~open_).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    hole &= ~open_ & ~face
    # Tips beside the chin end where they end: a shadow drawn between them would be a bar.
    beside = cv2.dilate(face.astype(np.uint8), np.ones((121, 81), np.uint8)) > 0
    hole |= _notches(alpha) & ~beside
    around = spread(pixels[..., :3], alpha >= _SOLID)
    out = pixels.copy()
    out[hole, :3] = blur_round(around, 6.0)[hole] * 0.9
    out[hole, 3] = 255
    return out, ~open_ | hole


def _notches(alpha: np.ndarray) -> np.ndarray:
    """Gaps from below, as shoulders press them into the hair, but not the face's opening."""
    tips = np.argmax(alpha >= 128, axis=0)
    level = grey_opening(tips, size=TEXTURE_PX // 40, mode="wrap")
    rows = np.arange(len(alpha))[:, None]
    deep = (tips - level > 8) & (tips < len(alpha) * 0.3)
    out: np.ndarray = (rows >= level) & (rows < tips) & deep
    return out
