"""Hands that live: cued gestures, beats on emphasis, and a rest that never freezes."""

from typing import Final

import numpy as np
from jaxtyping import Float

from avatar.motion.arms import Side, arm_bones, solve
from avatar.motion.glide import Glide
from avatar.motion.idle import Noise
from avatar.motion.rotations import inverses, products, quaternions, vectors
from avatar.motion.vocabulary import BEATS, GESTURES, MAKES_WAY, POSTURES, REST, Gesture, Part
from core.motion import BONE_INDEX, BONES, Skeleton

_SIDES: Final[tuple[Side, Side]] = ("left", "right")
_RETURN_S: Final = 0.75
# The right hand lies over the left: it leaves earlier and comes home later.
_LEAVE_S: Final[dict[Side, float]] = {"right": 0.0, "left": 0.12}
_RETURN_AFTER_S: Final[dict[Side, float]] = {"left": 0.15, "right": 0.50}


class Gestures:
    """Plans and plays the arms of one skeleton."""

    def __init__(self, skeleton: Skeleton, rng: np.random.Generator) -> None:
        self._rng = rng
        self._bones = {side: arm_bones(side) for side in _SIDES}
        self._turns = np.zeros((len(BONES), 4))
        self._turns[:, 3] = 1.0
        self._postures: dict[tuple[Part, str], np.ndarray] = {}
        for side in _SIDES:
            self._solve(skeleton, side)
        self._glides: dict[Part, Glide] = {
            side: Glide(self._postures[side, REST["clasped"][side]]) for side in _SIDES
        }
        self._bow = Glide(np.zeros(1))
        self._last: dict[str, str] = {}
        self._rest = "clasped"
        self._next_fidget_s = float(rng.uniform(6, 12))
        self._noise = Noise(rng, 2 * 6, 0.25)

    def _solve(self, skeleton: Skeleton, side: Side) -> None:
        """Every posture as turns from the arm at rest, the middle of all of them."""
        home = quaternions(solve(skeleton, side, POSTURES[REST["clasped"][side]]))
        self._turns[self._bones[side]] = home
        for name, posture in POSTURES.items():
            turns = quaternions(solve(skeleton, side, posture))
            self._postures[side, name] = vectors(products(inverses(home), turns))

    def play(self, name: str, start_s: float) -> float:
        """Begin a gesture, never the same sequence twice in a row; returns when it is over."""
        return self._begin(name, GESTURES[name], start_s)

    def beat(self, start_s: float) -> float:
        """A small gesture of speech; returns when it is over."""
        return self._begin("beat", BEATS, start_s)

    def ready(self, start_s: float) -> None:
        """Raise the hands to where talk begins."""
        for side, late_s in _LEAVE_S.items():
            self._glides[side].plan(start_s + late_s, 0.9, self._postures[side, "ready"])
        self._bow.plan(start_s, _RETURN_S, np.zeros(1))

    def rest(self, start_s: float) -> None:
        """Hands go home."""
        for side, late_s in _RETURN_AFTER_S.items():
            target = self._postures[side, REST[self._rest][side]]
            if side in MAKES_WAY:
                aside = self._postures[side, MAKES_WAY[side]]
                self._glides[side].plan(start_s, _RETURN_S, aside)
            self._glides[side].plan(start_s + late_s, _RETURN_S, target)
        self._bow.plan(start_s, _RETURN_S, np.zeros(1))
        self._next_fidget_s = max(self._next_fidget_s, start_s + 3.0)

    def drop_from(self, time_s: float) -> None:
        """Forget strokes that would begin at `time_s` or later."""
        for glide in (*self._glides.values(), self._bow):
            glide.drop_from(time_s)

    def add(self, time_s: float, out: Float[np.ndarray, "bones 3"]) -> None:
        """Adds the arms' turns from their rest, and the bow, to `out`."""
        self._fidget(time_s)
        noise = self._noise.at(time_s).reshape(2, 2, 3)
        for row, side in enumerate(_SIDES):
            bones = self._bones[side]
            out[bones] += self._glides[side].at(time_s)
            # a held arm is never quite still
            out[bones[1:3]] += 0.006 * noise[row]
        bow = float(self._bow.at(time_s)[0])
        out[BONE_INDEX["spine"], 0] += 0.6 * bow
        out[BONE_INDEX["chest"], 0] += 0.4 * bow
        out[BONE_INDEX["neck"], 0] += 0.5 * bow

    @property
    def home(self) -> Float[np.ndarray, "bones 4"]:
        """Quaternions of the body with its arms at rest: turns given by `add` come before them."""
        return self._turns

    def _begin(self, kind: str, choices: tuple[Gesture, ...], start_s: float) -> float:
        fresh = [g for g in choices if g.name != self._last.get(kind)] or list(choices)
        gesture = fresh[int(self._rng.integers(len(fresh)))]
        self._last[kind] = gesture.name
        # no two performances are the same in time either
        pace = float(self._rng.uniform(0.92, 1.12))
        used = {stroke.part for stroke in gesture.strokes}
        for side in _SIDES:
            if side not in used:  # leave no hand hanging in the air from the gesture before
                home = MAKES_WAY.get(side, REST[self._rest][side])
                self._glides[side].plan(start_s, 0.6, self._postures[side, home])
        for stroke in gesture.strokes:
            at_s, within_s = start_s + stroke.at_s * pace, stroke.within_s * pace
            if stroke.part == "bow":
                self._bow.plan(at_s, within_s, np.array([float(stroke.posture)]))
            else:
                target = self._postures[stroke.part, stroke.posture]
                size = float(self._rng.uniform(0.92, 1.0)) if kind == "beat" else 1.0
                at_s += _LEAVE_S[stroke.part]
                self._glides[stroke.part].plan(at_s, within_s, size * target)
        return start_s + gesture.length_s * pace

    def _fidget(self, time_s: float) -> None:
        """Now and then hands at rest settle anew."""
        if time_s < self._next_fidget_s or any(g.moves for g in self._glides.values()):
            return
        others = [name for name in REST if name != self._rest]
        self._rest = others[int(self._rng.integers(len(others)))]
        for side in _SIDES:
            target = self._postures[side, REST[self._rest][side]]
            self._glides[side].plan(time_s, 1.4, target)
        self._next_fidget_s = time_s + float(self._rng.uniform(8, 18))
