"""Words that are alike: English stems and slips, Chinese words of which a part is met."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from script_engine.glossary import named_at
from script_engine.text import CJK, fold

_SCATTERED = 0.75
# of a Chinese word whose characters all stand in a fact, but apart: 躺平 and 平躺
HEAD_ONLY = 0.5
# of a Chinese word of two characters whose last, the thing itself, stands in a fact: 笔尖 and EF尖
_TYPO = 86.0
# likeness of 100 from which a longer English word is taken for a mistyped one
_ENDINGS = (
    "ations", "ation", "nesses", "ness", "ments", "ment", "ings", "ing", "ions", "ion", "ers",
    "ies", "ied", "es", "ed", "er", "ly", "s", "e", "y",
)  # fmt: skip
_BRITISH = (("colour", "color"), ("flavour", "flavor"), ("grey", "gray"), ("fibre", "fiber"),
            ("aluminium", "aluminum"), ("litre", "liter"), ("metre", "meter"),
            ("ise", "ize"))  # fmt: skip


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """An English word without what changes with number, tense and use: brightness, brighter."""
    for british, american in _BRITISH:
        word = word.replace(british, american)
    for ending in _ENDINGS:
        if ending == "s" and word.endswith("ss"):
            continue
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word


def word_in(word: str, stems: frozenset[str]) -> bool:
    """Whether an English word stands among stems, a slip of the finger or two aside."""
    bare = stem(word)
    if bare in stems:
        return True
    if len(bare) < 5 or word.isdigit():
        return False
    return any(
        abs(len(other) - len(bare)) <= 2
        and other[0] == bare[0]
        and fuzz.ratio(bare, other) >= _TYPO
        for other in stems
    )


def shared(part: str, text: str) -> float:
    """Share of the characters of a part that stand in a text beside the same neighbour."""
    if len(part) == 1:
        return 1.0 if part in text else 0.0
    if part in text:
        return 1.0
    if part.endswith("子"):
        # 铲子, 勺子筷子: the ending says nothing
        things = [each for each in part.split("子") if each]
        return sum(each in text for each in things) / len(things) if things else 0.0
    if len(part) == 2 and part[1] in "头儿" and part[0] in text:
        return _SCATTERED  # 骨头 and 去骨
    if all(letter in text for letter in part):
        return _SCATTERED
    met = [False] * len(part)
    if len(part) == 2 and part[-1] in text:
        return HEAD_ONLY
    for i in range(len(part) - 1):
        if part[i : i + 2] in text:
            met[i] = met[i + 1] = True
    return sum(met) / len(part)


def name_words(names: tuple[str, ...]) -> frozenset[str]:
    """What a product is called, to tell its name from what is asked of it."""
    found: set[str] = set()
    for name in names:
        text = fold(name).text
        found.update(f"={thing}" for _, _, thing in named_at(text))
        found.update(stem(word) for word in re.findall("[a-z0-9]+", text))
        found.update(re.findall(f"[{CJK}]+", text))
    return frozenset(found)
