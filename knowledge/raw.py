"""What the readers hand over: the text of a file with the place of every piece, not yet understood.

A file is made of tables (rows of cells under headers) and of blocks (headings, paragraphs, list
items and small tables, in reading order).
"""

from dataclasses import dataclass
from typing import Literal

from core.language import Language
from knowledge.report import Entry, Place

BlockKind = Literal["heading", "text", "item", "table"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value under its header."""

    header: str
    text: str
    place: Place
    field: str = ""
    # canonical field when the format itself says it (schema.org, Shopify), else ""
    language: Language | None = None
    # when the format itself says it


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    headers: tuple[str, ...]
    # those the columns have to be guessed from; cells whose field is known need none
    rows: tuple[Row, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document."""

    kind: BlockKind
    text: str
    place: Place
    level: int = 0
    # of a heading: 1 is the title
    rows: tuple[tuple[str, ...], ...] = ()
    # of a table


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reader found in one file."""

    tables: tuple[Table, ...] = ()
    blocks: tuple[Block, ...] = ()
    entries: tuple[Entry, ...] = ()
