"""Google Merchant feeds: tab separated, or RSS and Atom in XML.

Attributes as in Google's "Product data specification". Where there is a sale price it is the price,
and the regular one is the list price.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from xml.parsers import expat

from core.errors import ContentError
from core.message import Message
from knowledge.raw import Cell, Reading, Row, Table
from knowledge.readers.html import parts_of_html
from knowledge.readers.texts import decoded
from knowledge.report import Place

_FIELDS: Final[dict[str, str]] = {
    "title": "name", "brand": "brand", "product_type": "category", "description": "description",
    "image_link": "image", "color": "colour", "size": "size", "material": "material",
    "product_highlight": "selling_point", "gender": "audience", "product_weight": "weight",
    "unit_pricing_measure": "volume", "certification": "certificate",
}  # fmt: skip
_TELLING: Final = frozenset(
    {"availability", "image_link", "link", "google_product_category", "condition", "gtin", "mpn",
     "sale_price", "item_group_id"}
)  # fmt: skip
# an export with an id, a title and two of these is such a feed
_OPTIONS: Final = ("size", "color", "material", "pattern")
_ALWAYS: Final = ("size", "color")
# they name a variant even where all of a group are alike
_EFFECTIVE: Final = "sale_price_effective_date"


Attributes = list[tuple[str, Cell]]
"""An item's attributes by name."""


def is_merchant(headers: Iterable[str]) -> bool:
    names = {_name(header) for header in headers}
    return {"id", "title"} <= names and len(names & _TELLING) >= 2


def read_merchant(table: Table) -> Table:
    """The same table with canonical fields; rows of one item group are variants."""
    items = [(row.place, [(_name(c.header), c) for c in row.cells]) for row in table.rows]
    rows = tuple(_rows(items))
    headers = {cell.header for row in rows for cell in row.cells if not cell.field}
    return Table(tuple(sorted(headers)), rows, table.place)


def read_xml(path: Path, file: str) -> Reading:
    """The items of an RSS or Atom product feed. See `read_file` for errors."""
    text, entries = decoded(path.read_bytes(), file)
    feed = _Feed()
    try:
        feed.read(text)
    except expat.ExpatError as error:
        message = Message(
            "is no whole XML: {error} (line {line})",
            error=expat.errors.messages[error.code], line=error.lineno,
        )  # fmt: skip
        raise ContentError(message, file=file) from error
    except _EntityError:
        message = Message("declares entities of its own, which no feed needs")
        raise ContentError(message, file=file) from None
    items = [
        (Place(path=f"item {number}, line {line}"), attributes)
        for number, (line, attributes) in enumerate(feed.items, start=1)
    ]
    rows = list(_rows(items))
    if not rows:
        message = Message(
            "is no product feed: it has no <item> and no <entry>; export the feed of Google"
            " Merchant, or a table"
        )
        raise ContentError(message, file=file)
    headers = {cell.header for row in rows for cell in row.cells if not cell.field}
    return Reading(tables=(Table(tuple(sorted(headers)), tuple(rows), Place()),), entries=entries)


class _EntityError(Exception):
    """A file with entities: a few lines of them can stand for gigabytes."""


class _Feed:
    """The items of a feed as attributes with their lines."""

    def __init__(self) -> None:
        self.items: list[tuple[int, list[tuple[str, Cell]]]] = []
        self._parser = expat.ParserCreate("utf-8", "}")
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._take
        self._parser.EntityDeclHandler = self._refuse
        self._inside: list[str] = []
        # elements inside the item, the outermost first; empty outside of items
        self._text = ""
        self._line = 0
        self._detail: dict[str, str] = {}

    def read(self, text: str) -> None:
        """Raises expat.ExpatError and _EntityError."""
        self._parser.Parse(text.encode("utf-8", "replace"), True)

    def _open(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self._inside:
            self._inside.append(_name(name))
            if len(self._inside) == 2:
                self._text, self._line, self._detail = "", self._parser.CurrentLineNumber, {}
            elif self._inside[1] == "product_detail":
                self._text = ""
        elif name in ("item", "entry"):
            self._inside = [name]
            self.items.append((self._parser.CurrentLineNumber, []))

    def _close(self, tag: str) -> None:
        if not self._inside:
            return
        name = self._inside.pop()
        text = " ".join(self._text.split())
        if len(self._inside) > 1 and self._inside[1] == "product_detail":
            self._detail[name] = text
        elif len(self._inside) == 1:
            place = Place(path=f"line {self._line}", column=name)
            cell = Cell(name, text, place)
            if name == "product_detail":
                header = self._detail.get("attribute_name", "")
                cell = Cell(header, self._detail.get("attribute_value", ""), place)
                name = ""
            self.items[-1][1].append((name, cell))

    def _take(self, data: str) -> None:
        if len(self._inside) > 1:
            self._text += data

    def _refuse(self, *declaration: object) -> None:
        raise _EntityError


def _rows(items: Sequence[tuple[Place, Attributes]]) -> Iterator[Row]:
    """Items as rows. A stuff that all items of a group share tells none of them apart."""
    said: dict[tuple[str, str], set[str]] = {}
    for _, attributes in items:
        texts = {name: cell.text for name, cell in attributes}
        for name in _OPTIONS:
            said.setdefault((texts.get("item_group_id", ""), name), set()).add(texts.get(name, ""))
    for place, attributes in items:
        group = next((cell.text for name, cell in attributes if name == "item_group_id"), "")
        options = [n for n in _OPTIONS if n in _ALWAYS or len(said[group, n]) > 1]
        yield Row(tuple(_cells(attributes, place, options)), place)


def _cells(attributes: Attributes, place: Place, telling: Sequence[str]) -> Iterator[Cell]:
    """One item's attributes as cells with canonical fields; those `telling` name its variant."""
    texts = {name: cell.text for name, cell in attributes if cell.text}
    group = texts.get("item_group_id")
    on_sale = "sale_price" in texts
    for name, cell in attributes:
        if not cell.text:
            continue
        if not name:
            yield cell
        elif name == "id":
            yield replace(cell, field="sku" if group else "id")
        elif name == "item_group_id":
            yield replace(cell, field="id")
        elif name == "price":
            yield replace(cell, field="list_price" if on_sale else "price")
        elif name == "sale_price":
            yield replace(cell, field="price")
        elif name == _EFFECTIVE:
            start, _, end = cell.text.partition("/")
            yield replace(cell, text=start, field="valid_from")
            yield replace(cell, text=end, field="valid_until")
        elif name == "availability":
            yield replace(cell, text=cell.text.replace("_", " "), field="availability")
        elif name == "description":
            paragraphs, items = parts_of_html(cell.text)
            yield from (replace(cell, text=text, field="description") for text in paragraphs)
            yield from (replace(cell, text=text, field="selling_point") for text in items)
        elif name in _FIELDS:
            yield replace(cell, field=_FIELDS[name])
    options = [texts[name] for name in telling if name in texts]
    if group and (options or "id" in texts):
        yield Cell("variant", " / ".join(options) or texts["id"], place, "variant")


def _name(header: str) -> str:
    """An attribute's name however it is written: "g:image_link", "Image link"."""
    return re.sub(r"[\s_]+", "_", header.strip().lower().removeprefix("g:"))
