"""Stretches of a text that its speaker does not assert: denied, asked, warned of, or quoted."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from script_engine.text import HAN

_LATIN = re.compile(r"[a-z]{2}")
_DATA = Path(__file__).parent / "lexicon" / "stance.toml"


@lru_cache(maxsize=1)
def _patterns() -> dict[tuple[str, str], tuple[re.Pattern[str], ...]]:
    raw = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {
        (key, language): tuple(re.compile(pattern) for pattern in raw[key][language])
        for key in ("denied", "quoted")
        for language in ("zh", "en")
    }


def _found(key: str, folded: str) -> Iterator[re.Match[str]]:
    languages = [
        *(["zh"] if HAN.search(folded) else []),
        *(["en"] if _LATIN.search(folded) else []),
    ]
    for language in languages:
        for pattern in _patterns()[key, language]:
            yield from pattern.finditer(folded)


@lru_cache(maxsize=2048)
def quoted(folded: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch that is asked, warned of or quoted."""
    return tuple(match.span() for match in _found("quoted", folded))


@lru_cache(maxsize=2048)
def unasserted(folded: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch; what begins inside one is not asserted.

    Words that deny may be part of a claim (没有副作用): their stretch begins behind the first.
    """
    denied = ((match.start() + 1, match.end()) for match in _found("denied", folded))
    return (*denied, *quoted(folded))
