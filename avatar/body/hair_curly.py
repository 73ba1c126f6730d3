"""Curls that stand off the head."""

import numpy as np

from avatar.body.locks import Growth, Locks
from avatar.body.mesh import unit


def lay_curly(growth: Growth) -> Locks:
    """Full of small curls that stand off the head, longer downwards."""
    planted, head, settings = growth.planted, growth.head, growth.settings
    roots, depth, start = planted.roots, planted.depth, growth.start
    rng, along = growth.rng, growth.along
    n, anatomy = len(roots), head.anatomy
    tips = settings.tips_below_chin_m
    lowest = anatomy.chin[1] - (0.0 if tips is None else tips) * 10
    front = np.clip((start[:, 2] - 0.25) / 0.5, 0, 1) * np.clip((start[:, 1] - 0.2) / 0.3, 0, 1)
    side = np.where(roots[:, 0] > growth.parting, 1.0, -1.0)
    out = unit(start + np.stack([0.75 * side * front, 0.1 * front, -0.35 * front], 1))
    size = growth.volume * np.maximum(0.45 + 0.55 * depth + planted.uneven(rng, 0.10, 0.9), 0.2)
    drop = np.clip((roots[:, 1] - lowest) / 1.6, 0.1, 1) * 1.15
    sideways = np.sqrt(np.clip(1 - start[:, 1] ** 2, 0, 1))
    s = along[None]
    grown = np.sin(np.pi / 2 * np.clip(s * 1.8, 0, 1))
    path = roots[:, None] + out[:, None] * (size[:, None] * grown)[..., None]
    path[..., 1] -= (drop * sideways * (1 - 0.8 * front))[:, None] * s**1.5
    short = np.maximum(lowest + planted.uneven(rng, 0.06) - path[:, -1, 1], 0)
    path[..., 1] += short[:, None] * s**1.5
    # Round below as above: the ends turn in towards the neck.
    low = np.clip((anatomy.eye_y - path[..., 1]) / 0.4, 0, 1)
    inwards = 0.5 * np.clip((s - 0.35) / 0.65, 0, 1) ** 1.5 * sideways[:, None] * low
    path -= (path - anatomy.head_centre) * [1, 0, 1] * inwards[..., None]
    clearance = 0.01 + size[:, None] * np.clip(s * 2, 0, 1) * 0.85
    bound = np.clip(1 - s * 1.2, 0, 1) * np.ones((n, 1)) * 0.5
    path = planted.draw_together(path, 0.75 * np.clip(s / 0.5, 0, 1) * np.ones((n, 1)))
    # Strands of a lock curl as one: that is what makes a ringlet and not a cloud.
    phases = rng.random(int(planted.lock.max()) + 1)[planted.lock] * 2 * np.pi
    phases += rng.normal(0, 0.25, n)
    angle = phases[:, None] + s * (9.0 + 9.0 * settings.wave)
    radius = (0.05 + 0.03 * settings.wave) * np.clip(s * 3, 0, 1)
    one = unit(np.cross(start, [0.0, 1.0, 0.15]))
    two = np.cross(start, one)
    curl = one[:, None] * np.cos(angle)[..., None] + two[:, None] * np.sin(angle)[..., None]
    return Locks(path, depth, clearance, bound, curl * radius[..., None], np.full(n, 0.024))
