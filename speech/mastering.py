"""Sound fit for broadcast: high-pass, equaliser, compression, loudness and true peak.

Loudness is ITU-R BS.1770-4 (pyloudnorm); the equaliser's sections are those of R. Bristow-Johnson's
"Audio EQ Cookbook". Nothing here moves sound in time by more than a quarter of a millisecond.
"""

import math
from functools import cache
from typing import Final

import numpy as np
import pyloudnorm
import soxr
from jaxtyping import Float32, Float64
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import butter, sosfilt, sosfiltfilt

from core.utterance import SAMPLE_RATE_HZ

TARGET_LUFS: Final = -16.0
CEILING_DBTP: Final = -1.5
SHORTEST_FOR_LUFS_S: Final = 0.4
"""BS.1770's gating block; shorter sounds are measured by their energy alone."""

_LIMITER_MARGIN_DB = 0.3
_OVERSAMPLING = 4
_LIMITER_REACH = 96  # samples: 2 ms to each side
_THRESHOLD_DB = -24.0
_RATIO = 2.5
_SIBILANT_DB = -14.0
"""Against the line's mean power: hiss louder than this is taken down."""
_SIBILANT_RATIO = 4.0
_QUIET = 1e-5
_BLOCK = 48  # samples: the compressor decides once a millisecond

Sound = Float32[np.ndarray, " samples"]


def master(samples: Sound) -> Sound:
    """The built-in voice's sound, shaped and level. Mono, 48 kHz."""
    if not len(samples) or float(np.max(np.abs(samples))) < _QUIET:
        return samples
    shaped = np.asarray(sosfilt(_equaliser(), samples), np.float32)
    return level(_compress(_softer_sibilants(shaped)))


def level(shaped: Sound) -> Sound:
    """The same sound at -16 LUFS with true peaks of -1.5 dBTP at most. Mono, 48 kHz."""
    if not len(shaped) or float(np.max(np.abs(shaped))) < _QUIET:
        return shaped
    peaks = _peaks(shaped)
    gain = 10 ** ((TARGET_LUFS - loudness_lufs(shaped)) / 20)
    out = shaped * _limited_gain(peaks, gain)
    lost = float(np.linalg.norm(out)) / (gain * float(np.linalg.norm(shaped)))
    out = shaped * _limited_gain(peaks, gain / lost)  # gives back what limiting took
    return np.asarray(out, np.float32)


def loudness_lufs(samples: np.ndarray) -> float:
    """Integrated loudness; of a sound shorter than 0.4 s, its RMS level as a guess."""
    if len(samples) > SHORTEST_FOR_LUFS_S * SAMPLE_RATE_HZ:
        loudness = float(_meter().integrated_loudness(samples))
        if math.isfinite(loudness):
            return loudness
    heard = samples[np.abs(samples) > _QUIET]
    return 20 * math.log10(math.sqrt(float(np.mean(heard**2))) + 1e-9) - 0.7


def true_peak_dbtp(samples: np.ndarray) -> float:
    """The highest peak between and on the samples (four times oversampled)."""
    return 20 * math.log10(float(np.max(_peaks(np.asarray(samples, np.float32)))) + 1e-9)


@cache
def _meter() -> pyloudnorm.Meter:
    return pyloudnorm.Meter(SAMPLE_RATE_HZ)


