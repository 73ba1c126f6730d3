"""Which field a header means: by saved mapping, by its words, by likeness, by what is below it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from rapidfuzz import fuzz, process

from core.language import Language
from knowledge.amounts import currency_in, parse_money, parse_quantity, plain
from knowledge.fields import FIELDS, KEYS

How = Literal["saved", "header", "likeness", "content", "unknown"]

IGNORED: Final = "ignore"
# what a mapping file says of a column nobody should read
LIKENESS: Final = 84.0
# of 100: how like a known word a header must be to be taken for it
_LANGUAGES: Final[dict[str, Language]] = {
    "英文": "en", "英语": "en", "english": "en", "en": "en", "eng": "en",
    "中文": "zh", "汉语": "zh", "chinese": "zh", "zh": "zh", "cn": "zh",
    "日文": "ja", "日语": "ja", "japanese": "ja", "ja": "ja", "jp": "ja",
    "韩文": "ko", "韩语": "ko", "korean": "ko", "ko": "ko", "粤语": "yue",
    "德文": "de", "german": "de", "de": "de", "法文": "fr", "french": "fr", "fr": "fr",
    "西文": "es", "spanish": "es", "es": "es",
}  # fmt: skip
_UNITS: Final = re.compile(
    "ml|l|m?g|kg|[cm]?m|k?w|v|mah|h|毫升|升|千?克|公?斤|[厘毫]?米|瓦|小时|分钟|个?月|年|天|片|支"
)
_BRACKETS = re.compile(r"[(（\[【<《](.*?)[)）\]】>》]")
_EDGE = re.compile(
    r"^(?P<front>英文|中文|日文|韩文|english|chinese)[\s_\-:：]*(?P<rest>.+)$"
    r"|^(?P<body>.+?)[\s_\-:：.]*(?P<back>英文|中文|日文|韩文|english|chinese|(?<=[\s_\-.])(?:en|zh|cn|ja|ko))$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What one header was taken for."""

    header: str
    field: str
    # a key of FIELDS or KEYS, IGNORED, or "" when nobody knows
    how: How
    language: Language | None = None
    # "卖点（英文）" says which
    currency: str | None = None
    # "价格(USD)" says which
    unit: str = ""
    # "身高(cm)" says which


def map_columns(
    headers: Sequence[str],
    samples: Mapping[str, Sequence[str]],
    saved: Mapping[str, str],
) -> dict[str, Column]:
    """Every header with what it means.

    Args:
        headers: as the file has them.
        samples: some filled cells below each header.
        saved: header to field, from the shop's mapping file.
    """
    columns = {header: _by_words(header, saved) for header in headers}
    taken = {column.field for column in columns.values()}
    for header, column in columns.items():
        if not column.field:
            columns[header] = _by_content(column, samples.get(header, ()), taken)
    return _with_skus(columns)


def is_known_header(text: str) -> bool:
    """Whether a cell reads like a header: its words are known exactly."""
    return len(text) <= 40 and _by_words(text, {}).how == "header"


def field_of_heading(text: str, *, exactly: bool = False) -> str | None:
    """The field that a heading or a key in a document names; None when it names none.

    With `exactly`, words that are only alike do not count.
    """
    column = _by_words(re.sub(r"^[\d一二三四五六七八九十]+[、.．)）]\s*", "", text), {})
    if exactly and column.how != "header":
        return None
    return column.field if column.field and column.field not in KEYS else None


def _by_words(header: str, saved: Mapping[str, str]) -> Column:
    if header in saved:
        return Column(header, saved[header], "saved", *_marks(header)[1:])
    core, language, currency, unit = _marks(header)
    field, how = _match(core)
    if field in ("price", "list_price") and currency is None:
        currency = currency_in(header)
    return Column(header, field, how, language, currency, unit)


