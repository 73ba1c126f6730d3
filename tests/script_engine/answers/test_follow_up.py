from datetime import datetime, timedelta

import pytest

from core.line import Reply
from core.viewer import Viewer, ViewerEvent
from knowledge.shop import Shop
from script_engine.answers import Answerer
from script_engine.answers.comment import read_comment
from script_engine.gate import Gate


@pytest.fixture
def answerer(shop: Shop, gate: Gate) -> Answerer:
    return Answerer(shop, gate, seed=2)


def ask(answerer: Answerer, viewer: str, text: str, focus: str, when: datetime) -> Reply:
    event = ViewerEvent("e", "comment", user=Viewer(viewer), text=text)
    return answerer.answer(event, focus, when)


@pytest.mark.parametrize(
    ("first", "then", "has"),
    [
        ("小绿罐多少钱", "那第三个呢", "79元"),
        ("how much is the mug", "and the candle?", "99"),
        ("保质期多久", "小绿罐呢", "36个月"),
    ],
)
def test_what_was_asked_is_asked_of_another_product(
    first: str, then: str, has: str, answerer: Answerer, when: datetime
) -> None:
    ask(answerer, "u1", first, "BT1001", when)
    reply = ask(answerer, "u1", then, "BT1001", when)
    assert reply.line is not None
    assert has in reply.line.text


def test_that_one_is_the_product_asked_about_before(answerer: Answerer, when: datetime) -> None:
    ask(answerer, "u1", "小绿罐多少钱", "BT1001", when)
    assert ask(answerer, "u1", "那个怎么用", "BT1001", when).product_id == "BT1002"
    assert ask(answerer, "u2", "那个怎么用", "BT1001", when).product_id == "BT1001"
    later = when + timedelta(minutes=6)
    assert ask(answerer, "u1", "那个怎么用", "BT1001", later).product_id == "BT1001"


def test_without_an_earlier_question_nothing_is_made_up(answerer: Answerer, when: datetime) -> None:
    assert ask(answerer, "", "第三个呢", "BT1001", when).product_id == "BT1003"


@pytest.mark.parametrize(
    "text", ["これはいくらですか", "얼마예요?", "bonjour, c'est combien ?", "¿cuánto cuesta?"]
)
def test_a_price_asked_in_another_language_is_told_in_english(
    text: str, answerer: Answerer, when: datetime
) -> None:
    reply = ask(answerer, "u1", text, "BT1002", when)
    assert reply.line is not None
    assert reply.line.language == "en"


@pytest.mark.parametrize("text", ["안녕하세요 반갑습니다", "Здравствуйте, есть доставка?"])
def test_a_language_that_is_not_spoken_gets_a_polite_answer(
    text: str, answerer: Answerer, when: datetime
) -> None:
    reply = ask(answerer, "u1", text, "BT1002", when)
    assert reply.line is not None
    assert "English" in reply.line.text
    assert "中文" in reply.line.text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("這個裙子還有貨嗎", "这个裙子还有货吗"),
        ("这个dress有pocket吗", "这个连衣裙有口袋吗"),
        ("肿么卖", "怎么卖"),
        ("💰？", "多少钱"),
    ],
)
def test_comments_are_brought_to_one_form(raw: str, text: str) -> None:
    assert read_comment(raw).text == text


def test_an_answer_about_the_product_on_air_is_told_as_its_own(
    answerer: Answerer, when: datetime
) -> None:
    ask(answerer, "u1", "第二个多少钱", "BT1001", when)
    reply = ask(answerer, "u1", "敏感肌能用吗", "BT1001", when)
    assert (reply.action, reply.product_id) == ("answer", "BT1001")
    assert all(fact.startswith("BT1001") for fact in reply.fact_ids)
