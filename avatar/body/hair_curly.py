"""Curls that stand off the head."""

import numpy as np
from jaxtyping import Float

from avatar.body.hairline import angle_about_head
from avatar.body.locks import Amounts, Growth, Locks, Paths, refine
from avatar.body.mesh import unit

Depths = Float[np.ndarray, " strands"]
_COIL_RINGS = 60
_PITCH_DM = 0.15
# of a ringlet, from turn to turn
_FULL_DM = 0.45
# hair that stands off less shows less of what is behind it beside the face
_SWING_DM = 0.07
# to either side of where it would hang
_BAND_RAD = 1.0
# half of what the strands of one band take of a turn


def lay_curly(growth: Growth) -> Locks:
    """Full of small curls that stand off the head, longer downwards."""
    planted, head, settings = growth.planted, growth.head, growth.settings
    roots, start = planted.roots, growth.start
    rng, along = growth.rng, growth.along
    # A ringlet lies in front of others or behind them as a whole.
    depth = rng.random(int(planted.lock.max()) + 1)[planted.lock]
    depth = np.maximum(depth, 0.8 * np.clip(start[:, 1], 0, 1) ** 2)
    n, anatomy = len(roots), head.anatomy
    tips = settings.tips_below_chin_m
    lowest = anatomy.chin[1] - (0.0 if tips is None else tips) * 10
    front = np.clip((start[:, 2] - 0.25) / 0.5, 0, 1) * np.clip((start[:, 1] - 0.2) / 0.3, 0, 1)
    side = np.where(roots[:, 0] > growth.parting, 1.0, -1.0)
    out = unit(start + np.stack([0.75 * side * front, 0.1 * front, -0.35 * front], 1))
    size = growth.volume * np.maximum(0.45 + 0.55 * depth + planted.uneven(rng, 0.10, 0.9), 0.2)
    drop = np.clip((roots[:, 1] - lowest) / 1.6, 0.1, 1) * 1.5
    sideways = np.sqrt(np.clip(1 - start[:, 1] ** 2, 0, 1))
    s = along[None]
    grown = np.sin(np.pi / 2 * np.clip(s * 1.8, 0, 1))
    path = roots[:, None] + out[:, None] * (size[:, None] * grown)[..., None]
    path[..., 1] -= (drop * sideways * (1 - 0.8 * front))[:, None] * s**1.5
    rounded = 0.12 + 0.30 * np.clip(start[:, 2] + 0.2, 0, 1)
    short = np.maximum(lowest + rounded + planted.uneven(rng, 0.04, 1.0) - path[:, -1, 1], 0)
    path[..., 1] += short[:, None] * s**1.5
    # Before the ears ringlets fall forwards: they lie against the cheek and hide where ears begin.
    angle = np.degrees(np.abs(angle_about_head(roots, anatomy)))
    temple = np.exp(-(((angle - 65) / 22) ** 2))
    forwards = temple[:, None] * np.clip(s * 2.5, 0, 1) * min(growth.volume / _FULL_DM, 1.0)
    path[..., 2] += 0.36 * forwards
    path[..., 0] -= 0.16 * forwards * np.sign(roots[:, :1])
    # No temple's curl hangs before an eye.
    by_eye = np.clip((anatomy.eye_y + 0.5 - path[..., 1]) / 0.2, 0, 1)
    by_eye *= (np.clip(angle / 20 - 1, 0, 1) * np.clip(5 - angle / 20, 0, 1))[:, None]
    beside = by_eye * (np.abs(anatomy.eye_centres[0][0]) + 0.32)
    path[..., 0] = np.sign(roots[:, :1]) * np.maximum(path[..., 0] * np.sign(roots[:, :1]), beside)
    # No ringlet hangs plumb.
    stray = rng.uniform(0, 2 * np.pi, (2, int(planted.lock.max()) + 1))[:, planted.lock, None]
    swing = np.sin(stray[0] + s * (3 + stray[1])) * np.clip(s * 3, 0, 1)
    path += _SWING_DM * swing[..., None] * unit(np.cross(start, [0.0, 1.0, 0.15]))[:, None]
    # Round below as above: the ends turn in towards the neck.
    low = np.clip((anatomy.eye_y - path[..., 1]) / 0.4, 0, 1)
    inwards = 0.62 * np.clip((s - 0.35) / 0.65, 0, 1) ** 1.5 * low
    inwards = inwards * (sideways * (1 - 0.9 * temple))[:, None]
    path -= (path - anatomy.head_centre) * [1, 0, 1] * inwards[..., None]
    clearance = 0.01 + size[:, None] * np.clip(s * 2, 0, 1) * 0.85
    bound = np.clip(1 - s * 1.2, 0, 1) * np.ones((n, 1)) * 0.5
    path = planted.draw_together(path, 0.96 * np.clip(s / 0.2, 0, 1) * np.ones((n, 1)))
    curl, light = _ringlets(path, depth, growth)
    return Locks(path, depth, clearance, bound, curl, np.full(n, 0.028), light)


def _ringlets(path: Paths, depth: Depths, growth: Growth) -> tuple[Paths, Amounts]:
    """Coils about the middle of each lock, and how much light comes to each of their points."""
    planted, rng, wave = growth.planted, growth.rng, growth.settings.wave
    s = np.linspace(0, 1, _COIL_RINGS)
    count = np.bincount(planted.lock)
    axis = np.zeros((len(count), *path.shape[1:]))
    np.add.at(axis, planted.lock, path)
    axis /= np.maximum(count, 1)[:, None, None]
    length = np.linalg.norm(np.diff(axis, axis=1), axis=-1).sum(1)
    coil = rng.uniform(0.75, 1.25, len(count))
    turns = np.clip(length / (_PITCH_DM * coil), 1.5, _COIL_RINGS / 8)
    hand = np.where(rng.random(len(count)) < 0.5, -1.0, 1.0)
    phase = rng.uniform(0, 2 * np.pi, len(count))
    # Strands of a lock lie side by side in one band, and bands leave a gap from turn to turn.
    beside = rng.uniform(-1, 1, len(path))
    lock = planted.lock
    angle = phase[lock][:, None] + beside[:, None] * _BAND_RAD
    angle = angle + hand[lock][:, None] * 2 * np.pi * turns[lock][:, None] * s
    radius = (0.035 + 0.04 * wave) * coil[lock][:, None] * np.clip(s * 4, 0, 1) * (1 - 0.75 * s**5)
    down = unit(np.gradient(axis, axis=1))
    away = unit(axis - growth.head.anatomy.head_centre)
    out = unit(away - down * (away * down).sum(-1, keepdims=True))
    over = refine(out, _COIL_RINGS)[lock]
    side = refine(np.cross(down, out), _COIL_RINGS)[lock]
    towards = np.cos(angle)
    curl = over * towards[..., None] + side * np.sin(angle)[..., None]
    # Light reaches the outer side of a coil, less the band's edges, and little of what is below.
    bright = np.clip(0.5 + 0.6 * towards, 0, 1) ** 1.5 * (1 - 0.55 * beside[:, None] ** 2)
    return curl * radius[..., None], bright * (0.15 + 0.85 * depth**1.5)[:, None]
