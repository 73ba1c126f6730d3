"""A small grammar for phrases: `<a|b>` is a choice, choices nest, all else is said as it is."""

import random
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to go on."""

    options: tuple["Sequence", ...]


Sequence = tuple["str | Choice", ...]


@lru_cache(maxsize=4096)
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
    parts: list[str | Choice] = []
    text = ""
    while position < len(template):
        character = template[position]
        if character == "<":
            parts.append(text)
            text = ""
            options = []
            while template[position] in "<|":
                option, position = _sequence(template, position + 1, inside=True)
                options.append(option)
                if position >= len(template):
                    raise ValueError(f"'<' is never closed in {template!r}")
            parts.append(Choice(tuple(options)))
        elif character == ">" or (character == "|" and inside):
            break
        else:
            text += character
        position += 1
    parts.append(text)
    return tuple(part for part in parts if part != ""), position


def expand(parts: Sequence, rng: random.Random) -> str:
    """One of the texts a template stands for."""
    return "".join(
        part if isinstance(part, str) else expand(rng.choice(part.options), rng) for part in parts
    )


def count(parts: Sequence) -> int:
    """How many texts a template stands for."""
    total = 1
    for part in parts:
        if isinstance(part, Choice):
            total *= sum(count(option) for option in part.options)
    return total
