"""The built-in voices behind the common face."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Final

from core.language import Language
from core.utterance import Phrase, Utterance
from speech.engines.voice import REHEARSAL
from speech.messages import Speak
from speech.prosody import Mark
from speech.speaker import Speaker
from speech.text.clauses import Clause, split_clauses, spoken_length_s
from speech.text.lexicon import Lexicon
from speech.voices import LANGUAGES

_FIRST_S: Final = 1.0
"""A line that is waited for begins with phrases that take at least so long to say."""


class BuiltIn:
    """espeak-ng with a vocal tract of ours. So quick that a line is made whole, or in two parts
    where somebody waits for its first sound."""

    languages: tuple[Language, ...] = LANGUAGES
    device = "cpu"

    def __init__(self, name: str, lexicon: Lexicon, folder: Path) -> None:
        """`folder` is where the descriptions of the voices are written."""
        self._name = name
        self._speaker = Speaker(lexicon, folder)

    def rehearse(self) -> float:
        self._speaker.warm_up()
        said = self.speak(Speak(0, "rehearsal", REHEARSAL["zh"], "zh"))
        return sum(utterance.duration_s for utterance in said)

    def speak(self, request: Speak) -> Iterator[Utterance]:
        rest = _rest_of(request.text) if request.hurry and not request.start else None
        until = rest.start if rest else len(request.text)
        said = self._speaker.speak(
            request.line_id, request.text[request.start : until], request.language, self._name,
            request.rate_per_min, _marks_in(request, until),
        )  # fmt: skip
        if rest is not None:
            yield replace(
                said, text=request.text, rest_start=rest.start,
                rest_sentence_start=rest.sentence_start,
            )  # fmt: skip
        else:
            yield _moved(said, request) if request.start else said

    def close(self) -> None:
        """Nothing was started."""


def _rest_of(text: str) -> Clause | None:
    """The phrase with which the second part of a line begins; None where it is too short."""
    said_s = 0.0
    for clause, following in pairwise(split_clauses(text)):
        said_s += spoken_length_s(text[clause.start : clause.end])
        if said_s >= _FIRST_S:
            long = spoken_length_s(text[following.start :]) >= _FIRST_S
            return following if long else None
    return None


def _marks_in(request: Speak, until: int) -> tuple[Mark, ...]:
    """What is asked of the stretch from `request.start` on, counted from where it begins."""
    by = request.start
    return tuple(
        replace(mark, start=max(0, mark.start - by), end=min(mark.end, until) - by)
        for mark in request.marks
        if mark.end > by and mark.start < until
    )


def _moved(said: Utterance, request: Speak) -> Utterance:
    """The rest of a line as a part of that line."""
    by = request.start
    first = next((c for c in split_clauses(request.text) if c.start >= by), None)
    sentence, begins = (first.sentence, first.sentence_start) if first else (0, by)

    def moved(phrase: Phrase) -> Phrase:
        start = phrase.sentence_text_start + by
        return replace(
            phrase, text_start=phrase.text_start + by, text_end=phrase.text_end + by,
            sentence=phrase.sentence + sentence,
            sentence_text_start=begins if phrase.sentence == 0 else start,
        )  # fmt: skip

    return replace(
        said, text=request.text, phrases=tuple(moved(phrase) for phrase in said.phrases),
        words=tuple(
            replace(w, text_start=w.text_start + by, text_end=w.text_end + by) for w in said.words
        ),
    )  # fmt: skip
