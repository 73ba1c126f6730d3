import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_engine.numbers import chinese_value, numbers
from script_engine.quantities import quantities
from script_engine.text import fold


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12), ("二十", 20), ("一百二", 120), ("一百零二", 102), ("两千八", 2800),
        ("两千零五", 2005), ("三万五", 35_000),
        ("一千二百三十四", 1234), ("九点九", 9.9), ("一九九", 199),
    ],
)  # fmt: skip
def test_a_chinese_numeral_has_its_value(text: str, value: float) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ninety-nine", [99]), ("one hundred and five", [105]), ("three, two", [3, 2]),
        ("two thousand three hundred", [2300]), ("1,299.5 and 3万", [1299.5, 30_000]),
        ("½ cup", [0.5]), ("１２", [12]), ("someone none", []),
    ],
)  # fmt: skip
def test_numbers_are_found_however_they_are_written(text: str, values: list[float]) -> None:
    assert [number.value for number in numbers(fold(text).text)] == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("直播间199块9", [("money", 199.9)]),
        ("九十九块九", [("money", 99.9)]),
        ("¥1,299", [("money", 1299)]),
        ("$29.90", [("money", 29.9)]),
        ("打八折", [("tenths", 8)]),
        ("取2-3滴", [("count", 2), ("count", 3)]),
        ("25~30℃", [("measure", 25), ("measure", 30)]),
        ("0.5kg", [("measure", 500)]),
        ("SPF50+", [("code", 0)]),
        ("百分之九十五棉", [("percent", 95)]),
        ("3号链接", [("ordinal", 3)]),
        ("一起看一看，十分好用，千万别错过，说两句", []),
        ("3、2、1，上链接", []),
        ("one of these, for one reason", []),
        ("只剩一件", [("count", 1)]),
    ],
)
def test_a_number_counts_what_stands_beside_it(text: str, found: list[tuple[str, float]]) -> None:
    assert [(q.kind, q.value) for q in quantities(fold(text).text)] == found


@given(st.integers(min_value=2, max_value=999_999))
def test_no_number_in_digits_is_missed(value: int) -> None:
    assert [n.value for n in numbers(f"现在{value}件")] == [value]


@given(st.text(max_size=60))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    for index in range(len(folded.text)):
        start, end = folded.span(index, index + 1)
        assert 0 <= start < end <= len(text)
