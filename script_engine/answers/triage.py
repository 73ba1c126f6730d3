"""Sorting comments before they are answered: what is spam, abuse, a trick, a greeting."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from core.line import Action
from script_engine.answers.comment import Comment
from script_engine.answers.folder import FOLDER
from script_engine.lexicon import terms
from script_engine.text import fold


@dataclass(frozen=True, slots=True)
class Sorted:
    """What kind of comment it is."""

    kind: str
    # "" for one that asks or says something about the goods
    action: Action


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    action: Action
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Kind, ...]:
    raw = tomllib.loads((FOLDER / "triage.toml").read_text(encoding="utf-8"))
    return tuple(
        _Kind(kind["name"], kind["action"], re.compile("|".join(kind["patterns"])))
        for kind in raw["kind"]
    )


def sort_comment(comment: Comment, own_brands: Collection[str]) -> Sorted:
    """What kind of comment it is, by the first rule that fits.

    Args:
        comment: as read.
        own_brands: of the shop, as staff write them; naming another is bait.
    """
    raw = fold(comment.raw).text
    if not comment.text or not re.search(r"\w", comment.text):
        return Sorted("chatter", "ignore")
    for kind in _kinds():
        if kind.pattern.search(comment.text) or kind.pattern.search(raw):
            return Sorted(kind.name, kind.action)
    if _gibberish(comment.text):
        return Sorted("gibberish", "ignore")
    foreign = [
        term
        for term in terms(comment.text)
        if term.kind == "brand" and not any(term.group in brand.lower() for brand in own_brands)
    ]
    if foreign:
        return Sorted("bait", "ignore")
    return Sorted("", "answer")


def _gibberish(text: str) -> bool:
    """Keyboard noise and one thing repeated over and over."""
    if re.fullmatch(r"(.{1,12}?)\1{3,}", text.replace(" ", "")):
        return True
    run = re.search(r"[a-z]{14,}", text)
    return run is not None and not re.search(r"[aeiou][^aeiou]{1,3}[aeiou]", run.group())
