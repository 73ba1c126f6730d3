"""Lines found again in a recording's sound, whatever the room put between their phrases."""

import numpy as np
import pytest
from jaxtyping import Float32

from benchmarks.recording import Sound
from benchmarks.said_again import find_line
from core.utterance import SAMPLE_RATE_HZ, Phrase, Utterance

PHRASES_S = ((0.0, 1.5), (1.7, 2.9), (3.1, 4.6))


def syllables(length_s: float, seed: int) -> Float32[np.ndarray, " samples"]:
    """Noise that rises and falls as speech does, never the same way."""
    rng = np.random.default_rng(seed)
    times_s = np.arange(int(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    loud = np.interp(times_s, np.arange(0, length_s + 0.1, 0.09), rng.uniform(0, 0.3, 99)[
        : len(np.arange(0, length_s + 0.1, 0.09))
    ])  # fmt: skip
    return (loud * rng.normal(0, 1, len(times_s))).astype(np.float32)


def a_line() -> Utterance:
    samples = np.zeros(int(4.7 * SAMPLE_RATE_HZ), np.float32)
    for n, (begin, end) in enumerate(PHRASES_S):
        at = int(begin * SAMPLE_RATE_HZ)
        samples[at : at + int((end - begin) * SAMPLE_RATE_HZ)] = syllables(end - begin, n)
    phrases = tuple(Phrase(n, n + 1, *span, 0, 0) for n, span in enumerate(PHRASES_S))
    return Utterance("a", "abc", "en", "test", samples, (), (), phrases)


def recorded(line: Utterance, begins_s: float, late_s: tuple[float, ...]) -> Sound:
    """The line at `begins_s`, each phrase so much later than the line's beginning puts it."""
    out = 1e-4 * np.random.default_rng(9).normal(0, 1, int(12 * SAMPLE_RATE_HZ))
    for (begin, end), late in zip(PHRASES_S, late_s, strict=True):
        piece = line.samples[int(begin * SAMPLE_RATE_HZ) : int(end * SAMPLE_RATE_HZ)]
        at = int((begins_s + begin + late) * SAMPLE_RATE_HZ)
        out[at : at + len(piece)] += piece
    return Sound(out, 0.0, 0)


def test_each_phrase_is_found_where_it_was_heard() -> None:
    line = a_line()
    found = find_line(line, recorded(line, 3.02, (0.0, 0.032, -0.024)), 3.2, None)
    assert found is not None
    assert found.late_s == pytest.approx([3.02, 3.052, 2.996], abs=0.004)
    assert found.heard_at(2.0) == pytest.approx(5.052, abs=0.004)
    for instant in (0.3, 2.0, 4.0):
        assert found.sounding(found.heard_at(instant)) == pytest.approx(instant)
    assert found.ends_s == pytest.approx(4.7 + 2.996, abs=0.004)


def test_a_cut_line_ends_at_the_cut() -> None:
    line = a_line()
    found = find_line(line, recorded(line, 3.0, (0.0, 0.0, 4.0)), 3.0, 6.0)
    assert found is not None
    assert found.late_s == pytest.approx([3.0] * 3, abs=0.004)
    assert found.ends_s == pytest.approx(5.9)


def test_another_line_is_not_found() -> None:
    line = a_line()
    silence = Sound(np.random.default_rng(9).normal(0, 0.1, int(12 * SAMPLE_RATE_HZ)), 0.0, 0)
    assert find_line(line, silence, 3.0, None) is None
