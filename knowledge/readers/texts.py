"""Bytes of a text file as text, whatever encoding staff's programs saved it in."""

import codecs
import re
from typing import Final

from core.errors import ContentError
from core.message import Message
from knowledge.report import Entry

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# Han characters outside the everyday block, private use and half-width kana: what a wrong guess
# at GB18030 turns other text into.
_ODD = re.compile(r"[\u3400-\u4dbf\ue000-\uf8ff\uff61-\uff9f\U00020000-\U0003ffff]")


def decoded(data: bytes, file: str) -> tuple[str, tuple[Entry, ...]]:
    """The text and, when the encoding had to be guessed, an entry that says so.

    Raises:
        ContentError: it is no text at all.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data, encoding, file), ()
    if _CONTROL.search(data[:4096].decode("latin-1")):
        message = Message("is no text file, its bytes are those of a program or picture")
        raise ContentError(message, file=file)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    guess = _guess(data)
    if guess is None:
        raise ContentError(Message("its text encoding is unknown; save it as UTF-8"), file=file)
    text = _checked(data, guess, file)
    message = Message("read as {encoding} text", encoding=guess.upper())
    return text, (Entry("guessed", file, message),)


def _checked(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = Message(
            "its text is broken at byte {position}; save it again as UTF-8", position=error.start
        )
        raise ContentError(message, file=file) from error


def _guess(data: bytes) -> str | None:
    try:
        text = data.decode("gb18030")
        if len(_ODD.findall(text)) * 50 <= len(text):
            return "gb18030"
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best.encoding) if best else None
