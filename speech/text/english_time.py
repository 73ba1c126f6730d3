"""Dates and times of day as an English shop says them."""

import re
from typing import Final

from speech.text.numerals import MONTHS, en_number, en_ordinal, en_year
from speech.text.pieces import Rule, rule

DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_DAY = r"(Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?"
_MONTH = rf"({'|'.join(name[:3] for name in MONTHS)})[a-z]*\.?"
_YEAR = r"((?:19|20)\d\d)"
_HALF = r"(\s?[aApP]\.?[mM]\b\.?)"
_UNTIL = r"\s?(?:-|–|—|~|to)\s?"
_FRACTIONS: Final = frozenset({2, 3, 4, 5, 6, 8, 10, 16})
"""What a shop divides by; 11/27 is a day."""
_DATED = re.compile(r"\b(?:on|by|until|till|til|from|before|after|since|of|ends?|starts?)\s$", re.I)

TIME_RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?<!\d){_YEAR}([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)", lambda m: _date(m)),
    rule(rf"\b{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?\s?[-–~]\s?(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.%])",
         lambda m: _days(m)),
    rule(rf"\b{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s{_YEAR})?(?![\d:.]|\s?%)",
         lambda m: _month_day(m)),
    rule(rf"(?<![\d.])(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?(?![\d:.])",
         lambda m: _day_month(m)),
    rule(rf"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})/{_YEAR}(?!\d)",
         lambda m: _numbered(m[1], m[2], m[3])),
    rule(r"(?<![\d/.])([0-3]?\d)/([0-3]?\d)(?![\d/%.]|\s?(?:cup|of|inch|\"))",
         lambda m: _day_alone(m)),
    rule(rf"\b{_DAY}\s?[-–~]\s?{_DAY}(?![A-Za-z])", lambda m: f"{_day(m[1])} to {_day(m[2])}"),
    rule(rf"\b{_DAY}(?=,?\s\d)", lambda m: _day(m[1])),
    rule(rf"(?<!\d)([012]?\d):([0-5]\d){_UNTIL}([012]?\d):([0-5]\d){_HALF}?",
         lambda m: _time_range(m)),
    rule(rf"(?<!\d)([012]?\d):([0-5]\d)(?!\d){_HALF}?", lambda m: _clock(m[1], m[2], m[3] or "")),
    rule(rf"(?<![\d.:])(1?\d)\s?([aApP])\.?[mM]\.?{_UNTIL}(1?\d)\s?([aApP])\.?[mM]\b",
         lambda m: f"{en_number(m[1])} {m[2].upper()} M to {en_number(m[3])} {m[4].upper()} M"),
    rule(rf"\b(noon|midnight){_UNTIL}(1?\d)\s?([aApP])\.?[mM]\b",
         lambda m: f"{m[1]} to {en_number(m[2])} {m[3].upper()} M"),
    rule(rf"(?<![\d.:])(1?\d)\s?([aApP])\.?[mM]\.?{_UNTIL}(noon|midnight)\b",
         lambda m: f"{en_number(m[1])} {m[2].upper()} M to {m[3]}"),
    rule(rf"(?<![\d.:])(1?\d){_UNTIL}(1?\d)\s?([aApP])\.?[mM]\b",
         lambda m: f"{en_number(m[1])} to {en_number(m[2])} {m[3].upper()} M"),
    rule(r"(?<![\d.:])(1?\d)\s?([aApP])\.?[mM]\b", lambda m: f"{en_number(m[1])} "
         f"{m[2].upper()} M"),
    rule(rf"\b(in|since|from|until|of|by|for)(\s){_YEAR}(?![\d.,%]|\s?[a-z$])",
         lambda m: f"{m[1]} {en_year(m[3])}", any_case=True),
    rule(rf"(?<![\d.,$€£¥#/-]){_YEAR}-{_YEAR}(?![\d.,%])",
         lambda m: f"{en_year(m[1])} to {en_year(m[2])}"),
    rule(r"(?<![\d.,$€£¥#/-])(19[5-9]\d|20[0-4]\d)(?![\d.,%/+\"'-]|:\d|\s?[A-Za-z]+s\b|s\b|[A-Za-z])"
         r"(?=\s[a-z])", lambda m: _year_before_noun(m)),
    rule(rf"(?<=\bQ[1-4]\s){_YEAR}(?![\d.,%])", lambda m: en_year(m[1])),
    rule(r"(?<!\d)((?:19|20)\d)0s\b", lambda m: _decade(en_year(f"{m[1]}0"))),
    rule(r"(?:(?<=\bthe\s)|(?<=\bearly\s)|(?<=\blate\s)|(?<=\bmid\s)|(?<=[\s^]['’]))([2-9]0)s\b",
         lambda m: _decade(en_number(m[1])), any_case=True),
)  # fmt: skip
"""Dates and times, the more special ones first."""


