"""Workbooks (.xlsx, .xlsm, .xlsb, .xls, .ods): visible sheets, merged cells, titles above."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import ContentError
from core.message import Message
from knowledge.columns import is_known_header
from knowledge.raw import Block, Reading, Table
from knowledge.readers.archive import OLE_MAGIC, check_archive
from knowledge.readers.formats import Formats, formats_of
from knowledge.readers.grid import header_index, header_texts, size_blocks, table_of
from knowledge.report import Entry, Place

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_OLD: Final = (".xls", ".et")
# no archives: how Excel and WPS wrote until 2007


def read_workbook(path: Path, file: str) -> Reading:
    """The tables of a workbook. See `read_file` for errors."""
    from python_calamine import CalamineError, SheetVisibleEnum

    book = _open(path, file)
    formats = formats_of(path) if path.suffix.lower() in (".xlsx", ".xlsm") else {}
    tables: list[Table] = []
    blocks: list[Block] = []
    entries: list[Entry] = []
    for known in book.sheets_metadata:
        place = Place(sheet=known.name)
        if known.visible != SheetVisibleEnum.Visible:
            message = Message("hidden sheet, passed over")
            entries.append(Entry("guessed", file, message, place))
            continue
        try:
            sheet = book.get_sheet_by_name(known.name)
            grid = _filled(sheet, formats.get(known.name, Formats()))
        except CalamineError as error:
            message = Message("a sheet that cannot be read, passed over: {error}", error=error)
            entries.append(Entry("refused", file, message, place))
            continue
        sizes = size_blocks(grid, (path.stem, known.name))
        if sizes:
            blocks += sizes
            continue
        header = header_index(grid, is_known_header)
        if header is None:
            if any(text for row in grid for text in row):
                message = Message("no row of headers found, passed over")
                entries.append(Entry("guessed", file, message, place))
            continue
        names, first = header_texts(grid, header, is_known_header, _groups(sheet, grid))
        tables.append(table_of(grid, first - 1, known.name, headers=names))
    broken = next((entry.message for entry in entries if entry.outcome == "refused"), None)
    if not tables and not blocks:
        message = Message(
            "no sheet holds a table; put headers such as 货号, 商品名称, 直播价 in one row"
        )
        if broken:
            message = Message("{why}; save it again in Excel", why=broken)
        raise ContentError(message, file=file)
    return Reading(tables=tuple(tables), blocks=tuple(blocks), entries=tuple(entries))


def _open(path: Path, file: str) -> "CalamineWorkbook":
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    with path.open("rb") as stream:
        old = path.suffix.lower() in _OLD and stream.read(8) == OLE_MAGIC
    if not old:
        check_archive(path, file, program="Excel", old=".xls", new=".xlsx")
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        message = Message("has a password; save it without one")
        raise ContentError(message, file=file) from error
    except (CalamineError, ValueError) as error:
        # foreign or cut parts inside a whole archive
        message = Message(
            "holds a part that cannot be read ({error}); save it again in {program}",
            error=error, program="Excel",
        )  # fmt: skip
        raise ContentError(message, file=file) from error


def _filled(sheet: "CalamineSheet", formats: Formats) -> list[list[str]]:
    """The sheet's texts; every cell of a merged range holds the range's text.

    A range that spans columns is a title: only its first cell is filled, so that a title row is
    not taken for a row of headers.
    """
    grid = [
        [_text(value, formats, row, column) for column, value in enumerate(values)]
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left != right or top >= len(grid):
            continue
        for row in range(top + 1, min(bottom + 1, len(grid))):
            grid[row][left] = grid[top][left]
    return grid


def _groups(sheet: "CalamineSheet", grid: list[list[str]]) -> dict[tuple[int, int], str]:
    """What each cell below a title over several columns is titled, by row and column from 0."""
    return {
        (top, column): grid[top][left]
        for (top, left), (_, right) in sheet.merged_cell_ranges or ()
        if top < len(grid)
        for column in range(left, right + 1)
    }


def _text(value: Any, formats: Formats, row: int, column: int) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        return formats.shown(value, row, column)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value) if isinstance(value, timedelta) else ""
