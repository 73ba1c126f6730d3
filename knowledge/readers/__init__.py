"""One reader for each format of file. Readers find text and its place; they understand nothing."""

from pathlib import Path
from typing import Final, Protocol

from core.errors import ContentError
from core.message import Message, Word, joined
from knowledge.raw import Reading
from knowledge.readers.comma import read_csv
from knowledge.readers.jsonld import read_jsonld
from knowledge.readers.markdown import read_markdown
from knowledge.readers.merchant import read_xml
from knowledge.readers.page import read_html
from knowledge.readers.pdf import read_pdf
from knowledge.readers.plain import read_txt
from knowledge.readers.word import read_docx
from knowledge.readers.workbook import read_workbook


class Reader(Protocol):
    def __call__(self, path: Path, file: str) -> Reading:
        """Read `path`, called `file` in reports. Raises ContentError when nothing can be had."""
        ...


READERS: Final[dict[str, Reader]] = {
    ".xlsx": read_workbook,
    ".xlsm": read_workbook,
    ".xlsb": read_workbook,
    ".xls": read_workbook,
    ".et": read_workbook,
    ".ods": read_workbook,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".json": read_jsonld,
    ".jsonld": read_jsonld,
    ".xml": read_xml,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_txt,
}
# Files that people try and that can be saved as one of the above.
RESAVE: Final[dict[str, str]] = {
    ".numbers": "xlsx",
    ".doc": "docx", ".wps": "docx", ".odt": "docx", ".rtf": "docx",
}  # fmt: skip


def read_file(path: Path, file: str) -> Reading:
    """Everything in one product file.

    Raises:
        ContentError: it is of no kind we read, is broken, empty, locked, or gone.
    """
    ending = path.suffix.lower()
    if ending in RESAVE:
        message = Message(
            "{ending} files are not read; save it as {better}", ending=ending, better=RESAVE[ending]
        )
        raise ContentError(message, file=file)
    if ending not in READERS:
        message = Message(
            "{ending} files are not read; known are {known}",
            ending=ending or Word("such", "这种"), known=joined(READERS, chinese="、"),
        )  # fmt: skip
        raise ContentError(message, file=file)
    try:
        if path.stat().st_size == 0:
            raise ContentError(Message("the file is empty"), file=file)
        return READERS[ending](path, file)
    except OSError as error:
        message = Message("cannot be opened: {error}", error=error.strerror or type(error).__name__)
        raise ContentError(message, file=file) from error
