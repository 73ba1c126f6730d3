"""Faces: what each emotion does to the blendshapes and to the way the head is held."""

from typing import Final

import numpy as np

from avatar.motion.glide import Glide
from avatar.motion.visemes import weights_of

FRIENDLY: Final = "friendly"
"""The face at rest: never blank."""

_FACES: Final[dict[str, dict[str, float]]] = {
    FRIENDLY: {"mouthSmile": 0.38, "cheekSquint": 0.26, "eyeWide": 0.10, "browInnerUp": 0.03,
               "browOuterUp": 0.07},
    "smile": {"mouthSmile": 0.60, "cheekSquint": 0.50, "eyeSquint": 0.06, "eyeWide": 0.06,
              "browOuterUp": 0.20, "mouthDimple": 0.10},
    "delight": {"mouthSmile": 0.75, "cheekSquint": 0.60, "eyeWide": 0.30, "browOuterUp": 0.45,
                "browInnerUp": 0.30, "mouthDimple": 0.12},
    "earnest": {"mouthSmile": 0.24, "cheekSquint": 0.08, "browInnerUp": 0.12, "browDown": 0.12,
                "eyeWide": 0.12},
    "sympathy": {"mouthSmile": 0.28, "cheekSquint": 0.10, "browInnerUp": 0.48, "eyeWide": 0.05,
                 "mouthPress": 0.06},
}  # fmt: skip
_HEADS: Final[dict[str, tuple[float, float, float]]] = {
    # pitch up, yaw, roll to the figure's left, radians
    FRIENDLY: (0.0, 0.0, 0.0),
    "smile": (0.015, 0.0, 0.02),
    "delight": (0.045, 0.0, -0.02),
    "earnest": (-0.045, 0.0, 0.0),
    "sympathy": (-0.030, 0.02, 0.07),
}

_WEIGHTS: Final = {name: weights_of(face) for name, face in _FACES.items()}
EMOTIONS: Final = frozenset(_FACES)


class Emotions:
    """The mood on the face over time."""

    def __init__(self) -> None:
        self._face = Glide(_WEIGHTS[FRIENDLY])
        self._head = Glide(np.zeros(3))

    def feel(self, emotion: str, start_s: float, *, within_s: float = 0.5) -> None:
        """Glide to an emotion; one that is not known is passed over."""
        if emotion in _WEIGHTS:
            self._face.plan(start_s, within_s, _WEIGHTS[emotion])
            self._head.plan(start_s, within_s + 0.2, np.array(_HEADS[emotion]))

    def drop_from(self, time_s: float) -> None:
        self._face.drop_from(time_s)
        self._head.drop_from(time_s)

    def at(self, time_s: float) -> tuple[np.ndarray, np.ndarray]:
        """(weights (52,), head (pitch up, yaw, roll))."""
        return self._face.at(time_s), self._head.at(time_s)
