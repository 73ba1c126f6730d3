"""schema.org products in JSON-LD: a Product, a list of them, or an @graph.

Source: schema.org/Product, schema.org/Offer, schema.org/PropertyValue, schema.org/FAQPage. Values
may be plain, in a list, or marked with a language ({"@language", "@value"}).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, get_args

from core.errors import ContentError
from core.language import Language
from core.message import Message
from knowledge.raw import Cell, Reading, Row, Table
from knowledge.readers.texts import decoded
from knowledge.report import Place

_FIELDS: Final[dict[str, str]] = {
    "name": "name", "alternateName": "alias", "brand": "brand", "manufacturer": "manufacturer",
    "category": "category", "description": "description", "color": "colour", "size": "size",
    "material": "material", "weight": "weight", "height": "dimensions", "width": "dimensions",
    "image": "image", "countryOfOrigin": "origin", "positiveNotes": "selling_point",
    "slogan": "selling_point", "releaseDate": "release_date", "productionDate": "production_date",
    "hasCertification": "certificate", "keywords": "", "audience": "audience",
    "position": "ordinal",
}  # fmt: skip
_AVAILABLE: Final[dict[str, str]] = {
    "InStock": "in stock", "InStoreOnly": "available", "OnlineOnly": "in stock",
    "LimitedAvailability": "limited availability", "PreOrder": "pre-order", "PreSale": "pre-order",
    "BackOrder": "back order", "MadeToOrder": "made to order", "OutOfStock": "out of stock",
    "SoldOut": "sold out", "Discontinued": "discontinued",
}  # fmt: skip
_IDS: Final = ("sku", "productID", "mpn", "gtin13", "gtin", "@id")


def read_jsonld(path: Path, file: str) -> Reading:
    """Products and questions as rows. See `read_file` for errors."""
    text, entries = decoded(path.read_bytes(), file)
    try:
        documents = list(_documents(text))
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated")
        message = Message("is no JSON: {error} (line {line})", error=error.msg, line=error.lineno)
        if cut:
            message = Message("ends in the middle: it was cut off (line {line})", line=error.lineno)
        raise ContentError(message, file=file) from error
    except RecursionError as error:
        message = Message("is nested too deep to be a product file")
        raise ContentError(message, file=file) from error
    rows = [row for data, root in documents for row in rows_of(data, root)]
    if not rows:
        message = Message('holds no schema.org Product; each needs "@type": "Product"')
        raise ContentError(message, file=file)
    return Reading(tables=tables_of(rows), entries=entries)


def tables_of(rows: Sequence[Row]) -> tuple[Table, ...]:
    """Products and questions as tables of their own; questions beside one product are about it."""
    asked = [row for row in rows if any(cell.field == "question" for cell in row.cells)]
    products = [row for row in rows if row not in asked]
    ids = {cell.text: cell for row in products for cell in row.cells if cell.field == "id"}
    if len(ids) == 1:
        asked = [replace(row, cells=(*ids.values(), *row.cells)) for row in asked]
    tables = []
    for those in (products, asked):
        headers = {cell.header for row in those for cell in row.cells if not cell.field}
        if those:
            tables.append(Table(tuple(sorted(headers)), tuple(those), Place()))
    return tuple(tables)


def rows_of(data: Any, root: str) -> list[Row]:
    """The products and questions in JSON that is read already, `root` naming where it stands."""
    return [row for path, node in _nodes(data, root) for row in _rows(node, path)]


def _documents(text: str) -> Iterator[tuple[Any, str]]:
    """The JSON values in a text, each with the name of its root: one, or one after the other."""
    decoder = json.JSONDecoder()
    at = len(text) - len(text.lstrip())
    first, at = decoder.raw_decode(text, at)
    yield first, "$"
    number = 1
    while text[at:].strip(" \t\r\n,"):
        at = len(text) - len(text[at:].lstrip(" \t\r\n,"))
        data, at = decoder.raw_decode(text, at)
        number += 1
        yield data, f"$[{number}]"


def _nodes(data: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every Product, ProductGroup and Question, wherever it lies."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _nodes(item, f"{path}[{index}]")
    elif isinstance(data, dict):
        kinds = _list(data.get("@type"))
        if {"Product", "ProductGroup", "Question"} & {str(k).rpartition("/")[2] for k in kinds}:
            yield path, data
        else:
            for key, value in data.items():
                if isinstance(value, dict | list):
                    yield from _nodes(value, f"{path}.{key}")


def _rows(node: dict[str, Any], path: str) -> Iterator[Row]:
    if "acceptedAnswer" in node or "Question" in _list(node.get("@type")):
        yield Row(
            (
                *_cells(node.get("name"), "question", "name", f"{path}.name"),
                *_cells(_text_of(node.get("acceptedAnswer")), "answer", "acceptedAnswer",
                        f"{path}.acceptedAnswer"),
            ),
            Place(path=path),
        )  # fmt: skip
        return
    product = list(_product_cells(node, path))
    offers = [
        inner
        for outer in _each(node.get("offers"), f"{path}.offers")
        for inner in (list(_each(outer[1].get("offers"), f"{outer[0]}.offers")) or [outer])
    ]
    variants = [(p, v) for p, v in _each(node.get("hasVariant"), f"{path}.hasVariant")]
    if len(offers) == 1 and not variants:
        yield Row((*product, *_offer_cells(*offers[0])), Place(path=path))
        return
    yield Row(tuple(product), Place(path=path))
    ids = tuple(cell for cell in product if cell.field == "id")
    for offer_path, offer in offers:
        yield Row((*ids, *_variant_cells(offer, offer_path)), Place(path=offer_path))
    for variant_path, variant in variants:
        cells = list(_variant_cells(variant, variant_path))
        for offer_path, offer in _each(variant.get("offers"), f"{variant_path}.offers"):
            cells += _offer_cells(offer_path, offer)
        yield Row((*ids, *cells), Place(path=variant_path))


def _product_cells(node: dict[str, Any], path: str) -> Iterator[Cell]:
    key = next((key for key in (*_IDS, "productGroupID") if node.get(key)), None)
    if key:
        yield Cell(key, str(node[key]), Place(path=f"{path}.{key}"), "id")
    for name, field in _FIELDS.items():
        if field and name in node:
            yield from _cells(node[name], field, name, f"{path}.{name}")
    for item_path, item in _each(node.get("additionalProperty"), f"{path}.additionalProperty"):
        header = _text_of(item.get("name"))
        value = item.get("value")
        unit = _text_of(item.get("unitText"))
        if header and value is not None:
            shown = f"{value} {unit}" if unit and not isinstance(value, dict | list) else value
            yield from _cells(shown, "", header, item_path)


def _offer_cells(path: str, offer: dict[str, Any]) -> Iterator[Cell]:
    currency = _text_of(offer.get("priceCurrency"))
    if offer.get("price") not in (None, ""):
        yield Cell("price", _money(offer["price"], currency), Place(path=f"{path}.price"), "price")
    elif offer.get("lowPrice") not in (None, ""):
        at = Place(path=f"{path}.lowPrice")
        yield Cell("lowPrice", f"{offer['lowPrice']}起", at, "price")
    for spec_path, spec in _each(offer.get("priceSpecification"), f"{path}.priceSpecification"):
        if "price" in spec:
            listed = str(spec.get("priceType", "")).rpartition("/")[2] in (
                "ListPrice",
                "MSRP",
                "SRP",
            )
            money = _money(spec["price"], _text_of(spec.get("priceCurrency")) or currency)
            field = "list_price" if listed else "price"
            yield Cell("price", money, Place(path=f"{spec_path}.price"), field)
    availability = str(offer.get("availability", "")).rpartition("/")[2]
    if "inventoryLevel" in offer:
        yield from _cells(
            offer["inventoryLevel"], "stock", "inventoryLevel", f"{path}.inventoryLevel"
        )
    elif availability in _AVAILABLE:
        at = Place(path=f"{path}.availability")
        yield Cell("availability", _AVAILABLE[availability], at, "availability")
    if offer.get("priceValidUntil"):
        at = Place(path=f"{path}.priceValidUntil")
        yield Cell("priceValidUntil", str(offer["priceValidUntil"]), at, "valid_until")


def _variant_cells(node: dict[str, Any], path: str) -> Iterator[Cell]:
    name = _text_of(node.get("name"))
    options = [_text_of(node.get(key)) for key in ("size", "color") if node.get(key)]
    yield Cell("name", " / ".join(options) or name, Place(path=f"{path}.name"), "variant")
    if node.get("sku"):
        yield Cell("sku", str(node["sku"]), Place(path=f"{path}.sku"), "sku")
    for key, field in (("size", "size"), ("color", "colour")):
        if node.get(key):
            yield from _cells(node[key], field, key, f"{path}.{key}")
    yield from _offer_cells(path, node)


def _cells(value: Any, field: str, header: str, path: str) -> Iterator[Cell]:
    """A value as cells: one for each item of a list, each with its language when marked."""
    for item in _list(value):
        if isinstance(item, dict) and "@value" in item:
            code = str(item.get("@language", "")).lower().split("-")[0]
            known: Language | None = code if code in get_args(Language) else None  # type: ignore[assignment]
            yield Cell(header, str(item["@value"]), Place(path=path), field, known)
        elif isinstance(item, dict) and item.get("itemListElement") is not None:
            yield from _cells(item["itemListElement"], field, header, path)
        elif isinstance(item, dict) and "value" in item:
            unit = _text_of(item.get("unitText"))
            yield Cell(header, f"{item['value']} {unit}".strip(), Place(path=path), field)
        elif isinstance(item, dict):
            inner = next((item[k] for k in ("name", "url", "item", "text") if item.get(k)), None)
            yield from _cells(inner, field, header, path)
        elif item not in (None, ""):
            yield Cell(header, str(item), Place(path=path), field)


def _each(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a value that may be one object or a list of them, with their paths."""
    if isinstance(value, dict):
        yield path, value
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield f"{path}[{index}]", item


def _text_of(value: Any) -> str:
    return next((cell.text for cell in _cells(value, "", "", "")), "")


def _money(price: Any, currency: str) -> str:
    return f"{currency} {price}".strip()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
