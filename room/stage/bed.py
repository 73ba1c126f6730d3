"""Music under and between the lines, so that a room is never silent: the user's, or a soft pad.

The pad is made here: four slow chords of detuned sine partials. Music swells when nobody speaks and
makes way for speech.
"""

import numpy as np
from jaxtyping import Float32

from core.utterance import SAMPLE_RATE_HZ

CHORD_S = 8.0
CHORDS_HZ = (
    (130.81, 196.00, 246.94, 329.63),  # Cmaj7
    (110.00, 164.81, 220.00, 261.63),  # Am
    (87.31, 174.61, 220.00, 329.63),  # Fmaj7
    (98.00, 146.83, 196.00, 293.66),  # G
)
LEVEL_DB = -26.0
# RMS against full scale, when nobody speaks
DUCK_DB = 14.0
# lower under speech
RISE_S = 1.6
FALL_S = 0.35


class Bed:
    """Endless music with a level that follows speech."""

    def __init__(
        self,
        loop: Float32[np.ndarray, " samples"] | None = None,
        level_db: float = LEVEL_DB,
        duck_db: float = DUCK_DB,
    ) -> None:
        """
        Args:
            loop: one round at an RMS of 1 (`room.stage.music`); None for the pad.
            level_db: RMS against full scale when nobody speaks.
            duck_db: how much lower it is under speech.
        """
        self._loop = _compose() if loop is None else loop
        self._alone = 10 ** (level_db / 20)
        self._under = 10 ** ((level_db - duck_db) / 20)
        self._at = 0
        self._level = self._alone

    def next(self, count: int, *, speaking: bool) -> Float32[np.ndarray, " samples"]:
        """The next `count` samples, fading towards the level that suits."""
        goal = self._under if speaking else self._alone
        pace = (self._alone - self._under) / ((FALL_S if speaking else RISE_S) * SAMPLE_RATE_HZ)
        step = np.clip(goal - self._level, -pace * count, pace * count)
        gain = np.linspace(self._level, self._level + step, count, dtype=np.float32)
        self._level += float(step)
        at = (self._at + np.arange(count)) % len(self._loop)
        self._at = (self._at + count) % len(self._loop)
        return np.asarray(self._loop[at] * gain, np.float32)


def _compose() -> Float32[np.ndarray, " samples"]:
    """One round of the chords at an RMS of 1, whose end runs into its beginning."""
    n = int(CHORD_S * SAMPLE_RATE_HZ)
    out = np.zeros(n * len(CHORDS_HZ), np.float64)
    # each chord sounds for two chords' time under a raised cosine, so neighbours cross-fade
    t = np.arange(2 * n) / SAMPLE_RATE_HZ
    swell = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(2 * n) / (2 * n))
    for k, chord in enumerate(CHORDS_HZ):
        tone = np.zeros(2 * n)
        for i, hertz in enumerate(chord):
            for partial, strength in ((1, 1.0), (2, 0.22), (3, 0.06)):
                for detune in (-0.11, 0.13):
                    phase = 2 * np.pi * (hertz * partial + detune) * t + i * 1.3 + partial
                    tone += strength * np.sin(phase) / (1 + 0.25 * i)
        at = (k * n + np.arange(2 * n)) % len(out)
        out[at] += tone * swell
    return np.asarray(out / np.sqrt(np.mean(out**2)), np.float32)
