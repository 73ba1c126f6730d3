"""Loose hairs along the shell's outline, so that it is not that of a helmet.

Fins (Lengyel et al. 2001): strips that stand upright on the shell, and are seen where it turns away
from the eye: there is its outline.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from jaxtyping import Float32, Int32, UInt8

from render.human.shell import HairShell

HEIGHT_M = 0.005
_TURNS = (0.19, 0.81)
# strips stand between these shares of half a turn from the front: elsewhere is no outline
_EVERY = (2, 2)
# columns and rows of the shell's grid that are left
_SPAN_M, _TEXELS_PER_M = 0.128, 2000.0
# of the texture, along the shell
_HAIRS = 700
_LOW, _RISE = 0.14, 0.33
# share of the height to which most hairs rise, and a few


@dataclass(frozen=True, slots=True, eq=False)
class Fins:
    """Strips in the pose of the human's mesh."""

    positions_m: Float32[np.ndarray, "points 3"]
    outward: Float32[np.ndarray, "points 3"]
    across: Float32[np.ndarray, "points 3"]
    # to which a strip's face is turned
    rise: Float32[np.ndarray, " points"]
    # 0 on the shell, 1 at the upper edge
    uvs: Float32[np.ndarray, "points 2"]
    # of the hair below, whose colour they have
    along: Float32[np.ndarray, " points"]
    # across the texture of hairs
    bone_indices: Int32[np.ndarray, "points 4"]
    bone_weights: Float32[np.ndarray, "points 4"]
    triangles: Int32[np.ndarray, "triangles 3"]


def stand_fins(shell: HairShell) -> Fins:
    """The same strips every time for the same shell."""
    side = round(len(shell.positions_m) ** 0.5)
    from_front = np.abs(np.linspace(-1, 1, side))
    columns = np.flatnonzero((from_front > _TURNS[0]) & (from_front < _TURNS[1]))[:: _EVERY[0]]
    rows = np.arange(0, side, _EVERY[1])
    vertex = (rows[None] * side + columns[:, None]).ravel()
    points = shell.positions_m[vertex].reshape(len(columns), len(rows), 3)
    steps = np.linalg.norm(np.diff(points, axis=1), axis=-1)
    along = np.concatenate([np.zeros((len(columns), 1)), steps.cumsum(1)], 1) / _SPAN_M
    along += np.random.default_rng(5).random((len(columns), 1))
    i = np.arange(len(vertex)).reshape(len(columns), len(rows))
    low, high = i[:, :-1], i[:, 1:]
    upper = len(vertex)
    faces = np.concatenate([
        np.stack([low, high, high + upper], -1).reshape(-1, 3),
        np.stack([low, high + upper, low + upper], -1).reshape(-1, 3),
    ])  # fmt: skip
    both = np.concatenate([vertex, vertex])
    turn = (shell.uvs[both, 0] * 2 - 1) * np.pi
    return Fins(
        shell.positions_m[both],
        shell.outward()[both],
        np.stack([np.cos(turn), 0 * turn, -np.sin(turn)], 1).astype(np.float32),
        np.repeat(np.array([0.0, 1.0], np.float32), upper),
        shell.uvs[both],
        np.tile(along.ravel(), 2).astype(np.float32),
        shell.bone_indices[both],
        shell.bone_weights[both],
        faces.astype(np.int32),
    )


def draw_hairs() -> UInt8[np.ndarray, "rows columns"]:
    """Cover of loose hairs, first row on the shell; closes from right to left."""
    rng = np.random.default_rng(6)
    size = (round(HEIGHT_M * _TEXELS_PER_M), round(_SPAN_M * _TEXELS_PER_M))
    fine = 4
    clear = np.ones((size[0] * fine, size[1] * fine), np.float32)
    ticks = np.linspace(0, 1, 24)
    for _ in range(_HAIRS):
        length = rng.uniform(0.015, 0.045) / _SPAN_M
        top = min(rng.exponential(_LOW if rng.random() < 0.97 else _RISE), 0.95)
        # Some lie down again, some end in the air.
        bow = np.sin(np.pi * ticks * rng.uniform(0.4, 1.0)) * top
        x = (rng.random() + ticks * length * rng.choice([-1, 1])) * clear.shape[1]
        hair = np.zeros_like(clear)
        for shift in (-1, 0, 1):
            path = np.stack([x + shift * clear.shape[1], bow * clear.shape[0]], -1)
            cv2.polylines(hair, [np.int32(path * 16)], False, 1.0, 2, cv2.LINE_AA, 4)
        clear *= 1 - rng.uniform(0.15, 0.40) * hair
    cover = cv2.resize(1 - clear, size[::-1], interpolation=cv2.INTER_AREA)
    cover[-1] = 0
    out: np.ndarray = (cover * 255).astype(np.uint8)
    return out
