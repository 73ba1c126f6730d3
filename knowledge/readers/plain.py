"""Plain text (.txt): a table that a program saved, or a notice with its headings in brackets."""

import re
from pathlib import Path
from typing import Final

from knowledge.columns import is_known_header
from knowledge.raw import Block, Reading
from knowledge.readers.comma import is_table_text, read_csv
from knowledge.readers.markdown import read_markdown
from knowledge.readers.texts import decoded
from knowledge.report import Place

_MARKED: Final = re.compile(
    r"^\s*(?:【(?P<a>[^】]{1,24})】|\[(?P<b>[^\]]{1,24})\]|〖(?P<c>[^〗]{1,24})〗|"
    r"[=\-*#~■◆●▶★☆]{1,6}\s*(?P<d>[^=\-*#~：:。]{1,24}?)\s*[=\-*#~]{0,6}(?=$|[:：])|"
    r"[一二三四五六七八九十]{1,3}[、.．]\s*(?P<e>[^：:。，,]{1,16})(?=$|[:：])|"
    r"(?P<f>[^\s：:。，,.!?！？][^：:。，,.!?！？]{0,22})[:：](?=\s*$))\s*[:：]?\s*(?P<rest>.*)$"
)
# a heading in plain text: 【发货】, == Returns ==, 一、退换货, "Shipping:" alone on its line
_CAPITALS: Final = re.compile(r"[A-Z][A-Z &/'-]{2,40}")
_BULLET: Final = re.compile(r"^\s*(?:[-•·●○■◆*✓]|\d{1,2}[.、)）]|[①-⑳]|[(（]\d{1,2}[)）])\s*(?=\S)")
_QUESTION: Final = re.compile(r"^(?:问|Q|答|A)\s*\d*\s*[:：.、]|[?？]$", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[。！？!?.;；]$")
WRAPPED: Final = 60
# letters of a line that may have been broken to fit a page


def read_txt(path: Path, file: str) -> Reading:
    """A table or the blocks of a notice. See `read_file` for errors."""
    text, entries = decoded(path.read_bytes(), file)
    if is_table_text(text, is_known_header):
        return read_csv(path, file)
    if re.search(r"^#{1,6}\s|^\|.*\|\s*$|^\*\*", text, re.MULTILINE):
        return read_markdown(path, file)
    blocks = _blocks(text)
    if not any(block.kind == "heading" for block in blocks):
        return read_markdown(path, file)
    return Reading(blocks=tuple(blocks), entries=entries)


def _blocks(text: str) -> list[Block]:
    """Every line a block, but for lines that were only broken to fit a page."""
    blocks: list[Block] = []
    before = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        place = Place(path=f"line {number}")
        if not line or re.fullmatch(r"[=\-*~_#]{3,}", line):
            before = ""
            continue
        marked = _MARKED.match(line)
        name = next(filter(None, marked.groups()[:6]), "") if marked else ""
        if not name and _CAPITALS.fullmatch(line):
            name, marked = line.capitalize(), None
        if name and not _QUESTION.search(line):
            level = 1 if not blocks and not before else 2
            blocks.append(Block("heading", name.strip(), place, level=level))
            line, before = (marked["rest"].strip() if marked else ""), ""
            if not line:
                continue
        bullet = _BULLET.match(line)
        if bullet:
            blocks.append(Block("item", line[bullet.end() :], place))
        elif before and _goes_on(before, line):
            last = blocks.pop()
            gap = " " if line[0].isascii() else ""
            blocks.append(Block(last.kind, f"{last.text}{gap}{line}", last.place))
        else:
            blocks.append(Block("text", line, place))
        before = line
    return blocks


def _goes_on(before: str, line: str) -> bool:
    """Whether a line only goes on with the one before it."""
    if _SENTENCE_END.search(before) or _QUESTION.search(line) or len(before) < WRAPPED:
        return False
    return line[0].islower() or not line[0].isascii()
