import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.line import Line
from knowledge.shop import Shop
from room.settings import CONFIGS
from script_engine.gate import Blocked, Draft, Gate
from script_engine.policy import load_policies
from script_engine.text import detect_language
from tests.fakes.shop import FakeShop, fact, product, serum_shop, yuan

DATA = tomllib.loads((Path(__file__).parent / "data" / "gate.toml").read_text("utf-8"))
NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


def cases(key: str) -> list[tuple[str, str]]:
    return [(group["product"], line) for group in DATA[key] for line in group["lines"]]


def draft(text: str, product_id: str = "P1") -> Draft:
    return Draft(text, detect_language(text), "operator", product_id)


@pytest.mark.parametrize(("product_id", "text"), cases("true"))
def test_a_true_line_passes(product_id: str, text: str, gate: Gate, when: datetime) -> None:
    line = gate.admit(draft(text, product_id), when)
    assert isinstance(line, Line), line
    assert all(claim.fact_id for claim in line.claims)


@pytest.mark.parametrize(("product_id", "text"), cases("false"))
def test_a_falsified_line_does_not_leave(
    product_id: str, text: str, gate: Gate, when: datetime
) -> None:
    blocked = gate.admit(draft(text, product_id), when)
    assert isinstance(blocked, Blocked), blocked
    assert blocked.reasons


def test_claims_stand_where_they_are_in_the_text(gate: Gate, shop: Shop, when: datetime) -> None:
    text = "小绿罐直播间１６８元，还有260件。"
    verdict = gate.check(text, "zh", "BT1002", when)
    assert [(c.kind, text[c.start : c.end]) for c in verdict.claims] == [
        ("price", "１６８元"),
        ("stock", "260件"),
    ]
    assert all(shop.fact(claim.fact_id) for claim in verdict.claims)


def test_another_products_name_is_no_claim_of_the_one_on_the_table(
    shop: Shop, when: datetime
) -> None:
    packs = load_policies((), CONFIGS / "policies")
    gate = Gate(shop, packs)
    bridge = "轻透防晒乳讲完了，来看看丝绒哑光口红。"
    assert isinstance(gate.admit(draft(bridge, "BT1005"), when), Line)
    for claim in ("丝绒哑光口红也防晒。", "轻透防晒乳讲完了，这支丝绒哑光口红一样防晒。"):
        blocked = gate.admit(draft(claim, "BT1005"), when)
        assert isinstance(blocked, Blocked)
        assert any("special-function" in reason for reason in blocked.reasons)


def test_a_price_past_its_end_is_not_said() -> None:
    ended = fact("price", yuan(199), "price", valid_until=NOW)
    shop = serum_shop()
    shop.put(ended)
    gate = Gate(shop, ())
    assert isinstance(gate.admit(draft("现在199元"), NOW), Blocked)
    assert isinstance(gate.admit(draft("现在199元"), NOW - timedelta(seconds=1)), Line)


def test_words_with_a_deadline_are_not_said_after_it() -> None:
    promotion = fact("promotion", "第二件半价，2026年11月11日截止", "policy")
    gate = Gate(serum_shop(promotion), ())
    assert isinstance(gate.admit(draft("第二件半价"), NOW), Blocked)
    assert isinstance(gate.admit(draft("第二件半价"), NOW - timedelta(days=20)), Line)


def test_a_fact_the_writer_leant_on_must_hold() -> None:
    gate = Gate(serum_shop(), ())
    made_up = Draft("大家看看", "zh", "pitch", "P1", fact_ids=("P1.price", "P1.gone"))
    blocked = gate.admit(made_up, NOW)
    assert isinstance(blocked, Blocked)
    assert "P1.gone" in blocked.reasons[0]


def test_almost_gone_is_said_only_when_it_is() -> None:
    assert isinstance(Gate(serum_shop(stock=4), ()).admit(draft("马上没了"), NOW), Line)
    assert isinstance(Gate(serum_shop(stock=400), ()).admit(draft("马上没了"), NOW), Blocked)


