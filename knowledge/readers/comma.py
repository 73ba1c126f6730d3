"""Comma, semicolon and tab separated files in UTF-8, UTF-16 or a Chinese encoding."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from core.errors import ContentError
from core.message import Message, Word
from knowledge.columns import is_known_header
from knowledge.raw import Reading
from knowledge.readers.grid import header_index, size_blocks, table_of
from knowledge.readers.merchant import is_merchant, read_merchant
from knowledge.readers.shopify import is_shopify, read_shopify
from knowledge.readers.texts import decoded
from knowledge.report import Entry, Place

DELIMITERS: Final = (",", "\t", ";", "|", "，")
MAX_CELL: Final = 1_000_000


def read_csv(path: Path, file: str) -> Reading:
    """The table of a csv or tsv file; Shopify's export and Google's feed too. See `read_file`."""
    text, entries = decoded(path.read_bytes(), file)
    delimiter = _delimiter(text)
    if delimiter is None:
        message = Message("is no csv: no line is divided by commas, tabs or semicolons")
        raise ContentError(message, file=file)
    grid, problem = _parse(text, delimiter, file)
    sizes = size_blocks(grid, (path.stem,))
    if sizes:
        return Reading(blocks=sizes, entries=(*entries, *problem))
    header = header_index(grid, is_known_header)
    if header is None:
        raise ContentError(Message("is no csv with a row of headers"), file=file)
    width = len(grid[header])
    good: list[list[str]] = []
    numbers: list[int] = []
    for number, row in enumerate(grid, start=1):
        if number > header + 1 and len(row) > width and any(row[width:]):
            message = Message(
                "has {cells} cells under {headers} headers; put cells that hold a {mark} in quotes",
                cells=len(row),
                headers=width,
                mark=_shown(delimiter),
            )
            product = row[0] if row else ""
            entries += (Entry("refused", file, message, Place(row=number), product),)
            continue
        good.append(row)
        numbers.append(number)
    table = table_of(good, header, "", numbers)
    if is_shopify(table.headers):
        table = read_shopify(table)
    elif is_merchant(table.headers):
        table = read_merchant(table)
    return Reading(tables=(table,), entries=(*entries, *problem))


def is_table_text(text: str, knows: Callable[[str], bool]) -> bool:
    """Whether a text is a table: its first lines are divided alike and one holds known headers."""
    delimiter = _delimiter(text)
    if delimiter is None:
        return False
    lines = [line for line in text.splitlines() if line.strip()][:20]
    widths = [line.count(delimiter) for line in lines]
    header = next((line for line, width in zip(lines, widths, strict=True) if width), "")
    cells = [cell.strip().strip('"').removeprefix("\ufeff") for cell in header.split(delimiter)]
    return len(cells) >= 2 and sum(map(knows, cells)) * 2 >= min(len(cells), 4)


def _parse(text: str, delimiter: str, file: str) -> tuple[list[list[str]], tuple[Entry, ...]]:
    """The cells, up to the row where quoting breaks."""
    csv.field_size_limit(MAX_CELL)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append([cell.strip() for cell in row])
    except csv.Error as error:
        message = Message(
            "a quote is opened and not closed, or stands inside a cell ({error}); this row and"
            " those after it were not read",
            error=error,
        )
        return rows, (Entry("refused", file, message, Place(row=len(rows) + 1)),)
    return rows, ()


def _shown(delimiter: str) -> Word:
    return Word(repr(delimiter), "制表符" if delimiter == "\t" else f"“{delimiter}”")


def _delimiter(text: str) -> str | None:
    """The mark that divides the first filled lines most often."""
    unquoted = re.sub(r'"(?:[^"]|"")*"', "", text[:20_000])
    lines = [line for line in unquoted.splitlines() if line.strip()][:20]
    counts = {mark: sum(mark in line for line in lines) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: (counts[mark], sum(ln.count(mark) for ln in lines)))
    # prose has commas here and there; a table has them in most of its lines
    return best if lines and counts[best] * 2 > len(lines) else None
