"""Blendshapes by numpy: one small product, then an upload; faster than any shader on two cores.

They move a part's points and, on skin, turn its normals and draw its creases.
"""

import moderngl
import numpy as np
from jaxtyping import Float32

from core.human import Part
from render.human.mesh import Streamed, floats

_STILL = 1e-4


class MorphBuffer:
    """What the weights of a pose change at the vertices of one part."""

    def __init__(self, context: moderngl.Context, part: Part) -> None:
        if part.morphs_m is None:
            raise ValueError(f"{part.name} has no blendshapes")
        rests, offsets = {"position": part.positions_m}, {"position": part.morphs_m}
        if part.morph_normals is not None:
            rests["normal"], offsets["normal"] = part.normals, part.morph_normals
        if part.creasing is not None:
            rests["creasing"] = np.zeros((len(part.positions_m), 1), np.float32)
            offsets["creasing"] = part.creasing[..., None]
        self.attributes = {
            name: Streamed(context.buffer(floats(rest), dynamic=True), rest.shape[1])
            for name, rest in rests.items()
        }
        shapes, moved = len(part.morphs_m), part.morph_count
        self._rest = np.concatenate([rest[:moved].ravel() for rest in rests.values()])
        self._offsets = np.concatenate([o.reshape(shapes, -1) for o in offsets.values()], axis=1)
        self._ends = np.cumsum([moved * rest.shape[1] for rest in rests.values()])
        self._acts = np.abs(self._offsets).max(axis=1, initial=0.0) > 1e-7
        self._last = np.zeros(len(self._offsets), np.float32)

    def apply(self, weights: Float32[np.ndarray, " 52"]) -> None:
        """Uploads the attributes for these weights, when they changed."""
        wanted = np.where(self._acts & (np.abs(weights) > _STILL), weights, 0.0).astype(np.float32)
        if np.array_equal(wanted, self._last):
            return
        self._last = wanted
        active = np.flatnonzero(wanted)
        moved = self._rest + wanted[active] @ self._offsets[active]
        values = np.split(moved.astype(np.float32, copy=False), self._ends[:-1])
        for streamed, value in zip(self.attributes.values(), values, strict=True):
            streamed.buffer.write(value.data)
