"""Excel workbooks (.xlsx): every visible sheet, merged cells filled, titles above the header."""

import re
import warnings
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import ContentError
from knowledge.columns import is_known_header
from knowledge.raw import Block, Reading, Table
from knowledge.readers.archive import check_archive
from knowledge.readers.grid import header_index, header_texts, size_blocks, table_of
from knowledge.report import Entry, Place

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SIGNS: Final = ("¥", "￥", "$", "€", "£")
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
# words that a number format shows beside the number: 0"件"


def read_xlsx(path: Path, file: str) -> Reading:
    """The tables of a workbook. See `read_file` for errors."""
    book = _open(path, file)
    tables: list[Table] = []
    blocks: list[Block] = []
    entries: list[Entry] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            entries.append(
                Entry("guessed", file, "hidden sheet, passed over", Place(sheet=sheet.title))
            )
            continue
        grid = _filled(sheet)
        sizes = size_blocks(grid, (path.stem, sheet.title))
        if sizes:
            blocks += sizes
            continue
        header = header_index(grid, is_known_header)
        if header is None:
            if any(text for row in grid for text in row):
                message = "no row of headers found, passed over"
                entries.append(Entry("guessed", file, message, Place(sheet=sheet.title)))
            continue
        names, first = header_texts(grid, header, is_known_header, _groups(sheet, grid))
        tables.append(table_of(grid, first - 1, sheet.title, headers=names))
    if not tables and not blocks:
        raise ContentError(
            "no sheet holds a table; put headers such as 货号, 商品名称, 直播价 in one row",
            file=file,
        )
    return Reading(tables=tuple(tables), blocks=tuple(blocks), entries=tuple(entries))


def _open(path: Path, file: str) -> "Workbook":
    check_archive(path, file, program="Excel", old=".xls", new=".xlsx")
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # openpyxl warns about styles and validations it does not keep; we want none of them
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(path, data_only=True)
    except (
        InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError,
        SyntaxError,
    ) as error:  # fmt: skip
        # foreign or cut XML inside a whole archive; lxml's ParseError is a SyntaxError
        raise ContentError(
            f"holds a part that cannot be read ({error}); save it again in Excel", file=file
        ) from error


def _filled(sheet: "Worksheet") -> list[list[str]]:
    """The sheet's texts; every cell of a merged range holds the range's text.

    A range that spans columns is a title: only its first cell is filled, so that a title row is
    not taken for a row of headers.
    """
    grid = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    for merged in sheet.merged_cells.ranges:
        if merged.min_col != merged.max_col:
            continue
        text = grid[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(grid))):
            grid[row][merged.min_col - 1] = text
    return grid


def _groups(sheet: "Worksheet", grid: list[list[str]]) -> dict[tuple[int, int], str]:
    """What each cell below a title over several columns is titled, by row and column from 0."""
    return {
        (merged.min_row - 1, column): grid[merged.min_row - 1][merged.min_col - 1]
        for merged in sheet.merged_cells.ranges
        if merged.min_row <= len(grid)
        for column in range(merged.min_col - 1, merged.max_col)
    }


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _shown(value, cell.number_format or "")
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _shown(value: float, form: str) -> str:
    """A number as its cell shows it: with a currency sign, a percent sign or a unit."""
    form = form.split(";")[0]
    words = "".join(found[1] or found[2] or "" for found in _LITERAL.finditer(form)).strip()
    bare = _LITERAL.sub("", form)
    percent = "%" in bare
    amount = round(value * 100, 6) if percent else value
    text = str(int(amount)) if float(amount).is_integer() else f"{amount:.10g}"
    sign = next((sign for sign in _SIGNS if sign in form), "")
    if sign:
        return sign + text
    return text + ("%" if percent else words)
