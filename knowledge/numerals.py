"""Numbers in words: 三, 十二, 两百五, third."""

import re
from typing import Final

NUMBER: Final = r"[0-9]{1,4}|[零一二两三四五六七八九十百]{1,5}"
ORDINAL_WORDS: Final = {
    word: number
    for number, words in enumerate(
        ("first one 1st", "second two 2nd", "third three 3rd", "fourth four 4th",
         "fifth five 5th", "sixth six 6th", "seventh seven 7th", "eighth eight 8th",
         "ninth nine 9th", "tenth ten 10th", "eleventh eleven 11th", "twelfth twelve 12th",
         "thirteenth thirteen 13th", "fourteenth fourteen 14th", "fifteenth fifteen 15th"), 1,
    )
    for word in words.split()
}  # fmt: skip
_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "两": 2, "〇": 0,
}  # fmt: skip
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_WRITTEN: Final = re.compile(r"[零〇一二两三四五六七八九十百千万]+")


def number_of(text: str) -> int | None:
    """3 of "3", "三", "third"; 12 of "十二"; 250 of "二百五"; None when it is no whole number."""
    if text.isdigit():
        return int(text)
    if text in ORDINAL_WORDS:
        return ORDINAL_WORDS[text]
    if not _WRITTEN.fullmatch(text):
        return None
    if not set(text) & {*_TENS, "万"}:
        return int("".join(str(_DIGITS[char]) for char in text))
    total, part, digit, unit = 0, 0, 0, 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            unit = 1 if digit == 0 else unit
        elif char in _TENS:
            unit = _TENS[char]
            part += (digit or 1) * unit
            digit = 0
        else:
            total, part, digit, unit = (part + digit or 1) * 10_000, 0, 0, 10_000
    # the tens of the last digit go without saying: 二百五 is 250, 二百零五 is 205
    return total + part + digit * (unit // 10 if unit > 10 else 1)


def with_digits(text: str) -> str:
    """Chinese number words before a unit as digits: 三年 as 3年, 一百二十毫升 as 120毫升."""
    return _BEFORE_UNIT.sub(lambda found: str(number_of(found[1])), text)


_BEFORE_UNIT: Final = re.compile(
    r"([零〇一二两三四五六七八九十百千万]+)"
    r"(?=个?月|年|天|周|日|小时|分钟|毫升|升|千?克|公?斤|[厘毫]?米|瓦|片|支|件|瓶)"
)
