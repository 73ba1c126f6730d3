"""Carrying times across from one sound to another that says the same.

A warp is a rising, piecewise linear map from seconds of the guide (the built-in voice, whose phones
are known) to seconds of the sound that has to be timed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import soxr
from jaxtyping import Float32, Float64
from scipy.fft import dct
from scipy.signal import get_window

from speech.engines.voice import SoundPhone
from speech.ipa import is_vowel

RATE_HZ: Final = 16_000
_HOP = RATE_HZ // 100
_FFT = 512
_BANDS = 40
_COEFFICIENTS = 13
_TOP_HZ = 7_000.0
_FLOOR = 1e-4
"""Of the loudest band: softer than this counts as silence, whatever noise there is."""
_SLOPES = 0.5
_SKEW_COST = 0.05
"""What a step that only one of the sounds takes costs more, in medians of all distances. More keeps
the path straight, and far from speakers who do not linger where the guide does."""

Sound16k = Float32[np.ndarray, " samples"]


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """Times of a guide and of the sound that follows it, both rising."""

    guide_s: Float64[np.ndarray, " knots"]
    sound_s: Float64[np.ndarray, " knots"]

    def __call__(self, guide_s: float) -> float:
        return float(np.interp(guide_s, self.guide_s, self.sound_s))


def warp_by_sound(guide: np.ndarray, guide_hz: int, sound: np.ndarray, sound_hz: int) -> Warp:
    """Dynamic time warping over cepstra, whoever speaks. Both without silence around them."""
    a, b = features(guide, guide_hz), features(sound, sound_hz)
    path = align(a, b)
    # a frame of one that stays while the other goes on is one knot: the middle of the stay
    guide_s = path[:, 0] / 100
    sound_s = path[:, 1] / 100
    knots = np.unique(guide_s)
    middle = np.array([sound_s[guide_s == at].mean() for at in knots])
    ends = len(guide) / guide_hz, len(sound) / sound_hz
    inside = (knots > 0) & (knots < ends[0]) & (middle > 0) & (middle < ends[1])
    return Warp(
        np.concatenate(([0.0], knots[inside], [ends[0]])),
        np.concatenate(([0.0], np.maximum.accumulate(middle[inside]), [ends[1]])),
    )


def warp_by_phones(guide: Sequence[SoundPhone], sound: Sequence[SoundPhone]) -> Warp:
    """A warp through the phones that both have: the cheapest edit of one into the other."""
    knots = [(0.0, 0.0)]
    for i, j in match_phones([p.symbol for p in guide], [p.symbol for p in sound]):
        knots.append((guide[i].start_s, sound[j].start_s))
        knots.append((guide[i].end_s, sound[j].end_s))
    knots.append((guide[-1].end_s, sound[-1].end_s))
    array = np.maximum.accumulate(np.array(knots), axis=0)
    keep = np.concatenate(([True], np.diff(array[:, 0]) > 0))
    return Warp(array[keep, 0], array[keep, 1])


def match_phones(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places at which two transcriptions of the same words have the same or a kindred
    sound."""
    cost = np.zeros((len(a) + 1, len(b) + 1))
    cost[:, 0], cost[0, :] = np.arange(len(a) + 1), np.arange(len(b) + 1)
    swap = np.array([[_distance(x, y) for y in b] for x in a]).reshape(len(a), len(b))
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost[i, j] = min(
                cost[i - 1, j - 1] + swap[i - 1, j - 1], cost[i - 1, j] + 1, cost[i, j - 1] + 1
            )
    pairs: list[tuple[int, int]] = []
    i, j = len(a), len(b)
    while i and j:
        if cost[i, j] == cost[i - 1, j - 1] + swap[i - 1, j - 1]:
            i, j = i - 1, j - 1
            if swap[i, j] < 1:
                pairs.append((i, j))
        elif cost[i, j] == cost[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _distance(x: str, y: str) -> float:
    if x == y:
        return 0.0
    if not x or not y:
        return 2.0
    if x[0] == y[0]:
        return 0.2
    return 0.6 if is_vowel(x) == is_vowel(y) else 1.8


def features(samples: np.ndarray, rate_hz: int) -> Float64[np.ndarray, "frames values"]:
    """What of a sound does not depend on who speaks: normalised cepstra, a hundred a second."""
    sound = np.asarray(samples, np.float32)
    if rate_hz != RATE_HZ:
        sound = soxr.resample(sound, rate_hz, RATE_HZ, "MQ")
    sound = np.append(sound[:1], sound[1:] - 0.97 * sound[:-1])
    padded = np.pad(sound, _FFT // 2)
    count = 1 + len(sound) // _HOP
    padded = np.pad(padded, (0, max(0, (count - 1) * _HOP + _FFT - len(padded))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP][:count]
    power = np.abs(np.fft.rfft(frames * _window())) ** 2
    bands = power @ _filters().T
    bands = np.log(bands + _FLOOR * max(float(bands.max()), 1e-12))
    cepstra = dct(bands, norm="ortho", axis=1)[:, :_COEFFICIENTS]
    cepstra = cepstra - cepstra.mean(0)
    cepstra /= cepstra.std() + 1e-6  # as a whole: the higher ones say less and weigh less
    slopes = np.gradient(cepstra, axis=0) if len(cepstra) > 1 else np.zeros_like(cepstra)
    return np.hstack((cepstra, _SLOPES / (slopes.std() + 1e-6) * slopes))


def align(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The cheapest path through two runs of features, as (steps, 2) indices from (0, 0) to the
    ends; one, the other or both go on at each step."""
    n, m = len(a), len(b)
    squared = (a**2).sum(1)[:, None] + (b**2).sum(1)[None] - 2 * a @ b.T
    local = np.sqrt(np.maximum(squared, 0))
    local /= np.median(local) + 1e-9
    total = np.full((n + 1, m + 1), np.inf)
    total[0, 0] = 0.0
    for diagonal in range(2, n + m + 1):
        i = np.arange(max(1, diagonal - m), min(n, diagonal - 1) + 1)
        j = diagonal - i
        here = local[i - 1, j - 1]
        both = total[i - 1, j - 1] + here
        one = np.minimum(total[i - 1, j], total[i, j - 1]) + here + _SKEW_COST
        total[i, j] = np.minimum(both, one)
    path = [(n, m)]
    while path[-1] != (1, 1):
        x, y = path[-1]
        first, second = total[x - 1, y] + _SKEW_COST, total[x, y - 1] + _SKEW_COST
        if total[x - 1, y - 1] <= min(first, second):
            path.append((x - 1, y - 1))
        else:
            path.append((x - 1, y) if first <= second else (x, y - 1))
    return np.array(path[::-1]) - 1


@cache
def _window() -> Float64[np.ndarray, " fft"]:
    short = get_window("hann", RATE_HZ * 25 // 1000)
    return np.pad(short, ((_FFT - len(short)) // 2, _FFT - len(short) - (_FFT - len(short)) // 2))


@cache
def _filters() -> Float64[np.ndarray, "bands bins"]:
    """Triangles of equal width on the mel scale, each of area 1."""
    edges = _hertz(np.linspace(_mel(60.0), _mel(_TOP_HZ), _BANDS + 2))
    bins = np.fft.rfftfreq(_FFT, 1 / RATE_HZ)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    up, down = (bins - low) / (middle - low), (high - bins) / (high - middle)
    triangles = np.maximum(0, np.minimum(up, down))
    return np.asarray(triangles * 2 / (high - low))


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _hertz(mels: np.ndarray) -> np.ndarray:
    return np.asarray(700 * (10 ** (mels / 2595) - 1))
