"""How well facts fit questions."""

import pytest

from core.product import Fact, FactType, Source
from script_engine.answers.counting import counts
from script_engine.answers.fitting import fits
from script_engine.answers.question import question
from script_engine.answers.stems import name_words, stem


def fact(value: str | float, label: str = "卖点", field: str = "selling_point",
         unit: str = "", product_id: str = "A1", type: FactType = "text") -> Fact:  # fmt: skip
    language = "zh" if any(c >= "\u4e00" for c in str(value) + label) else "en"
    return Fact(f"{product_id}.{field}", product_id, "", field, type, value, unit, language,
                Source("a.csv", "row 2"), label)  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "value"),
    [
        ("泡多长时间", "90度水，泡2分钟"),
        ("能躺平吗", "靠背可平躺175度"),
        ("铝合金还是碳的", "碳纤维杆"),
        ("does the coating have pfoa", "Basket is non-stick and PFOA-free"),
        ("how bright can it go", "7 light colours and 20 brightness steps"),
        ("does it oscillate", "Swings 70 degrees left and right"),
    ],
)
def test_a_fact_that_speaks_of_it_fits(comment: str, value: str) -> None:
    assert fits(question(comment), fact(value)) >= 0.62


@pytest.mark.parametrize(
    ("comment", "value"),
    [
        ("里面有干燥剂吗", "冻干草莓脆"),
        ("泡多长时间", "泡之前先洗一遍"),
        ("does it have bluetooth", "Two speeds and turbo"),
        ("有蓝莓味的吗", "一盒15包，每包2.5克"),
        ("老板今年多大", "今年新茶"),
    ],
)
def test_a_fact_that_does_not_speak_of_it_does_not_fit(comment: str, value: str) -> None:
    assert fits(question(comment), fact(value)) < 0.62


def test_an_amount_that_a_viewer_names_and_a_fact_has_tells_facts_apart() -> None:
    asked = question("支持65w快充吗")
    assert fits(asked, fact("65W快充")) > fits(asked, fact("20W快充"))


def test_a_clause_counts_what_it_speaks_of() -> None:
    assert fits(question("how many people does it fit"), fact("3-season; sleeps 2")) >= 0.5
    assert fits(question("how many people does it fit"), fact("3-season; two doors")) == 0.0


def test_where_a_program_keeps_a_header_tells_nothing() -> None:
    value = fact("20 W", "Output (product.metafields.custom.output)", "feature")
    assert fits(question("is it custom made"), value) == 0.0


def test_the_length_of_a_cord_is_not_the_height() -> None:
    assert fits(question("how tall is it"), fact("75 cm", "Cord length", "feature")) < 0.62


def test_what_the_product_is_called_is_not_what_is_asked() -> None:
    own = name_words(("双面防滑瑜伽垫", "Yoga mat"))
    value = fact("湿布擦", "洗护", "care")
    assert fits(question("瑜伽垫起球吗"), value, own) == 0.0
    assert fits(question("瑜伽垫怎么清理"), value, own) >= 0.62


@pytest.mark.parametrize(
    ("what", "text", "there"),
    [
        ("包", "一盒30包", True),
        ("包", "一包沸水泡5分钟", False),
        ("包", "满88包邮", False),
        ("孔", "6孔活页", True),
        ("settings", "31 grind settings", True),
        ("settings", "40 mm burrs", False),
        ("#u", "83g(4u)", True),
        ("滤", "滤芯2个", True),
        ("顿", "每日最多10餐", True),
        ("drops", "隔天晚上用2到3滴", True),
        ("drops", "30天内用完", False),
        ("full charges", "20 w usb-c", False),
    ],
)
def test_counting(what: str, text: str, there: bool) -> None:
    assert counts(what, text) is there


def test_stems_meet() -> None:
    assert stem("brightness") == stem("brighter") == stem("bright")
    assert stem("wrapping") == stem("wrap")
    assert stem("colours") == stem("color")
