import numpy as np
import pytest
from jaxtyping import Float32

from speech.mastering import CEILING_DBTP, TARGET_LUFS, loudness_lufs, master, true_peak_dbtp


def pulses(duration_s: float, level: float) -> Float32[np.ndarray, " n"]:
    """A voice-like buzz with loud and soft syllables."""
    t = np.arange(round(duration_s * 48_000)) / 48_000
    buzz = np.sign(np.sin(2 * np.pi * 210 * t)) * (0.2 + 0.8 * (np.sin(2 * np.pi * 3 * t) > 0))
    return (level * buzz).astype(np.float32)


@pytest.mark.parametrize("duration_s", [0.5, 2.0, 9.0])
@pytest.mark.parametrize("level", [0.01, 0.9])
def test_loudness_and_peak(duration_s: float, level: float) -> None:
    out = master(pulses(duration_s, level))
    assert loudness_lufs(out) == pytest.approx(TARGET_LUFS, abs=1.0)
    assert true_peak_dbtp(out) <= CEILING_DBTP
    assert len(out) == round(duration_s * 48_000)


def test_very_short_sounds_are_not_blown_up() -> None:
    out = master(pulses(0.2, 0.3))
    assert loudness_lufs(out) == pytest.approx(TARGET_LUFS, abs=3.0)
    assert true_peak_dbtp(out) <= CEILING_DBTP


def test_silence_stays_silent() -> None:
    assert not master(np.zeros(4800, np.float32)).any()
    assert len(master(np.zeros(0, np.float32))) == 0


def test_pauses_stay_quiet() -> None:
    sound = np.concatenate([pulses(1.0, 0.5), np.zeros(24_000, np.float32), pulses(1.0, 0.5)])
    out = master(sound)
    assert float(np.max(np.abs(out[52_800:67_200]))) < 1e-3


def test_true_peak_sees_between_the_samples() -> None:
    t = np.arange(4800)
    sine = np.sin(2 * np.pi * t / 4 + np.pi / 4)  # sampled at 0.707, peaks at 1
    assert true_peak_dbtp(sine[:4800]) == pytest.approx(0.0, abs=0.2)
