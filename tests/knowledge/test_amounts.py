"""Prices, counts and quantities as staff type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.product import Money
from knowledge.amounts import currency_in, parse_count, parse_money, parse_quantity


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("199", 19900, "CNY"),
        ("￥１９９.00", 19900, "CNY"),
        ("７９元", 7900, "CNY"),
        ("1,299元", 129900, "CNY"),
        ("19块9", 1990, "CNY"),
        ("1.2万", 1200000, "CNY"),
        ("199/瓶", 19900, "CNY"),
        ("US$39.90", 3990, "USD"),
        ("$1,299.00", 129900, "USD"),
        ("12,50 €", 1250, "EUR"),
        ("1.299,00 €", 129900, "EUR"),
        ("JPY 1,980", 1980, "JPY"),
    ],
)
def test_prices_are_read(text: str, minor: int, currency: str) -> None:
    assert parse_money(text, "CNY") == Money(minor, currency)


@pytest.mark.parametrize(
    "text",
    ["", "面议", "99-199", "99起", "第二件9.9", "0", "-5", "12.345", "1.2.3", "USD 5 元", "9" * 30],
)
def test_what_is_not_one_price_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"price|number|currencies|decimals"):
        parse_money(text, "CNY")


def test_a_shared_sign_means_the_shops_own_currency() -> None:
    assert parse_money("¥1980", "JPY") == Money(1980, "JPY")
    assert parse_money("$5", "SGD") == Money(500, "SGD")
    assert parse_money("$5", "CNY") == Money(500, "USD")


@given(
    st.integers(1, 10**9), st.sampled_from(["", "¥", "￥", "CNY "]), st.booleans(), st.booleans()
)
def test_every_price_survives_being_written(
    minor: int, sign: str, thousands: bool, full_width: bool
) -> None:
    number = f"{minor / 100:,.2f}" if thousands else f"{minor / 100:.2f}"
    if full_width:
        number = number.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert parse_money(f" {sign}{number}", "CNY") == Money(minor, "CNY")


@given(st.text(max_size=30))
def test_no_text_breaks_the_parsers(text: str) -> None:
    for parse in (lambda: parse_money(text, "CNY"), lambda: parse_count(text)):
        try:
            parse()
        except ValueError:
            continue
    parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("３２０", 320), ("1,200件", 1200), ("1.2万", 12000), ("售罄", 0), ("360.0", 360), ("-3", -3)],
)
def test_counts_are_read(text: str, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize("text", ["", "有货", "12.5", "很多", "3-5"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        parse_count(text)


@given(st.integers(1, 99999), st.sampled_from(["ml", "g", "cm", "mAh", "毫升", "个月", "W"]))
def test_quantities_keep_number_and_unit(number: int, unit: str) -> None:
    assert parse_quantity(f"{number / 10:g} {unit}") == (number / 10, unit)


@pytest.mark.parametrize("text", ["直径16cm", "30ml×2", "60×36cm", ""])
def test_a_quantity_that_says_more_stays_text(text: str) -> None:
    assert parse_quantity(text) is None


def test_headers_name_currencies() -> None:
    assert currency_in("Price (USD)") == "USD"
    assert currency_in("价格（元）") == "CNY"
    assert currency_in("because") is None
