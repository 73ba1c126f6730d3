import itertools
import math
import random
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.language import Language
from core.line import Line
from core.product import Fact, Money
from knowledge.shop import Shop, load_shop
from script_engine.composer import Composer
from script_engine.composer.fields import FIELDS
from script_engine.composer.formats import load_formats
from script_engine.composer.grammar import count, expand, parse
from script_engine.composer.memory import Picks, Said
from script_engine.composer.phrases import MOVES, book
from script_engine.gate import Blocked, Gate
from script_engine.pace import speaking_s
from script_engine.policy import Policy, check_text
from script_engine.text import sentences
from tests.fakes.clock import VirtualClock
from tests.fakes.shop import fact, serum_shop, yuan

PRODUCTS = [
    "BT1001", "BT1002", "BT1003", "BT1004", "BT1005", "BT1006", "linen-shirt-dress",
    "cotton-oxford-shirt", "wide-leg-trousers", "merino-cardigan", "HM3001", "HM3002", "HM3003",
    "HM3004",
]  # fmt: skip
FORMATS = Path(__file__).parents[2] / "configs" / "formats"
LANGUAGES: list[Language] = ["zh", "en"]


def figures_of(fact: Fact) -> set[float]:
    """Every number a fact gives, read without the code under test."""
    if isinstance(fact.value, Money):
        return {fact.value.minor / 100}
    if isinstance(fact.value, float | int):
        return {float(fact.value)}
    return {float(n) for n in re.findall(r"\d+(?:\.\d+)?", f"{fact.label} {fact.value}")}


def unbacked(line: Line, shop: Shop) -> set[float]:
    """Numbers in a line's text that none of its own facts gives."""
    listed = [shop.fact(fact_id) for fact_id in line.fact_ids]
    facts = [fact for fact in listed if fact is not None]
    known = set().union(*(figures_of(fact) for fact in facts)) if facts else set()
    amounts = [f.value.minor / 100 for f in facts if isinstance(f.value, Money)]
    known |= {round(abs(a - b), 2) for a, b in itertools.combinations(amounts, 2)}
    known |= {float(product.ordinal) for product in shop.products()}
    names = " ".join(name for product in shop.products() for _, name in product.names)
    known |= {float(n) for n in re.findall(r"\d+(?:\.\d+)?", names)}
    return {float(n) for n in re.findall(r"\d+(?:\.\d+)?", line.text)} - known


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("product_id", PRODUCTS)
def test_every_number_in_a_pitch_is_backed_by_its_own_facts(
    product_id: str,
    language: Language,
    shop: Shop,
    gate: Gate,
    policies: tuple[Policy, ...],
    when: datetime,
) -> None:
    kept_back: list[Blocked] = []
    composer = Composer(shop, gate, seed=7, on_blocked=kept_back.append)
    lines = [line for _ in range(3) for line in composer.pitch(product_id, language, when)]
    assert len(lines) >= 24
    for line in lines:
        assert not unbacked(line, shop), line.text
        assert not [v for v in check_text(line.text, policies) if v.tier == "block"], line.text
        assert 1 <= len(sentences(line.text)) <= 5, line.text
        assert line.product_id == product_id
        assert all(0 <= cue.at <= len(line.text) for cue in line.cues)
    moves = Counter(line.move for line in lines)
    assert {"hook", "point", "offer", "call", "ask"} <= set(moves)
    assert len(kept_back) <= len(lines) / 5, [blocked.reasons for blocked in kept_back]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_names_the_price_and_points_at_the_card(
    language: Language, shop: Shop, gate: Gate, when: datetime
) -> None:
    composer = Composer(shop, gate, seed=1)
    offer = next(line for line in composer.pitch("BT1002", language, when) if line.move == "offer")
    assert "168" in offer.text
    assert "BT1002.price" in offer.fact_ids
    assert not offer.interruptible
    at = {cue.value: cue.at for cue in offer.cues}
    assert offer.text[at["card"] :].lstrip("¥").startswith("168")
    assert "point_left" in at


