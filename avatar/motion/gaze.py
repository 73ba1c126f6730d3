"""Where the presenter looks: eyes first, head after, and the small jumps eyes never cease to make.

Angles are (yaw to the figure's own left, pitch up) in radians, from straight into the camera.
"""

from typing import Final, Literal

import numpy as np
from jaxtyping import Float

from avatar.motion.blinks import Blinks
from avatar.motion.glide import Glide

Side = Literal["comments", "product", "viewers"]

DIRECTIONS: Final[dict[Side, tuple[float, float]]] = {
    "viewers": (0.0, 0.0),
    # the comment panel stands on the viewer's left, the product card on the viewer's right
    "comments": (-0.40, -0.12),
    "product": (0.38, -0.16),
}
NOTICE_S: Final = 1.5
"""How long a noticed thing holds the eyes."""

_HEAD_SHARE: Final = 0.62
_SACCADE_S: Final = 0.07
_REACH: Final = np.array([0.50, 0.32])
# Eyes turn no further than this in their sockets.


class Gaze:
    """The line of sight and the head's share of it, alive for ever."""

    def __init__(self, rng: np.random.Generator, blinks: Blinks) -> None:
        self._rng = rng
        self._blinks = blinks
        self._sight = Glide(np.zeros(2))
        self._head = Glide(np.zeros(2))
        self._side: Side = "viewers"
        self._next_s = 0.4
        self._next_glance_s = 7.0
        self._busy_until_s = 0.0
        self._plan: list[tuple[float, float, Side, bool]] = []
        # start, end, side, at once: what cues and comments asked for

    def look(self, side: Side, start_s: float, hold_s: float, *, at_once: bool = False) -> None:
        """Turn to a side for a while, then back to the viewers."""
        if at_once:
            self._plan = [p for p in self._plan if p[0] >= start_s + hold_s or p[1] <= start_s]
        self._plan.append((start_s, start_s + hold_s, side, at_once))
        self._plan.sort(key=lambda p: p[0])

    def drop_from(self, time_s: float) -> None:
        """Forget planned looks that begin at `time_s` or later, save those at once."""
        self._plan = [p for p in self._plan if p[0] < time_s or p[3]]

    def at(self, time_s: float) -> tuple[Float[np.ndarray, " 2"], Float[np.ndarray, " 2"]]:
        """(line of sight, head's share of it). Times must not go back."""
        while True:
            start_s = self._plan[0][0] if self._plan else np.inf
            event_s = min(start_s, max(self._next_s, self._busy_until_s))
            if event_s > time_s:
                break
            if start_s <= event_s:
                _, end_s, side, at_once = self._plan.pop(0)
                self._turn(side, start_s, at_once=at_once)
                self._busy_until_s = end_s
                self._next_s = end_s
            else:
                self._wander(event_s)
        return self._sight.at(time_s), self._head.at(time_s)

    def _turn(self, side: Side, time_s: float, *, at_once: bool) -> None:
        target = np.array(DIRECTIONS[side]) + self._rng.normal(0, 0.012, 2)
        if side != self._side and self._rng.random() < 0.55:
            self._blinks.ask(time_s + 0.02)
        self._side = side
        self._sight.drop_from(time_s)
        self._head.drop_from(time_s)
        self._sight.plan(time_s, _SACCADE_S + 0.05, target)
        head_s = 0.42 if at_once else float(self._rng.uniform(0.5, 0.75))
        self._head.plan(time_s + (0.0 if at_once else 0.06), head_s, _HEAD_SHARE * target)

    def _wander(self, time_s: float) -> None:
        """The next small jump of the eyes, or a glance aside, or back to the viewers."""
        rng = self._rng
        if self._side != "viewers":
            self._turn("viewers", time_s, at_once=False)
            self._next_s = time_s + float(rng.uniform(0.6, 1.5))
        elif time_s >= self._next_glance_s:
            self._next_glance_s = time_s + float(rng.uniform(7.0, 16.0))
            self._glance(time_s)
        else:
            jump = rng.normal(0, 1, 2) * np.array([0.030, 0.016])
            self._sight.plan(time_s, _SACCADE_S, np.clip(jump, -0.07, 0.07))
            self._next_s = time_s + float(np.clip(rng.lognormal(-0.05, 0.5), 0.35, 2.4))

    def _glance(self, time_s: float) -> None:
        side: Side = "comments" if self._rng.random() < 0.6 else "product"
        share = float(self._rng.uniform(0.6, 0.95))
        target = np.array(DIRECTIONS[side]) * share
        stay_s = float(self._rng.uniform(0.5, 1.0))
        self._sight.plan(time_s, _SACCADE_S + 0.03, target)
        self._head.plan(time_s + 0.05, 0.55, 0.35 * target)
        self._sight.plan(time_s + stay_s, _SACCADE_S + 0.03, np.zeros(2))
        self._head.plan(time_s + stay_s + 0.05, 0.6, np.zeros(2))
        self._next_s = time_s + stay_s + float(self._rng.uniform(0.5, 1.2))


def eye_turn(
    sight: Float[np.ndarray, " 2"], head: Float[np.ndarray, " 2"]
) -> Float[np.ndarray, " 2"]:
    """The eyes' own turn (yaw, pitch) that keeps the line of sight while the head moves."""
    out: np.ndarray = _REACH * np.tanh((sight - head) / _REACH)
    return out
