"""Blinks at a living rate: by themselves, at the ends of phrases, with large turns of the eyes."""

import bisect
from typing import Final

import numpy as np

_CLOSE_S: Final = 0.085
_HOLD_S: Final = 0.045
_OPEN_S: Final = 0.170
LENGTH_S: Final = _CLOSE_S + _HOLD_S + _OPEN_S
_AGAIN_S: Final = 0.9
# No sooner after the last, save for the rare double blink.
_MEAN_S: Final = 5.2
# Bentivoglio et al. 1997: 17 blinks a minute at rest, 26 in talk, 4.5 in reading.


class Blinks:
    """A plan of blinks that goes on for ever."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._asked: list[float] = []
        self._last_s = -10.0
        self._next_s = self._interval()

    def ask(self, time_s: float) -> None:
        """A blink would be natural then; it happens unless another is near."""
        bisect.insort(self._asked, time_s)

    def drop_from(self, time_s: float) -> None:
        """Forget what was asked for at `time_s` or later."""
        self._asked = [t for t in self._asked if t < time_s]

    def at(self, time_s: float) -> float:
        """How far the lids are shut, 0 to 1. Times must not go back."""
        while True:
            asked = self._asked[0] if self._asked else np.inf
            start_s = min(asked, self._next_s)
            if start_s > time_s:
                break
            if asked <= self._next_s:
                self._asked.pop(0)
                if start_s - self._last_s < _AGAIN_S:
                    continue
            self._last_s = start_s
            self._next_s = start_s + self._interval()
        return _lid(time_s - self._last_s)

    def _interval(self) -> float:
        if self._rng.random() < 0.04:
            return LENGTH_S + 0.12  # a double blink
        wait_s = float(self._rng.lognormal(np.log(_MEAN_S) - 0.18, 0.6))
        return float(np.clip(wait_s, 1.2, 9.5))


def _lid(since_s: float) -> float:
    if since_s < 0 or since_s >= LENGTH_S:
        return 0.0
    if since_s < _CLOSE_S:
        s = since_s / _CLOSE_S
        return s * s * (3 - 2 * s)
    if since_s < _CLOSE_S + _HOLD_S:
        return 1.0
    # lids open faster at first and settle
    s = 1 - (since_s - _CLOSE_S - _HOLD_S) / _OPEN_S
    return s * s * (3 - 2 * s)
