"""A run of words -> the text that espeak-ng is given, with its commands for pace and pitch inside.

espeak-ng reads \\x01 + number + letter between words: S words a minute, P pitch. Its break (B) is
not used: it comes after the word that follows it, and its length depends on pace and language.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from speech.prosody import EMPHASIS_PACE, EMPHASIS_PITCH, Delivery
from speech.text.tokens import Run, Token, run_of

PITCH: Final = 50
"""espeak-ng's middle."""
_LEAST_BEFORE: Final = 2
"""Words that a run must have before what stands out for it to be cut there."""
_LAST_PACE: Final = 0.9
"""The last syllable before a pause is drawn out."""
_RISE: Final = (2, 5, 9)
"""Steps of pitch on the last syllables of a Chinese question; the tones keep their shapes."""


@dataclass(frozen=True, slots=True)
class _State:
    words_per_min: int
    pitch: int


def parted(run: Run, delivery: Delivery) -> tuple[Run, ...]:
    """The run cut before what is to stand out, where a short pause goes."""
    cuts = [0]
    for index in range(1, len(run.tokens)):
        before, token = run.tokens[index - 1], run.tokens[index]
        begins = is_emphasised(token, delivery) and not is_emphasised(before, delivery)
        if begins and not token.after_break and index - cuts[-1] >= _LEAST_BEFORE:
            cuts.append(index)
    if len(cuts) == 1:
        return (run,)
    last = run.text[run.offsets[-1] + len(run.tokens[-1].said) :]
    edges = [*cuts, len(run.tokens)]
    return tuple(
        run_of(run.tokens[start:end], last if end == len(run.tokens) else ",")
        for start, end in pairwise(edges)
    )


def marked_up(run: Run, delivery: Delivery, words_per_min: int, pitch: int, *, ends: bool) -> Run:
    """The run with commands in its text; `offsets` point at where each token's text begins.

    Args:
        ends: the phrase ends with this run.
    """
    plain = _State(words_per_min, pitch)
    state = plain
    text = ""
    offsets: list[int] = []
    last = len(run.tokens) - 1
    for index, token in enumerate(run.tokens):
        if index:
            text += ", " if token.after_break else " "
        offsets.append(len(text))
        loud = is_emphasised(token, delivery)
        wanted = _wanted(run, index, plain, delivery, loud=loud, ends=ends)
        text += _commands(state, wanted) + (" " if wanted != state else "")
        state = wanted
        text += token.said
    tail = run.text[run.offsets[last] + len(run.tokens[last].said) :]
    return replace(run, text=text + tail, offsets=tuple(offsets))


def _wanted(
    run: Run, index: int, plain: _State, delivery: Delivery, *, loud: bool, ends: bool
) -> _State:
    pace, pitch = float(plain.words_per_min), plain.pitch
    if loud:
        pace, pitch = pace * EMPHASIS_PACE, pitch + EMPHASIS_PITCH
    from_end = len(run.tokens) - 1 - index
    if ends and run.language == "zh":
        if from_end == 0:
            pace *= _LAST_PACE
        if delivery.rises and from_end < len(_RISE):
            pitch += _RISE[len(_RISE) - 1 - from_end]
    return _State(round(pace), min(max(pitch, 0), 99))


def is_emphasised(token: Token, delivery: Delivery) -> bool:
    """Whether a word is to stand out."""
    return any(start < token.end and token.start < end for start, end in delivery.emphasis)


def _commands(state: _State, wanted: _State) -> str:
    out = ""
    if wanted.words_per_min != state.words_per_min:
        out += f"\x01{wanted.words_per_min}S"
    if wanted.pitch != state.pitch:
        out += f"\x01{wanted.pitch}P"
    return out
