"""Where the shell is hair and where it is clear: gaps closed, ends drawn out into strands.

Cards end where they end, and beside each other they make steps. What one sees of real hair's ends
is locks of uneven length that thin out: the cover is cut by noise at the widths of locks, strands
and hairs, over a length that grows with the hair's own.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Bool, Float32, UInt8
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
_FRINGE_M = 0.006
# of its border: there one sees through
_TIPS = 0.17
# share of the texture, from below, where hair may end
_STRAND = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (31, 15))
_NOTCH = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (51, 51))
_TEXEL_M = 0.00027
# about, below the dome
_CLEAR, _CRUMB_PX = 8, 4000
_ROUND_PX = 9.0
# steps of the border that are smoothed
_WIDTHS_PX = (20.0, 6.0, 1.8)
_TIPS_DIFFER, _HAIRLINE_DIFFERS = (0.50, 0.30, 0.20), (0.0, 0.45, 0.55)
# by the share that locks, strands and hairs of those widths have in it
_THIN_M = (0.010, 0.026)
_THIN_PER_M = 0.17
# length over which ends thin out: at a hairline, at most, and for each metre that hair hangs
_LONG_M, _LOCK_M = 0.09, 0.06
# hair that hangs so far has no holes between its lowest locks, for so far above their ends
_BESIDE_M = 0.006
# the same where hair lies along its border, as beside the face


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Column by column, where hair ends below."""

    row: Float32[np.ndarray, " columns"]
    hangs_m: Float32[np.ndarray, " columns"]
    # below where the dome begins
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
    alpha = drawn[..., 3]
    hair = _find_hair(alpha, face)
    ends = _find_ends(hair, axis)
    rows = np.arange(TEXTURE_PX, dtype=np.float32)[:, None]
    above_m = (rows - ends.row) * axis.row_m
    # Ends thin out half above and half below where they were, so that hair keeps its length.
    longer = (above_m <= 0) & (above_m > -0.4 * ends.thin_m)
    hair |= (above_m > 0) & (above_m < _LOCK_M) & (ends.hangs_m > _LONG_M)
    inside_m = _inside_m(((hair | longer) & ~face) | (face & (hair | (alpha > 0))))
    filled = (hair | longer) & (~face | (inside_m > _FRINGE_M))
    cover = np.where(filled, 255, alpha).astype(np.float32)
    cover *= _thinned(above_m, ends) * _beside(inside_m)
    return np.dstack([_colour(drawn), _without_crumbs(cover.astype(np.uint8))])


def _colour(drawn: UInt8[np.ndarray, "rows columns 4"]) -> UInt8[np.ndarray, "rows columns 3"]:
    """Colour everywhere: in gaps a little darker than what is beside them."""
    known = drawn[..., 3] >= 128
    rgb = spread(drawn[..., :3], known)
    beside = blur_round(spread(drawn[..., :3], drawn[..., 3] >= _SOLID), 6.0) * 0.92
    out: np.ndarray = np.where(known[..., None], rgb, beside.astype(np.uint8))
    return out


def _find_ends(hair: Bool[np.ndarray, "rows columns"], axis: ShellAxis) -> _Ends:
    row = np.where(hair.any(axis=0), hair.argmax(axis=0), TEXTURE_PX).astype(np.float32)
    hangs_m = np.maximum(-axis.low / axis.row_m - row, 0) * axis.row_m
    low, high = _THIN_M
    thin = np.clip(hangs_m * _THIN_PER_M, low, high)
    return _Ends(
        row, hangs_m.astype(np.float32), blur_round(thin[None].astype(np.float32), 12.0)[0]
    )


def _thinned(above_m: np.ndarray, ends: _Ends) -> Float32[np.ndarray, "rows columns"]:
    """Cover by the height above the end of hair, with ends of uneven length."""
    rng = np.random.default_rng(7)
    low, high = _THIN_M
    hanging = np.clip((ends.thin_m - low) / (high - low), 0, 1)
    shares = zip(_TIPS_DIFFER, _HAIRLINE_DIFFERS, strict=True)
    uneven = sum(
        _streaks(rng, width) * (at_hairline + (at_tips - at_hairline) * hanging)
        for width, (at_tips, at_hairline) in zip(_WIDTHS_PX, shares, strict=True)
    )
    start = above_m + 0.4 * ends.thin_m - uneven * ends.thin_m
    return _step(start / (0.22 * ends.thin_m + 0.001))


def _inside_m(hair: Bool[np.ndarray, "rows columns"]) -> Float32[np.ndarray, "rows columns"]:
    """Distance from the border of hair, up to 17 mm."""
    pad = 64
    wide = np.concatenate([hair[:, -pad:], hair, hair[:, :pad]], axis=1).astype(np.uint8)
    away = cv2.distanceTransform(wide, cv2.DIST_L2, 5)[:, pad:-pad] * _TEXEL_M
    out: np.ndarray = away.astype(np.float32)
    return out


def _beside(inside_m: np.ndarray) -> Float32[np.ndarray, "rows columns"]:
    """Cover by the distance from the border, hair by hair."""
    uneven = _streaks(np.random.default_rng(8), 2.2)
    return _step((inside_m - 0.6 * _BESIDE_M * uneven) / (0.6 * _BESIDE_M))


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


def _find_hair(
    alpha: UInt8[np.ndarray, "rows columns"], face: Bool[np.ndarray, "rows columns"]
) -> Bool[np.ndarray, "rows columns"]:
    """Where hair is, with the crown, the parting and gaps between locks closed.

    What is open to the texture's foot stays open: the face, and what is below the tips.
    """
    closed = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP)
    tips = slice(0, int(len(alpha) * _TIPS))
    closed[tips] = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP_OF_TIPS)[tips]
    _, label = cv2.connectedComponents((closed < 128).astype(np.uint8))
    hair = ~(np.isin(label, np.unique(label[0])) & (label > 0))
    notched = cv2.morphologyEx(hair.astype(np.uint8), cv2.MORPH_CLOSE, _NOTCH) > 0
    hair |= notched & ~face
    # A strand that hangs on below all others would be a worm.
    broad = cv2.morphologyEx(hair.astype(np.uint8), cv2.MORPH_OPEN, _STRAND) > 0
    return blur_round((hair & (broad | face)).astype(np.float32), _ROUND_PX) > 0.5


def _without_crumbs(cover: np.ndarray) -> np.ndarray:
    """Bits of hair that hang on to nothing are left out."""
    _, label, stats, _ = cv2.connectedComponentsWithStats((cover > _CLEAR).astype(np.uint8))
    small = stats[:, cv2.CC_STAT_AREA] < _CRUMB_PX
    out: np.ndarray = np.where(small[label], 0, cover)
    return out