def test_prices_are_not_interrupted() -> None:
    gate = Gate(serum_shop(), ())
    price, talk = gate.admit(draft("直播间199元"), NOW), gate.admit(draft("大家好"), NOW)
    assert isinstance(price, Line)
    assert isinstance(talk, Line)
    assert (price.interruptible, talk.interruptible) == (False, True)


def test_a_number_belongs_to_the_product_that_is_named() -> None:
    shop = FakeShop(
        [product("P1", "晨露精华"), product("P2", "松针面霜", ordinal=2)],
        [
            fact("price", yuan(199), "price"),
            fact("price", yuan(168), "price", product_id="P2"),
        ],
    )
    gate = Gate(shop, ())
    assert isinstance(gate.admit(draft("晨露精华199元，松针面霜168元"), NOW), Line)
    assert isinstance(gate.admit(draft("晨露精华168元，松针面霜199元"), NOW), Blocked)


def test_a_cited_fact_may_be_said_as_it_stands() -> None:
    shop = serum_shop()
    shop.add(fact("feature", "支持专柜验货，不支持5G WiFi", number=9))
    gate = Gate(shop, ())

    def said(text: str, *cited: str) -> Line | Blocked:
        return gate.admit(Draft(text, "zh", "answer", "P1", cited), NOW)

    quote = "资料里写着支持专柜验货，不支持5G WiFi。"
    assert isinstance(said(quote), Blocked)
    line = said(quote, "P1.feature.9")
    assert isinstance(line, Line)
    assert {claim.fact_id for claim in line.claims} == {"P1.feature.9"}
    assert isinstance(said("没有支持专柜验货，不支持5G WiFi。", "P1.feature.9"), Blocked)
    assert isinstance(said("支持专柜验货，不支持5G WiFi，能治失眠。", "P1.feature.9"), Blocked)
    assert isinstance(said("不支持5G WiFi", "P1.feature.9"), Blocked)


def test_a_line_with_nothing_in_it_is_refused() -> None:
    assert isinstance(Gate(serum_shop(), ()).admit(draft("  "), NOW), Blocked)


KNOWN = {199, 299, 100, 86, 30, 36, 2, 3, 48, 7, 300, 1, 33, 50}
# numbers of the fake shop's facts, what follows from them, and its link and variants
TEMPLATES = """
直播间只要{}元|今天{}块钱带走|¥{}|only {} yuan|现在还有{}件|只剩{}瓶了|净含量{}毫升|保质期{}个月
{}小时内发货|{}天无理由退货|打{}折|省{}元
{}%的人回购|满{}减30|每次取{}滴|used by {} people|it lasts {} hours
卖了{}单|{}倍保湿
补水{}小时|第{}名|一共{}种成分|我数到{}|{}个明星推荐|{} out of ten|save {} percent|{}号链接
"""
TEMPLATE_LIST = TEMPLATES.strip().replace("\n", "|").split("|")


@settings(max_examples=300, deadline=None)
@given(
    number=st.integers(min_value=2, max_value=100_000).filter(lambda n: n not in KNOWN),
    template=st.sampled_from(TEMPLATE_LIST),
    before=st.sampled_from(["", "姐妹们，", "晨露精华", "听好了：", "Friends, "]),
    write=st.sampled_from(["{}", "{:,}", "wide", "zh"]),
)
def test_no_number_leaves_that_no_fact_has(
    number: int, template: str, before: str, write: str
) -> None:
    if write == "wide":
        written = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    elif write == "zh":
        written = "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))
    else:
        written = write.format(number)
    text = before + template.format(written)
    assert isinstance(Gate(serum_shop(), ()).admit(draft(text), NOW), Blocked), text


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_a_verdict(text: str) -> None:
    result = Gate(serum_shop(), ()).admit(draft(text), NOW)
    if isinstance(result, Line):
        assert all(claim.fact_id for claim in result.claims)
