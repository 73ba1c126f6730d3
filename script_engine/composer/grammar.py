"""A small grammar for phrases: `<a|b>` is a choice, choices nest, `[name]` is a shared part.

All else is said as it is.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to go on."""

    key: str
    # its source text, by which memory knows it
    options: tuple["Sequence", ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase kept under a name."""

    name: str


Sequence = tuple["str | Choice | Part", ...]
Parts = Mapping[str, str]
Pick = tuple[str, int]
"""A choice and which of its options was taken."""


class Picker(Protocol):
    """Who decides at each choice."""

    def pick(self, choice: Choice, rng: random.Random) -> int: ...


@lru_cache(maxsize=8192)
def parse(template: str) -> Sequence:
    """The parts of a template.

    Raises:
        ValueError: a bracket is open or closed too often.
    """
    parts, position = _sequence(template, 0, inside=False)
    if position != len(template):
        raise ValueError(f"'>' without '<' at {position} in {template!r}")
    return parts


def _sequence(template: str, position: int, *, inside: bool) -> tuple[Sequence, int]:
    parts: list[str | Choice | Part] = []
    text = ""
    while position < len(template):
        character = template[position]
        if character == "<":
            parts.append(text)
            text, start = "", position
            options = []
            while template[position] in "<|":
                option, position = _sequence(template, position + 1, inside=True)
                options.append(option)
                if position >= len(template):
                    raise ValueError(f"'<' is never closed in {template!r}")
            parts.append(Choice(template[start : position + 1], tuple(options)))
        elif character == "[":
            end = template.find("]", position)
            if end < 0:
                raise ValueError(f"'[' is never closed in {template!r}")
            parts += [text, Part(template[position + 1 : end])]
            text, position = "", end
        elif character == ">" or (character == "|" and inside):
            break
        else:
            text += character
        position += 1
    parts.append(text)
    return tuple(part for part in parts if part != ""), position


def expand(
    template: str, parts: Parts, picker: Picker, rng: random.Random
) -> tuple[str, list[Pick]]:
    """One of the texts a template stands for, and what was picked on the way."""
    picks: list[Pick] = []

    def say(sequence: Sequence) -> str:
        text = ""
        for part in sequence:
            match part:
                case str():
                    text += part
                case Part(name):
                    text += say(parse(parts[name]))
                case Choice(key, options):
                    index = picker.pick(part, rng)
                    picks.append((key, index))
                    text += say(options[index])
        return text

    return say(parse(template)), picks


def count(template: str, parts: Parts) -> int:
    """How many texts a template stands for.

    Raises:
        KeyError: it names a part that does not exist.
    """

    def ways(sequence: Sequence) -> int:
        total = 1
        for part in sequence:
            match part:
                case Part(name):
                    total *= ways(parse(parts[name]))
                case Choice(_, options):
                    total *= sum(ways(option) for option in options)
        return total

    return ways(parse(template))
