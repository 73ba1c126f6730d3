"""What questions and facts are about in general: weight, noise, washing, delivery."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from script_engine.answers.folder import FOLDER
from script_engine.text import HAN

_AROUND = re.compile(r"\(\?<?[!=][^)]*\)")
# what must or must not stand beside a word


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that is asked of goods, whatever words bring it up."""

    key: str
    # its first word
    pattern: re.Pattern[str]
    told: re.Pattern[str] | None
    # what a fact says of it, but no question asks for it by: 圆领 is told of 领型, and whoever asks
    # for 高领 asks for nothing else
    fields: frozenset[str]
    # whose facts speak of it without a word
    units: frozenset[str]
    # of an amount of it
    light: bool
    # says little beside another thing that is named: "included"


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """All topics of the lists in `topics/`."""
    files = sorted((FOLDER / "topics").glob("*.toml"))
    raw = [entry for file in files for entry in tomllib.loads(file.read_text("utf-8"))["topics"]]
    return tuple(
        Topic(
            _alternatives(entry["words"])[0],
            _pattern(entry["words"]),
            _pattern(entry["told"]) if "told" in entry else None,
            frozenset(entry.get("fields", ())),
            frozenset(entry.get("units", ())),
            entry.get("light", False),
        )
        for entry in raw
    )


@lru_cache(maxsize=60_000)
def topics_of(folded: str, field: str = "") -> frozenset[str]:
    """The topics that a fact's text speaks of, by its words or as the value of a field."""
    return frozenset(
        topic.key
        for topic in topics()
        if field in topic.fields
        or topic.pattern.search(folded)
        or (topic.told is not None and topic.told.search(folded))
    )


def _alternatives(words: str) -> list[str]:
    """Words parted by bars that stand outside brackets."""
    found = [""]
    depth = 0
    for letter in words:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found


def _pattern(words: str) -> re.Pattern[str]:
    """Any of the words; 蛋白质 before 蛋白, so that nothing of a word is left over."""
    longest = sorted(_alternatives(words), key=lambda w: len(_AROUND.sub("", w)), reverse=True)
    return re.compile("|".join(map(_word, longest)))


def _word(word: str) -> str:
    if HAN.search(word):
        return word
    return rf"(?<![a-z0-9])(?:{word})(?:s|es|ed|ing)?(?![a-z])"
