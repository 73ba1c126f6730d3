"""One face out of mood, speech, brows, eyes and lids, as ARKit weights."""

from typing import Final

import numpy as np
from jaxtyping import Float

from avatar.motion.glide import smoothstep
from core.blendshapes import COUNT, INDEX


def _both(shape: str) -> np.ndarray:
    return np.array([INDEX[f"{shape}Left"], INDEX[f"{shape}Right"]])


_SMILE: Final = _both("mouthSmile")
_UPPER_UP: Final = _both("mouthUpperUp")
_BLINK: Final = _both("eyeBlink")
_WIDE: Final = _both("eyeWide")
_SQUINT: Final = _both("eyeSquint")
_OUTER: Final = _both("browOuterUp")
_INNER: Final = INDEX["browInnerUp"]
_ROUND: Final = np.array([INDEX["mouthFunnel"], INDEX["mouthPucker"]])
_JAW: Final = INDEX["jawOpen"]
_CLOSE: Final = INDEX["mouthClose"]
_LOOK: Final = {name: _both(f"eyeLook{name}") for name in ("Up", "Down")}
_LEFTWARDS: Final = np.array([INDEX["eyeLookOutLeft"], INDEX["eyeLookInRight"]])
_RIGHTWARDS: Final = np.array([INDEX["eyeLookInLeft"], INDEX["eyeLookOutRight"]])
_FULL_LOOK_RAD: Final = 0.6
# eyes turned so far have their eyeLook weights at 1
_PARTED: Final = 0.14
# a jaw open so far (mouthClose taken off) has parted the lips
_LIFT: Final = 0.6
# of the upper lip for a smile at 1: lips that talk in a smile then open as far as in none
_LIFTING_SMILE: Final = 0.6
# a broader one lifts no further, or closing for a b would be a jump


def compose_face(
    mood: Float[np.ndarray, " 52"],
    mouth: Float[np.ndarray, " 52"],
    *,
    brow: float,
    eyes: Float[np.ndarray, " 2"],
    shut: float,
    noise: Float[np.ndarray, " 4"],
) -> Float[np.ndarray, " 52"]:
    """The face's weights.

    Args:
        mood: weights of the emotion.
        mouth: weights of speech.
        brow: how far the brows are raised, 0 to 1.
        eyes: the eyes' turn in the head: (to the figure's left, up), radians.
        shut: how far a blink has shut the lids, 0 to 1.
        noise: four slow values of about -1 to 1 that keep the face from freezing.
    """
    out = np.zeros(COUNT)
    out += mood
    # a rounded mouth cannot smile
    out[_SMILE] *= 1 - 0.8 * min(1.0, float(mouth[_ROUND].sum()))
    # what moves an idle face most: a smile that comes and goes a little, eyes and all
    out[_SMILE] += 0.035 * noise[0] + 0.012 * np.array([noise[1], -noise[1]])
    out[_SQUINT] += 0.03 * noise[0]
    out[_INNER] += 0.5 * brow + 0.02 * noise[2]
    out[_OUTER] += 0.7 * brow + 0.015 * noise[3]
    # drawn-back corners press the lips together in the middle: zygomatic and levator work together
    # in a smile that talks
    parted = smoothstep((mouth[_JAW] - mouth[_CLOSE]) / _PARTED)
    out[_UPPER_UP] += _LIFT * parted * np.minimum(out[_SMILE], _LIFTING_SMILE)
    out += mouth
    yaw, pitch = eyes / _FULL_LOOK_RAD
    out[_LEFTWARDS if yaw > 0 else _RIGHTWARDS] += abs(yaw)
    out[_LOOK["Up" if pitch > 0 else "Down"]] += abs(pitch)
    out[_BLINK] = shut
    out[_WIDE] *= 1 - shut
    out[_SQUINT] *= 1 - 0.6 * shut
    return np.clip(out, 0.0, 1.0)
