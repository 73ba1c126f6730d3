"""How a workbook shows its numbers: ¥129, 85%, 30件. The fast reader gives only the numbers."""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import unescape

_SIGNS: Final = ("¥", "￥", "$", "€", "£")
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
# words that a number format shows beside the number: 0"件"
_PERCENT: Final = (9, 10)
# built-in formats 0% and 0.00%
_SHEET: Final = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r"""([\w:]+)=(?:"([^"]*)"|'([^']*)')""")
_FORMAT: Final = re.compile(r"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES: Final = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE: Final = re.compile(r"<(?:\w+:)?xf\b([^>]*)>")
_CELL: Final = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]+)(\d+)[\"'][^>]*?\bs=[\"'](\d+)[\"']"
)


@dataclass(frozen=True, slots=True)
class Formats:
    """The cells of a sheet whose numbers are shown with more than digits."""

    forms: dict[tuple[int, int], str] = field(default_factory=dict)
    # number format by row and column, both from 0

    def shown(self, value: float, row: int, column: int) -> str:
        """A number as its cell shows it: with a currency sign, a percent sign or a unit."""
        form = self.forms.get((row, column), "") if self.forms else ""
        if not form:
            return str(int(value)) if value == int(value) else f"{value:.10g}"
        form = form.split(";")[0]
        words = "".join(found[1] or found[2] or "" for found in _LITERAL.finditer(form)).strip()
        percent = "%" in _LITERAL.sub("", form)
        amount = round(value * 100, 6) if percent else value
        text = str(int(amount)) if float(amount).is_integer() else f"{amount:.10g}"
        sign = next((sign for sign in _SIGNS if sign in form), "")
        return sign + text if sign else text + ("%" if percent else words)


def formats_of(path: Path) -> dict[str, Formats]:
    """The formats of each sheet of an .xlsx by its name; what cannot be told is left out."""
    try:
        with zipfile.ZipFile(path) as archive:
            telling = _telling_styles(_text(archive, "xl/styles.xml"))
            if not telling:
                return {}
            return {
                name: Formats(_cells(archive.read(part), telling)) for name, part in _parts(archive)
            }
    except (zipfile.BadZipFile, KeyError, ValueError):
        return {}


def _telling_styles(xml: str) -> dict[bytes, str]:
    """The styles whose number format says more than the number, by their index."""
    forms = {str(number): "0%" for number in _PERCENT}
    for found in _FORMAT.finditer(xml):
        named = _attributes(found[1])
        form = unescape(named.get("formatCode", ""), {"&quot;": '"'})
        if "%" in form or _LITERAL.search(form) or any(sign in form for sign in _SIGNS):
            forms[named.get("numFmtId", "")] = form
    styles = _STYLES.search(xml)
    telling = {}
    for number, style in enumerate(_STYLE.finditer(styles[0] if styles else "")):
        shown = forms.get(_attributes(style[1]).get("numFmtId", ""))
        if shown:
            telling[str(number).encode()] = shown
    return telling


def _parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    targets = {}
    for found in _RELATION.finditer(_text(archive, "xl/_rels/workbook.xml.rels")):
        named = _attributes(found[1])
        target = named.get("Target", "")
        targets[named.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    parts = []
    for found in _SHEET.finditer(_text(archive, "xl/workbook.xml")):
        named = _attributes(found[1])
        part = targets.get(next((named[key] for key in named if key.endswith(":id")), ""), "")
        if part in archive.namelist():
            parts.append((named.get("name", ""), part))
    return parts


def _cells(xml: bytes, telling: dict[bytes, str]) -> dict[tuple[int, int], str]:
    forms = {}
    for found in _CELL.finditer(xml):
        form = telling.get(found[3])
        if form:
            column = 0
            for letter in found[1]:
                column = column * 26 + letter - 64
            forms[int(found[2]) - 1, column - 1] = form
    return forms


def _attributes(text: str) -> dict[str, str]:
    quotes = {"&quot;": '"', "&apos;": "'"}
    return {
        found[1]: unescape(found[2] or found[3] or "", quotes)
        for found in _ATTRIBUTE.finditer(text)
    }


def _text(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace")
