"""Other words for what a question says, so that a fact is found that shares none with it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from knowledge.amounts import plain
from knowledge.tokens import tokens_of

_FILE: Final = Path(__file__).with_name("synonyms.toml")
WEIGHT: Final = 0.4
# of a word that was not said, next to one that was


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one meaning."""

    said: re.Pattern[str]
    tokens: frozenset[str]


def weighted_tokens(query: str) -> Mapping[str, float]:
    """The tokens of a question with their weights, and those of words that mean the same."""
    weights: dict[str, float] = {}
    for token in tokens_of(query):
        weights[token] = weights.get(token, 0.0) + 1.0
    text = plain(query).lower()
    for group in groups():
        if group.said.search(text):
            for token in group.tokens:
                weights.setdefault(token, WEIGHT)
    return weights


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    lines = tomllib.loads(_FILE.read_text(encoding="utf-8"))["groups"]
    return tuple(_group(line) for line in lines)


def _group(line: str) -> Group:
    words = [word.replace("_", " ").lower() for word in line.split()]
    # one character alone says too little to be searched for, only to be recognised
    tokens = {token for word in words if len(word) > 1 for token in tokens_of(word)}
    return Group(re.compile("|".join(map(_pattern, words))), frozenset(tokens))


def _pattern(word: str) -> str:
    return rf"\b{re.escape(word)}(?:s|es|ed|ing)?\b" if word.isascii() else re.escape(word)
