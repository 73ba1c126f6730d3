"""Where the lips meet: made to touch, and found again."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.ndimage import gaussian_filter1d

from avatar.body.anatomy import Anatomy
from avatar.body.surface import Surface
from core.blendshapes import INDEX

_DEPTHS = (0.02, 0.03, 0.04)
_MIDDLE = 0.18
# of the mouth, to each side


def seal_lips(
    points: Float[np.ndarray, "vertices 3"],
    jaw_drop: Float[np.ndarray, " vertices"],
    anatomy: Anatomy,
) -> Float[np.ndarray, "vertices 3"]:
    """Lips that touch: subdivision rounds them off and leaves a slit and a pit at each corner."""
    near = points - anatomy.mouth
    lips = (np.abs(near[:, 0]) < 0.30) & (np.abs(near[:, 1]) < 0.12) & (near[:, 2] > -0.26)
    index = np.flatnonzero(lips)
    # As far in front as there are vertices enough: lips that only meet further back leave a groove
    # between them that is dark and a pixel wide.
    for depth in _DEPTHS:
        slits = _find_slits(points[index], jaw_drop[index], anatomy, depth)
        if np.isfinite(slits.above[np.abs(slits.centres) < _MIDDLE]).all():
            break
    # Where the jaw takes one side and leaves the other there are two lips; the pits end soon after.
    parted = np.abs(slits.centres[slits.drop > 0.03])
    corner = parted.max(initial=0.0) + 0.045
    x, y, _ = points[index].T
    out = points.copy()
    for centre, above, below in zip(slits.centres, slits.above, slits.below, strict=True):
        mine = np.abs(x - centre) <= 0.005
        if abs(centre) > corner or not mine.any() or not np.isfinite(above):
            continue
        line = (above + below) / 2
        overlap = 0.003 if abs(centre) < 0.15 else 0.006
        move = np.exp(-(((y - line) / 0.05) ** 2)) * np.clip((above - below) / 2 + overlap, 0, 0.03)
        lower = y < line
        out[index[mine], 1] += np.where(lower, move, -move)[mine]
    return out


@dataclass(frozen=True, slots=True, eq=False)
class _Slits:
    """The lips' edges across the mouth; NaN where too few vertices say where they are."""

    centres: Float[np.ndarray, " slices"]
    above: Float[np.ndarray, " slices"]
    below: Float[np.ndarray, " slices"]
    drop: Float[np.ndarray, " slices"]
    # how much further the jaw takes the lower one


def _find_slits(
    lips: Float[np.ndarray, "near 3"],
    jaw_drop: Float[np.ndarray, " near"],
    anatomy: Anatomy,
    depth: float,
) -> _Slits:
    """The edges of both lips among what is so far behind the front of each slice at most.

    The lining further behind moves with the jaw differently.
    """
    x, y, z = lips.T
    centres = np.arange(-0.28, 0.281, 0.01)
    found = np.full((len(centres), 3), np.nan)
    for row, centre in enumerate(centres):
        here = (np.abs(x - centre) < 0.012) & (np.abs(y - anatomy.mouth[1]) < 0.035)
        here &= z > z[here].max(initial=-np.inf) - depth
        if here.sum() < 4 or np.ptp(jaw_drop[here]) < 0.02:
            continue
        lower = jaw_drop < (jaw_drop[here].min() + jaw_drop[here].max()) / 2
        over, under = np.flatnonzero(here & ~lower), np.flatnonzero(here & lower)
        over, under = over[np.argmin(y[over])], under[np.argmax(y[under])]
        found[row] = y[over], y[under], jaw_drop[over] - jaw_drop[under]
    return _Slits(centres, *found.T)


def find_lip_line(
    surface: Surface, anatomy: Anatomy
) -> tuple[Float[np.ndarray, " places"], Float[np.ndarray, " places"]]:
    """Where the lips meet, from one corner to the other: x, and the height there."""
    if surface.morphs is None:
        raise ValueError("the skin has no morphs")
    near = surface.points - anatomy.mouth
    lips = (np.abs(near[:, 0]) < 0.34) & (np.abs(near[:, 1]) < 0.14) & (near[:, 2] > -0.26)
    (x, y, z), drop = surface.points[lips].T, surface.morphs[INDEX["jawOpen"], lips, 1]
    found = []
    for centre in np.arange(-0.30, 0.301, 0.01):
        here = np.abs(x - centre) < 0.015
        here &= z > z[here].max(initial=-np.inf) - 0.04
        # the jaw takes the lower lip along and leaves the upper one
        middle = (drop[here].min(initial=0) + drop[here].max(initial=-1)) / 2
        over, under = y[here & (drop > middle)], y[here & (drop < middle)]
        if here.sum() > 3 and np.ptp(drop[here]) > 0.03 and len(over) and len(under):
            found.append((centre, (over.min() + under.max()) / 2))
    places, heights = np.array(found).T
    return places, gaussian_filter1d(heights, 1.5, mode="nearest")
