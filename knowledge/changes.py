"""Live changes as other programs send them: which fact of which product becomes what.

A shop system posts what it has, in its own words: one object or a list of them, anywhere in its
JSON. Its keys are understood as the headers of a table are, with the corrections that the mapping
file has for `webhook`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from core.errors import ContentError
from core.message import Message, Word, joined, message_of
from core.product import Product
from knowledge.catalogue import simplified
from knowledge.columns import Column, map_columns

WEBHOOK: Final = "webhook"
# what stands for a file in the mapping file: [files.webhook]
CHANGED: Final = ("price", "list_price", "stock", "availability")
MOST: Final = 20_000
# items in one message
_NAMES: Final = ("id", "sku", "name")


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that somebody gives a new value while the room runs."""

    product_id: str
    field: str
    value: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that cannot be made, and why."""

    item: int
    # which of the message's items, from 1
    reason: Message

    def __str__(self) -> str:
        return f"item {self.item}: {self.reason}"

    @property
    def zh(self) -> str:
        return f"第 {self.item} 项：{self.reason.zh}"


def changes_in(
    message: Any,
    products: Iterable[Product],
    saved: Mapping[str, str],
) -> tuple[list[tuple[int, Change]], list[Refused]]:
    """The changes that a message asks for, each with its item's number, and what is wrong with it.

    Args:
        message: parsed JSON.
        products: all of the shop.
        saved: keys to fields, from the mapping file.

    Raises:
        ContentError: the message holds no item that names a product.
    """
    items = list(_items(message))
    if not items:
        message = Message(
            "no item names a product: send objects such as {example}, one or a list of them",
            example='{"sku": "A1", "price": "59", "stock": 12}',
        )
        raise ContentError(message, file=WEBHOOK)
    if len(items) > MOST:
        message = Message("{count} items; send {most} at most", count=len(items), most=MOST)
        raise ContentError(message, file=WEBHOOK)
    keys = dict.fromkeys(key for item in items for key in item)
    columns = map_columns(list(keys), {}, saved)
    by_id, by_sku, by_name = _known(products)
    changes: list[tuple[int, Change]] = []
    refused: list[Refused] = []
    for number, item in enumerate(items, start=1):
        try:
            at = _place(item, columns, by_id, by_sku, by_name)
            wanted = [(f, v) for f, v in _values(item, columns) if f in CHANGED]
            if not wanted:
                message = Message(
                    "says no price and no stock; its keys are {keys}", keys=joined(item)
                )
                raise ContentError(message)
            changes += [(number, Change(at[0], field, value, at[1])) for field, value in wanted]
        except ContentError as error:
            refused.append(Refused(number, message_of(error)))
    return changes, refused


def _known(
    products: Iterable[Product],
) -> tuple[dict[str, Product], dict[str, tuple[str, str]], dict[str, str]]:
    """Products by id, places by SKU, and ids by whole names; "" where several have the name."""
    by_id: dict[str, Product] = {}
    by_name: dict[str, str] = {}
    by_sku: dict[str, tuple[str, str]] = {}
    for product in products:
        by_id[product.id.casefold()] = product
        for variant in product.variants:
            if variant.sku:
                by_sku.setdefault(variant.sku.casefold(), (product.id, variant.name))
        for name in dict.fromkeys(simplified(one) for _, one in product.names):
            by_name[name] = "" if name in by_name else product.id
    return by_id, by_sku, by_name


def _items(message: Any, depth: int = 0) -> Iterable[dict[str, Any]]:
    """The objects that name a product, wherever in the message they lie."""
    if depth > 8:
        return
    if isinstance(message, list):
        for part in message:
            yield from _items(part, depth + 1)
    elif isinstance(message, dict):
        plain = {k: v for k, v in message.items() if isinstance(v, str | int | float)}
        if plain:
            fields = {column.field for column in map_columns(list(plain), {}, {}).values()}
            if fields & set(_NAMES) and (fields & set(CHANGED) or len(plain) == len(message)):
                yield plain
                return
        for part in message.values():
            if isinstance(part, list | dict):
                yield from _items(part, depth + 1)


def _values(item: Mapping[str, Any], columns: Mapping[str, Column]) -> Iterable[tuple[str, str]]:
    seen = set()
    for key, value in item.items():
        field = columns[key].field
        if field and field not in seen and str(value).strip():
            seen.add(field)
            text = f"{value:.10g}" if isinstance(value, float) else str(value)
            if isinstance(value, bool):
                text = "in stock" if value else "out of stock"
            yield field, text


def _place(
    item: Mapping[str, Any],
    columns: Mapping[str, Column],
    by_id: Mapping[str, Product],
    by_sku: Mapping[str, tuple[str, str]],
    by_name: Mapping[str, str],
) -> tuple[str, str]:
    """The product and the variant that an item is about. Raises ContentError."""
    said = dict(_values(item, columns))
    named = [said[key] for key in _NAMES if key in said]
    variant = said.get("variant", "")
    for text in named:
        product = by_id.get(text.casefold())
        if product is not None:
            sku = by_sku.get(said.get("sku", "").casefold())
            if not variant and sku and sku[0] == product.id:
                variant = sku[1]
            return product.id, variant
        if text.casefold() in by_sku:
            return by_sku[text.casefold()]
    found = by_name.get(simplified(said.get("name", "")), "")
    if not found:
        names = joined(named, " or ", " 或 ") or Word("(nothing)", "（空）")
        raise ContentError(Message("no product is called {names}", names=names))
    return found, variant
