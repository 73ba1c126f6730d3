"""Several specs typed into one row: 30ml/50ml with 199/289, or the price "30ml：199；50ml：289"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from knowledge.amounts import parse_money, parse_quantity, plain
from knowledge.columns import Column, How, field_of_heading
from knowledge.fields import BY_KEY, KEYS
from knowledge.raw import Cell

Known = list[tuple[Cell, Column]]
"""A row's cells with what they mean."""

_MARKS: Final = re.compile(r"\s*[/／、|；;\n]\s*|(?<!\d)\s*[,，]\s*|\s*[,，]\s*(?!\d)")
_LABELLED: Final = re.compile(r"(?P<label>.*?[^\d\s:：=])\s*[:：=\s]\s*(?P<price>[^:：=\s]+)")
_SIZE: Final = re.compile(
    r"X{0,3}[SL]|M|[2-6]XL|\d{2,3}码?|F|均码|ONE SIZE|FREE SIZE", re.IGNORECASE
)
_OPTION: Final = re.compile(r"(?P<name>[^:：\d]{1,10})[:：]\s*(?P<value>.+)")
_BETWEEN_OPTIONS: Final = re.compile(r"\s*[;；\n|]\s*|[,，](?=[^,，:：]{1,8}[:：])")
_PRICED: Final = ("price", "stock")
_PRICES: Final = ("price", "list_price")
_ABOUT_ALL: Final = tuple(key for key in KEYS if key not in ("sku", "variant"))


def rows_of_specs(known: Known) -> list[Known]:
    """The row once for each spec it lists, as it is when it lists none.

    What is given once but belongs to a spec, such as the stock of all together, comes last in a row
    of its own that has no spec.
    """
    known = _options_apart(known)
    labelled = _labelled(known)
    if labelled:
        return labelled
    # a row without a column for specs may list them as what it holds
    for key in ("variant", "volume", "size"):
        at = next((n for n, (_, column) in enumerate(known) if column.field == key), None)
        if at is None:
            continue
        names = _pieces(known[at][0].text)
        if len(names) > 1 and _are_specs(names, known, key):
            rows = [_one(known, at, n, names) for n in range(len(names))]
            return [*rows, _rest(known, at, len(names))]
    return [known]


def _options_apart(known: Known) -> Known:
    """The row with a spec that names its options (颜色:红;尺码:M) as the spec and its options.

    An option that lists several values (尺码:M,L,XL) names no spec; it says what there is.
    """
    at = next((n for n, (_, column) in enumerate(known) if column.field == "variant"), None)
    if at is None:
        return known
    cell, column = known[at]
    pieces = list(filter(None, _BETWEEN_OPTIONS.split(plain(cell.text))))
    pairs = [_OPTION.fullmatch(piece) for piece in pieces]
    if not pairs or not all(pairs):
        return known
    options = [(pair["name"].strip(), pair["value"].strip()) for pair in pairs if pair]
    single = [value for _, value in options if len(_pieces(value)) == 1]
    row = [one for n, one in enumerate(known) if n != at]
    taken = {other.field for _, other in row}
    if len(single) == len(options):
        row.append((replace(cell, text=" / ".join(single)), column))
    for name, value in options:
        field = field_of_heading(name, exactly=True) or "feature"
        if field in taken or BY_KEY[field].type in _PRICED:
            continue
        how: How = "kept" if field == "feature" else "header"
        row.append((replace(cell, header=name, text=value), Column(name, field, how)))
    return row


def _are_specs(names: Sequence[str], known: Known, key: str) -> bool:
    """Whether the pieces of a cell are specs of their own: each has its price, or all are sizes."""
    prices = [_pieces(cell.text) for cell, column in known if column.field == "price"]
    if prices and len(prices[0]) == len(names):
        return True
    if key != "variant" or any(len(pieces) > 1 for pieces in prices):
        return False
    return all(_SIZE.fullmatch(plain(name)) or parse_quantity(name) for name in names)


def _one(known: Known, at: int, n: int, names: Sequence[str]) -> Known:
    """The row of the n-th spec. What is not about specs goes with the first alone."""
    row: Known = []
    for index, (cell, column) in enumerate(known):
        pieces = _pieces(cell.text)
        if index == at:
            row.append((replace(cell, text=names[n]), replace(column, field="variant")))
        elif _is_own(column) and len(pieces) == len(names):
            row.append((replace(cell, text=pieces[n]), column))
        elif (
            column.field in _PRICES
            or (n == 0 and not _is_own(column))
            or (column.field in KEYS and column.field != "sku")
        ):
            row.append((cell, column))
    return row


def _rest(known: Known, at: int, count: int) -> Known:
    """What belongs to specs but is given once for all of them."""
    row: Known = []
    for index, (cell, column) in enumerate(known):
        once = _is_own(column) and len(_pieces(cell.text)) != count
        if index != at and once and column.field not in (*_PRICES, "sku"):
            row.append((cell, column))
    return row


def _is_own(column: Column) -> bool:
    """Whether a field belongs to a spec and not to the product."""
    kind = BY_KEY.get(column.field)
    return column.field == "sku" or (kind is not None and kind.per_variant)


def _labelled(known: Known) -> list[Known]:
    """The row once for each price that its price cell labels: "30ml 199元；50ml 289元"."""
    if any(column.field == "variant" for _, column in known):
        return []
    at = next((n for n, (_, column) in enumerate(known) if column.field == "price"), None)
    if at is None:
        return []
    cell, column = known[at]
    found = [_LABELLED.fullmatch(piece) for piece in _pieces(plain(cell.text))]
    pairs = [(match["label"].strip(), match["price"]) for match in found if match]
    if len(pairs) < 2 or len(pairs) < len(found) or not all(_is_price(p) for _, p in pairs):
        return []
    rows = []
    for n, (label, price) in enumerate(pairs):
        spec = (replace(cell, text=label), Column(cell.header, "variant", "content"))
        row = [*known[:at], spec, (replace(cell, text=price), column), *known[at + 1 :]]
        rows.append(
            [(c, k) for c, k in row if n == 0 or k.field in (*_PRICES, *_ABOUT_ALL, "variant")]
        )
    stocks = [(c, k) for c, k in known if k.field == "stock"]
    return [[(c, k) for c, k in row if k.field != "stock"] for row in rows] + [stocks]


def _pieces(text: str) -> list[str]:
    return [piece for piece in _MARKS.split(text.strip()) if piece]


def _is_price(text: str) -> bool:
    try:
        parse_money(text, "CNY")
    except ValueError:
        return False
    return True
