"""Words of the goods in Chinese and English: the bridge between a question and a fact."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from core.language import Language
from script_engine.lexicon import FOLDER
from script_engine.text import HAN, fold

_NUMBER = r"\d+(?:\.\d+)?\s*(?:%|°c|℃|mah|ml|cm|mm|kg|g|w|v|k)?(?![a-z])"
_MARKS = {
    "、": ", ",
    "，": ", ",
    "/": " / ",
    "：": ": ",
    "；": "; ",
    "×": " x ",
    "到": "-",
    " ": " ",
}
_MARKS_BACK = {", ": "、", ",": "、", " / ": "/", "; ": "；", " and ": "和", " ": ""}


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of one language."""

    pattern: re.Pattern[str]
    entry: dict[str, int]
    # word, to the place of its entry


@dataclass(frozen=True, slots=True)
class _Glossary:
    zh: _Side
    en: _Side
    names: tuple[tuple[str, str], ...]
    # of each entry, the usual Chinese and English word


@lru_cache(maxsize=4)
def _glossary(parts: tuple[str, ...]) -> _Glossary:
    raw = tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))
    rows = [row.split("=") for part in parts for row in raw[part]]
    zh: dict[str, int] = {}
    en: dict[str, int] = {}
    names = []
    for place, (chinese, english) in enumerate(rows):
        zh.update({word.strip().lower(): place for word in chinese.split("|")})
        en.update({word.strip().lower(): place for word in english.split("|")})
        names.append((chinese.split("|")[0].strip(), english.split("|")[0].strip()))
    longest = sorted(zh, key=len, reverse=True)
    words = "|".join(map(re.escape, sorted(en, key=len, reverse=True)))
    return _Glossary(
        _Side(re.compile("|".join(map(re.escape, longest))), zh),
        _Side(re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), en),
        tuple(names),
    )


_WORDS = ("words", "goods", "more")
_KNOWN = ("alike", *_WORDS)
# earlier entries yield to later ones that write a word alike


def concepts(folded: str) -> tuple[list[str], str]:
    """The things a folded text names, by their usual Chinese word, and the text without them."""
    known = _glossary(_KNOWN)
    found: list[str] = []

    def take(side: _Side, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            found.append(known.names[side.entry[match.group()]][0])
            return " "

        return side.pattern.sub(one, text)

    return found, take(known.en, take(known.zh, folded))


@lru_cache(maxsize=60_000)
def named_at(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Start, end and usual Chinese word of each thing that a folded text names."""
    known = _glossary(_KNOWN)
    return tuple(
        (match.start(), match.end(), known.names[side.entry[match.group()]][0])
        for side in (known.zh, known.en)
        for match in side.pattern.finditer(folded)
    )


def into_chinese(folded: str, *, goods_only: bool = False) -> str:
    """The text with the English words that the glossary knows put into Chinese."""
    known = _glossary(("goods",) if goods_only else _WORDS)
    return known.en.pattern.sub(lambda m: known.names[known.en.entry[m.group()]][0], folded)


def goods_in_english(title: str) -> str:
    """What kind of goods a Chinese title names, in English; "" when no word of it is known."""
    known = _glossary(("goods",))
    found = list(known.zh.pattern.finditer(fold(title).text))
    if not found:
        return ""
    last = max(found, key=lambda match: (match.end(), len(match.group())))
    return known.names[known.zh.entry[last.group()]][1]


@lru_cache(maxsize=8192)
def render(value: str, language: Language) -> str | None:
    """A short value in the other language, None when a word of it is not known.

    Numbers and their units stay; nothing is guessed.
    """
    known = _glossary((*_WORDS, "values"))
    to_english = language != "zh"
    side, marks = (known.zh, _MARKS) if to_english else (known.en, _MARKS_BACK)
    token = re.compile(
        rf"(?P<number>{_NUMBER})|(?P<word>{side.pattern.pattern})|"
        rf"(?P<mark>{'|'.join(map(re.escape, sorted(marks, key=len, reverse=True)))})",
    )
    text, parts, position = value.strip().lower(), [], 0
    while position < len(text):
        match = token.match(text, position)
        if match is None or match.end() == position:
            return None
        if match["word"]:
            name = known.names[side.entry[match["word"]]][1 if to_english else 0]
            parts.append(f" {name} " if to_english else name)
        elif match["mark"]:
            parts.append(marks[match["mark"]])
        else:
            parts.append(f" {match['number']} " if to_english else match["number"])
        position = match.end()
    said = re.sub(r"\s+", " ", "".join(parts)).strip()
    if not to_english or not HAN.search(value):
        return said
    return re.sub(r"\s+([,;:%])", r"\1", _place_order(said))


def _place_order(text: str) -> str:
    """China, then a place in it, the English way round: Shanghai, China."""
    match = re.fullmatch(r"China (?P<places>[A-Z][A-Za-z ]+)", text)
    return f"{match['places']}, China" if match else text
