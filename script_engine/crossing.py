"""Words that mean alike in Chinese and English: a line in one language, a fact in the other.

A fact's words are known in the other language too where the glossary has them, and what a line
is about can be held against a fact of the other language by the things that both name.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from script_engine.lexicon import FOLDER
from script_engine.quantities import without_amounts
from script_engine.text import HAN

_SECTIONS = ("words", "goods", "more", "values", "alike", "speech")
_WORD = re.compile(r"[a-z][a-z'’]*")
_LONGEST = 4
# words of the longest English entry that is looked for
_VAGUE = frozenset(
    "高宽长厚深重天年约码目香油金银米面鸡鱼水气火包平方圆放装量等新旧男女大小送赠条块片"
)
# characters that stand in too many other words to name a thing
_LIGHT = re.compile(
    r"can|with|from|off|before|after|about|around|one|each|less|under|over|in|and|up|back|top|case|"
    r"order|set|fits?|holds?|open|close|put|take|uses?|first|like|fine|light|long|no|new|add|at|am|"
    r"pm|will|may|also|even|just|only|every|everything|other|inside|out|goes|go|wait|part|see|look|"
    r"free|now|here|all|it|more|by|on|for|to|is|are|was|be|have|has|do|does|day"
)
# and English ones that do


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
        sides = row.lower().split("=")
        left, right = ([word.strip() for word in side.split("|")] for side in sides)
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
def _named(folded: str) -> tuple[tuple[int, int, int], ...]:
    """Start, end and place of each entry that a text names: in characters, for English in words."""
    entries = _entries()
    found = []
    for word, places in entries.zh.items() if HAN.search(folded) else ():
        if word in folded and word not in _VAGUE:
            spans = [match.span() for match in re.finditer(re.escape(word), folded)]
            found += [(start, end, place) for start, end in spans for place in places]
    words = _WORD.findall(folded)
    stems = [stem(word) for word in words]
    for at in range(len(stems)):
        for length in range(1 + bool(_LIGHT.fullmatch(words[at])), _LONGEST + 1):
            for place in entries.en.get(tuple(stems[at : at + length]), ()):
                found.append((at - len(words), at + length - len(words), place))
    return tuple(found)


@lru_cache(maxsize=100_000)
def meanings(folded: str) -> frozenset[str]:
    """The things a folded text names in either language, by their usual Chinese word.

    Of words inside one another the longest: 低亮度 is no 亮度.
    """
    found = _named(folded)
    longest = [
        place
        for start, end, place in found
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found)
    ]
    return frozenset(_entries().names[place] for place in longest)


def in_other_words(folded: str) -> str:
    """What a folded text names, in the words of the other language."""
    entries = _entries()
    return " ; ".join(
        entries.chinese[place] if start < 0 else entries.english[place]
        for start, _, place in _named(folded)
    )


def foreign(one: str, other: str) -> bool:
    """Whether of two folded texts one is Chinese and the other is not."""
    return bool(HAN.search(one)) != bool(HAN.search(other))


def in_common(words: frozenset[str], text: str, known: frozenset[str], told: str) -> int:
    """How many words two texts have in common; of two languages, how many things both name.

    Args:
        words: of the text.
        text: folded.
        known: words of the other text.
        told: the other text, folded.
    """
    if foreign(text, told):
        return len(meanings(without_amounts(text)) & meanings(without_amounts(told)))
    return len(words & known)
