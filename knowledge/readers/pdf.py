"""PDF manuals: headings, paragraphs, list items and tables with the page each stands on.

A PDF knows letters and lines, not paragraphs: headings are told by their size, weight or numbering,
paragraphs by the distance of their lines, and what stands on every page is left out.
"""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import ContentError
from core.message import Message
from knowledge.raw import Block, Reading
from knowledge.report import Entry, Place

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_PAGES: Final = 300
_LARGER: Final = 1.12
# a line in letters so much larger than most is a heading
_LONGEST_HEADING: Final = 40
_SHORT: Final = 4
# letters between the end of a paragraph's last line and the edge
_GAP: Final = 0.9
# of a letter's height between two lines: more, and a paragraph ends
_BOLD: Final = re.compile(r"bold|black|heavy|semibold|[-,]hei|simhei", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.．章节]|\d{1,2}(?:\.\d{1,2}){0,2}[、.．\s])\s*(?=\S)"
)
_CHAPTER: Final = re.compile(r"第?[一二三四五六七八九十]{1,3}[、.．章节]|\d{1,2}\.\d{1,2}[.\s]")
_LONGEST_CHAPTER: Final = 16
# letters of a heading that only its number tells apart
_ITEM: Final = re.compile(r"(?:[-•·●○■◆▪‣*✓]|[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[)）])\s*(?=\S)")
_QUESTION: Final = re.compile(r"(?:问|Q|答|A)\s*\d*\s*[:：.、]", re.IGNORECASE)
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s]*(?:第|page)?\s*\d{1,4}\s*(?:页|(?:/|of|共)\s*\d+\s*页?)?[-–—\s]*", re.I
)
_ENDS: Final = re.compile(r"[。！？!?.;；:：]$")
# Fonts often map a character to the radical that looks the same: ⽉ for 月. Unicode knows what the
# Kangxi radicals stand for, but of the later ones (U+2E80) only a few.
_RADICALS: Final[dict[int, int | str]] = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FD6)
} | str.maketrans(
    "⺟⺠⺩⺪⺫⺬⺮⺳⺴⺶⺷⺸⺻⺼⻁⻂⻃⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻰⻱⻳",
    "母民王疋目示竹网网羊羊羊聿肉虎衣西西见角贝车辶长门青韦页风飞食食饣食马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龟龟",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of text with its looks, in points from the upper left."""

    text: str
    page: int
    top: float
    bottom: float
    left: float
    right: float
    size: float
    bold: bool


def read_pdf(path: Path, file: str) -> Reading:
    """The blocks of a document. See `read_file` for errors."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    with path.open("rb") as stream:
        if b"%PDF" not in stream.read(1024):
            raise ContentError(Message("is no PDF file; export it again as PDF"), file=file)
    # it reports odd fonts and colours line by line, of which staff can do nothing
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    lines: list[_Line] = []
    tables: list[tuple[float, Block]] = []
    entries: tuple[Entry, ...] = ()
    try:
        with path.open("rb") as stream, pdfplumber.open(stream) as document:
            if len(document.pages) > MAX_PAGES:
                message = Message(
                    "has {pages} pages, only the first {most} were read",
                    pages=len(document.pages), most=MAX_PAGES,
                )  # fmt: skip
                entries = (Entry("guessed", file, message),)
            for number, page in enumerate(document.pages[:MAX_PAGES], start=1):
                found, text = _take_page(page, number)
                tables += found
                lines += text
                page.close()
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            message = Message("has a password; save it without one")
            raise ContentError(message, file=file) from error
        message = Message("is broken ({error}); export it again as PDF", error=cause)
        raise ContentError(message, file=file) from error
    except (
        MalformedPDFException, PDFException, PSException, ValueError, TypeError, KeyError,
        IndexError, AttributeError, ArithmeticError, RecursionError, AssertionError,
    ) as error:  # fmt: skip
        # a foreign or cut part inside; pdfminer checks little of what it reads
        message = Message("is broken ({error}); export it again as PDF", error=error)
        raise ContentError(message, file=file) from error
    lines = _without_margins(lines)
    if not lines and not tables:
        message = Message(
            "holds no text, only pictures; export it from the program it was written in"
        )
        raise ContentError(message, file=file)
    return Reading(blocks=tuple(_blocks(lines, tables)), entries=entries)


def _take_page(page: "Page", number: int) -> tuple[list[tuple[float, Block]], list[_Line]]:
    """The tables of a page with their height, and its lines outside of them."""
    tables: list[tuple[float, Block]] = []
    boxes: list[tuple[float, float, float, float]] = []
    for table in page.find_tables():
        rows = tuple(
            tuple(" ".join((cell or "").translate(_RADICALS).split()) for cell in row)
            for row in table.extract()
        )
        filled = [row for row in rows if any(row)]
        if len(filled) >= 2 and max(len(row) for row in filled) >= 2:
            block = Block("table", "", Place(path=f"page {number}"), rows=tuple(filled))
            tables.append((number * 1e5 + table.bbox[1], block))
            boxes.append(table.bbox)
    words = [
        word
        for word in page.extract_words(extra_attrs=["fontname", "size"], keep_blank_chars=True)
        if not any(_inside(word, box) for box in boxes)
    ]
    return tables, list(_lines(words, number))


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _lines(words: Sequence[dict[str, Any]], page: int) -> Iterator[_Line]:
    """Words on one height, from left to right."""
    row: list[dict[str, Any]] = []
    for word in sorted(words, key=lambda word: (word["top"], word["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if row and middle > max(other["bottom"] for other in row) - 1:
            yield _line(row, page)
            row = []
        row.append(word)
    if row:
        yield _line(row, page)


def _line(words: Sequence[dict[str, Any]], page: int) -> _Line:
    words = sorted(words, key=lambda word: word["x0"])
    text = ""
    for word in words:
        text = _joined(text, word["text"].translate(_RADICALS).strip())
    letters: Counter[tuple[float, str]] = Counter()
    for word in words:
        letters[round(word["size"], 1), word["fontname"]] += len(word["text"])
    (size, _), _ = letters.most_common(1)[0]
    bold = all(_BOLD.search(font) for _, font in letters)
    return _Line(
        text, page, min(word["top"] for word in words), max(word["bottom"] for word in words),
        words[0]["x0"], max(word["x1"] for word in words), size, bold,
    )  # fmt: skip


def _joined(before: str, after: str) -> str:
    """Two stretches of text as one; a space only between Latin words."""
    if not before or not after:
        return before + after
    if before.endswith("-") and after[0].isalpha() and after[0].isascii():
        return before[:-1] + after
    return f"{before} {after}" if before[-1].isascii() or after[0].isascii() else before + after


def _without_margins(lines: Sequence[_Line]) -> list[_Line]:
    """The lines without page numbers and without what stands at one height on most pages."""
    pages = len({line.page for line in lines})
    seen: Counter[tuple[str, int]] = Counter()
    for line in lines:
        seen[re.sub(r"\d+", "#", line.text), round(line.top / 4)] += 1
    edges = _edges(lines)
    repeated = {
        key
        for key, count in seen.items()
        if (pages >= 3 and count * 2 > pages)
        # of two pages, only what stands first or last on both is no chance
        or (pages == 2 and count == 2 and key in edges)
    }
    return [
        line
        for line in lines
        if (re.sub(r"\d+", "#", line.text), round(line.top / 4)) not in repeated
        and not _PAGE_NUMBER.fullmatch(line.text)
        and line.text
    ]


def _edges(lines: Sequence[_Line]) -> set[tuple[str, int]]:
    """The first and last lines of pages."""
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    ends = [
        line
        for those in pages.values()
        for line in (min(those, key=lambda one: one.top), max(those, key=lambda one: one.top))
    ]
    return {(re.sub(r"\d+", "#", line.text), round(line.top / 4)) for line in ends}


def _blocks(lines: Sequence[_Line], tables: Sequence[tuple[float, Block]]) -> list[Block]:
    """Lines joined to paragraphs, with headings and tables where they stand."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    larger = sorted({line.size for line in lines if line.size > body * _LARGER}, reverse=True)
    blocks: list[tuple[float, Block]] = list(tables)
    paragraph: list[_Line] = []

    def finish() -> None:
        if paragraph:
            blocks.append(_paragraph(paragraph))
            paragraph.clear()

    edge = max((line.right for line in lines), default=0.0)
    for line in lines:
        level = _level(line, body, larger)
        if level:
            finish()
            place = Place(path=f"page {line.page}")
            blocks.append((_height(line), Block("heading", line.text, place, level=level)))
            continue
        if paragraph and not _goes_on(paragraph[-1], line, edge):
            finish()
        paragraph.append(line)
    finish()
    return [block for _, block in sorted(blocks, key=lambda item: item[0])]


def _level(line: _Line, body: float, larger: Sequence[float]) -> int:
    """The heading level of a line, 0 when it is none: by size first, then weight, then number."""
    if len(line.text) > _LONGEST_HEADING or _QUESTION.match(line.text):
        return 0
    if line.size in larger:
        return min(5, 1 + larger.index(line.size))
    if _ENDS.search(line.text) or line.size < body * 0.95:
        return 0
    if line.bold or (_CHAPTER.match(line.text) and len(line.text) <= _LONGEST_CHAPTER):
        return min(6, len(larger) + 2)
    return 0


def _goes_on(before: _Line, line: _Line, edge: float) -> bool:
    """Whether a line belongs to the paragraph of the line before it.

    `edge` is where the longest lines end: a sentence that ends well before it ends its paragraph.
    """
    if _ENDS.search(before.text) and before.right < edge - _SHORT * before.size:
        return False
    if _ITEM.match(line.text) or _QUESTION.match(line.text) or _NUMBERED.match(line.text):
        return False
    if re.search(r"[?？]$", before.text):
        return False
    if line.page != before.page:
        return not _ENDS.search(before.text)
    gap = line.top - before.bottom
    return gap <= _GAP * (before.bottom - before.top) and abs(line.size - before.size) < 1


def _paragraph(lines: Sequence[_Line]) -> tuple[float, Block]:
    text = ""
    for line in lines:
        text = _joined(text, line.text)
    first = lines[0]
    marked = _ITEM.match(text) or _NUMBERED.match(text)
    kind: Any = "item" if marked else "text"
    place = Place(path=f"page {first.page}")
    return _height(first), Block(kind, text[marked.end() :] if marked else text, place)


def _height(line: _Line) -> float:
    return line.page * 1e5 + line.top
