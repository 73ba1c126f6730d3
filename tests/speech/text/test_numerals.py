import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.text.numerals import en_money, en_number, en_ordinal, en_year, zh_money, zh_number


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("0", "零"), ("10", "十"), ("15", "十五"), ("20", "二十"), ("102", "一百零二"),
        ("110", "一百一十"), ("200", "两百"), ("1,200", "一千二百"), ("2000", "两千"),
        ("10000", "一万"), ("10005", "一万零五"), ("20300", "两万零三百"), ("105000", "十万五千"),
        ("200000000", "两亿"), ("3.14", "三点一四"), ("007", "零零七"),
    ],
)  # fmt: skip
def test_chinese_numbers(written: str, spoken: str) -> None:
    assert zh_number(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("129.90", "一百二十九块九"), ("129.99", "一百二十九块九毛九"), ("199", "一百九十九元"),
        ("2", "两元"), ("0.50", "五毛"), ("0.99", "九毛九"), ("9.05", "九块零五分"),
        ("1,299.00", "一千二百九十九元"), ("2.5", "两块五"),
    ],
)  # fmt: skip
def test_chinese_money(written: str, spoken: str) -> None:
    assert zh_money(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("0", "zero"), ("13", "thirteen"), ("42", "forty two"), ("100", "one hundred"),
        ("1,299", "one thousand two hundred ninety nine"), ("1000000", "one million"),
        ("0.5", "zero point five"), ("007", "zero zero seven"),
    ],
)  # fmt: skip
def test_english_numbers(written: str, spoken: str) -> None:
    assert en_number(written) == spoken


def test_english_ordinals_and_years() -> None:
    assert [en_ordinal(n) for n in ("1", "2", "12", "20", "21", "103")] == [
        "first", "second", "twelfth", "twentieth", "twenty first", "one hundred third",
    ]  # fmt: skip
    assert [en_year(y) for y in ("2026", "2005", "1900", "1905")] == [
        "twenty twenty six", "two thousand five", "nineteen hundred", "nineteen oh five",
    ]  # fmt: skip


def test_english_money() -> None:
    dollars = (("dollar", "dollars"), ("cent", "cents"))
    assert en_money("1", *dollars) == "one dollar"
    assert en_money("19.99", *dollars) == "nineteen dollars and ninety nine cents"
    assert en_money("0.01", *dollars) == "one cent"
    assert en_money("129.90", ("yuan", "yuan"), None) == "one hundred twenty nine point nine yuan"


def parse_chinese(spoken: str) -> int:
    """The other way round, written independently."""
    digits = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
    total = section = digit = 0
    for char in spoken:
        if char in digits:
            digit = digits[char]
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char == "万":
            section, digit = (section + digit) * 10_000, 0
            total, section = total + section, 0
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    return total + section + digit


@given(st.integers(0, 10**12 - 1))
def test_chinese_numbers_mean_what_was_written(value: int) -> None:
    assert parse_chinese(zh_number(str(value))) == value
