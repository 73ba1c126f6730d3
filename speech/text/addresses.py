"""Web and mail addresses, said aloud."""

import re
from collections.abc import Callable
from typing import Final

from speech.text.initials import is_pronounceable
from speech.text.pieces import Rule, rule

ENDINGS: Final = "com|net|org|cn|co|io|shop|store|tv|me|app|info|us|uk|de|fr|jp|hk|eu|ai|live|top"
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?"
_PATH = r"(?:/[A-Za-z0-9_./-]*[A-Za-z0-9])?"
ADDRESS: Final = (
    rf"(?:https?://)?(?<![A-Za-z0-9.@])(?:{_NAME}(?:\.{_NAME})*@)?"
    rf"(?:www\.)?(?:{_NAME}\.)+(?:{ENDINGS})(?![A-Za-z0-9]){_PATH}"
)
_SIGNS: Final = {
    "zh": {".": "点", "@": "艾特", "/": "斜杠", "-": "横杠", "_": "下划线"},
    "en": {".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore"},
}


def address_rule(language: str, say_digits: Callable[[str], str]) -> Rule:
    """Names are said as words, "www" and what cannot be a word letter by letter."""
    signs = _SIGNS[language]

    def speak(match: re.Match[str]) -> str:
        address = re.sub(r"^https?://", "", match.group())
        words = []
        for part in re.findall(r"[A-Za-z]+|\d+|[.@/_-]", address):
            if part.isdigit():
                words.append(say_digits(part))
            elif part.isalpha():
                spelled = len(part) <= 3 and not is_pronounceable(part.upper())
                words.append(" ".join(part.upper()) if spelled else part)
            else:
                words.append(signs[part])
        return " ".join(words)

    return rule(ADDRESS, speak)
