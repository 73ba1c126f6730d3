"""The mouth's track through an utterance: coarticulation, contacts, loudness.

Each sound pulls each articulator (jaw, lips, rounding, tongue) towards its viseme with a dominance
that falls off with time (Cohen & Massaro, "Modeling coarticulation in synthetic visual speech",
1993); the mouth is the average weighed by dominance. Over that stand hard rules: lips close on
b, p, m and the lower lip meets the teeth on f, v, in at least one picture each (after JALI,
Edwards et al. 2016).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from jaxtyping import Float, Float32

from avatar.motion.glide import smoothstep
from avatar.motion.phones import Contact, sounds_of
from avatar.motion.visemes import ARTICULATORS, DOMINANCE, SHAPES, VISEMES, weights_of
from core.blendshapes import COUNT, INDEX
from core.utterance import SAMPLE_RATE_HZ, Utterance

LEAD_S: Final = 0.20
"""The mouth prepares the first sound this long before it is heard."""
TAIL_S: Final = 0.25
"""It is shut this long after the last."""

_BREATH_S: Final = 0.12
# A silence at least this long is a pause and shuts the mouth; a shorter one is a stop's closure.
_FALL_S: Final = np.array([[0.050, 0.045, 0.080, 0.040], [0.045, 0.040, 0.055, 0.030]])
# Time in which dominance falls to 1/e before and after a sound, for each articulator: rounding is
# anticipated furthest.
_NEIGHBOURS: Final = 10
_CLOSING_S: Final = 0.060
_OPENING_S: Final = 0.052
_JAW: Final = INDEX["jawOpen"]
_CLOSE: Final = INDEX["mouthClose"]
_FUNNEL: Final = INDEX["mouthFunnel"]
_PUCKER: Final = INDEX["mouthPucker"]
_SEAL: Final = weights_of({"mouthPress": 0.28, "mouthRollLower": 0.10, "mouthRollUpper": 0.10})
_BITE: Final = weights_of(
    {"jawOpen": 0.04, "mouthRollLower": 0.45, "mouthUpperUp": 0.25, "mouthShrugLower": 0.1}
)


@dataclass(frozen=True, slots=True, eq=False)
class MouthTrack:
    """Mouth weights, one row a picture."""

    first: int
    # picture of the first row, counted from the picture at which the sound starts
    weights: Float32[np.ndarray, "frames 52"]

    def at(self, picture: int) -> Float32[np.ndarray, " 52"]:
        row = picture - self.first
        return self.weights[row] if 0 <= row < len(self.weights) else _SHUT


_SHUT: Final = np.zeros(COUNT, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Timeline:
    starts_s: Float[np.ndarray, " sounds"]
    ends_s: Float[np.ndarray, " sounds"]
    mixtures: Float[np.ndarray, "sounds 15"]
    dominance: Float[np.ndarray, "sounds articulators"]
    contacts: list[tuple[Contact, float, float]]
    # kind, from, to


def mouth_track(utterance: Utterance, fps: int) -> MouthTrack:
    """The mouth in every picture that an utterance touches, at exactly k / fps of its sound."""
    first = -int(np.ceil(LEAD_S * fps))
    last = int(np.ceil((utterance.duration_s + TAIL_S) * fps))
    times_s = np.arange(first, last + 1) / fps
    line = _timeline(utterance, fps)
    if not len(line.starts_s):
        return MouthTrack(first, np.zeros((len(times_s), COUNT), np.float32))
    weights = _blend(line, times_s)
    weights *= (_loudness(utterance, times_s) * _activity(utterance, times_s))[:, None]
    for kind in ("teeth", "lips"):
        spans = [(start, end) for found, start, end in line.contacts if found == kind]
        if spans:
            _touch(weights, kind, _contact(np.array(spans), times_s))
    weights[[0, -1]] = 0.0
    return MouthTrack(first, np.clip(weights, 0.0, 1.0).astype(np.float32))


def _timeline(utterance: Utterance, fps: int) -> _Timeline:
    rows: list[tuple[float, float, np.ndarray, np.ndarray]] = []
    contacts: list[tuple[Contact, float, float]] = []
    silent = np.eye(len(VISEMES))[0]
    spoken_s = 0.0  # end of the last phone that is a sound
    for phone in utterance.phones:
        sounds = sounds_of(phone.symbol)
        if not sounds:
            continue
        gap_s = phone.start_s - spoken_s
        if gap_s >= _BREATH_S:
            rows.append((spoken_s, phone.start_s, silent, DOMINANCE[0]))
        at_s, phone_s = phone.start_s, max(phone.end_s - phone.start_s, 0.0)
        for sound in sounds:
            length_s = sound.share * phone_s
            # a hurried sound reaches less far, a hurried vowel opens less
            reach = 0.6 + 0.4 * min(1.0, length_s / 0.07)
            opening = 0.7 + 0.3 * min(1.0, phone_s / 0.12) if sound.vowel else 1.0
            rows.append((at_s, at_s + length_s, sound.mixture * opening, sound.dominance * reach))
            if sound.contact:
                middle_s = at_s + length_s / 2
                # half a picture to each side, so that one picture at least shows it
                half_s = max(0.2 * length_s, 0.51 / fps)
                # a stop is held in the silence before its burst
                hold_s = max(half_s, 0.5 * length_s + 0.5 * min(gap_s, 0.08))
                contacts.append((sound.contact, middle_s - hold_s, middle_s + half_s))
            at_s += length_s
            gap_s = 0.0
        spoken_s = phone.end_s
    return _Timeline(
        np.array([row[0] for row in rows]),
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]).reshape(len(rows), len(VISEMES)),
        np.array([row[3] for row in rows]).reshape(len(rows), len(ARTICULATORS)),
        contacts,
    )


def _blend(line: _Timeline, times_s: Float[np.ndarray, " frames"]) -> np.ndarray:
    """Weights (frames, 52) averaged by dominance over the sounds around each picture."""
    n = len(line.starts_s)
    near = np.searchsorted(line.starts_s, times_s)[:, None] + np.arange(-_NEIGHBOURS, _NEIGHBOURS)
    there = (near >= 0) & (near < n)
    near = np.clip(near, 0, n - 1)
    middle = (line.starts_s + line.ends_s) / 2
    half = (line.ends_s - line.starts_s) / 4  # the middle half of a sound is its plateau
    away = times_s[:, None] - middle[near]
    beyond = np.maximum(np.abs(away) - half[near], 0.0)[..., None]
    fall = np.where((away < 0)[..., None], _FALL_S[0], _FALL_S[1])
    pull = line.dominance[near] * np.exp(-beyond / fall) * there[..., None]
    pull /= pull.sum(1, keepdims=True) + 1e-4  # far from every sound: shut
    shares = np.einsum("fna,fnv->fav", pull, line.mixtures[near])
    out: np.ndarray = np.einsum("fav,avw->fw", shares, SHAPES)
    return out


def _loudness(utterance: Utterance, times_s: Float[np.ndarray, " frames"]) -> np.ndarray:
    """How far the mouth opens for how loud it is: 0.75 murmured, 1 as usual, 1.2 called out."""
    power = np.concatenate([[0.0], np.cumsum(utterance.samples.astype(np.float64) ** 2)])
    half = int(0.045 * SAMPLE_RATE_HZ)
    centre = (times_s * SAMPLE_RATE_HZ).astype(int)
    low, high = (np.clip(centre + d, 0, len(power) - 1) for d in (-half, half))
    rms = np.sqrt(np.maximum(power[high] - power[low], 0.0) / np.maximum(high - low, 1))
    usual = float(np.percentile(rms, 75)) if rms.any() else 0.0
    if usual < 1e-5:
        return np.ones(len(times_s))
    gain = np.clip((rms / usual) ** 0.4, 0.75, 1.2)
    kernel = np.array([0.25, 0.5, 0.25])
    out: np.ndarray = np.convolve(np.pad(gain, 1, mode="edge"), kernel, mode="valid")
    return out


def _activity(utterance: Utterance, times_s: Float[np.ndarray, " frames"]) -> np.ndarray:
    """1 in speech, 0 in pauses, so that silence is still."""
    spoken = [phone for phone in utterance.phones if sounds_of(phone.symbol)]
    out: np.ndarray = smoothstep((times_s - spoken[0].start_s + LEAD_S) / LEAD_S)
    out = out * smoothstep(1 - (times_s - spoken[-1].end_s) / (TAIL_S - 0.05))
    for before, after in pairwise(spoken):
        pause_s = after.start_s - before.end_s
        if pause_s >= _BREATH_S:
            shut = smoothstep((times_s - before.end_s) / min(0.16, pause_s / 2))
            shut = shut * smoothstep((after.start_s - times_s) / min(0.16, pause_s / 2))
            out = out * (1 - shut)
    return out


def _contact(spans_s: Float[np.ndarray, "contacts 2"], times_s: np.ndarray) -> np.ndarray:
    """How much of the contact is made in each picture."""
    before = spans_s[:, :1] - times_s
    after = times_s - spans_s[:, 1:]
    away = np.where(before > 0, before / _CLOSING_S, np.maximum(after, 0.0) / _OPENING_S)
    out: np.ndarray = smoothstep(1 - away).max(0)
    return out


def _touch(weights: np.ndarray, kind: str, made: np.ndarray) -> None:
    """Bring lips together, or the lower lip to the teeth, where contact is made."""
    c = made[:, None]
    if kind == "teeth":
        weights[:] = weights * (1 - c) + _BITE * c
        return
    jaw = weights[:, _JAW] * (1 - 0.55 * made)
    jaw = np.minimum(jaw, 1 - 0.86 * made)  # teeth stay near while lips are shut
    pucker = weights[:, _PUCKER] * (1 - 0.6 * made)
    weights[:] = weights * (1 - c) + _SEAL * c
    weights[:, _PUCKER] = pucker
    weights[:, _JAW] = jaw
    # what the jaw opens the lips take back
    weights[:, _CLOSE] = np.maximum(weights[:, _CLOSE], jaw * made)
