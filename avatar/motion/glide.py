"""A vector that glides from target to target without a pop, however it is interrupted."""

import bisect
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

Array = Float[np.ndarray, "..."]


@dataclass(frozen=True, slots=True, eq=False, order=False)
class Move:
    """Be at `target`, at rest, `duration_s` after `start_s`."""

    start_s: float
    duration_s: float
    target: Array


@dataclass(slots=True, eq=False)
class Glide:
    """Plays planned moves in time.

    Each move is the quintic with least jerk from the place and speed at which the last one was
    left to its own target (Flash & Hogan 1985), so a move that begins in the middle of another
    bends it and never breaks it. What is asked is a function of time and of the plan alone.
    """

    value: Array
    moves: list[Move] = field(default_factory=list)
    _speed: Array = field(init=False)
    _now: Move = field(init=False)

    def __post_init__(self) -> None:
        self.value = np.array(self.value, dtype=np.float64)
        self._speed = np.zeros_like(self.value)
        self._now = Move(-1e9, 1.0, self.value)

    @property
    def goal(self) -> Array:
        """Where the last planned move ends."""
        return self.moves[-1].target if self.moves else self._now.target

    def plan(self, start_s: float, duration_s: float, target: Array) -> None:
        bisect.insort(self.moves, Move(start_s, duration_s, target), key=lambda m: m.start_s)

    def drop_from(self, time_s: float) -> None:
        """Forget the moves that would begin at `time_s` or later."""
        self.moves = [move for move in self.moves if move.start_s < time_s]

    def at(self, time_s: float) -> Array:
        """The value at a time; times must not go back."""
        while self.moves and self.moves[0].start_s <= time_s:
            move = self.moves.pop(0)
            start_s = max(move.start_s, self._now.start_s)
            self.value, self._speed = self._evaluate(start_s)
            self._now = Move(start_s, move.duration_s, move.target)
        s = (time_s - self._now.start_s) / self._now.duration_s
        if s >= 1.0:
            return self._now.target
        return self._evaluate(time_s)[0]

    def _evaluate(self, time_s: float) -> tuple[Array, Array]:
        move = self._now
        s = (time_s - move.start_s) / move.duration_s
        if s >= 1.0:
            return move.target, np.zeros_like(self.value)
        way = self.value - move.target
        run = self._speed * move.duration_s
        # remaining way r(s) with r(0)=way, r'(0)=run, r''(0)=0 and r=r'=r''=0 at s=1
        a3, a4, a5 = -10 * way - 6 * run, 15 * way + 8 * run, -6 * way - 3 * run
        rest = way + s * (run + s * s * (a3 + s * (a4 + s * a5)))
        speed = (run + s * s * (3 * a3 + s * (4 * a4 + s * 5 * a5))) / move.duration_s
        return move.target + rest, speed


def smoothstep(x: Array | float) -> Array:
    """0 below 0, 1 above 1, the quintic with least jerk between."""
    s = np.clip(x, 0.0, 1.0)
    out: np.ndarray = np.asarray(s * s * s * (10 - 15 * s + 6 * s * s))
    return out
