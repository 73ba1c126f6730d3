"""What questions and facts are about in general: weight, noise, washing, delivery."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from script_engine.answers.folder import FOLDER

_BETWEEN = re.compile(r"\|(?![^(]*\))")
# what parts words: a bar outside brackets


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is asked of goods, whatever words bring it up."""

    key: str
    # its first word
    pattern: re.Pattern[str]
    fields: frozenset[str]
    # whose facts speak of it without a word
    units: frozenset[str]
    # of an amount of it
    light: bool
    # says little beside another thing that is named: "included"


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """All topics of the list."""
    raw = tomllib.loads((FOLDER / "topics.toml").read_text(encoding="utf-8"))["topics"]
    return tuple(
        Topic(
            _BETWEEN.split(entry["words"])[0],
            re.compile("|".join(map(_word, _BETWEEN.split(entry["words"])))),
            frozenset(entry.get("fields", ())),
            frozenset(entry.get("units", ())),
            entry.get("light", False),
        )
        for entry in raw
    )


@lru_cache(maxsize=60_000)
def topics_of(folded: str, field: str = "") -> frozenset[str]:
    """The topics that a text brings up, by its words or as the value of a field."""
    return frozenset(
        topic.key for topic in topics() if field in topic.fields or topic.pattern.search(folded)
    )


def _word(word: str) -> str:
    if not word[0].isascii():
        return word
    return rf"(?<![a-z0-9])(?:{word})(?:s|es|ed|ing)?(?![a-z])"
