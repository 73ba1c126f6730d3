"""Shapes of size tables: sizes in rows, sizes in columns, heights against weights.

Whatever its shape, a table becomes sizes with the measures they are for.
"""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.amounts import plain
from knowledge.sizes import is_size_table, measure_of, size_column

Sized = tuple[str, list[tuple[str, str]]]
"""A size and its measures: header and value."""

_SIZE: Final = re.compile(
    r"(?:x{0,4}[sl]|[2-9]xl|m|f|均码|one ?size|free ?size|os|\d{1,3}(?:\.5|[abcdefy])?码?|"
    r"\d{2,3}/\d{2,3}a?|[小中大加特]+码|(?:eu|us|uk|cn)\s*\d{1,2}(?:\.5)?)(?:[(（].*[)）])?",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(
    r"\D{0,3}\d+(?:\.\d+)?\D{0,4}(?:[-~～至到–]\s*\d+(?:\.\d+)?\D{0,4}|以[上下]|[+]|)", re.I
)


def sizes_in(rows: Sequence[Sequence[str]]) -> list[Sized] | None:
    """The sizes of a table with their measures; None when it is no size table."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    matrix = _matrix(rows)
    if matrix:
        return matrix
    if is_size_table(rows[0], least=1):
        return _by_rows(rows)
    turned = [list(column) for column in zip(*rows, strict=False)]
    firsts = [row[0] for row in rows[1:]]
    if sum(measure_of(text) is not None for text in firsts) >= 1 and (
        is_size_table(turned[0], least=1) or _are_sizes(rows[0][1:])
    ):
        if size_column(turned[0]) is None:
            turned[0][0] = "尺码"
        return _by_rows(turned)
    return None


def _by_rows(rows: Sequence[Sequence[str]]) -> list[Sized] | None:
    header = size_column(rows[0])
    if header is None:
        return None
    at = list(rows[0]).index(header)
    keep = [
        n for n, name in enumerate(rows[0])
        if n != at or (measure_of(name) is not None and not _is_plainly_size(name))
    ]  # fmt: skip
    return [
        (plain(row[at]), [(rows[0][n], plain(row[n])) for n in keep if n < len(row)])
        for row in rows[1:]
        if at < len(row) and row[at].strip()
    ]


def _is_plainly_size(header: str) -> bool:
    return re.search(r"尺码|码数|\bsize\b", header, re.IGNORECASE) is not None


def _matrix(rows: Sequence[Sequence[str]]) -> list[Sized] | None:
    """Heights against weights, the size where they meet."""
    corner = plain(rows[0][0])
    names = [part for part in re.split(r"[/\\|×x*↓→\s]+(?=\D)", corner) if measure_of(part)]
    if len(names) != 2 or measure_of(names[0]) == measure_of(names[1]):
        return None
    across, down = rows[0][1:], [row[0] for row in rows[1:]]
    if not all(_RANGE.fullmatch(plain(text)) for text in (*across, *down) if text):
        return None
    cells = [cell for row in rows[1:] for cell in row[1:] if cell.strip()]
    if not cells or not _are_sizes(cells):
        return None
    # "身高/体重": what stands first goes down, unless the numbers say that they are heights
    if _looks_like_height(across) and measure_of(names[0]) == "height":
        names.reverse()
    found = []
    for row in rows[1:]:
        for top, cell in zip(across, row[1:], strict=False):
            if cell.strip() and row[0].strip() and top.strip():
                measures = [(names[0], plain(row[0])), (names[1], plain(top))]
                found.append((plain(cell), measures))
    return found


def _looks_like_height(texts: Sequence[str]) -> bool:
    numbers = [float(n) for text in texts for n in re.findall(r"\d+(?:\.\d+)?", text)]
    return bool(numbers) and min(numbers) >= 140 and max(numbers) <= 210


def _are_sizes(texts: Sequence[str]) -> bool:
    filled = [plain(text) for text in texts if text.strip()]
    return len(filled) >= 2 and all(_SIZE.fullmatch(text) for text in filled)
