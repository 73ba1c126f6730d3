"""Where an utterance is emphasised, and when its cues fall."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from avatar.motion.phones import sounds_of
from core.utterance import SAMPLE_RATE_HZ, Phone, Utterance

_APART_S: Final = 0.75


@dataclass(frozen=True, slots=True)
class Accent:
    """A syllable that stands out."""

    time_s: float
    strength: float
    # 0 to 1


def accents(utterance: Utterance) -> tuple[Accent, ...]:
    """The syllables that stand out in loudness, length and stress, at most one in 0.75 s."""
    found = [(_prominence(utterance, phone), phone) for phone in utterance.phones if _vowel(phone)]
    if not found:
        return ()
    values = np.array([value for value, _ in found])
    least, most = float(np.median(values)), float(values.max())
    out: list[Accent] = []
    for value, phone in sorted(found, key=lambda pair: -pair[0]):
        time_s = (phone.start_s + phone.end_s) / 2
        if value < least or any(abs(time_s - other.time_s) < _APART_S for other in out):
            continue
        strength = (value - least) / (most - least) if most > least else 0.5
        out.append(Accent(time_s, 0.35 + 0.65 * strength))
    return tuple(sorted(out, key=lambda accent: accent.time_s))


def time_of(utterance: Utterance, offset: int) -> float:
    """When the character at `offset` of the line's text is heard, in seconds."""
    for word in utterance.words:
        if word.text_end > offset:
            return word.start_s
    share = min(1.0, offset / max(1, len(utterance.text)))
    return utterance.words[-1].end_s if utterance.words else share * utterance.duration_s


def _vowel(phone: Phone) -> bool:
    return any(sound.vowel for sound in sounds_of(phone.symbol))


def _prominence(utterance: Utterance, phone: Phone) -> float:
    low, high = int(phone.start_s * SAMPLE_RATE_HZ), int(phone.end_s * SAMPLE_RATE_HZ)
    heard = utterance.samples[max(low, 0) : max(high, 0)]
    rms = float(np.sqrt(np.mean(np.square(heard)))) if heard.size else 0.0
    stress = {1: 1.4, 2: 1.15}.get(phone.stress, 1.0)
    falling = 1.2 if phone.tone == 4 else 1.0
    return (0.02 + rms) * stress * falling * (0.05 + phone.end_s - phone.start_s)
