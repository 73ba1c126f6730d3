"""Sentences for people in English and Chinese.

A `Message` is made where something is found out. As a string it is English; its Chinese is looked
up by its template in messages.zh.toml when somebody reads it. A test finds every template that the
catalogue lacks.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from core.language import Language

CATALOGUE: Final = Path(__file__).with_name("messages.zh.toml")
_SPOTS: Final = {
    "row": "第 {} 行", "line": "第 {} 行", "page": "第 {} 页", "item": "第 {} 项",
    "paragraph": "第 {} 段", "table at paragraph": "第 {} 段的表格", "script": "第 {} 段脚本",
}  # fmt: skip
_SPOT: Final = re.compile(rf"\b({'|'.join(sorted(_SPOTS, key=len, reverse=True))}) (\d+)")


class Word(str):
    """English text with its Chinese: a name that stands inside a message."""

    __slots__ = ("zh",)

    zh: str

    def __new__(cls, english: str, chinese: str) -> "Word":
        word = super().__new__(cls, english)
        word.zh = chinese
        return word

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, object]]:
        return (str(self), self.zh), {}


class Message(str):
    """A sentence for people. Values that have a Chinese of their own (`zh`) bring it along.

    Args:
        template: English, for `str.format`; a literal, so that the catalogue can be checked.
        values: what fills it.
    """

    __slots__ = ("template", "values")

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Message":
        message = super().__new__(cls, template.format(**values))
        message.template, message.values = template, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, object]]:
        return (self.template,), self.values

    @property
    def zh(self) -> str:
        """The same in Chinese; English where the catalogue has no such template."""
        chinese = catalogue().get(self.template)
        if chinese is None:
            return str(self)
        return chinese.format(**{name: in_chinese(value) for name, value in self.values.items()})


def in_chinese(value: object) -> object:
    """A value as it stands in a Chinese sentence."""
    return getattr(value, "zh", value)


def told(said: object, language: Language) -> str:
    """A message, an error or an entry of a report in a language; English for those we lack."""
    return str(in_chinese(said) if language == "zh" else said)


def joined(parts: Iterable[str], english: str = ", ", chinese: str = "，") -> Word:
    """Several texts as one in both languages."""
    texts = [part for part in parts if part]
    return Word(english.join(texts), chinese.join(str(in_chinese(text)) for text in texts))


def spot(text: str) -> Word:
    """A place in a file, "line 12" or "page 3", in both languages."""
    chinese = _SPOT.sub(lambda found: _SPOTS[found[1]].format(found[2]), text)
    return Word(text, chinese.replace(", ", "，"))


def message_of(error: BaseException) -> Message:
    """What an error says, without the place it names."""
    said = getattr(error, "message", None) or (error.args[0] if error.args else "")
    return said if isinstance(said, Message) else Message("{text}", text=said or error)


@cache
def catalogue() -> dict[str, str]:
    """English templates to Chinese ones."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
