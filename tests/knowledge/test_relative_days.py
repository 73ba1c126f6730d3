"""Offers that name their day only as seen from the day of writing."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from knowledge.relative_days import relative_end
from knowledge.shop import load_shop
from script_engine.gate import Gate
from tests.fakes.clock import VirtualClock

ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 27, 15, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("仅限今晚，第二件半价", 28, 0),
        ("今天下单送杯子", 28, 0),
        ("今晚8点截止", 27, 20),
        ("明天截止", 29, 0),
        ("本周日结束", 30, 0),
        ("Today only: 10% off", 28, 0),
        ("Ends on Sunday", 30, 0),
        ("10% off until tomorrow", 29, 0),
    ],
)
def test_the_day_is_counted_from_the_day_of_writing(text: str, day: int, hour: int) -> None:
    bound = relative_end(text, ZONE, FRIDAY, offer=True)
    assert bound is not None
    assert bound.until == datetime(2026, 11, day, hour, tzinfo=ZONE)


def test_the_end_of_the_month_is_its_last_midnight() -> None:
    bound = relative_end("活动到本月底", ZONE, FRIDAY, offer=True)
    assert bound is not None
    assert bound.until == datetime(2026, 12, 1, tzinfo=ZONE)


@pytest.mark.parametrize("text", ["今天下单当天发货", "周末也发货", "Order today, ships tomorrow"])
def test_what_is_no_offer_is_limited_by_no_day_it_names(text: str) -> None:
    assert relative_end(text, ZONE, FRIDAY, offer=False) is None


def test_an_offer_without_any_day_says_so() -> None:
    bound = relative_end("限时特惠，满100减10", ZONE, FRIDAY, offer=True)
    assert bound is not None
    assert bound.until is None
    assert relative_end("满100减10", ZONE, FRIDAY, offer=True) is None


def test_an_offer_for_tonight_is_not_said_tomorrow(tmp_path: Path) -> None:
    (tmp_path / "商品.csv").write_text("货号,商品名称,直播价,库存\nA1,青瓷茶杯,39,20\n", "utf-8")
    (tmp_path / "规则.md").write_text("# 规则\n\n## 优惠\n- 仅限今晚，买两个减10元。\n", "utf-8")
    clock = VirtualClock()
    shop = load_shop(tmp_path, clock)
    gate = Gate(shop, ())
    now = clock.wall()
    assert gate.check("买两个减10元。", "zh", "A1", now).ok
    later = now.replace(year=now.year + 1)
    assert not gate.check("买两个减10元。", "zh", "A1", later).ok
    assert any("今晚" in str(entry) for entry in shop.report.guessed)
