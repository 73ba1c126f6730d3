from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.line import Line
from script_engine.gate import Draft, Gate
from tests.fakes.shop import FakeShop, fact, product, yuan

NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def said(text: str, price: int = 120) -> bool:
    shop = FakeShop(
        [product("P1", "云岭咖啡豆")],
        [
            fact("price", yuan(price), "price"),
            fact("coupon", "会员可领满100减15优惠券", "policy", product_id=""),
            fact("shipping", "满200元包邮", "policy", product_id=""),
        ],
    )
    return isinstance(Gate(shop, ()).admit(Draft(text, "zh", "operator", "P1"), NOW), Line)


@settings(max_examples=60, deadline=None)
@given(pieces=st.integers(2, 9), off=st.integers(-40, 40))
def test_some_cost_so_many_times_as_much(pieces: int, off: int) -> None:
    assert said(f"{pieces}包{pieces * 120 + off}元。") == (off == 0)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("领完券到手105元。", True),
        ("领完券到手100元。", False),
        ("到手105元。", False),
        ("差不多一百二十块。", True),
        ("不到一百三十块。", True),
        ("不到一百二十块。", False),
        ("一百一十块出头。", True),
        ("一百块左右。", False),
    ],
)
def test_prices_after_coupons_and_near_prices(text: str, true: bool) -> None:
    assert said(text) == true


def test_free_shipping_is_promised_to_what_costs_enough() -> None:
    assert not said("这包咖啡豆包邮。")
    assert said("这包咖啡豆包邮。", price=230)
    assert said("满200元包邮。")
