"""What staff write in a script's paragraph: words, [cues], {fields}, pauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process

from core.errors import ContentError
from core.line import Cue
from core.message import Message, joined
from script_engine.cues import CUE_NAMES, cue

_MARK = re.compile(r"\[([^\[\]]*)\]|\{([^{}]*)\}")
_PAUSE = re.compile(r"pause\s*:?\s*(\d+(?:\.\d+)?)\s*s?")
_MOST_NAMED = 30
_OPEN = re.compile(r"[\[\]{}]")
_VALUED = {
    "show": ("card", "none"),
    "point": ("left", "right"),
    "gaze": ("viewers", "product", "comments"),
    "count": ("1", "2", "3", "4", "5"),
}
_PLAIN = tuple(name for name in CUE_NAMES if "_" not in name or name in {"open_palm", "number_one"})
MAX_PAUSE_S = 10.0
"""Longer silences sound like a fault."""


@dataclass(frozen=True, slots=True)
class Field:
    """A place in a paragraph to be filled with a fact."""

    name: str


Part = str | Field | Cue


def blocks_of(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs and headings with the number of their first line."""
    block: list[str] = []
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        ends = not line.strip() or line.startswith("#")
        if ends and block:
            yield start, "\n".join(block)
            block = []
        if line.startswith("#"):
            yield number, line
        elif line.strip():
            start = start if block else number
            block.append(line)


def parts_of(line: str, path: Path, number: int) -> Iterator[Part | tuple[str, str]]:
    """Words, fields and cues of a line; a product as ("product", id)."""
    position = 0
    for match in _MARK.finditer(line):
        yield _words(line[position : match.start()], path, number)
        if match[1] is not None:
            yield _cue(match[1].strip(), path, number)
        else:
            yield Field(match[2].strip())
        position = match.end()
    yield _words(line[position:], path, number)


def _words(text: str, path: Path, number: int) -> str:
    if stray := _OPEN.search(text):
        message = Message(
            "a lone {mark!r}: cues stand in [brackets], fields in {{braces}}", mark=stray.group()
        )
        raise ContentError(message, file=str(path), row=f"line {number}")
    return text


def _cue(written: str, path: Path, number: int) -> Cue | tuple[str, str]:
    name, _, value = (part.strip() for part in written.partition(":"))
    if pause := _PAUSE.fullmatch(written):
        if float(pause[1]) > MAX_PAUSE_S:
            message = Message(
                "[{written}] is longer than {most:g} s: viewers would think it broke",
                written=written, most=MAX_PAUSE_S,
            )  # fmt: skip
            raise ContentError(message, file=str(path), row=f"line {number}")
        return Cue("pause", pause[1])
    if name == "product" and value:
        return "product", value
    if name == "scene" and value:
        return Cue("scene", value)
    if name in _VALUED and value in _VALUED[name]:
        match name:
            case "show":
                return Cue("show", value)
            case "gaze":
                return cue(value)
            case _:
                return cue(f"{name}_{value}")
    if not value and name in _PLAIN:
        return cue(name)
    if name in _VALUED:
        values = joined(_VALUED[name], chinese="、")
        hint = Message("{name} takes {values}", name=name, values=values)
    else:
        hint = nearest(name, [*_PLAIN, *_VALUED, "product", "scene", "pause"])
    message = Message("unknown cue [{written}]; {hint}", written=written, hint=hint)
    raise ContentError(message, file=str(path), row=f"line {number}")


def nearest(name: str, known: Sequence[str]) -> Message:
    """The known name that was probably meant, or all there are."""
    best = process.extractOne(name, known, score_cutoff=60)
    if best:
        return Message("did you mean {best!r}?", best=best[0])
    return Message("there are: {known}", known=joined(known[:_MOST_NAMED], chinese="、"))


def at_pauses(parts: list[Part]) -> list[list[Part]]:
    """The parts in pieces: each pause begins one, unless nothing was said before it."""
    pieces: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Cue) and part.kind == "pause" and has_words(pieces[-1]):
            pieces.append([])
        pieces[-1].append(part)
    return pieces


def has_words(parts: list[Part]) -> bool:
    return any(isinstance(p, Field) or (isinstance(p, str) and p.strip()) for p in parts)


def tidy(parts: list[Part]) -> list[Part]:
    """Blanks that stood between a cue and the words are not spoken."""
    tidied: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            before = next((p for p in reversed(tidied) if not isinstance(p, Cue)), "")
            joins = not before or (isinstance(before, str) and before.endswith(" "))
            part = re.sub(r"\s+", " ", part)
            part = part.lstrip() if joins else part
            if not part:
                continue
        tidied.append(part)
    return tidied
