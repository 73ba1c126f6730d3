"""How long an offer holds, as sentences and cells say it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import parse_date, validity

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def day(month: int, number: int, year: int = 2026, hour: int = 0) -> datetime:
    return datetime(year, month, number, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("优惠券有效期至2027年12月31日", None, day(1, 1, 2028)),
        ("截止2026年11月11日", None, day(11, 12)),
        ("11月1日至11月11日满减", day(11, 1), day(11, 12)),
        ("活动2026.11.01-2026.11.11", day(11, 1), day(11, 12)),
        ("12月31日前下单", None, day(1, 1, 2027)),
        ("直到1月5日止", None, day(1, 6, 2027)),
        ("2026-11-11 20:00 开始", day(11, 11, hour=20), None),
        ("valid until 2027-12-31", None, day(1, 1, 2028)),
        ("Ends Dec 3, 2026", None, day(12, 4)),
        ("before 31 December 2026", None, day(12, 31)),
        ("from 1 November 2026 to 11 November 2026", day(11, 1), day(11, 12)),
        ("全国包邮，48小时内发货", None, None),
        ("2026年2月30日截止", None, NOW),
    ],
)
def test_sentences_say_how_long(text: str, start: datetime | None, end: datetime | None) -> None:
    assert validity(text, ZONE, NOW) == (start, end)


def test_a_cell_that_is_a_date() -> None:
    assert parse_date("2026/11/11", ZONE) == day(11, 11)
    assert parse_date("2026年11月11日", ZONE, end_of_day=True) == day(11, 12)
    assert parse_date("2026-11-11 20:00", ZONE, end_of_day=True) == day(11, 11, hour=20)


@pytest.mark.parametrize("text", ["", "明天", "11月11日", "2026-13-01", "20261111"])
def test_a_cell_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - datetime's own messages are among them
        parse_date(text, ZONE)


@given(st.dates(date(2020, 1, 1), date(2099, 12, 30)))
def test_every_end_is_the_moment_after_its_day(moment: date) -> None:
    text = f"有效期至{moment.year}年{moment.month}月{moment.day}日"
    _, end = validity(text, ZONE, NOW)
    assert end is not None
    assert (end - datetime(moment.year, moment.month, moment.day, tzinfo=ZONE)).days == 1


@given(st.text(max_size=40))
def test_no_sentence_breaks_it(text: str) -> None:
    validity(text, ZONE, NOW)
