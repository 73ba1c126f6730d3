"""How amounts, codes, dates and prices that a rule has found are said in Chinese."""

import re
from collections.abc import Mapping
from typing import Final

from speech.text.codes import is_model, parts_of_code
from speech.text.currencies import BY_SIGN
from speech.text.numerals import zh_digits, zh_money, zh_number

PLUS = {1: "加", 2: "两个加", 3: "三个加", 4: "四个加"}
MEASURES: Final = (
    "个件瓶盒包支片条双套天周岁小分次人位份款种张米斤层倍块袋罐只点串束朵枚粒颗株棵根把台辆部间户桌杯"
    "碗壶桶箱捆组排页册本篇首句段场趟回遍家所座幅匹头群口盘锅勺管卷袜对打车单名晚夜年步道元万千公升"
    "克吨寸尺平毫厘英盎磅秒刻样股门集瓣扇"
)
"""A lone 2 before one of these is 两."""


def span(match: re.Match[str], *, counting: bool) -> str:
    first, second = match[1], match[2]
    spoken = zh_number(first, counting=counting)
    return f"{spoken}到{zh_number(second, counting=counting)}" if second else spoken


def counts(match: re.Match[str]) -> bool:
    """Whether a measure word follows, so that 2 is 两."""
    following = match.string[match.end() : match.end() + 1]
    return bool(following) and following in MEASURES


def tenths(number: str) -> str:
    """8.5 of ten is 八五, 88 of a hundred 八八."""
    return zh_digits(number)


def phone(match: re.Match[str]) -> str:
    return "，".join(zh_digits(part).replace("一", "幺") for part in match.groups())


def date(match: re.Match[str]) -> str:
    year, month, day = match[1], int(match[3]), int(match[4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{zh_digits(year)}年{zh_number(str(month))}月{zh_number(str(day))}日"


def days(match: re.Match[str]) -> str:
    """活动时间11.20-11.30, when all four can be of a calendar."""
    months, days = (int(match[2]), int(match[4])), (int(match[3]), int(match[5]))
    if not all(1 <= month <= 12 for month in months) or not all(1 <= day <= 31 for day in days):
        return ""
    first, last = (
        f"{zh_number(str(m))}月{zh_number(str(d))}日" for m, d in zip(months, days, strict=True)
    )
    return f"{match[1]}{first}到{last}"


def time(match: re.Match[str]) -> str:
    hour, minute, second, until_hour, until_minute = match.groups()
    if int(hour) > 24 or int(until_hour or 0) > 24:
        return ""
    spoken = clock(hour, minute)
    if second:
        spoken = f"{clock(hour, minute, full=True)}{zh_number(str(int(second)))}秒"
    return f"{spoken}到{clock(until_hour, until_minute)}" if until_hour else spoken


def clock(hour: str, minute: str, *, full: bool = False) -> str:
    spoken = zh_number(str(int(hour)), counting=True) + "点"
    if minute == "30" and not full:
        return spoken + "半"
    if minute == "00" and not full:
        return spoken
    return f"{spoken}{'零' if int(minute) < 10 else ''}{zh_number(str(int(minute)))}分"


def price(match: re.Match[str]) -> str:
    amount, big = match[1], match[2]
    return f"{zh_number(amount, counting=True)}{big}元" if big else zh_money(amount)


def price_range(match: re.Match[str]) -> str:
    first, second, big, each = match.groups()
    tail = f"{big or ''}元{f'一{each}' if each else ''}"
    return f"{zh_number(first)}到{zh_number(second)}{tail}"


def graded(match: re.Match[str]) -> str:
    """SPF50+, PA+++, A+"""
    letters, number, plus = match.groups()
    return f"{' '.join(letters)}{f' {zh_number(number)}' if number else ' '}{PLUS[len(plus)]}"


def cups(match: re.Match[str]) -> str:
    """75B, 32A到38D: sizes, no amperes."""
    first, cup, last, last_cup = match.groups()
    until = f"到{zh_number(last)} {last_cup}" if last else ""
    return f"{zh_number(first)} {cup}{until}"


def size(size: str) -> list[str]:
    return [zh_number(char) if char.isdigit() else char for char in size]


def foreign(match: re.Match[str]) -> str:
    sign, first, second, big = match.groups()
    said = zh_number(first, counting=True)
    said += f"到{zh_number(second, counting=True)}" if second else ""
    return f"{said}{big or ''}{BY_SIGN[sign].chinese}"


def model(match: re.Match[str]) -> str:
    """RTX 4090"""
    if not is_model(match[1]):
        return ""
    return f"{' '.join(match[1])} {zh_digits(match[2])}"


def code(match: re.Match[str], words: Mapping[str, str]) -> str:
    def word(letters: str) -> str:
        said = words.get(letters, "")
        return said if said.isascii() else ""  # "V C", not 对比 for a VS in a code

    return " ".join(parts_of_code(match.group(), word, zh_number, zh_digits))
