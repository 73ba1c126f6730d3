"""Versions of a product as viewers name them."""

import pytest

from core.product import Product, Variant
from script_engine.answers.choices import carried, variants_said, without_variants


def product(*variants: str) -> Product:
    return Product(
        "A1", "甲", (("zh", "甲"),), "", "", (), tuple(Variant(v, "") for v in variants), 1, ""
    )


@pytest.mark.parametrize(
    ("variants", "comment", "said"),
    [
        (("3 qt", "5 qt"), "how much for the 5 quart one", ["5 qt"]),
        (("3 qt", "5 qt"), "how many 5qt left", ["5 qt"]),
        (("3 qt", "5 qt"), "is the bigger one sold out", ["5 qt"]),
        (("50g罐装", "100g罐装"), "一百克的什么价", ["100g罐装"]),
        (("50g罐装", "100g罐装"), "50克和100克分别多少钱", ["50g罐装", "100g罐装"]),
        (("6mm", "8mm"), "8的呢", ["8mm"]),
        (("750ml", "1000ml"), "一升的多少钱", ["1000ml"]),
        (("香辣", "原味"), "辣的那个还有吗", ["香辣"]),
        (("NB码", "S码", "M码"), "m的还有多少包", ["M码"]),
        (("黑色 / S", "豆沙粉 / M"), "粉的m还有吗", ["豆沙粉 / M"]),
        (("38", "40"), "40块能卖吗", []),
        (("M", "L"), "how much for the mug", []),
        (("M", "L"), "大号的还有没", ["L"]),
        (("6枚", "12枚"), "十二个装的多少", ["12枚"]),
        (("标准款", "加大款"), "加大的各多少", ["加大款"]),
        (("iPhone 15", "iPhone 15 Pro", "Galaxy S24"), "do you have the iphone 13", []),
    ],
)
def test_the_version_that_is_meant(
    variants: tuple[str, ...], comment: str, said: list[str]
) -> None:
    assert variants_said(product(*variants), comment) == said


def test_what_is_not_said_anew_stays() -> None:
    shoes = product("曜石黑 / 38", "曜石黑 / 40", "雾灰 / 40")
    assert carried(shoes, "黑色40码有吗", "那灰色的呢") == "40"


def test_an_earlier_question_is_asked_of_another_version() -> None:
    assert "s码" not in without_variants(product("S码", "M码"), "s码一包几片")
