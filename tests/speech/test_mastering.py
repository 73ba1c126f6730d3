import numpy as np
import pytest
from jaxtyping import Float32

from speech.mastering import (
    CEILING_DBTP,
    TARGET_LUFS,
    _softer_sibilants,
    loudness_lufs,
    master,
    true_peak_dbtp,
)


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


def test_sibilants_that_stick_out_come_down_and_the_rest_stays() -> None:
    t = np.arange(48_000) / 48_000
    vowel = sum(np.sin(2 * np.pi * 220 * k * t) / k for k in range(1, 6))
    noise = np.random.default_rng(3).standard_normal(48_000)
    spectrum = np.fft.rfft(noise)
    hertz = np.fft.rfftfreq(48_000, 1 / 48_000)
    spectrum[(hertz < 5500) | (hertz > 8000)] = 0
    hiss = np.fft.irfft(spectrum)
    hiss *= 1.5 / np.std(hiss)
    in_s = np.where((t > 0.4) & (t < 0.6), 1.0, 0.0)
    sound = (0.1 * (vowel * (1 - in_s) + hiss * in_s)).astype(np.float32)
    out = _softer_sibilants(sound)

    def db(part: slice) -> float:
        return 10 * float(np.log10(np.mean(out[part] ** 2) / np.mean(sound[part] ** 2)))

    assert -14 < db(slice(21_000, 27_000)) < -4
    assert abs(db(slice(2_000, 16_000))) < 0.3
    assert abs(db(slice(32_000, 46_000))) < 0.3


def test_rumble_and_dc_are_taken_out() -> None:
    t = np.arange(96_000) / 48_000
    sound = pulses(2.0, 0.3) + np.float32(0.1) + (0.2 * np.sin(2 * np.pi * 30 * t))
    out = master(sound.astype(np.float32))[24_000:-24_000]
    assert abs(float(out.mean())) < 1e-3
    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    assert spectrum[30] < 0.15 * spectrum[210]  # before: 0.8
