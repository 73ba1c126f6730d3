from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.product import Fact, FactType, Money, Product, Source
from room.cards import make_card, show_money

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PRODUCT = Product("A1", "精华", (("zh", "精华"), ("en", "Serum")), "beauty", "", (), (), 1, "a.png")


def fact(field: str, value: str | Money, variant: str = "", until: datetime | None = None) -> Fact:
    kind: FactType = "price" if isinstance(value, Money) else "selling_point"
    return Fact(
        f"A1{variant}.{field}", "A1", variant, field, kind, value, "", "zh",
        Source("a.xlsx", "row 1"), valid_until=until,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(19900, "CNY"), "¥199"),
        (Money(12990, "CNY"), "¥129.90"),
        (Money(2405, "USD"), "$24.05"),
        (Money(1500, "JPY"), "¥1500"),
        (Money(500, "CHF"), "CHF 5"),
    ],
)
def test_money_is_shown_as_shops_write_it(money: Money, text: str) -> None:
    assert show_money(money) == text


def test_the_lowest_of_several_prices_is_shown_as_from() -> None:
    facts = (
        fact("price", Money(9900, "CNY"), "/S"),
        fact("price", Money(8900, "CNY"), "/M"),
        fact("list_price", Money(12900, "CNY")),
    )
    card = make_card(PRODUCT, facts, "zh", Path("/nowhere"), NOW)
    assert (card.price, card.list_price, card.image) == ("¥89 起", "¥129", "")


def test_an_expired_price_is_not_shown() -> None:
    facts = (fact("price", Money(1, "CNY"), until=NOW), fact("selling_point", "好用"))
    card = make_card(PRODUCT, facts, "zh", Path("/nowhere"), NOW)
    assert (card.price, card.points) == ("", ("好用",))
