"""How a line is said: pace, pitch and pauses from its cues, its claims, its signs and its shape.

A good seller slows down and lifts the voice a little on the price and on the product's name, after
a short pause; asks with a rising end; starts a sentence higher than it ends; and breathes longer
before a long phrase than before a short one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from core.line import Line
from speech.text.clauses import Clause, Ending, spoken_length_s

MarkKind = Literal["emphasis", "emotion"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a stretch of a line's text asks of the voice."""

    kind: MarkKind
    value: str
    # emotion: smile, earnest, delight, sympathy; emphasis: ""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Manner:
    """A way to speak, against the voice's own."""

    pace: float
    # times the rate
    pitch: int
    # in the engine's steps of about a quarter of a semitone
    pitch_range: int
    pause: float
    # times the pauses


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one phrase is said."""

    manner: Manner
    emphasis: tuple[tuple[int, int], ...]
    # stretches of the line's text
    rises: bool
    # it is a question
    pause_s: float
    # silence after it


PLAIN: Final = Manner(1.0, 0, 0, 1.0)
EMOTIONS: Final = {
    "": PLAIN,
    "smile": Manner(1.02, 4, 8, 1.0),
    "delight": Manner(1.05, 8, 18, 0.9),
    "earnest": Manner(0.96, -2, -8, 1.1),
    "sympathy": Manner(0.92, -6, -16, 1.2),
}
"""What each emotion of a line's cues does to the voice."""

EMPHASIS_PACE: Final = 0.86
EMPHASIS_PITCH: Final = 4
EMPHASIS_PAUSE_S: Final = 0.1

_EMPHASISED_CLAIMS: Final = frozenset({"price", "discount"})
_MONEY = re.compile(
    r"(?:[A-Z]{0,2}[$€£¥￥]|RMB\s?|USD\s?)\s?\d[\d,]*(?:\.\d+)?(?:\s?[-–~]\s?\d[\d,.]*)?"
    r"|(?<![\d.])\d[\d,]*(?:\.\d+)?\s?(?:元|块[钱\d]?|折(?!叠)|毛钱|美元|欧元|yuan\b|dollars?\b|euros?\b"
    r"|%\s?off\b)|[零一二两三四五六七八九十百千万]{1,8}(?:元|块(?:[一二三四五六七八九]|钱))",
    re.IGNORECASE,
)
_NAME_GAP: Final = 6
"""Claims backed by the product's name that lie closer than this are one name."""

_PAUSES_S: Final[dict[Ending, float]] = {
    ".": 0.40, "!": 0.38, "?": 0.46, ",": 0.17, ":": 0.20, "、": 0.12,
}  # fmt: skip
_PARAGRAPH_PAUSE_S: Final = 0.5
_LINE_BREAK = re.compile(r"\n")
_MEAN_PHRASE_S: Final = 1.8
_FALL: Final = 1
"""Steps of pitch that each phrase of a sentence begins lower than the one before."""
_LOWEST_FALL: Final = -4


def marks_of(line: Line) -> tuple[Mark, ...]:
    """What a line's cues and claims ask of the voice."""
    emotions = sorted((c for c in line.cues if c.kind == "emotion"), key=lambda cue: cue.at)
    ends = [*(cue.at for cue in emotions[1:]), len(line.text)][: len(emotions)]
    marks = [
        Mark("emotion", cue.value, cue.at, end) for cue, end in zip(emotions, ends, strict=True)
    ]
    spans = [(c.start, c.end) for c in line.claims if c.kind in _EMPHASISED_CLAIMS]
    named = sorted((c.start, c.end) for c in line.claims if c.fact_id.endswith(".name"))
    spans += _joined(named, _NAME_GAP)
    return (*marks, *(Mark("emphasis", "", start, end) for start, end in spans))


def emphasised(text: str, marks: Iterable[Mark]) -> tuple[tuple[int, int], ...]:
    """What is to stand out: what was marked, and every amount of money."""
    spans = [(mark.start, mark.end) for mark in marks if mark.kind == "emphasis"]
    spans += [match.span() for match in _MONEY.finditer(text)]
    return tuple(_joined(sorted(spans), 0))


def plan(text: str, clauses: Sequence[Clause], marks: Sequence[Mark]) -> tuple[Delivery, ...]:
    """How each phrase of a line is said."""
    spans = emphasised(text, marks)
    deliveries = []
    for index, clause in enumerate(clauses):
        following = clauses[index + 1] if index + 1 < len(clauses) else None
        within = index
        while within and clauses[within - 1].sentence == clause.sentence:
            within -= 1
        emotion = manner_of(clause, marks)
        fall = max(_LOWEST_FALL, 1 - _FALL * (index - within))
        manner = Manner(emotion.pace, emotion.pitch + fall, emotion.pitch_range, emotion.pause)
        deliveries.append(
            Delivery(
                manner,
                tuple(span for span in spans if span[0] < clause.end and span[1] > clause.start),
                clause.ending == "?",
                _pause_s(text, clause, following) * emotion.pause,
            )
        )
    return tuple(deliveries)


def manner_of(clause: Clause, marks: Sequence[Mark]) -> Manner:
    """What the emotion around the middle of a phrase asks for."""
    middle = (clause.start + clause.end) // 2
    found = ""
    for mark in marks:
        if mark.kind == "emotion" and mark.start <= middle < mark.end:
            found = mark.value
    return EMOTIONS.get(found, PLAIN)


def _pause_s(text: str, clause: Clause, following: Clause | None) -> float:
    """Longer before a long phrase: there is more to breathe in for."""
    tail = text[clause.start : clause.end]
    pause = _PAUSES_S[clause.ending]
    if following is None:
        return pause
    if _LINE_BREAK.search(tail[len(tail.rstrip()) :]):
        pause = _PARAGRAPH_PAUSE_S
    ahead = spoken_length_s(text[following.start : following.end])
    return pause * min(max(0.8 + 0.2 * ahead / _MEAN_PHRASE_S, 0.85), 1.25)


def _joined(spans: Sequence[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Sorted stretches, those joined that lie no further apart than a gap."""
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start <= out[-1][1] + gap:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
