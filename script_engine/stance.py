"""Stretches of a text that its speaker does not assert: denied, asked, warned of, or quoted."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "lexicon" / "stance.toml"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    raw = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return {
        key: tuple(re.compile(p) for language in ("zh", "en") for p in raw[key][language])
        for key in ("denied", "quoted")
    }


@lru_cache(maxsize=2048)
def quoted(folded: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch that is asked, warned of or quoted."""
    return tuple(
        match.span() for pattern in _patterns()["quoted"] for match in pattern.finditer(folded)
    )


@lru_cache(maxsize=2048)
def unasserted(folded: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch; what begins inside one is not asserted.

    Words that deny may be part of a claim, such as 没有副作用: their stretch begins behind the first.
    """
    denied = (
        (match.start() + 1, match.end())
        for pattern in _patterns()["denied"]
        for match in pattern.finditer(folded)
    )
    return (*denied, *quoted(folded))
