"""What one cell says: a price, a count, a quantity, a date, words, or a list of them."""

import re
from collections.abc import Iterable
from datetime import tzinfo
from typing import Final

from core.message import Message
from core.product import Money
from knowledge.amounts import (
    is_availability,
    parse_count,
    parse_lowest,
    parse_money,
    parse_quantity,
    plain,
)
from knowledge.columns import Column
from knowledge.dates import parse_date
from knowledge.fields import BY_KEY

Value = str | float | Money

_LISTS: Final = frozenset({"ingredients", "colour", "size", "scene", "certificate"})
# fields whose items are words, divided by commas; the items of other lists are sentences
_BARE: Final = re.compile(r"\d[\d.,]*(?:\s*[-–~至x*×]\s*\d[\d.,]*)*")
# numbers whose unit stands in the header
_NUMBERING = re.compile(r"^\s*(?:[-•·●★✓✔*]|\d{1,2}[.、)）](?!\d)|[①-⑳]|[(（]\d{1,2}[)）])\s*")


def values_of(
    text: str, column: Column, currency: str, zone: tzinfo
) -> Iterable[tuple[str, Value, str]]:
    """The values in a cell, each with its field and unit. Raises ValueError.

    The field is the column's own but for two: a range of prices says only where prices begin, and
    a stock in words only that there is some.
    """
    key = column.field
    kind = BY_KEY[key]
    if kind.type == "price":
        lowest = parse_lowest(text, column.currency or currency) if key == "price" else None
        if lowest is not None:
            return [("price_from", lowest, "")]
        return [(key, parse_money(text, column.currency or currency), "")]
    if key == "availability":
        return [_availability(text)]
    if kind.type == "stock":
        if is_availability(text):
            return [_availability(text)]
        count = parse_count(text)
        if count < 0:
            message = Message(
                "a stock of {count} cannot be; write 0 when it is sold out", count=count
            )
            raise ValueError(message)
        return [(key, float(count), "")]
    if kind.type == "date":
        return [(key, parse_date(text, zone).date().isoformat(), "")]
    if kind.type == "quantity" or column.how == "kept":
        bare = column.unit and _BARE.fullmatch(plain(text))
        quantity = parse_quantity(plain(text) + column.unit if bare else text)
        if quantity and column.how != "kept":
            return [(key, *quantity)]
        return [(key, plain_words(text) + (column.unit if bare else ""), "")]
    if kind.many:
        return [(key, item, "") for item in items(text, words=key in _LISTS)]
    return [(key, plain_words(text), "")]


def _availability(text: str) -> tuple[str, Value, str]:
    """What words in a stock cell say: none is left, or there is some."""
    try:
        if not is_availability(text):
            return "stock", float(parse_count(text)), ""
    except ValueError as error:
        message = Message("{text!r} does not say whether there is any; write a number", text=text)
        raise ValueError(message) from error
    return "availability", plain_words(text).replace("_", " "), ""


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
