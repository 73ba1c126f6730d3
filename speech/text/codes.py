"""Model numbers and the like: BT1001, X3-Pro, USB3.0, 5W30."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from speech.text.currencies import BY_SIGN
from speech.text.initials import is_spelled

CODE: Final = (
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,6}-?\d+(?:\.\d+)?|\d+[A-Z]+\d+)[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
)
_GRADED: Final = ("SPF", "UPF")
"""A number behind these is an amount, however long."""


def parts_of_code(
    code: str,
    word: Callable[[str], str],
    number: Callable[[str], str],
    digits: Callable[[str], str],
) -> Iterator[str]:
    """The parts of a code as they are said: letters are spelled, three digits and more read one by
    one.

    Args:
        code: as it is written.
        word: what the lexicon has for some letters, "" for nothing.
        number: how an amount is said.
        digits: how digits are said one by one.
    """
    parts = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)?", code)
    for part in parts:
        if part[0].isdigit():
            amount = len(part) < 3 or "." in part or parts[0] in _GRADED
            yield number(part) if amount else digits(part)
        elif known := word(part):
            yield known
        elif len(part) > 1 and is_spelled(part, shouting=True):
            yield " ".join(part)
        else:
            yield part


def is_model(letters: str) -> bool:
    """Whether capitals before a number name a make: RTX 4090, but not SPF 50 or USD 100."""
    return is_spelled(letters) and letters not in _GRADED and letters not in BY_SIGN
