"""Text as people type it, folded to one form, with the way back to where each character stood."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.language import Language

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HAN = re.compile(f"[{CJK}]")
LATIN_WORD = re.compile(r"[a-zà-öø-ÿ]+(?:['’][a-z]+)?")
# A full stop inside 99.9 ends nothing.
SENTENCE_END = re.compile(r"[。！？!?…；;\n]+|(?<!\d)\.(?!\d)|(?<=\d)\.(?!\d)")
CLAUSE_END = re.compile(
    r"(?:[。！？!?…；;，\n—()（）]|(?<!\d)[：:]|[：:](?![0-5]\d(?!\d))|(?<!\d),|,(?!\d{3}(?!\d)))+|(?<!\d)\.(?!\d)|(?<=\d)\.(?!\d)"
)
JOINED = re.compile(r"\b(?:and|while|but)\b|[和与及，,、;；]")
# parts one clause into what it says of several things


@dataclass(frozen=True, slots=True)
class Folded:
    """Lower case, half width, no invisible characters, no blanks inside Chinese."""

    text: str
    origin: tuple[int, ...]
    # for each character, its index in the text that was folded; one more for the end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the original."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


@lru_cache(maxsize=16_384)
def fold(text: str) -> Folded:
    """One form for what reads the same: `９９％` and `99%`, `最 好` and `最好`, `Zui` and `zui`,
    traditional characters and simplified ones."""
    simplified = _simplified()
    characters: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        if unicodedata.category(character) in {"Cf", "Mn", "Cc"} and character not in "\n\t":
            continue
        form = unicodedata.normalize("NFKC", character).lower()
        # A character that opens into several (½, ①...) keeps its place only when it stays one.
        form = form if len(form) == 1 else character
        form = simplified.get(form, form)
        characters.append(" " if form.isspace() and form != "\n" else form)
        origin.append(index)
    keep = [i for i, c in enumerate(characters) if not (c == " " and _beside_han(characters, i))]
    return Folded("".join(characters[i] for i in keep), (*(origin[i] for i in keep), len(text)))


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    path = Path(__file__).parent / "lexicon" / "traditional.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {pair[0]: pair[1] for pair in raw["pairs"].split()}


def _beside_han(characters: list[str], index: int) -> bool:
    """Whether a blank stands between two Chinese characters, where it means nothing."""
    before = next((c for c in reversed(characters[:index]) if c != " "), "")
    after = next((c for c in characters[index + 1 :] if c != " "), "")
    return bool(HAN.match(before) and HAN.match(after))


def detect_language(text: str) -> Language:
    """Chinese when a fair part of it is Chinese, else English."""
    han = len(HAN.findall(text))
    words = len(LATIN_WORD.findall(text.lower()))
    return "zh" if han and han * 2 >= words else "en"


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its closing mark; a price such as 99.9 stays whole."""
    parts: list[str] = []
    start = 0
    for match in SENTENCE_END.finditer(text):
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]


def clauses(text: str) -> list[tuple[int, int]]:
    """Start and end of each clause of a folded text."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in CLAUSE_END.finditer(text):
        if match.start() > start:
            spans.append((start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def content_words(text: str) -> frozenset[str]:
    """Pairs of Chinese characters and English words of a folded text, by which topics compare."""
    pairs = {run[i : i + 2] for run in re.findall(f"[{CJK}]+", text) for i in range(len(run) - 1)}
    words = {_stem(word) for word in LATIN_WORD.findall(text) if len(word) > 2}
    return frozenset((pairs | words) - COMMON_WORDS)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_COMMON = (
    "the and for with that this you your are was can has have its it's our from into not but "
    "all any will just here they what how when who which one out get them their than then "
    "now let see very more also too only about over there been were his her she him let's "
    "家人 人们 姐妹 妹们 大家 我们 咱们 这个 那个 这款 一款 可以 就是 一下 什么 怎么 没有 "
    "现在 今天 直播 播间 的时 时候 都是 也是 还有 这样 那么 不是 起来 出来 自己 朋友 友们"
)
COMMON_WORDS = frozenset(_COMMON.split())
