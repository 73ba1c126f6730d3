"""How far the shell stands from its axis: no steps between cards, and a round crown."""

import cv2
import numpy as np
from jaxtyping import Bool, Float32

from render.human.hair_cards import DOME_M, TEXTURE_PX, ShellAxis
from render.human.texels import blur_round, spread

_STEP_PX = 14.0
_CROWN_M = (-0.08, 0.0)
# along the shell: below the first, the radius is as the cards have it; above the second, a crown's
_PLANE_PX = 512
_GROOVE_M = 0.05
# a parting narrower than this is filled
_FILLED = 0.85
# of its depth: some of a parting is to be seen
_ROUND_M, _GRAIN_M = 0.008, 0.0035
# what is smoothed of the filling, and of the crown: locks remain, single cards do not


def smooth_radius(
    found: Float32[np.ndarray, "rows columns"], axis: ShellAxis
) -> Float32[np.ndarray, "rows columns"]:
    """The radius all over the shell.

    Args:
        found: metres from the axis of the outermost card, 0 where there is none.
    """
    known: Bool[np.ndarray, "rows columns"] = found > 0
    weight = known.astype(np.float32)
    blurred = blur_round(found * weight, _STEP_PX) / np.maximum(blur_round(weight, _STEP_PX), 1e-4)
    filled = spread(np.where(known, blurred, 0.0).astype(np.float32), known)
    radius = blur_round(filled, 6.0)
    low, high = _CROWN_M
    share = np.clip((axis.along_m() - low) / (high - low), 0, 1)[:, None]
    out: np.ndarray = radius + (_crown(radius, axis) - radius) * share + 0.002
    return out.astype(np.float32)


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
    plane = cv2.GaussianBlur(plane, (0, 0), _GRAIN_M * px_per_m)
    turn = ((np.arange(TEXTURE_PX) + 0.5) / TEXTURE_PX * 2 - 1) * np.pi
    out = (np.pi / 2 - axis.along_m() / DOME_M)[:, None] / reach * middle
    found: np.ndarray = cv2.remap(
        plane, (middle + out * np.sin(turn)).astype(np.float32),
        (middle + out * np.cos(turn)).astype(np.float32), cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return found
