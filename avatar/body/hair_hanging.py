"""Hair that hangs: parted, swept aside, down beside face and neck, with or without a fringe."""

import numpy as np
from jaxtyping import Bool, Float, Int

from avatar.body.hairline import angle_about_head, hairline_y
from avatar.body.locks import Amounts, Growth, Head, Locks, Paths, Strands
from avatar.body.mesh import unit
from avatar.presenter import HairSettings

_TIPS_BELOW_CHIN_M = {"shoulder": 0.035, "long": 0.15, "bob": -0.025}
_FRAME_DEG = {"shoulder": 52.0, "long": 54.0, "bob": 53.0}
# angle from the front at which the foremost lock hangs beside the face
_TO_JAW_RAD = 0.15
# how far round the head that lock swings in under the cheekbone


def lay_hanging(growth: Growth) -> Locks:
    """Parted, swept aside and hanging down beside face and neck."""
    planted, head, settings = growth.planted, growth.head, growth.settings
    roots, depth, start = planted.roots, planted.depth, growth.start
    rng, along = growth.rng, growth.along
    n, centre, anatomy = len(roots), head.centre, head.anatomy
    # What grows higher falls over what grows lower.
    depth = depth * (0.3 + 0.7 * np.clip(start[:, 1] / 0.75, 0, 1))
    side = np.where(roots[:, 0] > growth.parting + 0.03 * rng.standard_normal(n), 1.0, -1.0)
    planted = planted.split(side > 0).split(start[:, 1] < 0.1)
    turn = np.arctan2(start[:, 0], start[:, 2]) * side
    turn = np.where(turn < -np.pi / 2, turn + 2 * np.pi, turn)
    frame = np.radians(_FRAME_DEG[settings.style])
    share = np.clip(turn / np.pi, 0.0, 1.0)
    hangs = frame + (np.pi - frame) * share**1.15 + planted.uneven(rng, 0.05)
    hangs = np.clip(np.maximum(hangs, turn * (share > 0.3)), frame - 0.06, np.pi)
    rise = np.arcsin(np.clip(start[:, 1], -1, 1))
    equator = np.stack([side * np.sin(hangs), np.zeros(n), np.cos(hangs)], 1)
    # Aside first, then down: that is what makes a parting fall and not stream.
    swept = turn + (hangs - turn) * 0.62
    # The foremost falls a little over the forehead's corners; beside the parting it stands up.
    front = np.clip((1.15 - rise) / 0.4, 0, 1)
    upright = np.clip(1 - turn / 0.18, 0, 1) * front
    fringe = np.clip(1 - np.abs(turn - 0.45) / 0.5, 0, 1) * front
    lift = rise + 0.10 + 0.12 * depth + 0.07 * upright - 0.12 * fringe
    lift = np.clip(lift + planted.uneven(rng, 0.09), 0, 1.35)
    crest = np.stack(
        [side * np.sin(swept) * np.cos(lift), np.sin(lift), np.cos(swept) * np.cos(lift)], 1
    )
    reach = head.halves + 0.1
    tips = settings.tips_below_chin_m
    below = _TIPS_BELOW_CHIN_M[settings.style] if tips is None else tips
    tip_y = anatomy.chin[1] - below * 10 + planted.uneven(rng, 0.05) + 0.25 * rng.random(n) ** 4
    behind = np.clip((hangs - 1.9) / 0.7, 0, 1)
    tip_y -= (0.30 if settings.style != "bob" else -0.08) * behind
    # What grows low is an under-layer: any longer, it would stick to the throat.
    tip_y = np.where(rise < 0.1, np.maximum(tip_y, anatomy.chin[1] + 0.05), tip_y)
    over = np.maximum(rise, 0.0) * reach[1] * 1.15 + np.abs(hangs - turn) * 0.35 * (rise > 0)
    drop = np.maximum(centre[1] - tip_y, 0.2)
    knee = over / (over + drop)
    s = along[None] / np.maximum(knee[:, None], 1e-6)
    on_head = s < 1
    c = np.clip(s, 0, 1)[..., None]
    ball = unit(
        (1 - c) ** 2 * start[:, None] + 2 * c * (1 - c) * crest[:, None] + c**2 * equator[:, None]
    )
    path = centre + ball * reach
    below_knee = np.clip((along[None] - knee[:, None]) / (1 - knee[:, None]), 0, 1)
    first = np.where(rise < 0, roots[:, 1], centre[1])
    fall = first[:, None] + (tip_y - first)[:, None] * below_knee
    path[..., 1] = np.where(on_head, path[..., 1], fall)
    lowborn = (rise < 0)[:, None, None]
    straight = roots[:, None] * [1, 0, 1] + fall[..., None] * [0, 1, 0]
    path = np.where(lowborn, straight, path)
    path = planted.draw_together(path, 0.5 * below_knee**1.3)
    # Beside the face it follows the jaw: in under the cheekbone, and back to the tips.
    foremost = np.exp(-(((hangs - frame) / 0.45) ** 2))[:, None]
    inwards = _TO_JAW_RAD * foremost * np.sin(np.pi * below_knee**1.5) * ~lowborn[..., 0]
    path = _turned(path, -side[:, None] * inwards, anatomy.head_centre[2])
    _rest_on_shoulders(path, head, settings)
    tuck = np.clip((below_knee - 0.45) / 0.55, 0, 1) ** 1.6 * settings.tuck
    towards = np.array([0.0, 0.0, anatomy.head_centre[2]])
    path = path - (path - towards) * [1, 0, 1] * 0.4 * tuck[..., None]
    crown = np.clip(rise, 0, 1)[:, None] ** 0.5
    clearance = 0.015 + growth.volume * (0.35 + 0.65 * depth)[:, None] * (
        np.clip(s / 0.25, 0, 1) * (1 - 0.65 * np.clip(s, 0, 1) ** 2) * (0.4 + 0.6 * crown)
    )
    # What begins at the temples lies close at first, under what is swept over it.
    hung = (0.03 + 0.09 * depth[:, None]) * np.clip(along[None] / 0.3, 0.2, 1)
    clearance = np.where(on_head, np.maximum(clearance, hung * np.clip(s / 0.6, 0, 1)), hung)
    # What grows below the temples stays under what falls from above.
    clearance = np.where(lowborn[..., 0], 0.012, clearance)
    # Below the cheekbones a strand falls straight from where it left the head.
    bound = np.where(on_head, 1.0, np.clip(1 - (centre[1] - path[..., 1]) / 0.45, 0, 0.9))
    bound = np.where(lowborn[..., 0], 0.0, bound)
    curl = _wave(path, below_knee, settings, rng) + _part_from_neighbours(path, below_knee, rng)
    locks = Locks(path, depth, clearance, bound, curl, np.full(n, 0.034))
    fringe = _near_forehead(roots, head, settings) & (turn < 0.95)
    fringe &= rng.random(n) < settings.fringe
    _curtain(locks, np.flatnonzero(fringe), np.stack([side, turn, rise], 1), head, rng)
    return locks


