"""The 15 visemes of the Oculus set as ARKit weights, and how firmly each holds each articulator.

Weights are tuned on faces whose `jawOpen` at 1 opens the mouth by 3.4 cm and whose `mouthClose`
takes the opening of an equal `jawOpen` back (ARKit's own definition of it).
"""

from typing import Final

import numpy as np

from core.blendshapes import COUNT, INDEX

VISEMES: Final[tuple[str, ...]] = (
    "sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou",
)  # fmt: skip
VISEME_INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(VISEMES)}

_SHAPES: Final[dict[str, dict[str, float]]] = {
    "sil": {},
    "PP": {"jawOpen": 0.05, "mouthClose": 0.05, "mouthPress": 0.3,
           "mouthRollLower": 0.12, "mouthRollUpper": 0.10},
    "FF": {"jawOpen": 0.04, "mouthRollLower": 0.45, "mouthUpperUp": 0.25, "mouthShrugLower": 0.1},
    "TH": {"jawOpen": 0.14, "tongueOut": 0.25, "mouthLowerDown": 0.12, "mouthUpperUp": 0.06},
    "DD": {"jawOpen": 0.12, "mouthLowerDown": 0.20, "mouthUpperUp": 0.08},
    "kk": {"jawOpen": 0.16, "mouthLowerDown": 0.15, "mouthUpperUp": 0.08},
    "CH": {"jawOpen": 0.09, "mouthFunnel": 0.40, "mouthPucker": 0.12, "mouthLowerDown": 0.12},
    "SS": {"jawOpen": 0.05, "mouthStretch": 0.12, "mouthSmile": 0.10,
           "mouthLowerDown": 0.25, "mouthUpperUp": 0.10},
    "nn": {"jawOpen": 0.10, "mouthLowerDown": 0.15, "mouthUpperUp": 0.05},
    "RR": {"jawOpen": 0.11, "mouthFunnel": 0.24, "mouthPucker": 0.14, "mouthLowerDown": 0.08},
    "aa": {"jawOpen": 0.42, "mouthLowerDown": 0.20, "mouthUpperUp": 0.12},
    "E": {"jawOpen": 0.27, "mouthSmile": 0.14, "mouthStretch": 0.10,
          "mouthLowerDown": 0.24, "mouthUpperUp": 0.12},
    "ih": {"jawOpen": 0.15, "mouthSmile": 0.18, "mouthStretch": 0.15,
           "mouthLowerDown": 0.22, "mouthUpperUp": 0.10},
    "oh": {"jawOpen": 0.30, "mouthFunnel": 0.38, "mouthPucker": 0.20},
    "ou": {"jawOpen": 0.13, "mouthFunnel": 0.28, "mouthPucker": 0.55},
}  # fmt: skip

ARTICULATORS: Final[tuple[str, ...]] = ("jaw", "lips", "rounding", "tongue")
_ARTICULATOR_OF: Final[dict[str, str]] = {
    "jawOpen": "jaw", "mouthClose": "lips", "mouthPress": "lips", "mouthRollLower": "lips",
    "mouthRollUpper": "lips", "mouthUpperUp": "lips", "mouthLowerDown": "lips",
    "mouthShrugLower": "lips", "mouthFunnel": "rounding", "mouthPucker": "rounding",
    "mouthStretch": "rounding", "mouthSmile": "rounding", "tongueOut": "tongue",
}  # fmt: skip

_DOMINANCE: Final[dict[str, tuple[float, float, float, float]]] = {
    # peak of the dominance over jaw, lips, rounding, tongue (Cohen & Massaro 1993): vowels lead,
    # consonants made inside the mouth take the lips of their neighbours
    "sil": (0.7, 0.7, 0.5, 1.0), "PP": (0.5, 0.5, 0.10, 1.0), "FF": (0.6, 0.8, 0.25, 1.0),
    "TH": (0.5, 0.4, 0.2, 2.0), "DD": (0.35, 0.25, 0.12, 1.0), "kk": (0.25, 0.2, 0.08, 1.0),
    "CH": (0.8, 0.6, 0.9, 1.0), "SS": (0.9, 0.6, 0.35, 1.0), "nn": (0.3, 0.22, 0.1, 1.0),
    "RR": (0.5, 0.4, 0.6, 1.0), "aa": (1.0, 1.0, 0.9, 1.0), "E": (1.0, 1.0, 1.0, 1.0),
    "ih": (0.9, 1.0, 1.0, 1.0), "oh": (1.0, 1.0, 1.3, 1.0), "ou": (1.0, 1.0, 1.5, 1.0),
}  # fmt: skip


def names_of(shape: str) -> tuple[str, ...]:
    """Both sides of a shape that ARKit splits into left and right."""
    return (shape,) if shape in INDEX else (f"{shape}Left", f"{shape}Right")


def weights_of(shapes: dict[str, float]) -> np.ndarray:
    """ARKit weights (52) from shapes named with or without a side."""
    out = np.zeros(COUNT)
    for shape, weight in shapes.items():
        for name in names_of(shape):
            out[INDEX[name]] = weight
    return out


def _matrices() -> np.ndarray:
    out = np.zeros((len(ARTICULATORS), len(VISEMES), COUNT))
    for viseme, shapes in _SHAPES.items():
        for shape, weight in shapes.items():
            row = ARTICULATORS.index(_ARTICULATOR_OF[shape])
            out[row, VISEME_INDEX[viseme]] += weights_of({shape: weight})
    return out


SHAPES: Final = _matrices()
"""(articulators, visemes, 52): the share of each articulator in each viseme's weights."""

DOMINANCE: Final = np.array([_DOMINANCE[viseme] for viseme in VISEMES])
"""(visemes, articulators)."""

MOUTH: Final = np.flatnonzero(SHAPES.sum((0, 1)))
"""The blendshapes that speech moves."""
