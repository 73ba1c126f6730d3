"""How far the shell stands from its axis: no steps between cards, and a round crown."""

import cv2
import numpy as np
from jaxtyping import Bool, Float32
from scipy.spatial import cKDTree

from render.human.hair_cards import DOME_M, TEXTURE_PX, ShellAxis
from render.human.texels import blur_round, spread

_STEP_PX = 14.0
_CROWN_M = (-0.08, 0.0)
# along the shell: below the first, the radius is as the cards have it; above the second, a crown's
_PLANE_PX = 512
_GROOVE_M = 0.07
# a parting narrower than this is filled
_FILLED = 0.85
# of its depth: some of a parting is to be seen
_KNOT_RAD = 0.4
_COARSE = 512
# texels of what need not be fine
_ROUND_THE_HEAD_M = 0.63
_RISE_M = 0.028
# length over which hair rises from its hairline
_NO_ROOT_M = 0.012
# farther from a root, hair hangs over the border and does not begin there
_OFF_M = 0.006
_EARS_FROM = 0.45
# share of half a turn from the front
_ROUND_M, _GRAIN_M = 0.010, 0.005
# what is smoothed of the filling, and of the crown: locks remain, single cards do not


def smooth_radius(
    found: Float32[np.ndarray, "rows columns"],
    roots: tuple[Float32[np.ndarray, "roots 2"], Float32[np.ndarray, " roots"]],
    axis: ShellAxis,
) -> Float32[np.ndarray, "rows columns"]:
    """The radius all over the shell.

    Args:
        found: metres from the axis of the outermost card, 0 where there is none.
        roots: texture coordinates of roots, and how far from the axis each lies.
    """
    known: Bool[np.ndarray, "rows columns"] = found > 0
    weight = known.astype(np.float32)
    blurred = blur_round(found * weight, _STEP_PX) / np.maximum(blur_round(weight, _STEP_PX), 1e-4)
    filled = spread(np.where(known, blurred, 0.0).astype(np.float32), known)
    radius = blur_round(filled, 6.0)
    low, high = _CROWN_M
    share = np.clip((axis.along_m() - low) / (high - low), 0, 1)[:, None]
    radius = radius + (_crown(radius, axis) - radius) * share + 0.002
    if len(roots[0]):
        radius = _rooted(radius, known, roots, axis)
    return radius.astype(np.float32)


def _rooted(
    radius: np.ndarray,
    known: np.ndarray,
    roots: tuple[np.ndarray, np.ndarray],
    axis: ShellAxis,
) -> np.ndarray:
    """Brought down to the scalp at a hairline: hair that begins in mid-air is a wig."""
    scale = np.array([_ROUND_THE_HEAD_M, axis.high - axis.low])
    tree = cKDTree(roots[0] * scale)
    ticks = (np.arange(_COARSE) + 0.5) / _COARSE
    places = np.stack(np.meshgrid(ticks, ticks), -1)
    away, nearest = tree.query(places * scale, 6)
    scalp = roots[1][nearest].max(-1).astype(np.float32)
    size = (_COARSE, _COARSE)
    hair = cv2.resize(known.astype(np.uint8), size, interpolation=cv2.INTER_AREA)
    hair = cv2.morphologyEx(hair, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, label = cv2.connectedComponents(1 - hair)
    is_open = np.isin(label, np.unique(label[0])) & (label > 0)
    inside = cv2.distanceTransform((~is_open).astype(np.uint8), cv2.DIST_L2, 5)
    inside_m = inside * _ROUND_THE_HEAD_M / _COARSE
    along = axis.low + ticks * (axis.high - axis.low)
    share = np.clip(1 - inside_m / _RISE_M, 0, 1)
    share = share * share * (3 - 2 * share)
    share *= np.clip(2 - away.mean(-1) / _NO_ROOT_M, 0, 1)
    share *= np.clip((along + 0.08) / 0.05, 0, 1)[:, None]
    # Ears stand out from the scalp: over them, hair keeps its distance.
    share *= np.clip((_EARS_FROM - np.abs(ticks * 2 - 1)) / 0.07, 0, 1)
    share, scalp = (
        cv2.resize(blur_round(x.astype(np.float32), 3.0), radius.shape) for x in (share, scalp)
    )
    out: np.ndarray = radius + np.minimum(scalp + _OFF_M - radius, 0) * share
    return out


def _crown(radius: np.ndarray, axis: ShellAxis) -> np.ndarray:
    """The dome without grooves.

    It is worked on as seen from above, since the texture's rows shrink to a point at its pole,
    where neighbours on the head are far apart on the texture.
    """
    reach = np.pi / 2 - _CROWN_M[0] / DOME_M
    middle = (_PLANE_PX - 1) / 2
    x, y = (np.indices((_PLANE_PX, _PLANE_PX), np.float32)[::-1] - middle) / middle * reach
    from_pole = np.hypot(x, y)
    column = (np.arctan2(x, y) / np.pi + 1) / 2 * TEXTURE_PX - 0.5
    row = ((np.pi / 2 - from_pole) * DOME_M - axis.low) / axis.row_m - 0.5
    plane = cv2.remap(
        radius, column.astype(np.float32), row.astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    px_per_m = middle / reach / DOME_M
    wide = round(_GROOVE_M * px_per_m) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide, wide))
    closed = cv2.morphologyEx(plane, cv2.MORPH_CLOSE, disc) - plane
    plane += cv2.GaussianBlur(closed, (0, 0), _ROUND_M * px_per_m) * _FILLED
    # At the pole one lock fills whole rows of the texture, and would stand up as a knot.
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide // 2 | 1, wide // 2 | 1))
    knot = cv2.morphologyEx(plane, cv2.MORPH_OPEN, disc) - plane
    plane += knot * np.exp(-((from_pole / _KNOT_RAD) ** 2))
    plane = cv2.GaussianBlur(plane, (0, 0), _GRAIN_M * px_per_m)
    turn = ((np.arange(TEXTURE_PX) + 0.5) / TEXTURE_PX * 2 - 1) * np.pi
    out = (np.pi / 2 - axis.along_m() / DOME_M)[:, None] / reach * middle
    found: np.ndarray = cv2.remap(
        plane, (middle + out * np.sin(turn)).astype(np.float32),
        (middle + out * np.cos(turn)).astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return found
