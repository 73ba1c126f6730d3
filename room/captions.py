"""The last rung of the voice's ladder: a line to read, timed as if it were spoken."""

import numpy as np

from core.errors import ProviderError
from core.line import Line
from core.utterance import SAMPLE_RATE_HZ, Phone, Phrase, Utterance
from speech.text.clauses import split_clauses, spoken_length_s

CAPTIONS = "captions"
SLOWER = 1.15
# reading takes longer than hearing
LEAST_S = 1.2
PAUSE_S = 0.3


def caption(line: Line, start: int = 0) -> Utterance:
    """The line from an offset on, silent, with each phrase on screen long enough to be read.

    Raises:
        ProviderError: there is nothing to read.
    """
    clauses = [clause for clause in split_clauses(line.text) if clause.start >= start]
    if not clauses:
        raise ProviderError(f"line {line.id}: nothing to say", retryable=False)
    phrases: list[Phrase] = []
    at = 0.0
    for clause in clauses:
        length = max(LEAST_S, SLOWER * spoken_length_s(line.text[clause.start : clause.end]))
        phrases.append(
            Phrase(
                clause.start, clause.end, at, at + length, clause.sentence, clause.sentence_start
            )
        )
        at += length + PAUSE_S
    samples = round(at * SAMPLE_RATE_HZ)
    return Utterance(
        line_id=line.id,
        text=line.text,
        language=line.language,
        voice=CAPTIONS,
        samples=np.zeros(samples, np.float32),
        phones=(Phone("", 0.0, samples / SAMPLE_RATE_HZ),),
        words=(),
        phrases=tuple(phrases),
    )
