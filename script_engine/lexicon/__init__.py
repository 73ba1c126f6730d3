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
    "ingredient", "material", "certificate", "suitability", "effect", "promise", "origin", "brand",
)  # fmt: skip
PATTERN_KINDS = ("comparison", "superlative", "scarcity", "sold_out", "hurry", "saving")
CLAIM_OF: dict[str, ClaimKind] = {
    "ingredient": "ingredient",
    "material": "material",
    "certificate": "certificate",
    "suitability": "suitability",
    "effect": "effect",
    "promise": "promise",
    "origin": "brand",
    "brand": "brand",
    "comparison": "comparison",
    "superlative": "superlative",
    "scarcity": "stock",
    "sold_out": "stock",
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
    suits: re.Pattern[str]
    comes: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists of `terms.toml`, read once."""
    raw = tomllib.loads((FOLDER / "terms.toml").read_text(encoding="utf-8"))
    terms = []
    for kind in TERM_KINDS:
        groups = {word: entry.split("|")[0] for entry in raw[kind] for word in entry.split("|")}
        words = sorted(groups, key=len, reverse=True)
        terms.append((kind, re.compile("|".join(_bounded(word) for word in words)), groups))
    patterns = tuple((kind, re.compile("|".join(raw[kind]))) for kind in PATTERN_KINDS)
    return Lexicon(
        tuple(terms), patterns, re.compile(raw["suits"]), re.compile(rf"(?:{raw['comes']})")
    )


def _bounded(word: str) -> str:
    """An English word does not match inside another; Chinese has no such bounds."""
    before = r"(?<![a-z])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![a-z])" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + re.escape(word) + after


def terms(folded: str) -> Iterator[Term]:
    """Every term in a folded text."""
    for kind, pattern, groups in lexicon().terms:
        for match in pattern.finditer(folded):
            yield Term(kind, groups[match.group()], match.start(), match.end())


def phrases(folded: str) -> Iterator[Term]:
    """Every comparison, superlative, scarcity, hurry and saving in a folded text."""
    for kind, pattern in lexicon().patterns:
        for match in pattern.finditer(folded):
            if match.end() > match.start():
                yield Term(kind, match.group(), match.start(), match.end())