@pytest.mark.parametrize("minutes", [1.0, 2.0, 3.0, 5.0, 10.0])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pitch_keeps_its_minutes_within_a_tenth(
    language: Language, minutes: float, shop: Shop, gate: Gate, when: datetime
) -> None:
    formats = list(load_formats(FORMATS).values())
    composer = Composer(shop, gate, formats=formats, seed=5)
    products = ("BT1001", "linen-shirt-dress", "HM3004")
    for product_id in products if minutes <= 3 else products[:1]:
        lines = composer.pitch_minutes(product_id, language, minutes, when)
        spoken_s = sum(speaking_s(line.text, language) for line in lines)
        assert spoken_s == pytest.approx(minutes * 60, rel=0.1), product_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_viewers_ask_comes_first_and_says_so(
    language: Language, shop: Shop, gate: Gate, when: datetime
) -> None:
    said = {"zh": re.compile("问"), "en": re.compile("[Aa]sked|chat")}[language]
    for field in ("origin", "ingredients", "shelf_life"):
        composer = Composer(shop, gate, seed=4)
        list(composer.pitch("BT1002", language, when))
        later = when + timedelta(minutes=5)
        composer.interests.note([field], later)
        pitch = list(itertools.islice(composer.pitch("BT1002", language, later), 5))
        about = [line for line in pitch if any(f".{field}" in each for each in line.fact_ids)]
        assert about, [line.text for line in pitch]
        assert said.search(about[0].text), about[0].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_said_to_have_asked_when_nobody_did(
    language: Language, shop: Shop, gate: Gate, when: datetime
) -> None:
    composer = Composer(shop, gate, seed=8)
    claims = {
        "zh": re.compile("刚才有.{1,4}问|有人问|评论里问"),
        "en": re.compile("(?<!If you )asked"),
    }
    for line in composer.pitch_minutes("HM3001", language, 12.0, when):
        assert not claims[language].search(line.text), line.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_and_short_lines_take_turns(
    language: Language, shop: Shop, gate: Gate, when: datetime
) -> None:
    lines = [
        line
        for seed in (8, 9, 10)
        for line in Composer(shop, gate, seed=seed).pitch_minutes("HM3001", language, 4.0, when)
    ]
    lengths_s = [speaking_s(line.text, language) for line in lines]
    assert sum(length_s < 3.5 for length_s in lengths_s) >= len(lengths_s) / 15
    assert sum(length_s > 6.0 for length_s in lengths_s) >= len(lengths_s) / 5
    told = sum(bool(line.fact_ids) for line in lines)
    assert told >= 0.55 * len(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_well_written(
    language: Language, shop: Shop, gate: Gate, when: datetime
) -> None:
    composer = Composer(shop, gate, formats=list(load_formats(FORMATS).values()), seed=12)
    for product_id in PRODUCTS[::2]:
        for line in composer.pitch(product_id, language, when):
            assert not ILL_WRITTEN[language].search(line.text), line.text
            assert line.text[-1] in "。？！.?!", line.text


ILL_WRITTEN = {
    "zh": re.compile(r"[，。：；？！][，。：；]|[{}<>\[\]]|\s[\u4e00-\u9fff]|[,;?]"),
    "en": re.compile(
        r"[.?!,;:][.,;:]|[{}<>\[\]]|\s[.,?!]|(?:^|[.?!] )[a-z]|  |\ba [aeio]\w|[\u4e00-\u9fff]"
    ),
}


def test_a_plural_is_spoken_of_as_one(shop: Shop, gate: Gate, when: datetime) -> None:
    composer = Composer(shop, gate, seed=3)
    lines = composer.pitch_minutes("wide-leg-trousers", "en", 8.0, when)
    text = " ".join(line.text for line in lines)
    assert re.search(r"\b(?:they're|they come|these trousers)\b", text, re.IGNORECASE)
    assert not re.search(r"\bit's (?:made|from|by)\b|\bit comes from\b|this trousers", text)


def test_the_hour_after_may_repeat() -> None:
    said = Said()
    start = datetime.fromisoformat("2026-11-22T23:00:00+00:00")
    said.remember("大家好。今天看精华！", start)
    assert not said.fresh("今天，看精华。", start + timedelta(minutes=59))
    assert said.fresh("今天看精华！", start + timedelta(minutes=60))


def test_a_sold_out_product_is_not_pitched(policies: tuple[Policy, ...], when: datetime) -> None:
    empty, full = serum_shop(stock=0), serum_shop(stock=1)
    assert list(Composer(empty, Gate(empty, policies), seed=1).pitch("P1", "zh", when)) == []
    assert list(Composer(full, Gate(full, policies), seed=1).pitch("P1", "zh", when))


def test_a_new_price_is_in_the_next_line(policies: tuple[Policy, ...], when: datetime) -> None:
    shop = serum_shop()
    composer = Composer(shop, Gate(shop, policies), seed=1)
    pitch = composer.pitch("P1", "zh", when)
    next(pitch)
    shop.put(fact("price", yuan(189), "price", label="直播价"))
    offer = next(line for line in pitch if line.move == "offer")
    assert "189元" in offer.text
    assert "199元" not in offer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_small_talk_needs_no_facts_and_owns_up(
    language: Language, shop: Shop, gate: Gate, when: datetime
) -> None:
    composer = Composer(shop, gate, seed=2)
    for line in (composer.opening(language, when), composer.ai_notice(language, when)):
        assert line is not None
        assert "AI" in line.text
    for _ in range(20):
        line = composer.evergreen(language, when)
        assert line is not None
        assert line.fact_ids == ()
    bridge = composer.bridge("BT1001", "HM3001", language, when)
    assert bridge is not None
    assert shop.product("HM3001").name_in(language) in bridge.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_move_has_many_ways_to_be_said(language: Language) -> None:
    phrases = book(language)
    for move in MOVES:
        before, after = phrases.reasons(next(iter(FIELDS.get(move, ("",)))), "")
        reasons = {"{pre}": len(before), "{post}": len(after)}
        ways = 0
        for template in phrases.templates(move):
            with_reasons = math.prod(n for slot, n in reasons.items() if slot in template.text)
            ways += with_reasons * count(template.text, phrases.parts)
        assert ways >= 15, move


def test_the_grammar_takes_what_was_taken_least() -> None:
    picks, rng = Picks(), random.Random(1)
    template, parts = "a[middle]f", {"middle": "<b|<c|d>e>"}
    said = []
    for _ in range(40):
        text, taken = expand(template, parts, picks, rng)
        picks.remember(taken)
        said.append(text)
    assert set(said) == {"abf", "acef", "adef"}
    assert count(template, parts) == 3
    assert 15 <= said.count("abf") <= 25


@pytest.mark.parametrize("template", ["a<b", "a>b", "<a|<b>", "[a"])
def test_a_bracket_left_open_is_an_error(template: str) -> None:
    with pytest.raises(ValueError, match=r"'<'|'\['"):
        parse(template)


OTHER_TRADES = """\
商品ID,商品名称,类目,品牌,直播价,日常价,库存,卖点,配料,净含量,保质期,产地,储存方法,适用人群,材质,续航,使用方法,注意事项
F1,手剥山核桃仁,食品/坚果,林小满,39.9,59.9,600,当季新货，颗颗去衣；小袋独立包装，出门好带,山核桃仁、食用盐、白砂糖,250g,8个月,浙江临安,阴凉干燥处存放，开袋后尽快吃完,,,,开袋即食,坚果过敏者请勿食用
P1,冻干鸡肉猫零食,宠物/猫零食,喵屿,29,,320,鸡胸肉切块冻干，掰开能看到纤维,鸡胸肉,100g,18个月,山东,密封存放,三个月以上的猫,,,直接喂或泡水后喂,请给猫准备足够的饮水
E1,便携蓝牙音箱,数码/音箱,声岸,199,269,150,巴掌大小，塞得进大衣口袋,,,,广东深圳,,,铝合金网罩,约12小时,长按三秒开机，再按一次进入配对,请勿放入水中
T1,木质拼图,玩具,木芽,49,,0,椴木切割，边角打磨过,,,,,,,椴木,,,
"""


def test_products_of_any_trade_get_a_pitch_from_what_is_known(
    tmp_path: Path, clock: VirtualClock, policies: tuple[Policy, ...], when: datetime
) -> None:
    (tmp_path / "goods.csv").write_text(OTHER_TRADES, encoding="utf-8")
    goods = load_shop(tmp_path, clock)
    kept_back: list[Blocked] = []
    composer = Composer(goods, Gate(goods, policies), seed=3, on_blocked=kept_back.append)
    for product_id in ("F1", "P1", "E1"):
        lines = list(composer.pitch(product_id, "zh", when))
        told = {fact_id for line in lines for fact_id in line.fact_ids}
        known = [fact for fact in goods.facts_of(product_id) if fact.field not in {"category"}]
        assert len(told) >= 0.7 * len(known), told
        assert not any(unbacked(line, goods) for line in lines)
    assert len(kept_back) <= 2, [blocked.reasons for blocked in kept_back]
    assert list(composer.pitch("T1", "zh", when)) == []


def test_a_pitch_names_a_topic_once(shop: Shop, gate: Gate, when: datetime) -> None:
    asked = [
        line.text
        for seed in range(4)
        for line in Composer(shop, gate, seed=seed).pitch_minutes("HM3001", "zh", 8.0, when)
        if line.move == "policy" and line.text.startswith(("退换的", "发票的", "发货的", "客服的"))
    ]
    assert asked, "no policy was told under its name"
    for text in asked:
        assert not re.search(f"，(说到)?{text[:2]}(，|这块)", text), text
