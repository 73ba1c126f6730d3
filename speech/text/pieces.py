"""Replacing signs by words while remembering which letters they came from."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from core.language import Language


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the line's text and the words it is spoken as."""

    start: int
    end: int
    spoken: str
    # the same letters when nothing had to be replaced
    language: Language
    literal: bool
    # spoken is the text itself, letter for letter


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what its match is spoken as; "" leaves the match to the next rule."""

    pattern: re.Pattern[str]
    speak: Callable[[re.Match[str]], str]


def rule(pattern: str, speak: Callable[[re.Match[str]], str], *, any_case: bool = False) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE if any_case else 0), speak)


def apply_rules(
    text: str, start: int, end: int, rules: Sequence[Rule], language: Language
) -> Iterable[Piece]:
    """The pieces of a stretch, in order and without gaps. The earliest match wins, then the first
    rule in the list."""
    at = start
    waiting: dict[int, tuple[re.Match[str], str]] = {}
    exhausted: set[int] = set()
    while at < end:
        best: tuple[re.Match[str], str] | None = None
        for number, rule in enumerate(rules):
            if number in exhausted:
                continue
            found = waiting.get(number)
            if found is None or found[0].start() < at:
                found = _next_match(rule, text, at, end)
                if found is None:
                    exhausted.add(number)
                    continue
                waiting[number] = found
            if best is None or found[0].start() < best[0].start():
                best = found
        if best is None:
            break
        match, spoken = best
        if match.start() > at:
            yield Piece(at, match.start(), text[at : match.start()], language, literal=True)
        yield Piece(match.start(), match.end(), spoken, language, literal=False)
        at = match.end()
    if at < end:
        yield Piece(at, end, text[at:end], language, literal=True)


def _next_match(rule: Rule, text: str, at: int, end: int) -> tuple[re.Match[str], str] | None:
    while at < end:
        match = rule.pattern.search(text, at, end)
        if match is None or match.start() == match.end():
            return None
        spoken = rule.speak(match)
        if spoken:
            return match, spoken
        at = match.start() + 1
    return None
