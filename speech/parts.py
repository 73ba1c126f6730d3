"""The parts of a line, as a slow voice gives them, put together again."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.utterance import SAMPLE_RATE_HZ, Utterance


def join_parts(parts: Sequence[Utterance]) -> Utterance:
    """One utterance of all parts of a line, in their order."""
    if len(parts) == 1:
        return parts[0]
    phones, words, phrases, at = [], [], [], 0
    for part in parts:
        by = at / SAMPLE_RATE_HZ
        phones += [replace(p, start_s=p.start_s + by, end_s=p.end_s + by) for p in part.phones]
        words += [replace(w, start_s=w.start_s + by, end_s=w.end_s + by) for w in part.words]
        phrases += [replace(p, start_s=p.start_s + by, end_s=p.end_s + by) for p in part.phrases]
        at += len(part.samples)
    # each begins exactly where the last ended: sums of seconds would be off by a rounding
    touching = [
        replace(phone, start_s=before.end_s if before else 0.0)
        for before, phone in zip([None, *phones], phones, strict=False)
    ]
    last = parts[-1]
    return replace(
        parts[0],
        samples=np.concatenate([part.samples for part in parts]),
        phones=tuple(touching),
        words=tuple(words),
        phrases=tuple(phrases),
        rest_start=last.rest_start,
        rest_sentence_start=last.rest_sentence_start,
    )
