"""Which product a viewer means."""

import pytest

from knowledge.numerals import number_of
from knowledge.shop import Shop


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("一号链接多少钱", "BT1001"),
        ("3号链接怎么用", "BT1003"),
        ("链接5还有货吗", "BT1005"),
        ("第二个是什么", "BT1002"),
        ("第十二款多少钱", "HM3002"),
        ("4号", "BT1004"),
        ("number 3 please", "BT1003"),
        ("the second one", "BT1002"),
        ("what's the 11th item", "HM3001"),
        ("link 7?", "linen-shirt-dress"),
        ("#6 how much", "BT1006"),
        ("最后一个介绍下", "HM3004"),
        ("小蓝瓶敏感肌能用吗", "BT1001"),
        ("小红管有几个色", "BT1005"),
        ("那个月亮灯", "HM3001"),
        ("口红多少钱", "BT1005"),
        ("面霜呢", "BT1002"),
        ("羊毛开衫扎不扎", "merino-cardigan"),
        ("玻尿算保湿精华", "BT1001"),
        ("BT1006 还有吗", "BT1006"),
        ("is the lipstick in stock", "BT1005"),
        ("tell me about the linen dress", "linen-shirt-dress"),
        ("how big is the pillow", "HM3003"),
        ("LSD-M-SG in stock?", "linen-shirt-dress"),
    ],
)
def test_numbers_names_and_nicknames(demo: Shop, text: str, product: str) -> None:
    found = demo.find_product(text)
    assert found, text
    assert found[0][0] == product
    assert 0.5 < found[0][1] <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "你好呀",
        "主播好美",
        "11月3号发货吗",
        "第一次来",
        "hello everyone",
        "first time here",
        "哈哈哈",
        "666",
    ],
)
def test_small_talk_means_no_product(demo: Shop, text: str) -> None:
    assert [item for item in demo.find_product(text) if item[1] >= 0.6] == []


def test_this_next_and_before_follow_the_focus(demo: Shop) -> None:
    assert demo.find_product("这个多少钱", "BT1003")[0] == ("BT1003", 0.55)
    assert demo.find_product("is it waterproof", "BT1004")[0] == ("BT1004", 0.55)
    assert demo.find_product("下一个是什么", "BT1003")[0][0] == "BT1004"
    assert demo.find_product("刚才那个多少钱", "BT1003")[0][0] == "BT1002"
    assert demo.find_product("这个多少钱") == []


def test_a_name_weighs_more_than_this_one(demo: Shop) -> None:
    assert demo.find_product("这个面霜和精华能一起用吗", "BT1005")[0][0] in ("BT1002", "BT1001")


def test_a_brand_finds_its_products_weakly(demo: Shop) -> None:
    found = dict(demo.find_product("绯序家的东西怎么样"))
    assert found["BT1005"] == found["BT1006"] == 0.3


@pytest.mark.parametrize(
    ("text", "number"),
    [("3", 3), ("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("二十三", 23), ("一百零五", 105),
     ("third", 3), ("12th", 12), ("某", None)],
)  # fmt: skip
def test_numbers_in_words(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一号和三号哪个好", {"BT1001", "BT1003"}),
        ("1和3哪个好", {"BT1001", "BT1003"}),
        ("小蓝瓶跟小绿罐有什么区别", {"BT1001", "BT1002"}),
        ("is the first or the second one better for dry skin", {"BT1001", "BT1002"}),
        ("2 vs 4?", {"BT1002", "BT1004"}),
        ("这个和五号比怎么样", {"BT1005"}),
        ("倒数第二个是什么", {"HM3003"}),
    ],
)
def test_a_comparison_names_all_it_compares(demo: Shop, text: str, wanted: set[str]) -> None:
    sure = {product for product, score in demo.find_product(text, "BT1006") if score >= 0.9}
    assert sure == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("how much is the cardigen", "merino-cardigan"),
        ("velvet matte lipstik price", "BT1005"),
        ("玻尿算保湿精华多少钱", "BT1001"),
        ("HM 3002 还有吗", "HM3002"),
        ("LSD-S-IV in stock?", "linen-shirt-dress"),
    ],
)
def test_typing_errors_and_codes_find_their_product(demo: Shop, text: str, wanted: str) -> None:
    assert demo.find_product(text)[0][0] == wanted


@pytest.mark.parametrize("text", ["don't be so smug", "a candlelit dinner", "11月3号发货吗"])
def test_words_inside_other_words_name_nothing_surely(demo: Shop, text: str) -> None:
    assert all(score < 0.9 for _, score in demo.find_product(text))
