"""Utterances made of given phones, without a voice."""

from collections.abc import Sequence

import numpy as np

from core.utterance import SAMPLE_RATE_HZ, Phone, Phrase, Utterance, Word


def utter(phones: Sequence[tuple[str, float]], *, loud: float = 0.2) -> Utterance:
    """Phones as (symbol, seconds); "" is silence. Sound is a hum under every phone but silence."""
    at_s, made, heard = 0.0, [], []
    for symbol, length_s in phones:
        made.append(Phone(symbol, at_s, at_s + length_s))
        at_s += length_s
        n = round(at_s * SAMPLE_RATE_HZ) - sum(map(len, heard))
        tone = np.sin(np.arange(n) * 2 * np.pi * 150 / SAMPLE_RATE_HZ)
        heard.append(loud * tone if symbol else np.zeros(n))
    samples = np.concatenate(heard) if heard else np.zeros(0)
    text = "字" * max(1, len(phones))
    words = tuple(Word(i, i + 1, p.start_s, p.end_s) for i, p in enumerate(made) if p.symbol)
    return Utterance(
        "line", text, "zh", "test", samples.astype(np.float32), tuple(made), words,
        (Phrase(0, len(text), 0.0, at_s, 0, 0),),
    )  # fmt: skip


def chatter(rng: np.random.Generator, syllables: int) -> Utterance:
    """Something like Mandarin: initials, finals, a breath now and then."""
    initials = ["p", "ph", "m", "f", "t", "th", "n", "l", "k", "kh", "χ", "tɕ", "s.", "s", "j"]
    finals = ["ɑ", "ai", "ei", "ɑu", "ou", "i", "u", "y", "uo", "iɛ", "onɡ", "iou"]
    phones: list[tuple[str, float]] = [("", 0.04)]
    for n in range(syllables):
        phones.append((str(rng.choice(initials)), float(rng.uniform(0.04, 0.10))))
        phones.append((str(rng.choice(finals)), float(rng.uniform(0.09, 0.20))))
        if n % 9 == 8:
            phones.append(("", 0.3))
    return utter([*phones, ("", 0.12)])