def _near_forehead(
    roots: Strands, head: Head, settings: HairSettings
) -> Bool[np.ndarray, " strands"]:
    line = hairline_y(angle_about_head(roots, head.anatomy), head.anatomy, settings)
    out: np.ndarray = (roots[:, 1] - line < 0.30) & (roots[:, 2] > head.anatomy.head_centre[2])
    return out


def _curtain(
    locks: Locks, chosen: Int[np.ndarray, " fringe"], start: Float[np.ndarray, "strands 3"],
    head: Head, rng: np.random.Generator,
) -> None:  # fmt: skip
    """Those strands become a fringe that parts in the middle: aside first, then down to the cheek.

    Args:
        start: side, angle from the front and angle of height of each root.
    """
    side, turn, rise = start[chosen].T[..., None]
    eye_y, centre, count = head.anatomy.eye_y, head.centre, len(chosen)
    s = np.linspace(0, 1, locks.path.shape[1])[None]
    long = np.clip(0.25 + turn / 0.9 + rng.normal(0, 0.28, (count, 1)), 0, 1)
    tip_y = eye_y + 0.30 - 0.85 * long
    end = np.radians(46 + 22 * long) + rng.normal(0, 0.03, (count, 1))
    reach = head.halves + 0.1
    low = np.arcsin(np.clip((tip_y - centre[1]) / reach[1], -0.95, 0.95))
    aside = turn + (np.maximum(end, turn) - turn) * s**0.9
    # Beside the parting it rises before it falls, or it would lie along the hairline.
    rises = 0.11 * np.sin(np.pi * np.clip(s * 1.5, 0, 1)) * np.clip(1 - turn / 0.9, 0, 1)
    height = rise + (low - rise) * s**1.5 + rises
    ball = np.stack(
        [side * np.sin(aside) * np.cos(height), np.sin(height), np.cos(aside) * np.cos(height)], -1
    )
    locks.path[chosen] = centre + ball * reach
    locks.depth[chosen] = rng.uniform(0.55, 1.0, count)
    lifted = np.sin(np.pi * np.clip(s, 0, 1) ** 0.7)
    locks.clearance[chosen] = 0.02 + 0.13 * lifted * locks.depth[chosen, None] + 0.05 * s
    locks.bound[chosen] = 1.0
    locks.curl[chosen] = rng.normal(0, 0.012, (count, 1, 3)) * s[..., None]
    locks.width[chosen] = rng.uniform(0.012, 0.022, count)


def _turned(path: Paths, angle_rad: Amounts, axis_z: float) -> Paths:
    """Turned about an upright axis, towards the figure's left."""
    x, y, z = path[..., 0], path[..., 1], path[..., 2] - axis_z
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    return np.stack([x * cos + z * sin, y, z * cos - x * sin + axis_z], -1)


def _rest_on_shoulders(path: Paths, head: Head, settings: HairSettings) -> None:
    """Strands that would enter the shoulders end above them; long ones lie on them."""
    if settings.style == "long":
        return
    rings = path.shape[1]
    tops = head.shoulder_y(path[:, -1]) + 0.10
    front = path[:, -1, 2] > head.anatomy.head_centre[2] - 0.55
    low = (path[:, -1, 1] < tops) & front
    for i in np.flatnonzero(low):
        first = path[i, 0, 1]
        share = (first - tops[i]) / max(first - path[i, -1, 1], 1e-6)
        at = np.linspace(0, np.clip(share, 0.2, 1.0), rings) * (rings - 1)
        for axis in range(3):
            path[i, :, axis] = np.interp(at, np.arange(rings), path[i, :, axis])


def _wave(path: Paths, hanging: Amounts, settings: HairSettings, rng: np.random.Generator) -> Paths:
    """A soft wave that whole locks share."""
    lock = np.floor(np.arctan2(path[:, -1, 0], path[:, -1, 2]) * 7)
    phase = (lock * 2.4 + rng.normal(0, 0.35, len(path)))[:, None] + hanging * 9.0
    size = settings.wave * 0.16 * hanging
    return np.stack([np.sin(phase) * size, np.zeros_like(size), np.cos(phase) * size], -1)


def _part_from_neighbours(path: Paths, hanging: Amounts, rng: np.random.Generator) -> Paths:
    """Each strand a little of its own, more towards its tip."""
    stray = rng.normal(0, 0.022, (len(path), 1, 3)) * (0.15 + hanging)[..., None]
    return stray * [1.0, 0.0, 1.0]
