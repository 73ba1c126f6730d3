"""Spoken sound with the exact time of everything in it."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32

from core.arrays import sealed
from core.language import Language

SAMPLE_RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class Phone:
    """One speech sound in IPA. Phones of an utterance touch: each starts where the last ended."""

    symbol: str
    # "" is silence
    start_s: float
    end_s: float
    stress: int = 0
    # 0 none, 1 primary, 2 secondary (languages with stress)
    tone: int = 0
    # 1 to 5 in Mandarin, 0 elsewhere


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the line's text and when it is heard."""

    text_start: int
    text_end: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """A breath group: speech may be cut after it and nowhere else."""

    text_start: int
    text_end: int
    start_s: float
    end_s: float
    sentence: int
    # index of the sentence it belongs to, from 0
    sentence_text_start: int
    # where that sentence begins in the line's text: speaking resumes there


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """A spoken line, or a part of one: slow voices give a line phrase by phrase.

    Offsets count from the beginning of the line's text, times from this sound's first sample.
    """

    line_id: str
    text: str
    language: Language
    voice: str
    samples: Float32[np.ndarray, " samples"]
    # mono, 48 kHz, -1 to 1
    phones: tuple[Phone, ...]
    words: tuple[Word, ...]
    phrases: tuple[Phrase, ...]
    rest_start: int = -1
    # where in the text the line goes on after this part; -1: the line ends with it
    rest_sentence_start: int = -1
    # where the sentence begins that goes on there

    def __post_init__(self) -> None:
        object.__setattr__(self, "samples", sealed(self.samples, np.float32, 1, "samples"))
        ends = [phrase.end_s for phrase in self.phrases]
        if ends != sorted(ends):
            raise ValueError(f"phrases of line {self.line_id} are not in order")

    @property
    def is_last(self) -> bool:
        """Whether the line ends with it."""
        return self.rest_start < 0

    @property
    def duration_s(self) -> float:
        return len(self.samples) / SAMPLE_RATE_HZ
