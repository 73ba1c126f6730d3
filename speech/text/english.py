"""What signs and numbers are called in an English shop."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from speech.text.addresses import address_rule
from speech.text.currencies import BY_SIGN
from speech.text.english_time import TIME_RULES
from speech.text.greek import GREEK_ENGLISH, greek_rule
from speech.text.initials import is_shouting, is_spelled
from speech.text.lexicon import EnglishLexicon
from speech.text.numerals import (
    en_digits,
    en_money,
    en_number,
    en_ordinal,
    en_paired,
    plain,
    roman_value,
)
from speech.text.pieces import Rule, rule

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
ALONE = r"(?<![\d.])"
TO = r"\s?(?:-|–|—|~|to)\s?"
SIZE = r"(?<![A-Za-z0-9])(\dX[SL]|X{0,3}[SL]|M)(?![A-Za-z0-9])"
CODE = (
    r"(?<![A-Za-z0-9])(?:[A-Za-z]{1,6}-?\d+(?:\.\d+)?|\d+[A-Z]+\d+)[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*"
)
"""Model numbers and the like: BT1001, X3-Pro, USB3.0, 5W30."""
ROMAN: Final = r"(II|III|IV|VI|VII|VIII|IX|XI|XII|XIII|XIV|XV|XVI)(?![A-Za-z0-9])"
_SIZES = {"S": "small", "M": "medium", "L": "large"}
_N = rf"{ALONE}({NUMBER})(?!\d|\.\d)"
_RANGE = rf"{ALONE}({NUMBER}){TO}({NUMBER})(?!\d|\.\d)"
_SIGNS = "|".join(re.escape(s) for s in sorted(BY_SIGN, key=len, reverse=True) if s != "yuan")
_SIGN = rf"(?<![A-Za-z])({_SIGNS})\s?"
_CODE_SIGN = r"\s?(" + "|".join(s for s in BY_SIGN if s.isalpha()) + r")\b"
_PER = r"(?:\s?/\s?([A-Za-z]+))?"
_PERIODS = {"mo": "month", "yr": "year", "hr": "hour", "h": "hour", "ea": "piece", "pc": "piece",
            "wk": "week", "kg": "kilo", "lb": "pound", "oz": "ounce", "d": "day"}  # fmt: skip
_VULGAR = {"½": "a half", "⅓": "a third", "¼": "a quarter", "⅔": "two thirds",
           "¾": "three quarters"}  # fmt: skip
_BIG = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "mn": "million"}
_COUNTED_BIG = r"(?=\s(?:sold|views|likes|followers|fans|people|orders|reviews|units|in)\b)"
_DIGIT_WISE = (
    r"(?i:order|item|parcel|tracking|reference|ref|model|serial|account|code|zip|postcode|room|ext)"
    r"(?i:\s(?:number|no\.?|id|code))?[:\s]\s?#?"
)
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


def english_rules(lexicon: EnglishLexicon) -> tuple[Rule, ...]:
    """The rules for English text, the more special ones first."""
    units = "|".join(re.escape(u) for u in sorted(lexicon.units, key=len, reverse=True))
    unit = rf"[\s-]?({units})(?![A-Za-z0-9])"

    def measured(match: re.Match[str]) -> str:
        singular, plural = lexicon.units[match[3]]
        alone = match[2] is None or match[2] == ""
        if alone and (match.group()[len(match[1])] == "-" or _describes(match)):
            return f"{en_number(match[1])} {singular}"  # a 30-ml bottle
        said = _span(match) if match[2] else en_number(match[1])
        return f"{said} {singular if alone and plain(match[1]) == '1' else plural}"

    def sized(match: re.Match[str]) -> str:
        numbers = re.findall(NUMBER, match[1])
        return " by ".join(en_number(n) for n in numbers) + f" {lexicon.units[match[2]][1]}"

    def words_said(match: re.Match[str]) -> str:
        return exact.get(match.group(), lowered.get(match.group().lower(), ""))

    exact = {word: said for word, said in lexicon.words.items() if word != word.lower()}
    lowered = {word: said for word, said in lexicon.words.items() if word == word.lower()}
    words = sorted(lexicon.words, key=len, reverse=True)
    return (
        address_rule("en", en_digits),
        rule("|".join(_bounded(word) for word in words), words_said, any_case=True),
        greek_rule(GREEK_ENGLISH),
        rule(r"(?<!\d)(?:\+?1[- ])?\(?(\d{3})\)?[- .](\d{3})[- .](\d{4})(?!\d)", _phone),
        rule(r"(?<![\dA-Za-z])(\d{1,2})W-?(\d{2})(?!\d)",
             lambda m: f"{en_number(m[1])} W {en_number(m[2])}"),
        *TIME_RULES,
        # money
        rule(rf"(?<![\d/.])(\d\d?)/(?={_SIGN}\d)", lambda m: f"{en_number(m[1])} for "),
        rule(rf"{_SIGN}({NUMBER}){TO}(?:{_SIGNS})?({NUMBER})(?!\d)", _money_range),
        rule(rf"{_SIGN}{_N}(\s?(?:[kKmMbB]|bn|mn)\b|\s(?:million|thousand|billion)\b)?{_PER}",
             _money),
        rule(rf"{_N}{_CODE_SIGN}{_PER}", lambda m: _priced(m[1], m[2], m[3])),
        rule(rf"{_N}\s?¢|¢\s?{_N}", lambda m: _cents(m[1] or m[2])),
        # shares
        rule(rf"{ALONE}({NUMBER})%?{TO}({NUMBER})\s?%", lambda m: f"{_span(m)} percent"),
        rule(rf"(?<![\dA-Za-z])[-−]{_N}\s?%", lambda m: f"minus {en_number(m[1])} percent"),
        rule(rf"{_N}\s?%", lambda m: f"{en_number(m[1])} percent"),
        # amounts with units
        rule(rf"{ALONE}({NUMBER}(?:\s?[×xX*]\s?{NUMBER})+){unit}", sized),
        rule(rf"{ALONE}({NUMBER}(?:\s?[×xX*]\s?{NUMBER})+)\sin(?=\.?$|[,;.!?)](?!\d))",
             lambda m: " by ".join(map(en_number, re.findall(NUMBER, m[1]))) + " inches"),
        rule(rf"{_N}\s?★", lambda m: f"{en_number(m[1])} star{'s' * (m[1] != '1')}"),
        rule(rf"(?<![\dA-Za-z])[-−]{_N}(){unit}", lambda m: f"minus {measured(m)}"),
        rule(rf"{_N}K(?=\s(?:\w+\s)?gold\b)|{_N}\s?kt\b",
             lambda m: f"{en_number(m[1] or m[2])} karat"),
        rule(rf"{ALONE}(\d{{1,3}}(?:\.\d)?)K(\+)?(?![A-Za-z0-9])",
             lambda m: f"{en_number(m[1])} K{' plus' if m[2] else ''}"),
        rule(rf"{ALONE}({NUMBER})\s?(bn|mn)\b(\+)?", _big),
        rule(rf"{ALONE}(\d+\.\d+|\d+(?=\s?[MB](?:\+|{_COUNTED_BIG})))\s?([MB])(\+)?"
             r"(?![A-Za-z0-9])", _big),
        rule(r"(?<![\d.])(10+)s(?=\sof\b)", lambda m: f"{_round_number(m[1])}s"),
        rule(rf"{_RANGE}{unit}", measured),
        rule(rf"{_N}(){unit}", measured),
        rule(r"(?<!\d)(\d)['′’]\s?(\d\d?)[\"″”]", lambda m: f"{en_number(m[1])} foot "
             f"{en_number(m[2])}"),
        rule(rf"{_N}['′’]\s?[×xX]\s?({NUMBER})['′’](?![\d\w])",
             lambda m: f"{en_number(m[1])} foot by {en_number(m[2])} foot"),
        rule(r"(?<![\w.])[~～]\s?(?=[$€£]?\d)", lambda m: "about "),
        rule(rf"{_N}[\"”](?=[\s,.!?;)-]|$)", _inches),
        # ordinals, codes, letters with signs
        rule(r"\b[vV](\d+(?:\.\d+)+)", lambda m: "version "
             + " point ".join(en_number(part) for part in m[1].split("."))),
        rule(r"(?<![\d.])(\d+)(st|nd|rd|th)\b", lambda m: en_ordinal(m[1])),
        rule(r"\b[Nn][oO]\.\s?(\d+)(?!\d)", lambda m: f"number {en_number(m[1])}"),
        rule(rf"(?<=[A-Za-z][ -]){ROMAN}", _roman),
        rule(r"(?<![A-Za-z0-9])([A-Z]+)\s?(\d+)?(\+{1,4})(?!\d)", _graded),
        rule(SIZE + r"\s?[-–~]\s?" + SIZE, lambda m: f"{_size(m[1])} to {_size(m[2])}"),
        rule(r"(?<![A-Za-z0-9])(?:\dX[SL]|X{0,3}[SL]|M)(?:/(?:\dX[SL]|X{0,3}[SL]|M))+(?![A-Za-z0-9])",
             lambda m: ", ".join(_size(size) for size in m.group().split("/"))),
        rule(SIZE, lambda m: _size(m[1]) if "X" in m[1] else ""),
        rule(rf"{_DIGIT_WISE}(\d{{4,}}|\d{{2,}}(?:-\d{{2,}})+)(?![\d.,])",
             lambda m: _digit_wise(m)),
        rule(r"\b([Cc]all|[Dd]ial)\s(\d{3})(?![\d-])", lambda m: f"{m[1]} {en_digits(m[2])}"),
        rule(r"(?<=[a-z])/(?=(?:hour|day|night|week|month|year|person|pack|box|order)\b)",
             lambda m: " a "),
        rule(r"#(\d+)(?!\d)", lambda m: f"number {en_number(m[1])}"),
        rule(CODE, lambda m: _code(m, lexicon.words)),
        rule(r"(?<![A-Za-z])([A-Z]{2,5})\s(\d{3,4})(?![\d.,%]|\s?(?:ml|g|mg|kg)\b)", _model),
        # plain numbers
        rule(r"(?<![\d.])(\d\.\d)\s?/\s?(5|10)(?![\d/])",
             lambda m: f"{en_number(m[1])} out of {en_number(m[2])}"),
        rule(rf"(?<=[a-z])\s?[×xX*]\s?(?={NUMBER})", lambda m: " by "
             if re.match(rf"{NUMBER}\s?(?:{units})", m.string[m.end() :]) else " times "),
        rule(r"\s[×x]\s(?=\d)", lambda m: " times "),
        rule(r"(?<![\d./])(\d{1,2})\s([1-9])/([2-9])(?![\d/])", _mixed),
        rule(r"(?<!\d)(\d{1,3})\s?([½⅓¼⅔¾])",
             lambda m: f"{en_number(m[1])} and {_VULGAR[m[2]]}"),
        rule(r"(?<![\d./])(\d{1,3})/\1(?![\d/])", lambda m: f"{en_number(m[1])} {en_number(m[1])}"),
        rule(rf"(?<![\d./])([1-9])/([2-8]|16)(?:[\"”](?=[\s,.!?)]|$)|{unit})",
             lambda m: f"{_fraction(m[1], m[2])} {lexicon.units[m[3]][0] if m[3] else 'inch'}"),
        rule(r"(?<![\d./])([1-9]\d?)/([2-9]|[1-9]\d)(?![\d/])", lambda m: _fraction(m[1], m[2])),
        rule(rf"{_RANGE}", _span),
        rule(rf"{ALONE}(\d{{1,3}}(?:\.\d+)?):(\d{{1,3}}(?:\.\d+)?)(?!\d)",
             lambda m: f"{en_number(m[1])} to {en_number(m[2])}"),
        rule(rf"{_N}\s?[×xX]\s?({NUMBER})(?!\d)",
             lambda m: f"{en_number(m[1])} by {en_number(m[2])}"),
        rule(rf"{_N}\s?[×x](?![A-Za-z0-9])", lambda m: f"{en_number(m[1])} times"),
        rule(rf"{_N}\s?\*\s?({NUMBER})(?!\d)",
             lambda m: f"{en_number(m[1])} times {en_number(m[2])}"),
        rule(rf"(?<![\dA-Za-z)\]])[-−]{_N}", lambda m: f"minus {en_number(m[1])}"),
        rule(rf"[<＜]\s?(?={NUMBER})", lambda m: "less than "),
        rule(rf"[>＞]\s?(?={NUMBER})", lambda m: "more than "),
        rule(rf"{_N}\s?\+\s?({NUMBER})(?!\d)",
             lambda m: f"{en_number(m[1])} plus {en_number(m[2])}"),
        rule(rf"{_N}\+(?!\d)", lambda m: f"{en_number(m[1])} plus"),
        rule(r"(?<=[A-Za-z])\+(?=\s|$|[.,!?])", lambda m: " plus"),
        rule(r"(?<=[A-Za-z0-9%])\s\+\s(?=[A-Za-z0-9$€£])", lambda m: " plus "),
        rule(r"(?<![\d.,])0\d+(?![\d.,])|(?<![\d.,])\d{8,}(?![\d.,])",
             lambda m: en_digits(m.group())),
        rule(rf"(?<![/:'A-Za-z]){_N}(?![\d/A-Za-z'\"])", lambda m: en_number(m[1])),
    )  # fmt: skip


def en_fallback(token: str) -> str:
    """A run of digits in English when nothing else knows what it is."""
    return re.sub(NUMBER, lambda m: f" {en_number(m.group())} ", token).strip()


def _bounded(word: str) -> str:
    before = r"(?<![A-Za-z0-9.])" if word[0].isalnum() else ""
    after = r"(?![A-Za-z0-9+])" if word[-1].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"


def _describes(match: re.Match[str]) -> bool:
    """Whether an amount tells what kind of thing follows: a 65W charger, a $5 coupon."""
    following = re.match(r"\s([a-z]+)", match.string[match.end() :])
    if following is None or following[1] in _NO_THING or match.group().startswith("0"):
        return False
    glued = " " not in match.group() and not match.group().startswith(tuple(BY_SIGN))
    before = match.string[: match.start()]
    return glued or bool(re.search(rf"\b(?:{_ARTICLE})\s(?:[a-z]+\s)?$", before, re.IGNORECASE))


def _span(match: re.Match[str]) -> str:
    return f"{en_number(match[1])} to {en_number(match[2])}"


def _phone(match: re.Match[str]) -> str:
    country = "one, " if re.match(r"\+?1[- ]", match.group()) else ""
    area = "eight hundred" if match[1] == "800" else en_digits(match[1])
    return f"{country}{area}, {en_digits(match[2])}, {en_digits(match[3])}"


def _size(size: str) -> str:
    """XL is extra large, 3XL triple extra large."""
    count = int(size[0]) if size[0].isdigit() else size.count("X")
    extra = ["", "extra ", "double extra ", "triple extra "]
    prefix = extra[count] if count < len(extra) else f"{en_number(str(count))} X "
    return f"{prefix}{_SIZES[size[-1]]}"


def _fraction(above: str, below: str) -> str:
    part = {"2": "half", "4": "quarter"}.get(below) or en_ordinal(below)
    if above != "1":
        part = "halves" if part == "half" else f"{part}s"
    return f"{en_number(above)} {part}"


def _mixed(match: re.Match[str]) -> str:
    """One and a half."""
    part = _fraction(match[2], match[3])
    return f"{en_number(match[1])} and " + re.sub(r"^one ", "a ", part)


def _priced(number: str, sign: str, each: str | None = None) -> str:
    money = BY_SIGN[sign]
    said = en_money(number, (money.one, money.many), money.cent)
    return f"{said} a {_PERIODS.get(each, each)}" if each else said


def _money(match: re.Match[str]) -> str:
    sign, amount, big, each = match.groups()
    if not big:
        kind = _describes(match) and "." not in amount
        return f"{en_number(amount)} {BY_SIGN[sign].one}" if kind else _priced(amount, sign, each)
    size = _BIG.get(big.strip().lower(), big.strip())
    return f"{en_number(amount)} {size} {BY_SIGN[sign].many}" + (f" a {each}" if each else "")


def _money_range(match: re.Match[str]) -> str:
    sign, first, second = match.groups()
    return f"{en_number(first)} to {_priced(second, sign)}"


def _cents(number: str) -> str:
    return f"{en_number(number)} {'cent' if number == '1' else 'cents'}"


def _big(match: re.Match[str]) -> str:
    """1.2M, 5M+, 3bn"""
    return f"{en_number(match[1])} {_BIG[match[2].lower()]}{' plus' if match[3] else ''}"


def _inches(match: re.Match[str]) -> str:
    """A mark after a number closes a quotation where one is open."""
    before = match.string[: match.start()]
    if len(_QUOTES.findall(before)) % 2:
        return ""
    return f"{en_number(match[1])} {'inch' if _describes(match) else 'inches'}"


def _round_number(digits: str) -> str:
    return en_number(digits).removeprefix("one ")


def _roman(match: re.Match[str]) -> str:
    word = re.search(r"([A-Za-z]+)[ -]$", match.string[: match.start()])
    if word is None or not word[1][0].isupper() or is_shouting(match.string):
        return ""
    return en_number(str(roman_value(match[1])))


def _graded(match: re.Match[str]) -> str:
    letters, number, plus = match.groups()
    digits = f" {en_number(number)}" if number else ""
    spelled = len(letters) <= 3 or is_spelled(letters)
    said = " ".join(letters) if spelled else letters
    return " ".join([said + digits, *["plus"] * len(plus)])


def _digit_wise(match: re.Match[str]) -> str:
    """The order number 10023, not ten thousand of them; the words before it stay."""
    head = match.group()[: match.start(1) - match.start()].replace("#", "number ")
    return f"{head}{en_digits(match[1])}"


def _model(match: re.Match[str]) -> str:
    """RTX 4090"""
    if not is_spelled(match[1]) or match[1] in ("SPF", "UPF") or match[1] in BY_SIGN:
        return ""
    return f"{' '.join(match[1])} {en_paired(match[2])}"


def _code(match: re.Match[str], words: Mapping[str, str]) -> str:
    parts = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)?", match.group())
    return " ".join(_code_parts(parts, words))


def _code_parts(parts: list[str], words: Mapping[str, str]) -> Iterable[str]:
    """Letters are spelled, three digits and more read one by one."""
    for part in parts:
        if part[0].isdigit():
            amount = len(part) < 3 or "." in part or parts[0] in ("SPF", "UPF")
            yield en_number(part) if amount else en_digits(part)
        elif part in words:
            yield words[part]
        elif len(part) > 1 and is_spelled(part, shouting=True):
            yield " ".join(part)
        else:
            yield re.sub(r"(?<=[a-z])(?=[A-Z]$)", " ", part)  # CoQ10
