"""Stretches of a text that its speaker does not assert: denied, asked, warned of, or quoted."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "lexicon" / "stance.toml"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    """The patterns, each with how many characters at its beginning do not count."""
    raw = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        (re.compile(pattern), leading)
        for key, leading in (("denied", 1), ("quoted", 0))
        for language in ("zh", "en")
        for pattern in raw[key][language]
    )


@lru_cache(maxsize=2048)
def unasserted(folded: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each stretch; what begins inside one is not asserted."""
    return tuple(
        (match.start() + leading, match.end())
        for pattern, leading in _patterns()
        for match in pattern.finditer(folded)
    )
