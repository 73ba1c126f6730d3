"""What signs and numbers are called in an English shop."""

import re
from collections.abc import Iterable

from speech.text.lexicon import EnglishLexicon
from speech.text.numerals import (
    MONTHS,
    en_digits,
    en_money,
    en_number,
    en_ordinal,
    en_year,
    plain,
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
_SIZES = {"S": "small", "M": "medium", "L": "large"}
_N = rf"{ALONE}({NUMBER})(?!\d)"
_RANGE = rf"{ALONE}({NUMBER}){TO}({NUMBER})(?!\d)"
_DOLLARS = (("dollar", "dollars"), ("cent", "cents"))
_EUROS = (("euro", "euros"), ("cent", "cents"))
_POUNDS = (("pound", "pounds"), ("penny", "pence"))
_CURRENCIES: dict[str, tuple[tuple[str, str], tuple[str, str] | None]] = {
    "$": _DOLLARS, "US$": _DOLLARS, "USD": _DOLLARS, "A$": _DOLLARS, "HK$": _DOLLARS,
    "€": _EUROS, "EUR": _EUROS,
    "£": _POUNDS, "GBP": _POUNDS,
    "¥": (("yuan", "yuan"), None), "￥": (("yuan", "yuan"), None),
    "RMB": (("yuan", "yuan"), None), "CNY": (("yuan", "yuan"), None),
}  # fmt: skip
_SIGN = r"(US\$|HK\$|A\$|[$€£¥￥]|(?:USD|EUR|GBP|RMB|CNY)(?=\s?\d))\s?"
_CODE_SIGN = r"\s?(USD|EUR|GBP|RMB|CNY|yuan)\b"


def english_rules(lexicon: EnglishLexicon) -> tuple[Rule, ...]:
    """The rules for English text, the more special ones first."""
    units = "|".join(re.escape(u) for u in sorted(lexicon.units, key=len, reverse=True))
    unit = rf"[\s-]?({units})(?![A-Za-z0-9])"

    def measured(match: re.Match[str]) -> str:
        singular, plural = lexicon.units[match[3]]
        alone = match[2] is None or match[2] == ""
        if alone and match.group()[len(match[1])] == "-":
            return f"{en_number(match[1])} {singular}"  # a 30-ml bottle
        amount = _span(match) if match[2] else en_number(match[1])
        return f"{amount} {singular if alone and plain(match[1]) == '1' else plural}"

    def sized(match: re.Match[str]) -> str:
        numbers = re.findall(NUMBER, match[1])
        return " by ".join(en_number(n) for n in numbers) + f" {lexicon.units[match[2]][1]}"

    def words_said(match: re.Match[str]) -> str:
        return exact.get(match.group(), lowered.get(match.group().lower(), ""))

    exact = {word: said for word, said in lexicon.words.items() if word != word.lower()}
    lowered = {word: said for word, said in lexicon.words.items() if word == word.lower()}
    words = sorted(lexicon.words, key=len, reverse=True)
    return (
        rule("|".join(_bounded(word) for word in words), words_said, any_case=True),
        # dates and times
        rule(r"(?<!\d)((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)", _date),
        rule(rf"\b({'|'.join(name[:3] for name in MONTHS)})[a-z]*\.?\s(\d{{1,2}})(?:st|nd|rd|th)?"
             r"(?:,?\s((?:19|20)\d\d))?(?![\d:.])", _month_day),
        rule(r"(?<![\d/])(1[0-2]|0?[1-9])/([0-2]?\d|3[01])/((?:19|20)\d\d)(?!\d)", _us_date),
        rule(r"(?<!\d)([012]?\d):([0-5]\d)\s?[-–]\s?([012]?\d):([0-5]\d)(\s?[aApP]\.?[mM]\b\.?)?",
             _time_range),
        rule(r"(?<!\d)([012]?\d):([0-5]\d)(?!\d)(\s?[aApP]\.?[mM]\b\.?)?", _time),
        rule(r"(?<![\d.:])(1?\d)\s?([aApP])\.?[mM]\b", lambda m: f"{en_number(m[1])} "
             f"{m[2].upper()} M"),
        rule(r"\b(in|since|from|until|of|by|for)(\s)((?:19|20)\d\d)(?![\d.,%]|\s?[a-z$])",
             lambda m: f"{m[1]} {en_year(m[3])}", any_case=True),
        rule(r"(?<!\d)((?:19|20)\d)0s\b", lambda m: _decade(m[1])),
        # money
        rule(rf"{_SIGN}({NUMBER}){TO}[$€£¥￥]?({NUMBER})(?!\d)", _money_range),
        rule(rf"{_SIGN}{_N}(\s?[kKmM]\b|\s(?:million|thousand)\b)?", _money),
        rule(rf"{_N}{_CODE_SIGN}", lambda m: en_money(m[1], *_CURRENCIES.get(
            m[2], _CURRENCIES["CNY"]))),
        # shares
        rule(rf"{ALONE}({NUMBER})%?{TO}({NUMBER})\s?%", lambda m: f"{_span(m)} percent"),
        rule(rf"{_N}\s?%", lambda m: f"{en_number(m[1])} percent"),
        # amounts with units
        rule(rf"{ALONE}({NUMBER}(?:\s?[×xX*]\s?{NUMBER})+){unit}", sized),
        rule(rf"(?<![\dA-Za-z])-{_N}(){unit}", lambda m: f"minus {measured(m)}"),
        rule(rf"{_RANGE}{unit}", measured),
        rule(rf"{_N}(){unit}", measured),
        rule(r"(?<!\d)(\d)['′]\s?(\d\d?)[\"″]", lambda m: f"{en_number(m[1])} foot "
             f"{en_number(m[2])}"),
        # ordinals, codes, letters with signs
        rule(r"\b[vV](\d+(?:\.\d+)+)", lambda m: "version "
             + " point ".join(en_number(part) for part in m[1].split("."))),
        rule(r"(?<![\d.])(\d+)(st|nd|rd|th)\b", lambda m: en_ordinal(m[1])),
        rule(r"\b[Nn][oO]\.\s?(\d+)(?!\d)", lambda m: f"number {en_number(m[1])}"),
        rule(r"(?<![A-Za-z0-9])([A-Z]+)\s?(\d+)?(\+{1,4})(?!\d)", _graded),
        rule(SIZE + r"\s?[-–~]\s?" + SIZE, lambda m: f"{_size(m[1])} to {_size(m[2])}"),
        rule(SIZE, lambda m: _size(m[1]) if "X" in m[1] else ""),
        rule(r"#(\d+)(?!\d)", lambda m: f"number {en_number(m[1])}"),
        rule(CODE, _code),
        # plain numbers
        rule(r"(?<![\d.])(\d\.\d)\s?/\s?(5|10)(?![\d/])",
             lambda m: f"{en_number(m[1])} out of {en_number(m[2])}"),
        rule(r"\s[×x]\s(?=\d)", lambda m: " times "),
        rule(r"(?<![\d./])([1-9]\d?)/([2-9]|[1-9]\d)(?![\d/])", _fraction),
        rule(rf"{_RANGE}", _span),
        rule(rf"{_N}\s?[×xX]\s?({NUMBER})(?!\d)",
             lambda m: f"{en_number(m[1])} by {en_number(m[2])}"),
        rule(rf"{_N}\s?[×x](?![A-Za-z0-9])", lambda m: f"{en_number(m[1])} times"),
        rule(rf"{_N}\+(?!\d)", lambda m: f"{en_number(m[1])} plus"),
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


def _span(match: re.Match[str]) -> str:
    return f"{en_number(match[1])} to {en_number(match[2])}"


def _date(match: re.Match[str]) -> str:
    month, day = int(match[3]), int(match[4])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{MONTHS[month - 1]} {en_ordinal(str(day))}, {en_year(match[1])}"


def _month_day(match: re.Match[str]) -> str:
    month = next(name for name in MONTHS if name.startswith(match[1]))
    if not 1 <= int(match[2]) <= 31:
        return ""
    year = f", {en_year(match[3])}" if match[3] else ""
    return f"{month} {en_ordinal(str(int(match[2])))}{year}"


def _us_date(match: re.Match[str]) -> str:
    month, day = MONTHS[int(match[1]) - 1], int(match[2])
    return f"{month} {en_ordinal(str(day))}, {en_year(match[3])}" if day else ""


def _time(match: re.Match[str]) -> str:
    hour, minute, half = match.groups()
    return _clock(hour, minute, half or "")


def _time_range(match: re.Match[str]) -> str:
    hour, minute, until_hour, until_minute, half = match.groups()
    first, last = (
        _clock(h, m, half or "") for h, m in ((hour, minute), (until_hour, until_minute))
    )
    return f"{first} to {last}" if first and last else ""


def _clock(hour: str, minute: str, half: str) -> str:
    """Eight oh five A M; "" when there is no such hour."""
    if int(hour) > 24:
        return ""
    half = half.strip().upper()[:1] or ("P" if 12 <= int(hour) < 24 else "A")
    past = "" if minute == "00" else f" {en_number(str(int(minute)))}"
    if minute.startswith("0") and past:
        past = f" oh{past}"
    return f"{en_number(str((int(hour) - 1) % 12 + 1))}{past} {half} M"


def _size(size: str) -> str:
    """XL is extra large, 3XL triple extra large."""
    count = int(size[0]) if size[0].isdigit() else size.count("X")
    extra = ["", "extra ", "double extra ", "triple extra "]
    prefix = extra[count] if count < len(extra) else f"{en_number(str(count))} X "
    return f"{prefix}{_SIZES[size[-1]]}"


def _fraction(match: re.Match[str]) -> str:
    above, below = match.groups()
    part = {"2": "half", "4": "quarter"}.get(below) or en_ordinal(below)
    if above != "1":
        part = "halves" if part == "half" else f"{part}s"
    return f"{en_number(above)} {part}"


def _decade(tens: str) -> str:
    spoken = en_year(f"{tens}0")
    return f"{spoken[:-1]}ies" if spoken.endswith("y") else f"{spoken}s"


def _money(match: re.Match[str]) -> str:
    sign, amount, big = match.groups()
    unit, cents = _CURRENCIES[sign]
    if big:
        size = {"k": "thousand", "m": "million"}.get(big.strip().lower(), big.strip())
        return f"{en_number(amount)} {size} {unit[1]}"
    return en_money(amount, unit, cents)


def _money_range(match: re.Match[str]) -> str:
    sign, first, second = match.groups()
    return f"{en_number(first)} to {en_money(second, *_CURRENCIES[sign])}"


def _graded(match: re.Match[str]) -> str:
    letters, number, plus = match.groups()
    digits = f" {en_number(number)}" if number else ""
    return " ".join([" ".join(letters) + digits, *["plus"] * len(plus)])


def _code(match: re.Match[str]) -> str:
    return " ".join(_code_parts(re.findall(r"[A-Za-z]+|\d+(?:\.\d+)?", match.group())))


def _code_parts(parts: list[str]) -> Iterable[str]:
    """Letters are spelled, three digits and more read one by one."""
    for part in parts:
        if part[0].isdigit():
            amount = len(part) < 3 or "." in part or parts[0] in ("SPF", "UPF")
            yield en_number(part) if amount else en_digits(part)
        elif part.isupper() and len(part) <= 4:
            yield " ".join(part)
        else:
            yield part
