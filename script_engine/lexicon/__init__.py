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
    "brand", "colour", "feature",
)  # fmt: skip
PATTERN_KINDS = (
    "comparison", "superlative", "renown", "scarcity", "sold_out", "in_stock", "hurry", "saving",
    "gift",
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
    "gift": "promise",
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

    terms: dict[str, tuple[tuple[str, str], ...]]
    # word -> kind and group of each list it stands in
    lengths: dict[str, tuple[int, ...]]
    # of the words that begin with these one or two characters, the longest first
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    handling: frozenset[str]
    # groups of suitability that are ways to treat a thing: washing, baking, flying
    suits: re.Pattern[str]
    comes: re.Pattern[str]
    able: re.Pattern[str]


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
    terms: dict[str, tuple[tuple[str, str], ...]] = {}
    lengths: dict[str, set[int]] = {}
    for kind in TERM_KINDS:
        groups = {word: entry.split("|")[0] for entry in raw[kind] for word in entry.split("|")}
        for word, group in groups.items():
            terms[word] = (*terms.get(word, ()), (kind, group))
            lengths.setdefault(word[:2], set()).add(len(word))
    patterns = tuple((kind, re.compile("|".join(raw[kind]))) for kind in PATTERN_KINDS)
    return Lexicon(
        terms,
        {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()},
        patterns,
        handling,
        re.compile(raw["suits"]),
        re.compile(raw["comes"]),
        re.compile(raw["able"]),
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


@lru_cache(maxsize=16_384)
def terms(folded: str) -> tuple[Term, ...]:
    """Every term in a folded text, kind by kind; of words that overlap the first and longest."""
    words, lengths = lexicon().terms, lexicon().lengths
    found: dict[str, list[Term]] = {kind: [] for kind in TERM_KINDS}
    for start in range(len(folded)):
        for length in (*lengths.get(folded[start : start + 2], ()), 1):
            end = start + length
            listed = words.get(folded[start:end]) if end <= len(folded) else None
            if listed is None or not _stands_alone(folded, start, end):
                continue
            for kind, group in listed:
                if not found[kind] or found[kind][-1].end <= start:
                    found[kind].append(Term(kind, group, start, end))
    return tuple(term for kind in TERM_KINDS for term in found[kind])


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """An English word is none inside another; Chinese has no such bounds."""
    first, last = folded[start], folded[end - 1]
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if first.isascii() and first.isalnum() and "a" <= before <= "z":
        return False
    return not (last.isascii() and last.isalnum() and "a" <= after <= "z")


def phrases(folded: str) -> Iterator[Term]:
    """Every comparison, superlative, scarcity, hurry and saving in a folded text."""
    for kind, pattern in lexicon().patterns:
        for match in pattern.finditer(folded):
            if match.end() > match.start():
                yield Term(kind, match.group(), match.start(), match.end())
