"""The gestures a presenter knows: hands, postures, and runs of strokes between them."""

from dataclasses import dataclass
from typing import Final, Literal

from avatar.motion.arms import Hand, Posture

Part = Literal["left", "right", "bow"]

# A hand nobody thinks of curls, each finger more than the last, the thumb beside the index;
# no two of its fingers are equally far apart.
OVER: Final = Hand((0.26, 0.34, 0.43, 0.52), (0.25, 0.25))
RESTING: Final = Hand((0.13, 0.17, 0.21, 0.26), (-0.42, 0.42), (-0.08, 0.0, 0.08, 0.16))
UNDER: Final = Hand((0.25, 0.30, 0.36, 0.42), (0.35, 0.25))
SOFT: Final = Hand((0.36, 0.45, 0.54, 0.60), (0.20, 0.30), (0.03, 0.0, 0.03, 0.08))
CALM: Final = Hand((0.14, 0.18, 0.24, 0.32), (0.15, 0.20), (0.0, 0.0, 0.04, 0.06))
OPEN: Final = Hand((0.05, 0.11, 0.17, 0.22), (0.10, 0.05), (0.04, 0.0, 0.05, 0.04))
WAVING: Final = Hand((0.08, 0.13, 0.17, 0.20), (-0.25, 0.15), (0.10, 0.02, 0.04, -0.08))
TOGETHER: Final = Hand((-0.05, -0.05, -0.04, -0.02), (-0.50, 0.10), (-0.02, 0.0, 0.04, 0.10))
FIST: Final = Hand((1.35, 1.38, 1.40, 1.42), (0.55, 0.55))
CUPPED: Final = Hand((0.50, 0.54, 0.58, 0.62), (0.10, 0.30), (0.0, 0.0, 0.05, 0.10))
POINT: Final = Hand((0.10, 1.10, 1.22, 1.30), (0.70, 0.60))
THUMB_UP: Final = Hand((1.25, 1.32, 1.38, 1.42), (-0.30, -0.15))
COUNTS: Final = {
    1: Hand((0.05, 1.26, 1.36, 1.42), (0.8, 0.7)),
    2: Hand((0.06, 0.08, 1.36, 1.42), (0.8, 0.7), (0.18, -0.04, 0.0, 0.0)),
    3: Hand((0.08, 0.06, 0.12, 1.40), (0.8, 0.7), (0.14, 0.0, -0.10, 0.0)),
    4: Hand((0.10, 0.07, 0.11, 0.18), (0.9, 0.7), (0.10, 0.02, -0.04, -0.16)),
    5: Hand((0.10, 0.08, 0.12, 0.18), (-0.40, 0.10), (0.13, 0.02, -0.06, -0.18)),
}

_IN: Final = (0.35, -0.90, -0.35)
_WIDE: Final = (0.75, -0.80, -0.35)
_UP: Final = (0.25, -0.95, -0.10)
_APART: Final = (0.45, -0.85, -0.25)

