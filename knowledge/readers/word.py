"""Word documents (.docx): headings, paragraphs, lists and tables in reading order."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import ContentError
from core.message import Message
from knowledge.raw import Block, Reading
from knowledge.readers.archive import check_archive
from knowledge.report import Place

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_LONGEST_HEADING: Final = 30
# characters of a paragraph in bold that is taken for a heading
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read_docx(path: Path, file: str) -> Reading:
    """The blocks of a document. See `read_file` for errors."""
    from docx.table import Table

    document = _open(path, file)
    blocks: list[Block] = []
    for number, item in enumerate(document.iter_inner_content(), start=1):
        place = Place(path=f"paragraph {number}")
        if isinstance(item, Table):
            place = Place(path=f"table at paragraph {number}")
            rows = tuple(tuple(cell.text.strip() for cell in row.cells) for row in item.rows)
            blocks.append(Block("table", "", place, rows=rows))
        elif item.text.strip():
            block = _block(item, place)
            if not blocks and block.kind == "heading":
                block = replace(block, level=1)  # the title of the document, however it looks
            blocks.append(block)
    if not blocks:
        raise ContentError(Message("the document has no text"), file=file)
    return Reading(blocks=tuple(blocks))


def _open(path: Path, file: str) -> "Document":
    check_archive(path, file, program="Word", old=".doc", new=".docx")
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        return Document(str(path))
    except (OpcError, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        # foreign or cut XML inside a whole archive; lxml's XMLSyntaxError is a SyntaxError
        message = Message(
            "holds a part that cannot be read ({error}); save it again in {program}",
            error=error, program="Word",
        )  # fmt: skip
        raise ContentError(message, file=file) from error


def _block(paragraph: "Paragraph", place: Place) -> Block:
    text = paragraph.text.strip()
    style = paragraph.style.name if paragraph.style is not None else ""
    found = _HEADING.match(style or "")
    if found:
        return Block("heading", text, place, level=int(found[1]) + 1)
    if style in ("Title", "标题"):
        return Block("heading", text, place, level=1)
    if "List" in (style or "") or "列表" in (style or "") or _is_numbered(paragraph):
        return Block("item", text, place)
    bold = bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip())
    if bold and len(text) <= _LONGEST_HEADING and text[-1] not in "。.；;，,":
        return Block("heading", text, place, level=4)
    return Block("text", text, place)


def _is_numbered(paragraph: "Paragraph") -> bool:
    properties = paragraph._p.pPr  # python-docx offers no public way to ask
    return properties is not None and properties.numPr is not None
