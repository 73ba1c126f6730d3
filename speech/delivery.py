"""A run of words -> the text that espeak-ng is given, with its commands for pace and pitch inside.

espeak-ng reads \\x01 + number + letter between words: S words a minute, P pitch, B a break of about
16 ms a unit. Commands keep the run in one breath: a run cut in pieces would end on each of them.
"""

from dataclasses import dataclass, replace
from typing import Final

from speech.prosody import EMPHASIS_PACE, EMPHASIS_PAUSE_S, EMPHASIS_PITCH, Delivery
from speech.text.tokens import Run, Token

PITCH: Final = 50
"""espeak-ng's middle."""
_BREAK_S: Final = 0.016
_LAST_PACE: Final = 0.9
"""The last syllable before a pause is drawn out."""
_RISE: Final = (2, 5, 9)
"""Steps of pitch on the last syllables of a Chinese question; the tones keep their shapes."""


@dataclass(frozen=True, slots=True)
class _State:
    words_per_min: int
    pitch: int


def marked_up(
    run: Run, delivery: Delivery, words_per_min: int, pitch: int, *, ends: bool, begins: bool
) -> Run:
    """The run with commands in its text; `offsets` point at where each token's text begins.

    Args:
        ends: the phrase ends with this run.
        begins: nothing was said in this phrase before it.
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
        loud = _is_emphasised(token, delivery)
        wanted = _wanted(run, index, plain, delivery, loud=loud, ends=ends)
        if loud and not (index == 0 and begins) and not token.after_break:
            before = run.tokens[index - 1] if index else None
            if before is None or not _is_emphasised(before, delivery):
                text += f"\x01{round(EMPHASIS_PAUSE_S / _BREAK_S)}B"
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


def _is_emphasised(token: Token, delivery: Delivery) -> bool:
    return any(start < token.end and token.start < end for start, end in delivery.emphasis)


def _commands(state: _State, wanted: _State) -> str:
    out = ""
    if wanted.words_per_min != state.words_per_min:
        out += f"\x01{wanted.words_per_min}S"
    if wanted.pitch != state.pitch:
        out += f"\x01{wanted.pitch}P"
    return out
