"""A soft pad of music under and between the lines, made here, so that a room is never silent.

Four slow chords of detuned sine partials. It swells when nobody speaks and makes way for speech.
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
LEVEL_ALONE = 0.050
# RMS of full scale, about -26 dB
LEVEL_UNDER = 0.010
RISE_S = 1.6
FALL_S = 0.35


class Bed:
    """Endless music with a level that follows speech."""

    def __init__(self) -> None:
        self._loop = _compose()
        self._at = 0
        self._level = LEVEL_ALONE

    def next(self, count: int, *, speaking: bool) -> Float32[np.ndarray, " samples"]:
        """The next `count` samples, fading towards the level that suits."""
        goal = LEVEL_UNDER if speaking else LEVEL_ALONE
        pace = (LEVEL_ALONE - LEVEL_UNDER) / ((FALL_S if speaking else RISE_S) * SAMPLE_RATE_HZ)
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
