"""Blendshapes by numpy: one small product, then an upload; faster than any shader on two cores."""

import moderngl
import numpy as np
from jaxtyping import Float32

from core.human import Part

_STILL = 1e-4


class MorphBuffer:
    """Positions of one part, moved by the weights of a pose."""

    def __init__(self, context: moderngl.Context, part: Part) -> None:
        if part.morphs_m is None:
            raise ValueError(f"{part.name} has no blendshapes")
        self.buffer = context.buffer(np.ascontiguousarray(part.positions_m).tobytes(), dynamic=True)
        self._rest = part.positions_m[: part.morph_count].ravel()
        self._offsets = part.morphs_m.reshape(len(part.morphs_m), -1)
        self._acts = np.abs(self._offsets).max(axis=1, initial=0.0) > 1e-7
        self._last = np.zeros(len(self._offsets), np.float32)

    def apply(self, weights: Float32[np.ndarray, " 52"]) -> None:
        """Uploads the positions for these weights, when they changed."""
        wanted = np.where(self._acts & (np.abs(weights) > _STILL), weights, 0.0).astype(np.float32)
        if np.array_equal(wanted, self._last):
            return
        self._last = wanted
        active = np.flatnonzero(wanted)
        moved = self._rest + wanted[active] @ self._offsets[active]
        self.buffer.write(moved.astype(np.float32, copy=False).data)
