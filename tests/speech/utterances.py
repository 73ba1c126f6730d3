"""What holds for the sound of every voice."""

import itertools

import numpy as np

from core.utterance import SAMPLE_RATE_HZ, Utterance


def check_times(utterance: Utterance) -> None:
    """Phones fill the sound to the sample; words and phrases lie inside it, in order."""
    text, n = utterance.text, len(utterance.samples)
    phones, words, phrases = utterance.phones, utterance.words, utterance.phrases
    assert phones[0].start_s == 0
    assert round(phones[-1].end_s * SAMPLE_RATE_HZ) == n
    assert all(a.end_s == b.start_s for a, b in itertools.pairwise(phones))
    lengths = [round(p.end_s * SAMPLE_RATE_HZ) - round(p.start_s * SAMPLE_RATE_HZ) for p in phones]
    assert sum(lengths) == n
    assert min(lengths) > 0

    assert all(0 <= w.text_start < w.text_end <= len(text) for w in words)
    assert all(a.text_end <= b.text_start for a, b in itertools.pairwise(words))
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(words))
    assert all(0 <= w.start_s < w.end_s <= utterance.duration_s for w in words)

    assert all(a.text_end == b.text_start for a, b in itertools.pairwise(phrases))
    assert all(a.end_s < b.start_s for a, b in itertools.pairwise(phrases))
    assert [p.sentence for p in phrases] == sorted(p.sentence for p in phrases)
    assert all(p.sentence_text_start <= p.text_start for p in phrases)
    for word in words:
        inside = [p for p in phrases if p.text_start <= word.text_start < p.text_end]
        assert len(inside) == 1
        assert inside[0].start_s <= word.start_s
        assert word.end_s <= inside[0].end_s + 1e-9

    assert utterance.samples.dtype == np.float32
    assert float(np.max(np.abs(utterance.samples))) <= 1.0
