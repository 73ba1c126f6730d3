"""What a text is about, by which questions and facts are compared across languages."""

import re
from functools import lru_cache

from script_engine.glossary import concepts
from script_engine.lexicon import terms
from script_engine.text import CJK, fold

_EMPTY_CHINESE = frozenset(
    "的了吗呢啊吧呀嘛么哦哈是有没不会能可以要想请问这那个款它们你您我他她在和跟就都也还很好给把让得着过下上到用买主播"
    "大家一什怎样哪谁几多少时候样子啦哇呗滴只从被别去来做说看些又再太真吃穿点行对啥咋为因所但如果"
)
_EMPTY_ENGLISH = frozenset(
    [
        "is", "it", "the", "a", "an", "this", "that", "do", "does", "did", "can", "could", "i",
        "you", "we", "my", "your", "to", "of", "for", "on", "in", "at", "and", "or", "be", "are",
        "will", "would", "have", "has", "any", "there", "what", "how", "when", "where", "which",
        "who", "why", "if", "with", "me", "please", "tell", "about", "get", "use", "one", "so",
        "its", "from", "by", "am", "was", "just", "really", "very", "also", "too", "these", "they",
        "them", "should", "take", "make", "like", "know", "want", "need", "pls", "plz", "hi",
        "hello", "hey", "into", "over", "some", "much", "many", "im", "u", "ur", "us", "go",
        "lot", "lots", "ok", "okay", "good", "your", "yours", "sell", "thing", "item",
    ]
)  # fmt: skip
_CONCEPTS = frozenset({"ingredient", "suitability", "effect", "certificate", "material"})


@lru_cache(maxsize=60_000)
def content(folded: str) -> frozenset[str]:
    """What a folded text is about.

    Known things by the Chinese word that stands for all ways to name them, other Chinese by the
    characters that carry meaning, other English by stems of words.
    """
    named, rest = concepts(folded)
    found = set(named)
    for term in terms(rest):
        if term.kind in _CONCEPTS:
            found.add(term.group)
    spans = sorted((t.start, t.end) for t in terms(rest) if t.kind in _CONCEPTS)
    for start, end in reversed(spans):
        rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"
    for run in re.findall(f"[{CJK}]+", rest):
        found.update(character for character in run if character not in _EMPTY_CHINESE)
    for word in re.findall(r"[a-z0-9]{2,}", rest):
        if word not in _EMPTY_ENGLISH:
            found.add(stem(word))
    return frozenset(found)


@lru_cache(maxsize=60_000)
def content_of(text: str) -> frozenset[str]:
    """What a text as staff wrote it is about."""
    return content(fold(text).text)


@lru_cache(maxsize=60_000)
def mentions(text: str) -> frozenset[tuple[str, str]]:
    """Kind and group of every term of the lexicon in a text, affirmed or denied."""
    return frozenset((term.kind, term.group) for term in terms(fold(text).text))


def stem(word: str) -> str:
    """An English word without the ending that changes with number and tense."""
    for ending in ("ing", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def coverage(asked: frozenset[str], told: frozenset[str]) -> float:
    """How much of what is asked a text speaks of, 0 to 1; a whole thing weighs two letters."""
    total = sum(map(_weight, asked))
    return sum(map(_weight, asked & told)) / total if total else 0.0


def overlap(asked: frozenset[str], known: frozenset[str]) -> float:
    """How alike two texts are, 0 to 1 (Dice's coefficient over weighted words)."""
    total = sum(map(_weight, asked)) + sum(map(_weight, known))
    return 2 * sum(map(_weight, asked & known)) / total if total else 0.0


def _weight(word: str) -> float:
    return 1.0 if len(word) == 1 else 2.0
