"""Dates in policies and tables, and how long an offer holds."""

import re
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.message import Message
from knowledge.amounts import plain

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = r"(?:[T\s]*(?:的)?(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?::\d\d)?|[点时]))?"
_FORMS: Final = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})[日号]?",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{_MONTH})\.?,?\s+(?P<year>20\d\d)",
        rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)",
        r"(?<!\d)(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>20\d\d)(?!\d)",
        r"(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_MONTH})\b\.?",
        rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*,?\s*20\d\d)",
        # 11.20-11.30: only as a range, for 11.20 alone is a number
        r"(?<![\d.])(?P<month>1[0-2]|0?[1-9])[./](?P<day>[12]\d|3[01]|0?[1-9])"
        r"(?=\s*(?:-|–|—|~|至|到)\s*(?:1[0-2]|0?[1-9])[./](?:[12]\d|3[01]|0[1-9])"
        r"(?![\d.]|\s*(?:[a-zA-Z%元块折]|厘米|毫米|公斤)))",
        r"(?:(?<=[\d\s][-–—~至到])|(?<=[-–—~至到]\s))(?P<month>1[0-2]|0?[1-9])[./](?P<day>[12]\d|3[01]|0[1-9])"
        r"(?![\d./]|\s*(?:[a-zA-Z%元块折]|厘米|毫米|公斤))",
    )
)
_SERIAL = re.compile(r"[3-6]\d{4}")
# 30000 is in 1982, 69999 in 2091
_ZONED = re.compile(r"T\d.*(?:Z|[+-]\d\d:?\d\d)$")
_ENDS = re.compile(
    r"(?:至|到|截止|截至|止于|有效期|until|till|through|ends?|ending|expires?|by|before|\bto|valid\s+to|-|–|~)"
    r"\s*(?:于|on|为|至|[:：])?\s*$",
    re.IGNORECASE,
)
_ENDS_AFTER = re.compile(r"^\s*(?:前|之前|止|截止|结束|到期|为止)")
_STARTS = re.compile(r"(?:自|从|from|starts?|starting|since)\s*(?:on)?\s*$", re.IGNORECASE)
_STARTS_AFTER = re.compile(r"^\s*(?:起|开始|开抢|onwards?)")
_OPENS_RANGE = re.compile(r"\s*(?:[-–~至到]|to)\s*\d")
_EXCLUSIVE = re.compile(r"\bbefore\s*$", re.IGNORECASE)


def parse_date(text: str, zone: tzinfo, *, end_of_day: bool = False) -> datetime:
    """A cell that is one date, perhaps with a time of day.

    With `end_of_day`, a date without a time means the moment that day is over.

    Raises:
        ValueError: it is no date.
    """
    plainly = plain(text)
    if _ZONED.search(plainly):
        with suppress(ValueError):
            return datetime.fromisoformat(plainly)
    for form in _FORMS[:4]:
        found = form.fullmatch(plainly)
        if found:
            moment, has_time = _moment(found, zone, year=None)
            return moment + timedelta(days=1) if end_of_day and not has_time else moment
    if _SERIAL.fullmatch(plainly):
        # a day as spreadsheets count it, in a cell that was not shown as a date
        moment = datetime(1899, 12, 30, tzinfo=zone) + timedelta(days=int(plainly))
        return moment + timedelta(days=1) if end_of_day else moment
    raise ValueError(Message("{text!r} is no date; write it as 2027-12-31", text=text))


def validity(text: str, zone: tzinfo, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when until when a sentence says that its offer holds; None where it does not say.

    A date without a year is the one nearest to `now` that is not half a year past.
    """
    plainly = plain(text)
    start: datetime | None = None
    end: datetime | None = None
    for found in _dates_in(plainly):
        before, after = plainly[: found.start()], plainly[found.end() :]
        opens, closes = _OPENS_RANGE.match(after), _ENDS.search(before) or _ENDS_AFTER.match(after)
        try:
            year = _likely_year(found, now.astimezone(zone))
            moment, has_time = _moment(found, zone, year=year, late=not closes)
        except ValueError:
            # a day that never comes: rather say nothing than an offer for ever
            end = now if closes and not opens else end
            continue
        if opens:
            start = moment
        elif closes:
            exclusive = has_time or _EXCLUSIVE.search(before)
            end = moment if exclusive else moment + timedelta(days=1)
        elif _STARTS.search(before) or _STARTS_AFTER.match(after):
            start = moment
    return start, end


def _dates_in(text: str) -> list[re.Match[str]]:
    """Dates in order, each stretch of text used once, the fuller form first."""
    taken: list[re.Match[str]] = []
    for form in _FORMS:
        for found in form.finditer(text):
            if all(found.end() <= one.start() or found.start() >= one.end() for one in taken):
                taken.append(found)
    return sorted(taken, key=lambda found: found.start())


def _moment(
    found: re.Match[str], zone: tzinfo, year: int | None, late: bool | None = None
) -> tuple[datetime, bool]:
    """The moment that a date means, and whether it names a time of day.

    Of "05/06/2027" nobody can tell which is the month: it is the later of the two days with `late`,
    the earlier without, so that an offer holds rather too short. Raises ValueError, and for such a
    date also when `late` is None.
    """
    parts = found.groupdict()
    if parts.get("first"):
        return _either(parts, zone, late)
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    hour = int(parts["hour"]) if parts["hour"] else 0
    minute = int(parts["minute"]) if parts["minute"] else 0
    full_year = int(parts["year"]) if parts.get("year") else year
    if full_year is None:
        raise ValueError(Message("{text!r} has no year", text=found[0]))
    try:
        moment = datetime(full_year, month, int(parts["day"]), hour, minute, tzinfo=zone)
    except ValueError:
        raise ValueError(Message("there is no such day as {text!r}", text=found[0])) from None
    return moment, parts["hour"] is not None


def _either(parts: dict[str, str], zone: tzinfo, late: bool | None) -> tuple[datetime, bool]:
    days: list[datetime] = []
    for month, day in ((parts["first"], parts["second"]), (parts["second"], parts["first"])):
        with suppress(ValueError):
            days.append(datetime(int(parts["year"]), int(month), int(day), tzinfo=zone))
    if not days or (len(set(days)) > 1 and late is None):
        message = Message("the day and the month cannot be told apart; write it as 2027-12-31")
        raise ValueError(message)
    return (max(days) if late else min(days)), False


def _likely_year(found: re.Match[str], now: datetime) -> int:
    parts = found.groupdict()
    if parts.get("year"):
        return int(parts["year"])
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    months_ago = now.month - month
    return now.year + 1 if months_ago > 6 else now.year
