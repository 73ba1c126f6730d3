"""Finding the table in a grid of cells: where its header stands and what lies below."""

from collections.abc import Callable, Sequence
from typing import Final

from knowledge.raw import Cell, Row, Table
from knowledge.report import Place

SEARCHED_ROWS: Final = 12
# titles, notes and empty lines that may stand above the header


def header_index(grid: Sequence[Sequence[str]], knows: Callable[[str], bool]) -> int | None:
    """The index of the header row: the one among the first with most known headers.

    Without any known header, the first row of several different texts. None when there is none.
    """
    best, best_known = None, 0
    first = None
    for index, row in enumerate(grid[:SEARCHED_ROWS]):
        texts = {text for text in row if text}
        if len(texts) < 2:
            continue
        first = index if first is None else first
        known = sum(knows(text) for text in texts)
        if known > best_known:
            best, best_known = index, known
    return best if best_known >= 2 or (best is not None and best == first) else first


def table_of(
    grid: Sequence[Sequence[str]], header: int, sheet: str, rows: Sequence[int] | None = None
) -> Table:
    """The rows below the header as cells with their places. Empty rows are left out.

    Args:
        grid: texts, "" where a cell is empty; rows may differ in length.
        header: index of the header row in `grid`.
        sheet: its name, "" when the file has no sheets.
        rows: the row number of each grid row as people see it; counted from 1 when left out.
    """
    numbers = rows or range(1, len(grid) + 1)
    headers = tuple(" ".join(text.split()) for text in grid[header])
    found = []
    for texts, number in zip(grid[header + 1 :], numbers[header + 1 :], strict=True):
        cells = tuple(
            Cell(name, text, Place(sheet=sheet, row=number, column=name))
            for name, text in zip(headers, texts, strict=False)
            if name
        )
        if any(cell.text for cell in cells):
            found.append(Row(cells, Place(sheet=sheet, row=number)))
    return Table(tuple(name for name in headers if name), tuple(found), Place(sheet=sheet))