def _marks(header: str) -> tuple[str, Language | None, str | None, str]:
    """The header without brackets, spaces and language words; and what those said."""
    text = plain(header).lower()
    language: Language | None = None
    currency: str | None = None
    unit = ""
    for inside in _BRACKETS.findall(text):
        word = inside.strip()
        language = language or _LANGUAGES.get(word)
        currency = currency or currency_in(word)
        unit = unit or (word if _UNITS.fullmatch(word) else "")
    whole = re.sub(r"\s+", "", text)
    text = text if whole in _WORDS else _BRACKETS.sub("", text)
    if re.sub(r"[\s_\-]+", "", text) not in _WORDS:
        edge = _EDGE.match(text.strip())
        if edge:
            language = language or _LANGUAGES.get(edge["front"] or edge["back"])
            text = edge["rest"] or edge["body"]
    elif "英文" in text or "english" in text:
        language = language or "en"
    return re.sub(r"[\s_\-*:：]+", "", text), language, currency, unit


def _table() -> dict[str, str]:
    words: dict[str, str] = {}
    for field in FIELDS:
        for word in (field.zh, field.en.replace(" ", ""), field.key, *field.words.split()):
            words[word.replace("_", "")] = field.key
    for key, known in KEYS.items():
        for word in known.split():
            words[word] = key
    return words


_WORDS: Final = _table()


@lru_cache(maxsize=4096)
def _match(word: str) -> tuple[str, How]:
    if not word:
        return "", "unknown"
    if word in _WORDS:
        return _WORDS[word], "header"
    singular = word.removesuffix("s")
    if singular in _WORDS:
        return _WORDS[singular], "header"
    # a private column must never pass for a public one: 成本价 is not 价
    if any(secret in word for secret in KEYS["private"].split() if len(secret) > 1):
        return "private", "likeness"
    inside = [known for known in _WORDS if known in word and _is_telling(known, word)]
    if inside:
        return _WORDS[max(inside, key=len)], "likeness"
    if len(word) > 2:
        best = process.extractOne(word, _WORDS.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
        if best:
            return _WORDS[best[0]], "likeness"
    return "", "unknown"


def _is_telling(known: str, word: str) -> bool:
    """Whether a known word inside a longer one says what the longer one is about.

    Chinese headers end with their noun (产品核心卖点): a word of two characters must stand there.
    """
    if known.isascii():
        return len(known) >= 5 and len(known) * 2 >= len(word)
    return len(known) >= 3 or (len(known) == 2 and word.endswith(known))


def _by_content(column: Column, samples: Sequence[str], taken: set[str]) -> Column:
    """A guess from the cells below a header that no word explains."""
    filled = [text for text in samples if text][:20]
    if len(filled) < 2:
        return column
    for field, test in (("price", _is_price), ("volume", _is_volume), ("image", _is_image)):
        if field not in taken and all(test(text) for text in filled):
            taken.add(field)
            return Column(column.header, field, "content", *_marks(column.header)[1:])
    return column


def _is_price(text: str) -> bool:
    """Only with a currency sign: a bare number could be anything."""
    if not re.search(r"[¥￥$€£元]", text):
        return False
    try:
        parse_money(text, "CNY")
    except ValueError:
        return False
    return True


def _is_volume(text: str) -> bool:
    quantity = parse_quantity(text)
    return quantity is not None and quantity[1].lower() in (
        "ml",
        "l",
        "g",
        "kg",
        "毫升",
        "克",
        "升",
    )


def _is_image(text: str) -> bool:
    return re.search(r"\.(?:png|jpe?g|webp)$", text.lower()) is not None


def _with_skus(columns: dict[str, Column]) -> dict[str, Column]:
    """Where several columns are ids, the one called SKU tells variants apart."""
    ids = [header for header, column in columns.items() if column.field == "id"]
    for header in ids if len(ids) > 1 else ():
        if "sku" in header.lower():
            columns[header] = replace(columns[header], field="sku")
    return columns
