"""Finding the table in a grid of cells: where its header stands and what lies below."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Final

from knowledge.columns import field_of_header
from knowledge.raw import Block, Cell, Row, Table
from knowledge.report import Place
from knowledge.size_tables import sizes_in

MOST_SIZES: Final = 400
# rows of a sheet of sizes
LONGEST_TITLE: Final = 12
# letters of a title over several columns; a longer one is a title of the sheet
_UNIT: Final = re.compile(
    r"[(（]?(?:元|件|个|只|瓶|盒|袋|g|kg|克|千克|公斤|斤|ml|l|毫升|升|cm|mm|m|厘米|毫米|w|v|mah|天|月|年|%|"
    r"usd|eur|cny|rmb|pcs|lbs?|oz|in|inch)[)）]?",
    re.IGNORECASE,
)
SEARCHED_ROWS: Final = 12
# titles, notes and empty lines that may stand above the header


def size_blocks(grid: Sequence[Sequence[str]], titles: Sequence[str]) -> tuple[Block, ...]:
    """A sheet of sizes without a column of products, as a document with its titles; () for others.

    Args:
        grid: texts.
        titles: what may name the product: the file's and the sheet's names.
    """
    if len(grid) > MOST_SIZES:
        return ()
    numbered = [(n, row) for n, row in enumerate(grid, start=1) if any(row)]
    for start, (number, row) in enumerate(numbered[:4]):
        filled = [text for text in row if text]
        if any(field_of_header(text) in ("id", "name", "price") for text in filled):
            return ()
        columns = [n for n in range(max(len(r) for _, r in numbered)) if any(
            n < len(r) and r[n] for _, r in numbered[start:])]  # fmt: skip
        rows = tuple(
            tuple(r[n] if n < len(r) else "" for n in columns) for _, r in numbered[start:]
        )
        if len(filled) > 1 and sizes_in(rows) is not None:
            named = [*titles, *(text for _, above in numbered[:start] for text in above if text)]
            place = Place(row=number)
            headings = (Block("heading", text, place, level=1) for text in named if text)
            return (*headings, Block("table", "", place, rows=rows))
    return ()


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


def header_texts(
    grid: Sequence[Sequence[str]],
    header: int,
    knows: Callable[[str], bool],
    groups: Mapping[tuple[int, int], str],
) -> tuple[list[str], int]:
    """The headers, put together where they fill two rows, and the first row below them.

    A cell without a header takes the one above it. Of two columns with the same header, each
    takes the title over it too: 尺码 below 上衣 and below 裤子. A row of units below the headers
    belongs to them.

    Args:
        grid: texts.
        header: index of the header row.
        knows: whether a text is a known header.
        groups: titles over several columns, by row and column.
    """
    names = [" ".join(text.split()) for text in grid[header]]
    first = header + 1
    below = [" ".join(text.split()) for text in grid[first]] if first < len(grid) else []
    under = [n for n, text in enumerate(below) if text]
    if under and _stands_below(header, below, under, groups):
        for n in under:
            # 单价 over 会员 and 散客: 会员单价, 散客单价
            title = " ".join(groups[header, n].split())
            names[n] = below[n] if knows(below[n]) else f"{below[n]}{title}"
        over, first = header - 1, first + 1
    elif below and _is_second_header(names, below, knows):
        names = [under or name for name, under in zip_longest(names, below, fillvalue="")]
        over, first = header, first + 1
    else:
        over = header - 1
        if below and _are_units(below):
            names = [
                f"{name}({unit.strip('()（）')})" if name and unit else name
                for name, unit in zip_longest(names, below, fillvalue="")
            ]
            first += 1
    for column, name in enumerate(names):
        title = " ".join(groups.get((over, column), "").split())
        if over >= 0 and column < len(grid[over]):
            title = title or " ".join(grid[over][column].split())
        if not title or len(title) > LONGEST_TITLE:
            continue
        if not name and sum(map(bool, grid[over])) > 1:
            names[column] = title
        elif name != title and names.count(name) > 1:
            names[column] = f"{title} {name}"
    return names, first


def _stands_below(
    header: int,
    below: Sequence[str],
    under: Sequence[int],
    groups: Mapping[tuple[int, int], str],
) -> bool:
    """Whether a row holds words below titles over several columns, and nothing else."""
    titles = [groups.get((header, n), "") for n in under]
    if not all(titles) or any(re.search(r"\d", below[n]) for n in under):
        return False
    return any(titles.count(title) > 1 for title in titles)


def _is_second_header(
    names: Sequence[str], below: Sequence[str], knows: Callable[[str], bool]
) -> bool:
    """Whether the row below the header row is a part of it: headers where it has gaps."""
    filled = [text for text in below if text]
    if sum(knows(text) for text in filled) < 2 or any(re.search(r"\d", text) for text in filled):
        return False
    gaps = [under for name, under in zip(names, below, strict=False) if not name]
    return any(gaps)


def _are_units(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return len(filled) >= 2 and all(_UNIT.fullmatch(text) for text in filled)


def table_of(
    grid: Sequence[Sequence[str]],
    header: int,
    sheet: str,
    rows: Sequence[int] | None = None,
    headers: Sequence[str] | None = None,
) -> Table:
    """The rows below the header as cells with their places. Empty rows are left out.

    Args:
        grid: texts, "" where a cell is empty; rows may differ in length.
        header: index of the header row in `grid`.
        sheet: its name, "" when the file has no sheets.
        rows: the row number of each grid row as people see it; counted from 1 when left out.
        headers: in place of the texts of the header row.
    """
    numbers = rows or range(1, len(grid) + 1)
    names = headers if headers is not None else [" ".join(t.split()) for t in grid[header]]
    found = []
    for texts, number in zip(grid[header + 1 :], numbers[header + 1 :], strict=True):
        # a large table has a hundred thousand cells: a list is filled faster than a generator
        cells = [
            Cell(name, text, Place(sheet, number, name))
            for name, text in zip(names, texts, strict=False)
            if name
        ]
        if any(cell.text for cell in cells):
            found.append(Row(tuple(cells), Place(sheet, number)))
    return Table(tuple(name for name in names if name), tuple(found), Place(sheet=sheet))