@cache
def _equaliser() -> Float64[np.ndarray, "sections 6"]:
    high_pass = butter(2, 90, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    return np.vstack(
        [
            high_pass,
            _peaking(420.0, 3.5, 0.6),  # warmth
            _peaking(1150.0, -2.0, 1.2),
            _peaking(2900.0, -3.5, 1.1),  # the buzz of formant synthesis
            _peaking(4400.0, -4.5, 1.2),
            _high_shelf(8000.0, -2.0),
        ]
    )


def _peaking(centre_hz: float, gain_db: float, q: float) -> Float64[np.ndarray, "1 6"]:
    a = 10 ** (gain_db / 40)
    w = 2 * math.pi * centre_hz / SAMPLE_RATE_HZ
    alpha = math.sin(w) / (2 * q)
    b0, b1, b2 = 1 + alpha * a, -2 * math.cos(w), 1 - alpha * a
    a0, a2 = 1 + alpha / a, 1 - alpha / a
    return np.array([[b0, b1, b2, a0, b1, a2]]) / a0


def _high_shelf(corner_hz: float, gain_db: float) -> Float64[np.ndarray, "1 6"]:
    a = 10 ** (gain_db / 40)
    w = 2 * math.pi * corner_hz / SAMPLE_RATE_HZ
    cos, slope = math.cos(w), 2 * math.sqrt(a) * math.sin(w) / math.sqrt(2)
    b0 = a * ((a + 1) + (a - 1) * cos + slope)
    b1 = -2 * a * ((a - 1) + (a + 1) * cos)
    b2 = a * ((a + 1) + (a - 1) * cos - slope)
    a0 = (a + 1) - (a - 1) * cos + slope
    a1 = 2 * ((a - 1) - (a + 1) * cos)
    a2 = (a + 1) - (a - 1) * cos - slope
    return np.array([[b0, b1, b2, a0, a1, a2]]) / a0


def _softer_sibilants(samples: Sound) -> Sound:
    """Takes down 4.5 to 10 kHz where they stick out of the sound around them (an s, a sh)."""
    band = np.asarray(sosfilt(_sibilance(), samples), np.float32)
    blocks = -(-len(samples) // _BLOCK)

    def power(sound: Sound) -> Float64[np.ndarray, " blocks"]:
        cut = np.pad(sound, (0, blocks * _BLOCK - len(sound))).reshape(blocks, _BLOCK)
        return np.asarray(np.einsum("ij,ij->i", cut, cut) / _BLOCK, np.float64)

    hiss = sosfiltfilt(_smoothing(), power(band), padtype=None)
    speech = float(np.mean(power(samples)))
    over_db = 10 * np.log10(np.maximum(hiss, 1e-12) / max(speech, 1e-12)) - _SIBILANT_DB
    share = 1 - 10 ** (-np.clip(over_db, 0.0, None) * (1 - 1 / _SIBILANT_RATIO) / 20)
    out: Sound = samples - band * _each_sample(share, len(samples))
    return out


@cache
def _sibilance() -> Float64[np.ndarray, "sections 6"]:
    sections: Float64[np.ndarray, "sections 6"] = butter(
        1, (4500, 10_000), "bandpass", fs=SAMPLE_RATE_HZ, output="sos"
    )
    return sections


def _compress(samples: Sound) -> Sound:
    """Louder syllables come down, so that the softer ones can come up. Looks both ways in time."""
    level = samples / np.max(np.abs(samples))
    blocks = -(-len(level) // _BLOCK)
    power = np.pad(level, (0, blocks * _BLOCK - len(level))).reshape(blocks, _BLOCK)
    smooth = sosfiltfilt(_smoothing(), np.einsum("ij,ij->i", power, power) / _BLOCK, padtype=None)
    over_db = np.maximum(10 * np.log10(np.maximum(smooth, 1e-9)) - _THRESHOLD_DB, 0.0)
    gains = 10 ** (-over_db * (1 - 1 / _RATIO) / 20)
    out: Sound = level * _each_sample(gains, len(level))
    return out


def _each_sample(blocks: Float64[np.ndarray, " blocks"], count: int) -> Sound:
    """Straight lines between values that stand in the middles of blocks."""
    values = np.asarray(np.concatenate([blocks[:1], blocks, blocks[-1:]]), np.float32)
    ramp = np.arange(_BLOCK, dtype=np.float32) / _BLOCK
    lines = values[:-1, None] + np.diff(values)[:, None] * ramp
    half = _BLOCK // 2
    out: Sound = lines.reshape(-1)[half : half + count]
    return out


@cache
def _smoothing() -> Float64[np.ndarray, "sections 6"]:
    sections: Float64[np.ndarray, "sections 6"] = butter(
        1, 12, fs=SAMPLE_RATE_HZ / _BLOCK, output="sos"
    )
    return sections


def _limited_gain(peaks: Sound, gain: float) -> Sound | float:
    """The gain where peaks stay below the ceiling, less where not, smooth over 4 ms."""
    ceiling = 10 ** ((CEILING_DBTP - _LIMITER_MARGIN_DB) / 20) / gain
    if float(np.max(peaks)) <= ceiling:
        return gain
    window = 2 * _LIMITER_REACH + 1
    need = ceiling / np.maximum(peaks, ceiling)
    return np.asarray(gain * uniform_filter1d(minimum_filter1d(need, window), window), np.float32)


def _peaks(samples: Sound) -> Sound:
    """The largest magnitude at and after each sample up to the next, oversampled."""
    dense = soxr.resample(samples, SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * _OVERSAMPLING, "MQ")
    dense = np.abs(dense[: len(samples) * _OVERSAMPLING])
    out: Sound = np.abs(samples)
    for phase in range(_OVERSAMPLING):
        column = dense[phase::_OVERSAMPLING]
        np.maximum(out[: len(column)], column, out=out[: len(column)])
    return out
