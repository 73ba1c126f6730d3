"""Calendar dates in a text: 2026年12月31日, 12月31号, 2026-12-31, 31 December, Dec 31, 2026."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = _MONTH_NAMES.split()
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_PATTERNS = (
    re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    re.compile(r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\w)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?"
    ),
    re.compile(
        rf"(?<!\w)(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>\d{{4}}))?"
    ),
)


_AWAY = {"大后天": 3, "后天": 2, "明天": 1, "tomorrow": 1}
_WEEKDAYS = {
    **{name: index for index, name in enumerate("一二三四五六日")},
    **{"天": 6, "末": 6},
    **{"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4},
    **{"saturday": 5, "sunday": 6},
}
_WEEKDAY = re.compile(
    r"(?P<next>下个?|next )?(?:(?:周|星期|礼拜)(?P<zh>[一二三四五六日天末])|(?P<en>[a-z]+day)\b)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is written: 0 stands for what is left out."""

    year: int
    month: int
    day: int
    start: int
    end: int

    def agrees(self, other: "Day") -> bool:
        """Whether nothing written in this date is otherwise in the other."""
        same = self.month == other.month and (not self.day or self.day == other.day)
        return same and (not self.year or not other.year or self.year == other.year)


@lru_cache(maxsize=4096)
def dates(folded: str) -> tuple[Day, ...]:
    """Every date in a folded text, in order."""
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            word = groups["month"]
            month = int(word) if word.isdigit() else _MONTHS.index(word[:3]) + 1
            day = Day(
                int(groups.get("year") or 0),
                month,
                int(groups.get("day") or 0),
                match.start(),
                match.end(),
            )
            if not any(day.start < other.end and other.start < day.end for other in found):
                found.append(day)
    return tuple(sorted(found, key=lambda day: day.start))


def relative_day(folded: str, today: date) -> date | None:
    """The day that 明天, 本周日 or "on Sunday" means, seen from today; None for no such word."""
    for word, days in _AWAY.items():
        if word in folded:
            return today + timedelta(days=days)
    if re.search(r"月[底末]|end of (?:the|this) month", folded):
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    if re.search(r"年[底末]|end of (?:the|this) year", folded):
        return date(today.year, 12, 31)
    match = _WEEKDAY.search(folded)
    weekday = _WEEKDAYS.get(match["zh"] or match["en"]) if match else None
    if match is None or weekday is None:
        return None
    ahead = (weekday - today.weekday()) % 7
    this_week = today.weekday() + ahead < 7
    return today + timedelta(days=ahead + (7 if match["next"] and this_week else 0))
