"""Numbers as they are written in Chinese and English: 1,299.5, 九十九块九, ninety-nine."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from script_engine.text import HAN

ZH_DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    **{character: value for value, character in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
    "俩": 2,
    "仨": 3,
    "幺": 1,
}
ZH_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
ZH_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_EN_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
EN_SMALL = {word: value for value, word in enumerate(_EN_SMALL.split())}
EN_TENS = {word: 10 * value for value, word in enumerate(_EN_TENS.split(), start=2)}
EN_LARGE = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}

_ZH = "".join(ZH_DIGITS) + "".join(ZH_UNITS) + "".join(ZH_MYRIADS)
_WORD = "|".join([*EN_SMALL, *EN_TENS, *EN_LARGE, "dozen"])
_HALF = r"半(?=个?(?:小时|钟头?|月|星期|年|斤|公斤|千克|天(?!然)|分钟|升|米|瓶|盒|片|勺|杯))"
_EN_HALVED = "hour|year|day|month|minute|kilo|litre|liter|pound"
_NUMBER = re.compile(
    rf"(?P<one>(?<=for )an?(?= (?:year|month|week)\b))"
    rf"|(?P<half>{_HALF}|(?<![a-z])half an? (?=(?:{_EN_HALVED})))"
    rf"|(?P<digits>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<times>[百千万亿]|(?<!\d{{4}})k(?![a-z]))?"
    rf"|(?P<zh>(?<!收)(?!拾[起到取掇音])(?!百分之|千分之)[{_ZH}]+(?:点[零〇一二三四五六七八九]+)?)"
    rf"|(?<![a-z])(?P<en>(?:{_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}))*)(?![a-z])"
)
_TIMES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "k": 1000}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text."""

    value: float
    start: int
    end: int
    script: Literal["digits", "zh", "en", "other"]
    text: str


def numbers(folded: str) -> Iterator[Number]:
    """Every number in a folded text, in order, with its value."""
    covered = 0
    for match in _NUMBER.finditer(folded):
        yield from _odd(folded, covered, match.start())
        covered = match.end()
        start, end, text = match.start(), match.end(), match.group()
        if match["one"]:
            yield Number(1.0, start, end, "en", text)
        elif match["half"]:
            yield Number(0.5, start, end, "other", text)
        elif match["digits"]:
            value = float(match["digits"].replace(",", "")) * _TIMES.get(match["times"] or "", 1)
            yield Number(value, start, end, "digits", text)
        elif match["zh"]:
            yield from _chinese(text, start)
        else:
            for word_start, word_end, value in _english_values(text):
                yield Number(
                    value, start + word_start, start + word_end, "en", text[word_start:word_end]
                )
    yield from _odd(folded, covered, len(folded))


def _odd(folded: str, start: int, end: int) -> Iterator[Number]:
    """Numbers in characters of their own, such as ½ and ⑳: read so that none slips by."""
    for index in range(start, end):
        # Han characters with a numeric value of old (什, 陌) are words today.
        value = None if HAN.match(folded[index]) else unicodedata.numeric(folded[index], None)
        if value is not None:
            yield Number(value, index, index + 1, "other", folded[index])


def _chinese(text: str, start: int) -> Iterator[Number]:
    """One number, or the two of 两三 and 七八百: about two or three, seven or eight hundred."""
    digits = [ZH_DIGITS.get(character, 0) for character in text[:2]]
    rest = text[2:]
    about = len(text) > 1 and digits[0] > 0 and digits[1] == digits[0] + 1
    if about and (not rest or rest in ZH_UNITS or rest in ZH_MYRIADS):
        yield Number(chinese_value(text[0] + rest), start, start + 1, "zh", text[0])
        yield Number(chinese_value(text[1:]), start + 1, start + len(text), "zh", text[1:])
        return
    yield Number(chinese_value(text), start, start + len(text), "zh", text)


def chinese_value(text: str) -> float:
    """The value of a Chinese numeral: 一百二 120, 两千零五 2005, 九点九 9.9, 一九九 199."""
    whole, _, fraction = text.partition("点")
    value = float(_chinese_whole(whole))
    if fraction:
        value += float("0." + "".join(str(ZH_DIGITS[c]) for c in fraction))
    return value


def _chinese_whole(text: str) -> int:
    if all(character in ZH_DIGITS for character in text):
        return int("".join(str(ZH_DIGITS[character]) for character in text))
    total = section = digit = 0
    last_unit = 1
    for character in text:
        if character in ZH_DIGITS:
            digit = ZH_DIGITS[character]
            if digit == 0:
                last_unit = 10
        elif character in ZH_UNITS:
            section += (digit or 1) * ZH_UNITS[character]
            last_unit, digit = ZH_UNITS[character], 0
        else:
            last_unit = ZH_MYRIADS[character]
            total = (total + section + digit or 1) * last_unit
            section = digit = 0
    # 一百二 is 120, 两千八 is 2800; 一百零二 is 102.
    tail = digit * last_unit // 10 if last_unit >= 100 else digit
    return total + section + tail


def _english_values(text: str) -> Iterator[tuple[int, int, float]]:
    """The numbers in a run of number words: one for "ninety-nine", two for "three two"."""
    words = [(m.group(), m.start(), m.end()) for m in re.finditer(r"[a-z]+", text)]
    total = current = 0
    start: int | None = None
    end = 0
    last = 0
    for word, word_start, word_end in words:
        if word == "and":
            continue
        small = EN_SMALL.get(word, EN_TENS.get(word))
        if small is not None:
            joins = (last in EN_TENS.values() and small < 10) or last >= 100
            if 0 < current < 10 and small >= 10 and last < 10:
                # Prices are told so: "one ninety-nine" is 199.
                current *= 100
                joins = True
            if start is not None and not joins:
                yield start, end, float(total + current)
                total = current = 0
                start = None
            current += small
            last = small
        elif word == "dozen":
            current = max(current, 1) * 12
            last = 1
        else:
            scale = EN_LARGE[word]
            if scale == 100:
                current = max(current, 1) * 100
            else:
                total += max(current, 1) * scale
                current = 0
            last = scale
        start = word_start if start is None else start
        end = word_end
    if start is not None:
        yield start, end, float(total + current)
