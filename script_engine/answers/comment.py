"""A comment as it is understood: slang spelled out, emoji set aside, its language known."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.language import Language
from script_engine.text import CJK, HAN, detect_language, fold

FOLDER = Path(__file__).parent
_EMOJI = re.compile(
    "[\U0001f000-\U0001f4af\U0001f4b1-\U0001faff\u2600-\u27bf\ufe0f\u200d]|\\[[^\\]]{1,6}\\]"
)
# The money bag stays: it asks for the price.
_MENTION = re.compile(r"@\S+\s*")
_STRETCHED = re.compile(r"(.)\1{3,}")
_EMPTY_WORDS = re.compile(
    "[的了吗呢啊吧呀嘛么哦哈是有没不会能可以要想请问这那个款它们你您我他她在和跟就都也还很好给把让得着过下"
    "上到用买主播大家一什怎样哪谁几多少时候样子]"
)
_EMPTY_ENGLISH = frozenset(
    [
        "is", "it", "the", "a", "an", "this", "that", "do", "does", "did", "can", "could", "i",
        "you", "we", "my", "your", "to", "of", "for", "on", "in", "at", "and", "or", "be", "are",
        "will", "would", "have", "has", "any", "there", "what", "how", "when", "where", "which",
        "who", "why", "if", "with", "me", "please", "tell", "about", "get", "use", "one", "so",
        "its", "from", "by", "am", "was", "just", "really", "very", "also", "too", "these", "they",
        "them", "should", "take", "make", "like", "know", "want", "need",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comment:
    """What a viewer wrote, ready to be understood."""

    raw: str
    text: str
    # folded, slang spelled out, without emoji
    language: Language


@lru_cache(maxsize=1)
def _slang() -> tuple[dict[str, str], dict[str, str]]:
    raw = tomllib.loads((FOLDER / "slang.toml").read_text(encoding="utf-8"))
    return raw["zh"], raw["initials"]


def read_comment(raw: str) -> Comment:
    """A comment with what is not speech taken out and slang spelled out."""
    said = _MENTION.sub("", _EMOJI.sub(" ", raw))
    text = re.sub(r"\s+", " ", fold(said).text).strip()
    text = _STRETCHED.sub(r"\1\1\1", text)
    words, initials = _slang()
    for wrong, right in words.items():
        text = text.replace(wrong, right)
    bare = re.sub(r"[\s?？!！。.~]+", "", text)
    for ending in ("", "m", "n", "a", "ne", "ma"):
        stem = bare.removesuffix(ending) if ending else bare
        if stem in initials:
            return Comment(raw, initials[stem], "zh")
    language: Language = detect_language(text)
    return Comment(raw, text, language)


def content(text: str) -> frozenset[str]:
    """What a folded text is about, by which a question is compared to a fact.

    Chinese by characters that carry meaning, English by stems of words.
    """
    chinese = _EMPTY_WORDS.sub("", "".join(re.findall(f"[{CJK}]", text)))
    english = {
        stem(word) for word in re.findall(r"[a-z0-9]{2,}", text) if word not in _EMPTY_ENGLISH
    }
    return frozenset(chinese) | english


def stem(word: str) -> str:
    """An English word without the ending that changes with number and tense."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def coverage(asked: frozenset[str], told: frozenset[str]) -> float:
    """How much of what is asked a text speaks of, 0 to 1."""
    return len(asked & told) / len(asked) if asked else 0.0


def is_chinese(text: str) -> bool:
    return bool(HAN.search(text))
