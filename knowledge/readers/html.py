"""The text inside a product description written as HTML."""

import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = re.compile(r"p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|section")
_UNSEEN: Final = frozenset({"script", "style", "head", "template"})


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[bool, str]] = []
        self._text = ""
        self._in_item = 0
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _BLOCKS.fullmatch(tag):
            self.flush()
        self._in_item += tag == "li"
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag):
            self.flush()
        self._in_item = max(0, self._in_item - (tag == "li"))
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text += data

    def flush(self) -> None:
        text = re.sub(r"\s+", " ", self._text).strip()
        self._text = ""
        if text:
            self.pieces.append((self._in_item > 0, text))


def parts_of_html(html: str) -> tuple[list[str], list[str]]:
    """The paragraphs and the list items, as plain text. Plain text in gives itself back."""
    parser = _Parts()
    parser.feed(html)
    parser.close()
    parser.flush()
    return [text for item, text in parser.pieces if not item], [
        text for item, text in parser.pieces if item
    ]
