import pytest

from script_engine.composer.phrases import Template
from script_engine.composer.slots import Slot
from script_engine.composer.wording import worded

RETURNS = {
    "label": Slot("退换"), "ask": Slot("不合适能退吗"),
    "tell": Slot("说到退换，支持7天无理由退换", ("r",)),
    "told": Slot("支持7天无理由退换", ("r",)), "post": Slot("心里有数"),
}  # fmt: skip


def said(template: str, slots: dict[str, Slot]) -> str:
    wording = worded("policy", Template(text=template), template, [], slots, "zh")
    assert wording.fact_ids == ("r",)
    assert wording.text[wording.places["tell"] :].startswith(("说到", "支持"))
    return wording.text


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{tell}，{post}。", "说到退换，支持7天无理由退换，心里有数。"),
        ("{ask}？{tell}。", "不合适能退吗？支持7天无理由退换。"),
        ("再说说{label}，{tell}。", "再说说退换，支持7天无理由退换。"),
    ],
)
def test_a_topic_is_named_once(template: str, text: str) -> None:
    assert said(template, RETURNS) == text


def test_a_question_of_viewers_has_named_the_topic() -> None:
    reason = {"pre": Slot("先说清楚")}
    assert said("{pre}，{tell}。", RETURNS | reason) == "先说清楚，说到退换，支持7天无理由退换。"
    asked = {"pre": Slot("刚才有人问退换"), "asked": Slot("刚才有人问退换")}
    assert said("{pre}，{tell}。", RETURNS | asked) == "刚才有人问退换，支持7天无理由退换。"


def test_the_second_fact_has_a_topic_of_its_own() -> None:
    second = {"tell2": Slot("说到发票，可以开", ("r",)), "told2": Slot("可以开", ("r",))}
    both = RETURNS | second
    assert (
        said("{ask}？{tell}。{tell2}。", both)
        == "不合适能退吗？支持7天无理由退换。说到发票，可以开。"
    )
