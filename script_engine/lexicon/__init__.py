"""Words by which lines and facts assert things: terms, units, idioms."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.line import ClaimKind

FOLDER = Path(__file__).parent
TERM_KINDS = (
    "ingredient", "material", "certificate", "suitability", "effect", "promise", "origin",
    "brand", "colour",
)  # fmt: skip
PATTERN_KINDS = (
    "comparison", "superlative", "renown", "scarcity", "sold_out", "in_stock", "hurry", "saving",
)  # fmt: skip
CLAIM_OF: dict[str, ClaimKind] = {
    "ingredient": "ingredient",
    "material": "material",
    "certificate": "certificate",
    "suitability": "suitability",
    "colour": "feature",
    "feature": "feature",
    "effect": "effect",
    "promise": "promise",
    "origin": "brand",
    "brand": "brand",
    "comparison": "comparison",
    "superlative": "superlative",
    "renown": "superlative",
    "scarcity": "stock",
    "sold_out": "stock",
    "in_stock": "stock",
    "hurry": "date",
    "saving": "discount",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the lexicon found in a text."""

    kind: str
    group: str
    # the first way to say it, which stands for all
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled word lists."""

    terms: tuple[tuple[str, re.Pattern[str], dict[str, str]], ...]
    # kind, pattern, word -> group
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    handling: frozenset[str]
    # groups of suitability that are ways to treat a thing: washing, baking, flying
    suits: re.Pattern[str]
    comes: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Frames:
    """Turns of phrase that assert something of whatever they hold."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    # kind, pattern with a group "object"
    neutral: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists of `terms.toml`, read once."""
    raw = tomllib.loads((FOLDER / "terms.toml").read_text(encoding="utf-8"))
    handling = frozenset(entry.split("|")[0] for entry in raw["handling"])
    raw["suitability"] += raw["handling"]
    terms = []
    for kind in TERM_KINDS:
        groups = {word: entry.split("|")[0] for entry in raw[kind] for word in entry.split("|")}
        words = sorted(groups, key=len, reverse=True)
        terms.append((kind, re.compile("|".join(_bounded(word) for word in words)), groups))
    patterns = tuple((kind, re.compile("|".join(raw[kind]))) for kind in PATTERN_KINDS)
    return Lexicon(
        tuple(terms), patterns, handling, re.compile(raw["suits"]), re.compile(raw["comes"])
    )


@lru_cache(maxsize=1)
def frames() -> Frames:
    """The turns of phrase of `frames.toml`, read once."""
    raw = tomllib.loads((FOLDER / "frames.toml").read_text(encoding="utf-8"))
    patterns = tuple(
        (frame["kind"], re.compile(pattern))
        for frame in raw["frame"]
        for pattern in frame["patterns"]
    )
    return Frames(patterns, re.compile(raw["neutral"]))


def _bounded(word: str) -> str:
    """An English word does not match inside another; Chinese has no such bounds."""
    before = r"(?<![a-z])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![a-z])" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + re.escape(word) + after


@lru_cache(maxsize=16_384)
def terms(folded: str) -> tuple[Term, ...]:
    """Every term in a folded text, kind by kind."""
    return tuple(
        Term(kind, groups[match.group()], match.start(), match.end())
        for kind, pattern, groups in lexicon().terms
        for match in pattern.finditer(folded)
    )


def phrases(folded: str) -> Iterator[Term]:
    """Every comparison, superlative, scarcity, hurry and saving in a folded text."""
    for kind, pattern in lexicon().patterns:
        for match in pattern.finditer(folded):
            if match.end() > match.start():
                yield Term(kind, match.group(), match.start(), match.end())