POSTURES: Final[dict[str, Posture]] = {
    # Hands low in front, above a table's edge: the right one lies on the back of the left one,
    # whose fingers are behind its palm; apart in depth, so that neither enters the other.
    "over": Posture(
        (-0.16, -0.60, 0.70), _WIDE, (-0.89, -0.37, 0.13), (0.0, -0.1, -1.0), RESTING, 0.76
    ),
    "under": Posture(
        (-0.14, -0.62, 0.57), _WIDE, (-0.93, -0.27, 0.10), (0.0, -0.1, -1.0), UNDER, 0.84
    ),
    "over_low": Posture(
        (-0.15, -0.63, 0.68), _WIDE, (-0.86, -0.43, 0.13), (0.0, -0.1, -1.0), RESTING, 0.78
    ),
    "under_low": Posture(
        (-0.13, -0.65, 0.54), _WIDE, (-0.90, -0.33, 0.10), (0.0, -0.1, -1.0), UNDER, 0.86
    ),
    # the right hand lifted and drawn aside, while the left one comes and goes
    "over_alone": Posture(
        (-0.10, -0.56, 0.70), _IN, (-0.80, -0.30, 0.40), (-0.2, -0.2, -1.0), CALM, 1.60
    ),
    # hands ready to speak
    "ready": Posture(
        (-0.11, -0.46, 0.56), _IN, (-0.50, 0.12, 0.75), (-0.78, -0.15, -0.5), SOFT, 1.14
    ),
    # beats: small, before the chest, so that a tall picture holds them
    "offer": Posture((-0.04, -0.32, 0.66), _IN, (0.30, 0.40, 0.85), (-0.25, 0.80, 0.45), OPEN),
    "offer_high": Posture((-0.03, -0.22, 0.64), _IN, (0.35, 0.60, 0.6), (-0.3, 0.60, 0.6), OPEN),
    "measure": Posture((-0.10, -0.28, 0.66), _IN, (-0.10, 0.45, 0.85), (-0.95, 0.1, 0.0), SOFT),
    "press": Posture((-0.08, -0.32, 0.66), _IN, (-0.35, 0.30, 0.85), (-0.30, -0.90, 0.1), CALM),
    "open_side": Posture((-0.03, -0.30, 0.60), _IN, (0.50, 0.62, 0.48), (0.1, 0.45, 0.88), OPEN),
    "heart": Posture((-0.22, -0.25, 0.44), _IN, (-0.85, 0.45, 0.1), (0.0, 0.1, -1.0), OVER),
    # cues
    "present": Posture((-0.03, -0.24, 0.60), _IN, (0.48, 0.70, 0.42), (0.10, 0.40, 0.90), OPEN),
    "present_low": Posture((-0.05, -0.34, 0.62), _IN, (0.52, 0.60, 0.48), (0.1, 0.45, 0.88), OPEN),
    # the product's card is below the presenter, or beside in a wide picture; above the caption, so
    # that the finger is seen
    "point": Posture((0.00, -0.10, 0.60), _IN, (0.16, -0.70, 0.68), (-0.6, -0.50, -0.6), POINT),
    "point_low": Posture((-0.04, -0.17, 0.62), _IN, (0.26, -0.72, 0.62), (-0.5, -0.5, -0.6), POINT),
    # beside the face, the elbow near the body
    "wave_out": Posture((0.12, -0.02, 0.42), _UP, (0.20, 0.97, 0.1), (-0.05, -0.1, 1.0), WAVING),
    "wave_in": Posture((0.00, 0.00, 0.46), _UP, (-0.22, 0.96, 0.1), (-0.1, -0.1, 1.0), WAVING),
    "pray": Posture(
        (-0.235, -0.30, 0.50), _APART, (0.0, 0.92, 0.40), (-1.0, 0.0, 0.0), TOGETHER, 0.31
    ),
    # a fist in the other hand, before the chest
    "fist": Posture((-0.2, -0.28, 0.58), _APART, (-0.9, 0.25, 0.3), (0.1, -0.3, -0.95), FIST, 0.95),
    "cup": Posture(
        (-0.2, -0.26, 0.725), _APART, (-0.88, 0.35, 0.2), (0.0, -0.1, -1.0), CUPPED, 0.7
    ),
    "thumb_up": Posture(
        (-0.02, -0.20, 0.66), _IN, (-0.75, 0.05, 0.60), (-0.60, 0.0, -0.8), THUMB_UP
    ),
    **{
        f"count_{n}": Posture((0.08, -0.08, 0.48), _UP, (0.02, 1.0, 0.12), (-0.15, 0.0, 1.0), hand)
        for n, hand in COUNTS.items()
    },
}

REST: Final[dict[str, dict[Part, str]]] = {
    "clasped": {"right": "over", "left": "under"},
    "clasped_low": {"right": "over_low", "left": "under_low"},
}
MAKES_WAY: Final[dict[Part, str]] = {"right": "over_alone"}
# where a hand at rest waits while the other one is away


