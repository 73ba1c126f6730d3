"""How amounts, codes and prices that a rule has found are said in English."""

import re
from collections.abc import Mapping

from speech.text.codes import is_model, parts_of_code
from speech.text.currencies import BY_SIGN
from speech.text.initials import is_shouting, is_spelled
from speech.text.numerals import en_digits, en_money, en_number, en_ordinal, en_paired, roman_value

_SIZES = {"S": "small", "M": "medium", "L": "large"}
_PERIODS = {"mo": "month", "yr": "year", "hr": "hour", "h": "hour", "ea": "piece", "pc": "piece",
            "wk": "week", "kg": "kilo", "lb": "pound", "oz": "ounce", "d": "day"}  # fmt: skip
VULGAR = {"½": "a half", "⅓": "a third", "¼": "a quarter", "⅔": "two thirds",
           "¾": "three quarters"}  # fmt: skip
_BIG = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "mn": "million"}
_QUOTES = re.compile(r"(?<!\d)[\"“”]")
"""Marks of quotation; after a digit they are inches."""
_ARTICLE = "a|an|this|that|another|your|our|my|the|each|every|extra"
_NO_THING = frozenset({
    "of", "for", "left", "today", "is", "are", "was", "in", "and", "or", "with", "per", "at",
    "to", "from", "each", "on", "off", "only", "a", "an", "the", "you", "we", "it", "i", "more",
    "less", "long", "wide", "tall", "deep", "thick", "high", "away", "every", "as", "but", "so",
    "that", "this", "by", "into", "over", "under", "x", "tonight", "now", "total", "plus",
    "instead", "after", "before", "if", "when", "while", "not", "just", "all", "up", "down",
    "out",
})  # fmt: skip
"""After an amount these do not name the thing that it describes."""


def describes(match: re.Match[str]) -> bool:
    """Whether an amount tells what kind of thing follows: a 65W charger, a $5 coupon."""
    following = re.match(r"\s([a-z]+)", match.string[match.end() :])
    if following is None or following[1] in _NO_THING or match.group().startswith("0"):
        return False
    glued = " " not in match.group() and not match.group().startswith(tuple(BY_SIGN))
    before = match.string[: match.start()]
    return glued or bool(re.search(rf"\b(?:{_ARTICLE})\s(?:[a-z]+\s)?$", before, re.IGNORECASE))


def span(match: re.Match[str]) -> str:
    return f"{en_number(match[1])} to {en_number(match[2])}"


def phone(match: re.Match[str]) -> str:
    country = "one, " if re.match(r"\+?1[- ]", match.group()) else ""
    area = "eight hundred" if match[1] == "800" else en_digits(match[1])
    return f"{country}{area}, {en_digits(match[2])}, {en_digits(match[3])}"


def size(size: str) -> str:
    """XL is extra large, 3XL triple extra large."""
    count = int(size[0]) if size[0].isdigit() else size.count("X")
    extra = ["", "extra ", "double extra ", "triple extra "]
    prefix = extra[count] if count < len(extra) else f"{en_number(str(count))} X "
    return f"{prefix}{_SIZES[size[-1]]}"


def fraction(above: str, below: str) -> str:
    part = {"2": "half", "4": "quarter"}.get(below) or en_ordinal(below)
    if above != "1":
        part = "halves" if part == "half" else f"{part}s"
    return f"{en_number(above)} {part}"


def mixed(match: re.Match[str]) -> str:
    """One and a half."""
    part = fraction(match[2], match[3])
    return f"{en_number(match[1])} and " + re.sub(r"^one ", "a ", part)


def priced(number: str, sign: str, each: str | None = None) -> str:
    money = BY_SIGN[sign]
    said = en_money(number, (money.one, money.many), money.cent)
    return f"{said} a {_PERIODS.get(each, each)}" if each else said


def money(match: re.Match[str]) -> str:
    sign, amount, big, each = match.groups()
    if not big:
        kind = describes(match) and "." not in amount
        return f"{en_number(amount)} {BY_SIGN[sign].one}" if kind else priced(amount, sign, each)
    size = _BIG.get(big.strip().lower(), big.strip())
    return f"{en_number(amount)} {size} {BY_SIGN[sign].many}" + (f" a {each}" if each else "")


def money_range(match: re.Match[str]) -> str:
    sign, first, second = match.groups()
    return f"{en_number(first)} to {priced(second, sign)}"


def cents(number: str) -> str:
    return f"{en_number(number)} {'cent' if number == '1' else 'cents'}"


def big(match: re.Match[str]) -> str:
    """1.2M, 5M+, 3bn"""
    return f"{en_number(match[1])} {_BIG[match[2].lower()]}{' plus' if match[3] else ''}"


def inches(match: re.Match[str]) -> str:
    """A mark after a number closes a quotation where one is open."""
    before = match.string[: match.start()]
    if len(_QUOTES.findall(before)) % 2:
        return ""
    return f"{en_number(match[1])} {'inch' if describes(match) else 'inches'}"


def round_number(digits: str) -> str:
    return en_number(digits).removeprefix("one ")


def roman(match: re.Match[str]) -> str:
    word = re.search(r"([A-Za-z]+)[ -]$", match.string[: match.start()])
    if word is None or not word[1][0].isupper() or is_shouting(match.string):
        return ""
    return en_number(str(roman_value(match[1])))


def graded(match: re.Match[str]) -> str:
    letters, number, plus = match.groups()
    digits = f" {en_number(number)}" if number else ""
    spelled = len(letters) <= 3 or is_spelled(letters)
    said = " ".join(letters) if spelled else letters
    return " ".join([said + digits, *["plus"] * len(plus)])


def digit_wise(match: re.Match[str]) -> str:
    """The order number 10023, not ten thousand of them; the words before it stay."""
    head = match.group()[: match.start(1) - match.start()].replace("#", "number ")
    return f"{head}{en_digits(match[1])}"


def model(match: re.Match[str]) -> str:
    """RTX 4090"""
    if not is_model(match[1]):
        return ""
    return f"{' '.join(match[1])} {en_paired(match[2])}"


def code(match: re.Match[str], words: Mapping[str, str]) -> str:
    parts = parts_of_code(match.group(), lambda part: words.get(part, ""), en_number, en_digits)
    return " ".join(re.sub(r"(?<=[a-z])(?=[A-Z]$)", " ", part) for part in parts)  # CoQ10
