"""Web pages as staff save them: the products in their JSON-LD, else what a reader sees."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from core.errors import ContentError
from core.message import Message
from knowledge.raw import Block, Reading
from knowledge.readers.jsonld import rows_of, tables_of
from knowledge.readers.texts import decoded
from knowledge.report import Entry, Place

_UNSEEN: Final = frozenset(
    {"style", "template", "nav", "footer", "aside", "form", "button", "select", "noscript", "svg"}
)
_BLOCKS: Final = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "section", "article", "main", "header", "dt", "dd", "dl",
     "summary", "details", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "blockquote", "title"}
)  # fmt: skip
_HEADING: Final = re.compile(r"h([1-6])")
_CHARSET: Final = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


class _Page(HTMLParser):
    """Blocks in reading order, and the texts of JSON-LD scripts with their lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.scripts: list[tuple[str, int]] = []
        self._text = ""
        self._unseen = 0
        self._script: str | None = None
        self._is_data = False
        self._heading = 0
        self._item = 0
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._script = ""
            self._is_data = "ld+json" in (dict(attrs).get("type") or "")
            return
        self._unseen += tag in _UNSEEN
        if tag in _BLOCKS and self._rows is None:
            self.flush()
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._heading = int(heading[1])
        elif tag in ("summary", "dt"):
            self._heading = 4
        self._item += tag == "li"
        if tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th"):
            self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            if self._script is not None and self._is_data:
                self.scripts.append((self._script, self.getpos()[0]))
            self._script = None
            return
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in ("td", "th") and self._rows:
            self._rows[-1].append(" ".join(self._text.split()))
            self._text = ""
        elif tag == "table" and self._rows is not None:
            rows = tuple(tuple(row) for row in self._rows if row)
            self._rows, self._text = None, ""
            if rows:
                self.blocks.append(Block("table", "", self._place(), rows=rows))
        elif tag in _BLOCKS and self._rows is None:
            self.flush()
        if _HEADING.fullmatch(tag) or tag in ("summary", "dt"):
            self._heading = 0
        self._item = max(0, self._item - (tag == "li"))

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script += data
        elif not self._unseen:
            self._text += data

    def flush(self) -> None:
        text, self._text = " ".join(self._text.split()), ""
        if not text:
            return
        if self._heading:
            self.blocks.append(Block("heading", text, self._place(), level=self._heading))
        else:
            self.blocks.append(Block("item" if self._item else "text", text, self._place()))

    def _place(self) -> Place:
        return Place(path=f"line {self.getpos()[0]}")


def read_html(path: Path, file: str) -> Reading:
    """The products of a page's JSON-LD; without any, its text. See `read_file` for errors."""
    text, entries = _text_of(path.read_bytes(), file)
    page = _Page()
    page.feed(text)
    page.close()
    page.flush()
    rows = []
    for number, (script, line) in enumerate(page.scripts, start=1):
        try:
            rows += rows_of(json.loads(script), f"script {number} $")
        except (json.JSONDecodeError, RecursionError) as error:
            message = Message("its JSON-LD cannot be read, passed over: {error}", error=error)
            entries += (Entry("refused", file, message, Place(path=f"line {line}")),)
    if rows:
        return Reading(tables=tables_of(rows), entries=entries)
    if not page.blocks:
        raise ContentError(Message("the page has no text and no schema.org Product"), file=file)
    return Reading(blocks=tuple(page.blocks), entries=entries)


def _text_of(data: bytes, file: str) -> tuple[str, tuple[Entry, ...]]:
    """The page's text in the encoding it names, else in the one its bytes speak for."""
    named = _CHARSET.search(data[:4096])
    if named:
        try:
            return data.decode(named[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass  # pages often lie about it
    return decoded(data, file)
