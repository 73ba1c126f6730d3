"""Hair that lies where it is combed: short to one side, or back into a knot."""

import numpy as np

from avatar.body.locks import Growth, Locks, Paths
from avatar.body.mesh import unit


def lay_short(growth: Growth) -> Locks:
    """Close at the sides, longer on top and combed to one side."""
    planted, rng, along = growth.planted, growth.rng, growth.along
    roots, depth, start = planted.roots, planted.depth, growth.start
    n = len(roots)
    top = np.clip((start[:, 1] - 0.35) / 0.4, 0, 1)
    top = np.maximum(top, np.clip((start[:, 2] - 0.62) / 0.14, 0, 1))
    front = np.clip(start[:, 2], 0, 1)
    length = 0.10 + (0.42 + 0.10 * front) * top + planted.uneven(rng, 0.03)
    side = -np.sign(growth.settings.parting_m or 1.0)
    parted = np.clip((start[:, 0] * -side - 0.25) / 0.2, 0, 1) * top
    aside = side * (1 - 1.9 * parted)
    combed = np.stack([aside * 0.85, 0.35 * front, -0.45 - 0.3 * front], 1)
    down = np.stack([start[:, 0] * 0.1, -np.ones(n), -0.25 * np.ones(n)], 1)
    heading = unit(down * (1 - top)[:, None] + combed * top[:, None] + rng.normal(0, 0.13, (n, 3)))
    heading = unit(heading - start * (heading * start).sum(1, keepdims=True))
    path = roots[:, None] + heading[:, None] * (length[:, None] * along)[..., None]
    path = planted.draw_together(path, 0.5 * top[:, None] * along**1.5)
    lifted = np.sin(np.pi * np.clip(along * 0.75, 0, 1))[None]
    quiff = 1 + 0.8 * front * np.clip((start[:, 1] - 0.45) / 0.2, 0, 1)
    clearance = 0.008 + lifted * (0.035 + growth.volume * top * quiff)[:, None] * (
        0.35 + 0.65 * depth[:, None]
    )
    bound = np.ones_like(clearance)
    stray = rng.normal(0, 0.012, (n, 1, 3)) * along[:, None] ** 2
    return Locks(path, depth, clearance, bound, stray, 0.010 + 0.008 * top)


def lay_tied(growth: Growth) -> Locks:
    """Combed back into a knot at the back of the head."""
    planted, head, rng, along = growth.planted, growth.head, growth.rng, growth.along
    roots, depth, start = planted.roots, planted.depth, growth.start
    n, centre = len(roots), head.centre
    knot = centre + np.array([0.0, 0.05, -1.12])
    bun = np.arange(n) < n * 0.18
    end = unit(knot - centre)
    # Along the sides it sags a little on its way back.
    side = np.sign(roots[:, 0] - growth.parting)
    middle = unit(
        start
        + end
        + np.stack(
            [
                0.45 * side * (1 - np.abs(start[:, 0])),
                0.55 * np.clip(start[:, 1], 0, 1),
                np.zeros(n),
            ],
            1,
        )
    )
    s = along[None, :, None]
    ball = unit((1 - s) ** 2 * start[:, None] + 2 * s * (1 - s) * middle[:, None] + s**2 * end)
    path = centre + ball * head.halves
    rise = np.clip(start[:, 1], 0, 1)[:, None]
    clearance = 0.012 + (0.25 + 0.75 * depth[:, None]) * np.sin(np.pi * along * 0.8) * (
        0.03 + growth.volume * rise
    )
    bound = np.ones_like(clearance)
    _coil(path, bun, knot, rng, along)
    clearance[bun], bound[bun] = -9.0, 0.0
    curl = np.zeros_like(path) + rng.normal(0, 0.010, (n, 1, 3)) * np.sin(np.pi * s)
    depth = np.where(bun, rng.random(n), depth)
    return Locks(path, depth, clearance, bound, curl, np.full(n, 0.026))


def _coil(
    path: Paths, bun: np.ndarray, knot: np.ndarray, rng: np.random.Generator, along: np.ndarray
) -> None:
    """Strands of the knot: each part of a turn round a flattened ball."""
    count = int(bun.sum())
    phase = rng.random(count) * 2 * np.pi
    tilt = rng.normal(0.35, 0.25, count)
    around = phase[:, None] + along * 2.6
    radius = 0.34 * np.sqrt(rng.uniform(0.55, 1.0, count))[:, None]
    x = np.cos(around) * radius
    y = np.sin(around) * radius
    z = np.sin(around + tilt[:, None]) * 0.10 - 0.16 * np.cos(tilt)[:, None]
    path[bun] = knot + np.stack([x, y, z], -1)