def _date(match: re.Match[str]) -> str:
    return _spoken_date(int(match[3]), int(match[4]), match[1])


def _month_day(match: re.Match[str]) -> str:
    month = _month(match[1])
    return _spoken_date(month, int(match[2]), match[3]) if _is_month(match[0], month) else ""


def _days(match: re.Match[str]) -> str:
    """Dec 1-7"""
    month = _month(match[1])
    if not _is_month(match[0], month) or not 1 <= int(match[3]) <= 31:
        return ""
    first = _spoken_date(month, int(match[2]), None)
    return f"{first} to {en_ordinal(str(int(match[3])))}" if first else ""


def _day_month(match: re.Match[str]) -> str:
    month = _month(match[2])
    if not _is_month(match[0].lstrip("0123456789 sthndrof"), month):
        return ""
    day = int(match[1])
    if not 1 <= day <= 31:
        return ""
    the = "" if re.search(r"\bthe\s$", match.string[: match.start()], re.IGNORECASE) else "the "
    year = f", {en_year(match[3])}" if match[3] else ""
    return f"{the}{en_ordinal(str(day))} of {MONTHS[month - 1]}{year}"


def _month(start: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(start))


def _is_month(text: str, month: int) -> bool:
    """Not every word that begins like a month is one: Mark 5, Marble 3."""
    word = re.match(r"[A-Za-z]+", text)
    name = MONTHS[month - 1]
    return word is not None and word[0] in (name, name[:3], name[:4])


def _numbered(first: str, second: str, year: str) -> str:
    """Month first as in America, unless that cannot be."""
    month, day = int(first), int(second)
    if month > 12:
        month, day = day, month
    return _spoken_date(month, day, year)


def _day_alone(match: re.Match[str]) -> str:
    """11/27 is a day; 3/4 is one only after "on", "by" ..., and 24/7 never."""
    first, second = int(match[1]), int(match[2])
    dated = bool(_DATED.search(match.string[: match.start()]))
    if (first, second) == (24, 7) or (not dated and (second in _FRACTIONS or first >= second)):
        return ""
    if first > 12 and not dated:
        return ""
    return _numbered(match[1], match[2], "")


def _spoken_date(month: int, day: int, year: str | None) -> str:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    return f"{MONTHS[month - 1]} {en_ordinal(str(day))}" + (f", {en_year(year)}" if year else "")


def _day(start: str) -> str:
    return next(name for name in DAYS if name.startswith(start[:3]))


def _time_range(match: re.Match[str]) -> str:
    hour, minute, until_hour, until_minute, half = match.groups()
    if not half and max(int(hour), int(until_hour)) > 12:  # by the 24-hour clock
        first, last = (
            _clock(h, m, _half(h)) for h, m in ((hour, minute), (until_hour, until_minute))
        )
    else:
        first, last = (
            _clock(h, m, half or "") for h, m in ((hour, minute), (until_hour, until_minute))
        )
    return f"{first} to {last}" if first and last else ""


def _clock(hour: str, minute: str, half: str) -> str:
    """Eight oh five; "" when there is no such hour."""
    if int(hour) > 24:
        return ""
    half = half.strip().upper()[:1] or (_half(hour) if int(hour) > 12 or hour[0] == "0" else "")
    past = "" if minute == "00" else f" {en_number(str(int(minute)))}"
    if minute.startswith("0") and past:
        past = f" oh{past}"
    spoken = f"{en_number(str((int(hour) - 1) % 12 + 1))}{past}"
    if half:
        return f"{spoken} {half} M"
    return spoken if past else f"{spoken} o'clock"


def _half(hour: str) -> str:
    return "P" if 12 <= int(hour) < 24 else "A"


def _year_before_noun(match: re.Match[str]) -> str:
    """The 2026 edition; but 2000 of them, and 2000 people is an amount too."""
    following = match.string[match.end() :].split(maxsplit=1)
    word = following[0].strip(".,!?").lower() if following else ""
    amount = match[1][2:] == "00" or word in ("of", "people", "men", "women", "children", "more")
    return "" if amount else en_year(match[1])


def _decade(spoken: str) -> str:
    return f"{spoken[:-1]}ies" if spoken.endswith("y") else f"{spoken}s"
