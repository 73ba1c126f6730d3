"""How the rows of a table hang together: products over several rows, options, notes, totals."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.amounts import plain
from knowledge.columns import Column
from knowledge.raw import Row

_OPTIONS: Final = ("colour", "size", "volume", "weight", "scent")
_OPTION_WORDS: Final = re.compile(
    r"口味|味道|款式|款$|版本|版$|内存|存储|容量|包装|套装|香型|花色|图案|尺|型$|规格|颜色|"
    r"flavou?r|style|pack|edition|storage|capacity|finish|pattern|length|width|colou?r|size",
    re.IGNORECASE,
)
# headers of no field whose values may tell variants apart
_LISTED: Final = re.compile(r"[、，,/|;；\n]")
_TOTAL: Final = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共计|(?:sub|grand )?total|sum)[:：]?", re.I)
_NOTE: Final = re.compile(
    r"^(?:[※*#]|注[:：意1-9]|备注|说明|提示|温馨提示|以上|以下|上述|本表|最终解释|note\b|notes?:|n\.?b\.?|"
    r"prices? (?:are|incl|excl)|all prices|\*)|[。！]$|解释权",
    re.IGNORECASE,
)
_DECIMAL_COMMA: Final = re.compile(r"\D*\d{1,3}(?:[. ]?\d{3})*,\d{1,2}\D*")
_DECIMAL_POINT: Final = re.compile(r"\D*\d[\d,]*\.\d{1,2}\D*")
_NUMBERS: Final = frozenset({"price", "list_price", "stock", "volume", "weight", "dimensions"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table say only together."""

    options: tuple[str, ...] = ()
    # headers whose values name the variant of a row; () when a column of its own does, or none
    varying: frozenset[str] = frozenset()
    # headers whose values differ between the rows of one product
    several: frozenset[str] = frozenset()
    # products of more than one row
    comma: bool = False
    # "12,50" is twelve and a half, "1.250" more than a thousand
    usual: int = 0
    # filled cells of a usual row


def shape_of(rows: Sequence[Row], columns: Mapping[str, Column]) -> Shape:
    """How a table's rows hang together."""
    fields = {header: column.field for header, column in columns.items()}
    named = any(field == "variant" for field in fields.values()) or any(
        cell.field == "variant" for row in rows[:50] for cell in row.cells
    )
    groups: dict[str, list[dict[str, str]]] = {}
    above = ""
    prices: list[str] = []
    filled: list[int] = []
    for row in rows:
        texts = {cell.header: cell.text for cell in row.cells if cell.text}
        kinds = {cell.field or fields.get(cell.header, ""): cell.text for cell in row.cells}
        key = _key(row, fields) or above
        groups.setdefault(key, []).append(texts)
        above = key
        filled.append(len(texts))
        if len(prices) < 200 and kinds.get("price"):
            prices.append(kinds["price"])
    several = frozenset(key for key, those in groups.items() if key and len(those) > 1)
    varying = frozenset(
        header for header in columns if any(_differs(header, groups[key]) for key in several)
    )
    options: tuple[str, ...] = ()
    if not named:
        options = tuple(h for h in columns if h in varying and _is_option(columns[h]))
    commas = sum(_DECIMAL_COMMA.fullmatch(text) is not None for text in prices)
    points = sum(_DECIMAL_POINT.fullmatch(text) is not None for text in prices)
    return Shape(options, varying, several, commas > 0 and not points, _usual(filled))


def option_name(row: Row, shape: Shape) -> str:
    """The variant that a row's options name: "red / M"; "" when one of them lists several."""
    texts = {cell.header: plain(cell.text) for cell in row.cells}
    values = [texts[header] for header in shape.options if texts.get(header)]
    if any(_LISTED.search(value) for value in values):
        return ""
    return " / ".join(values)


def is_note(row: Row, shape: Shape, fields: Mapping[str, str]) -> bool:
    """Whether a row is a remark or a sum below the products and no product."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    if not filled:
        return True
    first = plain(filled[0].text)
    if _TOTAL.fullmatch(first):
        return True
    return len(filled) == 1 and shape.usual >= 3 and _NOTE.search(first) is not None


def with_points(text: str, field: str, shape: Shape) -> str:
    """A cell's numbers with a point before the decimals, as the table's prices tell."""
    if not shape.comma or field not in _NUMBERS:
        return text
    return re.sub(r"\d[\d.,]*", lambda found: found[0].replace(".", "").replace(",", "."), text)


def _key(row: Row, fields: Mapping[str, str]) -> str:
    """The id of the product that a row names, else its name."""
    name = ""
    for cell in row.cells:
        field = cell.field or fields.get(cell.header, "")
        if field == "id" and cell.text:
            return plain(cell.text)
        if field == "name" and not name:
            name = plain(cell.text)
    return name


def _differs(header: str, rows: Sequence[Mapping[str, str]]) -> bool:
    return len({row[header] for row in rows if header in row}) > 1


def _is_option(column: Column) -> bool:
    if column.field in _OPTIONS:
        return True
    return column.how == "kept" and _OPTION_WORDS.search(plain(column.header)) is not None


def _usual(filled: Sequence[int]) -> int:
    return sorted(filled)[len(filled) * 3 // 4] if filled else 0
