"""What one cell says: a price, a count, a quantity, a date, words, or a list of them."""

import re
from collections.abc import Iterable
from datetime import tzinfo
from typing import Final

from core.product import Money
from knowledge.amounts import parse_count, parse_money, parse_quantity, plain
from knowledge.columns import Column
from knowledge.dates import parse_date
from knowledge.fields import BY_KEY

Value = str | float | Money

_LISTS: Final = frozenset({"ingredients", "colour", "size", "scene", "certificate"})
# fields whose items are words, divided by commas; the items of other lists are sentences
_NUMBERING = re.compile(r"^\s*(?:[-•·●★✓✔*]|\d{1,2}[.、)）](?!\d)|[①-⑳]|[(（]\d{1,2}[)）])\s*")


def values_of(
    text: str, column: Column, currency: str, zone: tzinfo
) -> Iterable[tuple[Value, str]]:
    """The values in a cell, each with its unit. Raises ValueError."""
    kind = BY_KEY[column.field]
    if kind.type == "price":
        return [(parse_money(text, column.currency or currency), "")]
    if kind.type == "stock":
        count = parse_count(text)
        if count < 0:
            raise ValueError(f"a stock of {count} cannot be; write 0 when it is sold out")
        return [(float(count), "")]
    if kind.type == "date":
        return [(parse_date(text, zone).date().isoformat(), "")]
    if kind.type == "quantity":
        bare = column.unit and re.fullmatch(r"[\d.,]+", plain(text))
        quantity = parse_quantity(plain(text) + column.unit if bare else text)
        return [quantity] if quantity else [(plain_words(text), "")]
    if kind.many:
        return [(item, "") for item in items(text, words=column.field in _LISTS)]
    return [(plain_words(text), "")]


def items(text: str, *, words: bool) -> list[str]:
    """The items of a list typed into one cell, without bullets and numbers.

    Args:
        text: the cell.
        words: the items are words, divided by commas too; else they are sentences, which a
            semicolon divides in Chinese but joins in English.
    """
    marks = r"[\n；|]+|(?<=[\u3400-\u9fff]);"
    if words:
        marks = r"[\n;；|、]+|(?<!\d)[，,]|[，,](?!\d)"
    pieces = re.split(marks, text)
    if words and len(pieces) > 1:
        pieces[-1] = re.sub(r"^\s*(?:and|or|以及|和)\s*\b", "", pieces[-1])
    cleaned = (_NUMBERING.sub("", piece).strip().rstrip("。.") for piece in pieces)
    return [piece for piece in cleaned if piece]


def plain_words(text: str) -> str:
    return " ".join(text.split())
