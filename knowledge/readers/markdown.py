"""Markdown and plain text: headings, paragraphs, list items and tables with their lines."""

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.errors import ContentError
from core.message import Message
from knowledge.raw import Block, Reading
from knowledge.readers.texts import decoded
from knowledge.report import Place

_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)


def read_markdown(path: Path, file: str) -> Reading:
    """The blocks of a text. See `read_file` for errors."""
    text, entries = decoded(path.read_bytes(), file)
    blocks = [*_front_matter(text), *_blocks(MarkdownIt("commonmark").enable("table").parse(
        _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)
    ))]  # fmt: skip
    if not blocks:
        raise ContentError(Message("the file has no text"), file=file)
    return Reading(blocks=tuple(blocks), entries=entries)


def _front_matter(text: str) -> list[Block]:
    found = _FRONT_MATTER.match(text)
    lines = found[1].splitlines() if found else []
    return [
        Block("text", line.strip(), Place(path=f"line {number}"))
        for number, line in enumerate(lines, start=2)
        if line.strip()
    ]


def _blocks(tokens: list[Token]) -> list[Block]:
    blocks: list[Block] = []
    in_item, level = 0, 0
    rows: list[list[str]] = []
    table_place = Place()
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type in ("list_item_open", "list_item_close"):
            in_item += token.nesting
        elif token.type == "table_open":
            rows, table_place = [], _place(token)
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            table = tuple(tuple(row) for row in rows)
            blocks.append(Block("table", "", table_place, rows=table))
            rows = []
        elif token.type == "inline" and rows:
            rows[-1].append(_text(token))
        elif token.type == "inline":
            blocks += _block(token, level, in_item > 0)
    return blocks


def _block(token: Token, level: int, is_item: bool) -> list[Block]:
    text, place = _text(token), _place(token)
    if not text:
        return []
    if level:
        return [Block("heading", text, place, level=level)]
    if is_item:
        return [Block("item", text, place)]
    return [Block("text", text, place)]


def _text(token: Token) -> str:
    """The words without their marks; a line break stays a line break."""
    pieces = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            pieces.append("\n")
        elif child.type in ("text", "code_inline"):
            pieces.append(child.content)
    return "".join(pieces).strip()


def _place(token: Token) -> Place:
    return Place(path=f"line {token.map[0] + 1}") if token.map else Place()
