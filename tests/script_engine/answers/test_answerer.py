import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from core.line import Reply
from core.viewer import Viewer, ViewerEvent
from knowledge.shop import Shop
from script_engine.answers import Answerer
from script_engine.answers.body import measures
from script_engine.answers.comment import read_comment
from script_engine.answers.intents import find_intents
from script_engine.answers.sizes import advise, size_table
from script_engine.gate import Gate
from script_engine.policy import Policy
from tests.fakes.shop import fact, serum_shop, yuan
from tests.script_engine.test_composer import unbacked

COMMENTS = tomllib.loads((Path(__file__).parent / "data" / "comments.toml").read_text("utf-8"))
FLOOR = 0.96
# share of the labelled comments that must be dealt with rightly


@pytest.fixture(scope="module")
def answerer(shop: Shop, gate: Gate) -> Answerer:
    return Answerer(shop, gate, seed=11)


def ask(answerer: Answerer, text: str, focus: str | None, when: datetime, name: str = "") -> Reply:
    return answerer.answer(ViewerEvent("e1", "comment", user=Viewer("u1", name), text=text), focus,
                           when)  # fmt: skip


def right(reply: Reply, wanted: dict[str, str]) -> bool:
    text = reply.line.text if reply.line else ""
    has = wanted.get("has", "")
    return (
        reply.action == wanted["action"]
        and (not has or any(word in text for word in has.split("|")))
        and (not wanted.get("not") or wanted["not"] not in text)
        and (not wanted.get("product") or reply.product_id == wanted["product"])
    )


def test_labelled_comments_are_dealt_with_rightly(
    answerer: Answerer, shop: Shop, when: datetime
) -> None:
    wrong = []
    for wanted in COMMENTS["comment"]:
        reply = ask(answerer, wanted["text"], wanted["focus"], when)
        if not right(reply, wanted):
            wrong.append((wanted["text"], reply.action, reply.line and reply.line.text))
        if reply.line:
            assert not unbacked(reply.line, shop), reply.line.text
            assert len(reply.line.text) <= 260
    total = len(COMMENTS["comment"])
    assert 1 - len(wrong) / total >= FLOOR, wrong


@pytest.mark.parametrize(
    "text", [c["text"] for c in COMMENTS["comment"] if c["action"] in {"ignore", "moderate"}]
)
def test_nothing_is_said_to_spam_abuse_and_tricks(
    text: str, answerer: Answerer, when: datetime
) -> None:
    reply = ask(answerer, text, "BT1001", when)
    assert reply.line is None
    assert reply.reason


def test_an_unknown_is_said_in_different_words(answerer: Answerer, when: datetime) -> None:
    replies = [ask(answerer, "这个能带去南极吗", "HM3002", when) for _ in range(12)]
    assert {reply.action for reply in replies} == {"unknown"}
    assert len({reply.line.text for reply in replies if reply.line}) >= 4


def test_a_viewer_is_called_by_a_harmless_name_only(answerer: Answerer, when: datetime) -> None:
    said = [ask(answerer, "多少钱", "BT1002", when, "小鱼") for _ in range(20)]
    assert any(reply.line and reply.line.text.startswith("小鱼，") for reply in said)
    for name in ("全网最低价", "加我微信abc123", "99元包邮", "sb", "治愈湿疹"):
        for _ in range(10):
            reply = ask(answerer, "多少钱", "BT1002", when, name)
            assert reply.line is not None
            assert name not in reply.line.text


@pytest.mark.parametrize(
    ("text", "language"), [("how much", "en"), ("多少钱", "zh"), ("duoshao qian", "zh")]
)
def test_the_answer_comes_in_the_viewers_language(
    text: str, language: str, answerer: Answerer, when: datetime
) -> None:
    reply = ask(answerer, text, "BT1002", when)
    assert reply.line is not None
    assert reply.line.language == language


def test_a_changed_price_is_in_the_next_answer(
    policies: tuple[Policy, ...], when: datetime
) -> None:
    shop = serum_shop()
    answerer = Answerer(shop, Gate(shop, policies), seed=1)
    before = ask(answerer, "多少钱", "P1", when)
    shop.put(fact("price", yuan(179), "price", label="直播价"))
    after = ask(answerer, "多少钱", "P1", when)
    assert before.line is not None
    assert after.line is not None
    assert "199元" in before.line.text
    assert "179元" in after.line.text
    assert "199元" not in after.line.text


def test_a_sold_out_product_is_said_to_be(policies: tuple[Policy, ...], when: datetime) -> None:
    shop = serum_shop(stock=0)
    reply = ask(Answerer(shop, Gate(shop, policies), seed=1), "还有货吗", "P1", when)
    assert reply.action == "answer"
    assert reply.line is not None
    assert "没有库存" in reply.line.text or "卖完" in reply.line.text


def test_without_a_product_in_focus_the_shop_still_answers(
    answerer: Answerer, when: datetime
) -> None:
    reply = ask(answerer, "包邮吗", None, when)
    assert reply.line is not None
    assert "包邮" in reply.line.text
    assert ask(answerer, "多少钱", None, when).action == "unknown"


@pytest.mark.parametrize(
    ("text", "height", "weight"),
    [
        ("165 110斤", 165, 55), ("身高168体重52公斤", 168, 52), ("1米62 105", 162, 52.5),
        ("i'm 168cm and 55kg", 168, 55), ("160/50kg", 160, 50), ("我1米7，130斤", 170, 65),
        ("120斤", 0, 60), ("多少钱", 0, 0),
    ],
)  # fmt: skip
def test_measures_are_read_as_viewers_give_them(text: str, height: float, weight: float) -> None:
    body = measures(read_comment(text).text)
    assert (body.height_cm, body.weight_kg) == (height, weight)


def test_outside_the_size_table_no_size_is_advised(shop: Shop) -> None:
    table = size_table(
        [f for f in shop.facts_of("linen-shirt-dress", "size_table") if f.language == "zh"]
    )
    assert [size.name for size in table] == ["S", "M", "L", "XL"]
    fits = advise(measures("162cm 52kg"), table)
    assert fits is not None
    assert fits.name == "M"
    assert advise(measures("190cm 110kg"), table) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("多少前", "price"), ("duoshaoqian", "price"), ("shiping cost", "price"),
        ("ingrediants", "ingredients"), ("包由吗", "arrival"), ("zmy", "usage"),
        ("有貨嗎", "stock"), ("能退货嘛", "returns"),
    ],
)  # fmt: skip
def test_slips_pinyin_and_slang_are_understood(text: str, intent: str) -> None:
    assert intent in [found.name for found in find_intents(read_comment(text))]
