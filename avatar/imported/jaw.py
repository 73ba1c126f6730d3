"""A mouth that opens by a jaw bone alone: its turn as one more shape."""

from dataclasses import replace
from typing import Final

import numpy as np

from avatar.imported.bones import BoneMap, ancestors
from avatar.imported.drive import Binds
from avatar.imported.scene import RawSurface, Scene

_OPEN_RAD: Final = 0.35
# about as far as ARKit's jawOpen goes
_TARGET: Final = -1
# no file numbers a morph target so


def open_by_bone(
    scene: Scene, bones: BoneMap, surfaces: list[RawSurface], turn: np.ndarray
) -> tuple[list[RawSurface], Binds]:
    """The surfaces with a shape that the jaw's turn makes, and what binds to it.

    Args:
        surfaces: in the figure's axes.
        turn: from the file's axes to the figure's.
    """
    jaw = bones.nodes["jaw"]
    joint = turn @ scene.nodes[jaw].world[:3, 3]
    hung = {i for i in range(len(scene.nodes)) if jaw in ancestors(scene, i)}
    sine, cosine = np.sin(_OPEN_RAD), np.cos(_OPEN_RAD)
    # about the axis to the left, down and back
    downwards = np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])
    out, binds = [], {}
    for surface in surfaces:
        share = (surface.weights * np.isin(surface.joints, list(hung))).sum(1)
        if share.max(initial=0.0) > 0:
            away = surface.points - joint
            moved = (away @ downwards.T - away) * share[:, None]
            surface = replace(surface, shapes={**surface.shapes, _TARGET: moved})
            binds[surface.mesh, _TARGET] = 1.0
        out.append(surface)
    return out, binds
