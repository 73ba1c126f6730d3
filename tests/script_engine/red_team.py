"""Lies for the claim gate: true lines bent in one place."""

import random
import re
from collections.abc import Iterator, Sequence

from script_engine.numbers import EN_SMALL, EN_TENS

_ZH_DIGITS = "零一二三四五六七八九"
_FLIPS = (
    ("不添加", "添加了"), ("不含", "含有"), ("不能", "可以"), ("不可以", "可以"), ("没有", "有"),
    ("没加", "加了"), ("请勿", "可以"), ("可以进", "不能进"), ("能进", "不能进"),
    ("支持", "不支持"),
    ("No ", "With "), ("no ", ""), ("not ", ""), ("without", "with"),
    ("可以机洗", "不可机洗"),
)  # fmt: skip


def lies(text: str, language: str, invented: Sequence[str]) -> Iterator[str]:
    """A true line bent in every place where it can be, and with one of the invented sentences."""
    chance = random.Random(text)
    for match in re.finditer(r"(?<![A-Za-z\d-])\d+(?:\.\d+)?(?![\d-])(?!号链接)", text):
        other = _another_number(match.group(), chance)
        for written in (other, _spelled(other, language)):
            yield text[: match.start()] + written + text[match.end() :]
    for old, new in _FLIPS:
        if old in text:
            yield text.replace(old, new, 1)
            break
    joined = text if text[-1] in "。.!！?？" else text + ("。" if language == "zh" else ".")
    yield joined + (" " if language == "en" else "") + chance.choice(invented)


def _another_number(written: str, chance: random.Random) -> str:
    """The same with one digit changed, far enough to be another fact."""
    at = chance.choice([i for i, c in enumerate(written) if c.isdigit()])
    lowest = 1 if at == 0 else 0
    digit = chance.choice([d for d in range(lowest, 10) if str(d) != written[at]])
    return written[:at] + str(digit) + written[at + 1 :]


def _spelled(written: str, language: str) -> str:
    if language == "zh":
        whole, _, fraction = written.partition(".")
        return _zh(int(whole)) + (
            "点" + "".join(_ZH_DIGITS[int(d)] for d in fraction) if fraction else ""
        )
    return written if "." in written else _en(int(written))


def _zh(value: int) -> str:
    if value >= 10_000:
        return _zh(value // 10_000) + "万" + (_zh(value % 10_000) if value % 10_000 else "")
    words, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // power % 10
        if digit:
            words += ("零" if zero and words else "") + _ZH_DIGITS[digit] + unit
        zero = not digit
    return re.sub(r"^一十", "十", words) or "零"


def _en(value: int) -> str:
    small, tens = tuple(EN_SMALL), tuple(EN_TENS)
    if value >= 1000:
        return f"{_en(value // 1000)} thousand" + (f" {_en(value % 1000)}" if value % 1000 else "")
    if value >= 100:
        return f"{small[value // 100]} hundred" + (
            f" and {_en(value % 100)}" if value % 100 else ""
        )
    if value >= 20:
        return tens[value // 10 - 2] + (f"-{small[value % 10]}" if value % 10 else "")
    return small[value]
