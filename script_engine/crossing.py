"""Words that mean alike in Chinese and English: a line in one language, a fact in the other.

A fact's words are known in the other language too where the glossary has them, and what a line
is about can be held against a fact of the other language by the things that both name.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from script_engine.lexicon import FOLDER
from script_engine.text import HAN

_SECTIONS = ("words", "goods", "more", "values", "alike", "speech")
_WORD = re.compile(r"[a-z][a-z'’]*")
_LONGEST = 4
# words of the longest English entry that is looked for


@dataclass(frozen=True, slots=True)
class _Entries:
    zh: dict[str, tuple[int, ...]]
    # word, to the places of its entries
    en: dict[tuple[str, ...], tuple[int, ...]]
    # stems of the words of an entry
    names: tuple[str, ...]
    # usual Chinese word
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    # all ways to say it, in one text


@lru_cache(maxsize=1)
def _entries() -> _Entries:
    raw = tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))
    zh: dict[str, tuple[int, ...]] = {}
    en: dict[tuple[str, ...], tuple[int, ...]] = {}
    names, english, chinese = [], [], []
    for place, row in enumerate(row for part in _SECTIONS for row in raw[part]):
        left, right = ([word.strip().lower() for word in side.split("|")] for side in row.split("="))
        names.append(left[0])
        english.append(" ; ".join(right))
        chinese.append(" ; ".join(left))
        for word in left:
            zh[word] = (*zh.get(word, ()), place)
        for word in right:
            stems = tuple(stem(part) for part in _WORD.findall(word))
            en[stems] = (*en.get(stems, ()), place)
    return _Entries(zh, en, tuple(names), tuple(english), tuple(chinese))


def stem(word: str) -> str:
    """An English word without its usual endings."""
    word = re.sub(r"['’](?:s|re|ll|ve|d)?$", "", word)
    for ending, least in (("ies", 4), ("ing", 5), ("ed", 4), ("es", 4), ("s", 3), ("ly", 5)):
        long = len(word) - len(ending) >= least - 1
        if word.endswith(ending) and long and not word.endswith("ss"):
            cut = word[: -len(ending)] + ("y" if ending == "ies" else "")
            return cut.rstrip("e") if len(cut) > 3 else cut
    return word.rstrip("e") if len(word) > 4 else word


@lru_cache(maxsize=100_000)
def _named(folded: str) -> tuple[frozenset[int], frozenset[int], bool]:
    """Entries that a text names in Chinese, in English, and whether all its English is in them."""
    entries = _entries()
    zh = frozenset(
        place
        for word, places in (entries.zh.items() if HAN.search(folded) else ())
        if len(word) > 1 and word in folded
        for place in places
    )
    stems = [stem(word) for word in _WORD.findall(folded)]
    en: set[int] = set()
    covered = [False] * len(stems)
    for at in range(len(stems)):
        for length in range(1, _LONGEST + 1):
            if places := entries.en.get(tuple(stems[at : at + length])):
                en.update(places)
                covered[at : at + length] = [True] * length
    return zh, frozenset(en), all(covered)


def meanings(folded: str) -> frozenset[str]:
    """The things a folded text names in either language, by their usual Chinese word."""
    zh, en, _ = _named(folded)
    return frozenset(_entries().names[place] for place in zh | en)


def understood(folded: str) -> bool:
    """Whether the glossary knows all English words of a folded text."""
    return _named(folded)[2]


def in_other_words(folded: str) -> str:
    """What a folded text names, in the words of the other language."""
    zh, en, _ = _named(folded)
    entries = _entries()
    return " ; ".join([*(entries.english[p] for p in zh), *(entries.chinese[p] for p in en)])


def foreign(one: str, other: str) -> bool:
    """Whether of two folded texts one is Chinese and the other is not."""
    return bool(HAN.search(one)) != bool(HAN.search(other))