@dataclass(frozen=True, slots=True)
class Stroke:
    """Bring one part to a posture: reach it `within_s` after `at_s` (from the gesture's start)."""

    part: Part
    posture: str
    # or, for "bow", the lean forward in radians
    at_s: float
    within_s: float


@dataclass(frozen=True, slots=True)
class Gesture:
    name: str
    strokes: tuple[Stroke, ...]
    length_s: float
    # after that the hands go home


def _held(name: str, hold_s: float, *parts: tuple[Part, str]) -> Gesture:
    strokes = tuple(Stroke(part, posture, 0.0, 0.6) for part, posture in parts)
    return Gesture(name, strokes, 0.6 + hold_s)


def _wave(side: Part, swings: int) -> Gesture:
    strokes = [Stroke(side, "wave_out", 0.0, 0.6)]
    for swing in range(swings):
        at_s = 0.6 + 0.5 * swing
        strokes.append(Stroke(side, "wave_in", at_s, 0.25))
        strokes.append(Stroke(side, "wave_out", at_s + 0.25, 0.25))
    return Gesture("wave", tuple(strokes), 0.7 + 0.5 * swings)


def _thanks(name: str, *hands: tuple[Part, str]) -> Gesture:
    # folded hands part before they meet, and before they fold again
    apart = tuple(Stroke(part, "ready", at_s, 0.5) for at_s in (0.0, 1.75) for part, _ in hands)
    meet = tuple(Stroke(part, posture, 0.32, 0.6) for part, posture in hands)
    bow = (Stroke("bow", "0.16", 0.45, 0.6), Stroke("bow", "0.0", 1.5, 0.8))
    return Gesture(name, (*apart, *meet, *bow), 2.05)


GESTURES: Final[dict[str, tuple[Gesture, ...]]] = {
    "open_palm": (
        _held("open_palm", 1.5, ("left", "present")),
        _held("open_palm_low", 1.4, ("left", "present_low"), ("right", "ready")),
        _held("open_palm_both", 1.3, ("left", "present_low"), ("right", "open_side")),
    ),
    "point_left": (
        _held("point_left", 1.3, ("left", "point")),
        _held("point_left_low", 1.2, ("left", "point_low")),
    ),
    "point_right": (
        _held("point_right", 1.3, ("right", "point")),
        _held("point_right_low", 1.2, ("right", "point_low")),
    ),
    "wave": (_wave("right", 3), _wave("left", 2), _wave("right", 2)),
    "thanks": (
        _thanks("thanks", ("left", "pray"), ("right", "pray")),
        _thanks("thanks_fist", ("left", "cup"), ("right", "fist")),
    ),
    "number_one": (
        _held("number_one", 1.3, ("right", "thumb_up")),
        _held("number_one_left", 1.2, ("left", "thumb_up")),
        _held("number_one_both", 1.2, ("right", "thumb_up"), ("left", "thumb_up")),
    ),
    **{
        f"count_{n}": (
            _held(f"count_{n}", 1.2, ("right", f"count_{n}")),
            _held(f"count_{n}_left", 1.2, ("left", f"count_{n}")),
        )
        for n in COUNTS
    },
}

_BEATS: Final[dict[str, tuple[tuple[Part, str], ...]]] = {
    "offer_right": (("right", "offer"),),
    "offer_left": (("left", "offer"),),
    "offer_both": (("right", "offer"), ("left", "offer")),
    "offer_high": (("right", "offer_high"), ("left", "ready")),
    "measure": (("right", "measure"), ("left", "measure")),
    "press_right": (("right", "press"),),
    "press_left": (("left", "press"), ("right", "ready")),
    "open_side": (("right", "open_side"),),
    "open_both": (("right", "open_side"), ("left", "open_side")),
    "heart": (("right", "heart"),),
}
BEATS: Final = tuple(
    Gesture(name, tuple(Stroke(part, posture, 0.0, 0.45) for part, posture in parts), 0.9)
    for name, parts in _BEATS.items()
)
