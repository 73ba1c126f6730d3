"""Lines out of a model's stream, each as soon as its closing brace is there.

Takes JSON with an array of lines, one object, JSON Lines, fenced code, a preamble, a train of
thought in <think>: whatever stands around the objects is passed over.
"""

import re
from dataclasses import dataclass
from typing import Any

import msgspec

_MOST = 20_000
# characters of what is not yet an object
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """A line as a model wrote it, not yet believed."""

    step: int
    # which of the lines asked for, from 1; 0 when it does not say
    say: str
    facts: tuple[str, ...]
    # the short ids of the request
    cue: str


class LineReader:
    """Fed with pieces, gives lines."""

    def __init__(self) -> None:
        self._text = ""

    def feed(self, piece: str) -> list[Written]:
        """The lines that this piece completes."""
        self._text = (self._text + piece)[-_MOST:]
        if "}" not in piece:
            return []
        found: list[Written] = []
        start = 0
        bare = _THOUGHT.sub(lambda match: " " * len(match[0]), self._text)
        for begin, end in _objects(bare):
            line = _line(bare[begin:end])
            if line is not None:
                found.append(line)
                start = end
        self._text = self._text[start:]
        return found


def _objects(text: str) -> list[tuple[int, int]]:
    """Where each object without objects inside begins and ends."""
    found: list[tuple[int, int]] = []
    begin, quoted, escaped = -1, False, False
    for index, character in enumerate(text):
        if quoted:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"' or character == "\n":
                quoted = False  # a string goes over no line end: one left open is given up there
        elif character == '"' and begin >= 0:
            quoted = True
        elif character == "{":
            begin = index
        elif character == "}" and begin >= 0:
            found.append((begin, index + 1))
            begin = -1
    return found


def _line(text: str) -> Written | None:
    try:
        raw: Any = msgspec.json.decode(text)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("say"), str):
        return None
    step, facts, cue = raw.get("step", 0), raw.get("facts", []), raw.get("cue", "")
    return Written(
        step if isinstance(step, int) and not isinstance(step, bool) else 0,
        raw["say"],
        tuple(f for f in facts if isinstance(f, str)) if isinstance(facts, list) else (),
        cue if isinstance(cue, str) else "",
    )
