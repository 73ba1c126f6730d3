"""The likest of labelled paraphrases: what a question asks when no known word is met in it.

Character n-grams weighed by how rare they are among the paraphrases (tf-idf), compared by the
share of the comment's weight that a paraphrase explains and the share of its own that is met.
"""

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from script_engine.answers.folder import FOLDER
from script_engine.text import CJK, HAN

CLOSE = 0.6
# likeness from which a paraphrase is taken for what is meant; below it nothing is guessed
_UNSEEN = 2.0
# weight of what no paraphrase has: most often the thing asked about, so it counts for little
_FILLER = re.compile(
    r"主播|老板|亲亲?|姐姐?|小姐姐|请问|问一下|想问|这个|这款|那个|那款|你们家?|咱们?|的话|[啊呀呢哦哈吧嘛呗哇滴了~～!！?？。，,.]|"
    r"\b(?:please|hey|hi|hello|um|so|the|host|sir|miss|guys)\b"
)


@dataclass(frozen=True, slots=True)
class _Example:
    meaning: str
    grams: dict[str, float]
    length: float


def nearest(folded: str) -> tuple[str, float]:
    """The meaning of the likest paraphrase and how like it is, 0 to 1."""
    examples, rarity = _examples()
    asked = _weighed(_grams(folded), rarity)
    length = math.sqrt(sum(weight * weight for weight in asked.values()))
    best, meaning = 0.0, "none"
    if length == 0:
        return meaning, best
    for example in examples:
        common = sum(
            weight * asked[gram] for gram, weight in example.grams.items() if gram in asked
        )
        if common and (score := common / (length * example.length)) > best:
            best, meaning = score, example.meaning
    return meaning, best


@lru_cache(maxsize=1)
def _examples() -> tuple[tuple[_Example, ...], dict[str, float]]:
    raw = tomllib.loads((FOLDER / "paraphrases.toml").read_text(encoding="utf-8"))
    counted = [(meaning, _grams(text)) for meaning, texts in raw.items() for text in texts]
    seen = Counter(gram for _, grams in counted for gram in grams)
    rarity = {gram: math.log(1 + len(counted) / count) for gram, count in seen.items()}
    examples = []
    for meaning, grams in counted:
        weighed = _weighed(grams, rarity)
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        examples.append(_Example(meaning, weighed, length))
    return tuple(examples), rarity


def _weighed(grams: Counter[str], rarity: dict[str, float]) -> dict[str, float]:
    mixed = any(HAN.search(gram) for gram in grams)
    return {
        # Latin letters among Chinese are what the question is about: "spf多少" asks no price.
        gram: math.sqrt(count)
        * rarity.get(gram, 2 * _UNSEEN if mixed and gram.isascii() else _UNSEEN)
        for gram, count in grams.items()
    }


def _grams(folded: str) -> Counter[str]:
    """Characters and pairs of them in Chinese, words and pairs of words in English."""
    text = _FILLER.sub(" ", folded)
    grams: Counter[str] = Counter()
    for run in re.findall(f"[{CJK}]+", text):
        grams.update(run)
        grams.update(run[i : i + 2] for i in range(len(run) - 1))
    words = re.findall(r"[a-z']+", text)
    grams.update(words)
    grams.update(f"{a} {b}" for a, b in pairwise(words))
    return grams
