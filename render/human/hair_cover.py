"""Where the shell is hair and where it is clear: gaps closed, ends drawn out into strands.

Cards end where they end, and beside each other they make steps. What one sees of real hair's border
is single hairs: everywhere it is thinned by noise that runs along the strands, so that tips and a
hairline fray where strands cross the border, and hairs lie loose along it beside a face.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Bool, Float32, UInt8
from scipy.special import ndtr

from render.human.hair_cards import TEXTURE_PX, ShellAxis
from render.human.strand_flow import comb, strand_flow
from render.human.texels import blur_round, spread

_SOLID = 235
_GAP = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (45, 31))
_GAP_OF_TIPS = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (25, 9))
_GAP_OF_FRINGE = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
_FACE_M = (-0.10, 0.055)
# from the chin to the top of the forehead, along the shell
_FACE_TURNS = 0.165
# half its width, as a share of a whole turn
_TIPS = 0.17
# share of the texture, from below, where hair may end
_STRAND = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (31, 15))
_NOTCH = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (51, 51))
_TEXEL_M = 0.00027
# about, below the dome
_CLEAR, _CRUMB_PX = 8, 4000
_ROUND_PX, _FRAMED_PX = 14.0, 32.0
# steps of the border that are smoothed, and those beside the face
_COIL = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (61, 61))
# a ringlet's width: what is thinner is no end of one
_COIL_PX, _COIL_EDGE_M = 8.0, 0.004
# the same for ringlets, and over what length their border is soft
_FOREHEAD_M = (0.0, 0.03)
# along the shell: where ringlets begin to have loose hairs, and where they have all
_BETWEEN = 0.30
# of the light of ringlets comes to what is seen between them
_LOCK_PX, _HAIR_PX = 7.0, 1.6
_SOFT = 1.0
_LOCKS_SHARE = 0.35
# of what tips differ in; the rest is single hairs
_THIN_M = (0.012, 0.026)
_THIN_PER_M = 0.15
# length over which ends thin out: at a hairline, at most, and for each metre that hair hangs
_LONG_M, _LOCK_M = 0.09, 0.06
# hair that hangs so far has no holes between its lowest locks, for so far above their ends
_BESIDE_M = 0.006
# the same where hair lies along its border, as beside the face
_STRAIGHT = (0.50, 0.78)
# how much strands agree where they are not combed, and wholly
_COMB_PX = 42.0
# length over which strands share their colour, and noise becomes hairs


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """Column by column, where hair ends below."""

    row: Float32[np.ndarray, " columns"]
    hangs_m: Float32[np.ndarray, " columns"]
    # below where the dome begins
    thin_m: Float32[np.ndarray, " columns"]
    # over which it thins out


def cover_shell(
    drawn: UInt8[np.ndarray, "rows columns 4"], axis: ShellAxis, ringlets: bool = False
) -> UInt8[np.ndarray, "rows columns 4"]:
    """The shell's texture: no holes, soft ends, and colour beyond its border for filtering.

    Args:
        drawn: colour and cover as the cards have them, first row at the bottom.
        ringlets: coils stay as they are, and end round.
    """
    hair = _find_hair(drawn[..., 3], axis, ringlets)
    ends = _find_ends(hair, axis)
    above_m = _above_m(ends, axis)
    colour, hairs, locks = _combed(drawn, ringlets)
    at_tips = _step(1.5 - np.abs(above_m) / ends.thin_m)
    thin_m = blur_round(_BESIDE_M + (ends.thin_m - _BESIDE_M) * at_tips, _FRAMED_PX)
    share = _LOCKS_SHARE * at_tips * np.clip(ends.hangs_m / _LONG_M, 0, 1)
    uneven = hairs + (locks - hairs) * share
    if ringlets:
        # Loose hairs stand only along the forehead.
        low, high = _FOREHEAD_M
        frays = _step((axis.along_m() - low) / (high - low))[:, None]
        thin_m = _COIL_EDGE_M + (thin_m - _COIL_EDGE_M) * frays
        uneven = 0.5 + (uneven - 0.5) * frays
    inside_m = _inside_m(hair) - _inside_m(~hair)
    # Half of a border's width hair thins out evenly, over the other half hair by hair.
    cover = _step(0.5 + (inside_m / thin_m + 0.55 * (uneven - 0.5)) / _SOFT) * 255
    colour *= 1.0 if ringlets else (0.82 + 0.36 * hairs)[..., None]
    pixels = [np.clip(colour, 0, 255).astype(np.uint8), _without_crumbs(cover.astype(np.uint8))]
    return np.dstack(pixels)


def _combed(
    drawn: UInt8[np.ndarray, "rows columns 4"], ringlets: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Colour everywhere, drawn out along strands; noise from 0 to 1 that makes hairs, and locks."""
    known = drawn[..., 3] >= 128
    solid = cv2.erode((drawn[..., 3] >= _SOLID).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    beside = blur_round(spread(drawn[..., :3], solid), 6.0) * (_BETWEEN if ringlets else 0.92)
    full = np.where(known[..., None], drawn[..., :3], beside)
    rng = np.random.default_rng(7)
    angles, agree = strand_flow(drawn)
    fine = blur_round(rng.standard_normal(known.shape).astype(np.float32), _HAIR_PX)
    combed = comb(np.dstack([full, fine]).astype(np.float32), angles, _COMB_PX)
    quarter = TEXTURE_PX // 4
    coarse = blur_round(rng.standard_normal((quarter, quarter)).astype(np.float32), _LOCK_PX / 4)
    coarse = cv2.resize(comb(coarse, angles, _COMB_PX / 4), known.shape)
    # Where strands do not agree they curl: drawn out, they would be marble.
    if ringlets:
        return full, _evenly(combed[..., 3]), _evenly(coarse)
    low, high = _STRAIGHT
    share = cv2.resize(_step((agree - low) / (high - low)), known.shape)[..., None]
    colour = full + (combed[..., :3] - full) * share
    return colour, _evenly(combed[..., 3]), _evenly(coarse)


def _evenly(noise: Float32[np.ndarray, "*any"]) -> Float32[np.ndarray, "*any"]:
    """Normal noise spread from 0 to 1."""
    out: np.ndarray = ndtr(noise / noise.std()).astype(np.float32)
    return out


def _find_ends(hair: Bool[np.ndarray, "rows columns"], axis: ShellAxis) -> _Ends:
    row = np.where(hair.any(axis=0), hair.argmax(axis=0), TEXTURE_PX).astype(np.float32)
    hangs_m = np.maximum(-axis.low / axis.row_m - row, 0) * axis.row_m
    low, high = _THIN_M
    thin = np.clip(hangs_m * _THIN_PER_M, low, high)
    return _Ends(
        row, hangs_m.astype(np.float32), blur_round(thin[None].astype(np.float32), 12.0)[0]
    )


def _above_m(ends: _Ends, axis: ShellAxis) -> Float32[np.ndarray, "rows columns"]:
    """Height of each texel above the end of hair in its column."""
    rows = np.arange(TEXTURE_PX, dtype=np.float32)[:, None]
    out: np.ndarray = (rows - ends.row) * np.float32(axis.row_m)
    return out


def _inside_m(hair: Bool[np.ndarray, "rows columns"]) -> Float32[np.ndarray, "rows columns"]:
    """Distance from the border of hair, up to 17 mm."""
    pad = 64
    wide = np.concatenate([hair[:, -pad:], hair, hair[:, :pad]], axis=1).astype(np.uint8)
    away = cv2.distanceTransform(wide, cv2.DIST_L2, 5)[:, pad:-pad] * _TEXEL_M
    out: np.ndarray = away.astype(np.float32)
    return out


def _step(x: np.ndarray) -> np.ndarray:
    """0 below 0, 1 above 1, smooth between."""
    x = np.clip(x, 0, 1)
    out: np.ndarray = (x * x * (3 - 2 * x)).astype(np.float32)
    return out


def _find_hair(
    alpha: UInt8[np.ndarray, "rows columns"], axis: ShellAxis, ringlets: bool
) -> Bool[np.ndarray, "rows columns"]:
    """Where hair is, with the crown, the parting and gaps between locks closed.

    What is open to the texture's foot stays open: the face, and what is below the tips.
    """
    along = axis.along_m()[:, None]
    ticks = (np.arange(TEXTURE_PX) + 0.5) / TEXTURE_PX
    front = np.abs(ticks - 0.5)[None] < _FACE_TURNS
    # before a face one sees skin between the strands of a fringe
    face = front & (along > _FACE_M[0]) & (along < _FACE_M[1])
    closed = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP)
    closed[face] = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP_OF_FRINGE)[face]
    tips = slice(0, int(len(alpha) * _TIPS))
    closed[tips] = cv2.morphologyEx(alpha, cv2.MORPH_CLOSE, _GAP_OF_TIPS)[tips]
    _, label = cv2.connectedComponents((closed < 128).astype(np.uint8))
    hair = ~(np.isin(label, np.unique(label[0])) & (label > 0))
    if ringlets:
        hair = cv2.morphologyEx(hair.astype(np.uint8), cv2.MORPH_OPEN, _COIL) > 0
        return blur_round(hair.astype(np.float32), _COIL_PX) > 0.5
    notched = cv2.morphologyEx(hair.astype(np.uint8), cv2.MORPH_CLOSE, _NOTCH) > 0
    hair |= notched & ~face
    # A strand that hangs on below all others would be a worm.
    broad = cv2.morphologyEx(hair.astype(np.uint8), cv2.MORPH_OPEN, _STRAND) > 0
    hair &= broad | face
    ends = _find_ends(hair, axis)
    above_m = _above_m(ends, axis)
    hair |= (above_m > 0) & (above_m < _LOCK_M) & (ends.hangs_m > _LONG_M) & ~front
    # What frames a face is one line from the parting to the tips.
    kept = hair.astype(np.float32)
    return np.where(front, blur_round(kept, _FRAMED_PX), blur_round(kept, _ROUND_PX)) > 0.5


def _without_crumbs(cover: np.ndarray) -> np.ndarray:
    """Bits of hair that hang on to nothing are left out."""
    _, label, stats, _ = cv2.connectedComponentsWithStats((cover > _CLEAR).astype(np.uint8))
    small = stats[:, cv2.CC_STAT_AREA] < _CRUMB_PX
    out: np.ndarray = np.where(small[label], 0, cover)
    return out
