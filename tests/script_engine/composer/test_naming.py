"""Titles of other shops as they are said; none of them is in the demo shop."""

from datetime import datetime
from pathlib import Path

import pytest

from core.product import Product
from knowledge.shop import Shop, load_shop
from script_engine.composer import Composer
from script_engine.composer.naming import candidates, head_noun
from script_engine.composer.trades import UNKNOWN, trade_of
from script_engine.gate import Gate
from script_engine.policy import Policy
from tests.fakes.clock import VirtualClock

DATA = Path(__file__).parents[1] / "data"


def product(title: str, *aliases: str) -> Product:
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in title) else "en"
    return Product("P", title, ((language, title),), "", "", aliases, (), 1, "")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("【2026新货】临安手剥山核桃仁250g罐装坚果零食大礼包", "临安手剥山核桃仁"),
        ("2026新款夏季冰丝凉感透气宽松显瘦阔腿裤女", "阔腿裤"),
        ("按动中性笔0.5mm学生刷题笔黑色考试专用12支", "按动中性笔"),
        ("不锈钢双层保温饭盒（升级版）可微波学生上班族便当盒", "饭盒"),
        ("云南小粒咖啡豆中深烘焙454g袋装现磨黑咖啡", "云南小粒咖啡豆"),
        ("白桃乌龙冷泡茶", "白桃乌龙冷泡茶"),
    ],
)
def test_a_stuffed_chinese_title_is_said_short(title: str, name: str) -> None:
    names = candidates(product(title), "zh", UNKNOWN)
    assert any(each.endswith(name) for each in names[:2]), names
    for each in names:
        assert len(each) <= 12
        assert not any(mark in each for mark in "【】（）()0123456789")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Mechanical Keyboard K75 (Hot-Swappable) - 2026 New Model", "Mechanical Keyboard"),
        (
            "Wireless Earbuds, Bluetooth 5.3 Headphones with 4 Mics, 48H",
            "Wireless Earbuds",
        ),
        ("Oak Side Table", "Oak Side Table"),
        ("Kids Rain Boots for Toddlers | Waterproof", "Kids Rain Boots"),
    ],
)
def test_a_stuffed_english_title_is_said_short(title: str, name: str) -> None:
    assert candidates(product(title), "en", UNKNOWN)[0] == name


def test_a_nickname_may_stand_in_and_a_code_may_not() -> None:
    names = candidates(product("JX-88", "小旋风", "A10032"), "zh", UNKNOWN)
    assert "小旋风" in names
    assert "A10032" not in names
    assert head_noun("Little Moon Rechargeable Lamp", "en") == "lamp"
    assert head_noun("小月亮充电台灯", "zh") == "台灯"


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("家居/灯具", "home"), ("宠物/狗粮", "pet"), ("Pets/Dog treats", "pet"),
        ("茶叶/绿茶", "drink"), ("Electronics/Keyboards", "tech"), ("饰品/耳饰", "jewellery"),
        ("steam cleaning", "home"),
        ("汽车/脚垫", ""), ("Kitchen/Pans", "kitchen"), ("母婴/奶瓶", "baby"),
    ],
)  # fmt: skip
def test_a_category_names_its_trade(text: str, trade: str) -> None:
    assert trade_of((text,)).name == trade


@pytest.fixture(scope="module")
def corner(clock: VirtualClock) -> Shop:
    return load_shop(DATA / "corner-shop", clock)


def test_boasts_and_codes_of_a_title_are_never_said(
    corner: Shop, policies: tuple[Policy, ...], when: datetime
) -> None:
    composer = Composer(corner, Gate(corner, policies), seed=2)
    for each in corner.products():
        lines = list(composer.pitch_minutes(each.id, "zh", 2.0, when))
        assert len(lines) >= 12, each.name
        text = " ".join(line.text for line in lines)
        assert each.name not in text
        for wrong in ("全网第一", "顶级", "旗舰店", "【", "JX-88", "2026", "神器"):
            assert wrong not in text, (each.id, wrong)


def test_goods_without_an_english_name_are_pitched_in_english(
    corner: Shop, policies: tuple[Policy, ...], when: datetime
) -> None:
    composer = Composer(corner, Gate(corner, policies), seed=2)
    for each in corner.products():
        lines = list(composer.pitch_minutes(each.id, "en", 2.0, when))
        assert len(lines) >= 12, each.name
        for line in lines:
            assert not any("\u4e00" <= c <= "\u9fff" for c in line.text), line.text
    told = {f for line in composer.pitch("S01", "en", when) for f in line.fact_ids}
    assert {"S01.shelf_life", "S01.price"} <= told
