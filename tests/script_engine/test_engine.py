import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.errors import ConfigError
from core.line import Line
from core.viewer import ViewerEvent
from script_engine.composer.interests import HALF_LIFE_S, Interests
from script_engine.engine import (
    NOTICE_EVERY_LINES,
    SCRIPT_AGAIN,
    Blocked,
    ScriptEngine,
    line_json,
)
from tests.fakes.shop import FakeShop, fact, product, serum_shop, yuan

POLICIES = Path(__file__).parents[2] / "configs" / "policies"


def engine(shop: FakeShop, kept_back: list[Blocked] | None = None) -> ScriptEngine:
    hear = (kept_back if kept_back is not None else []).append
    return ScriptEngine(shop, (), POLICIES, seed=4, on_blocked=hear)


def test_the_pitch_never_runs_dry(when: datetime) -> None:
    script = engine(serum_shop())
    lines = [script.next_line("P1", when) for _ in range(200)]
    assert lines[0].kind == "greeting"
    assert all(isinstance(line, Line) for line in lines)
    assert any(line.kind == "notice" for line in lines[1 : NOTICE_EVERY_LINES + 5])
    assert sum(line.move == "offer" for line in lines) >= 5


def test_a_sold_out_product_gives_small_talk(when: datetime) -> None:
    script = engine(serum_shop(stock=0))
    lines = [script.next_line("P1", when) for _ in range(8)]
    assert all(line.kind in {"greeting", "evergreen"} for line in lines)
    assert not script.sellable("P1")
    assert engine(serum_shop(stock=1)).sellable("P1")
    assert not engine(serum_shop()).sellable("P9")


def test_a_bridge_leads_from_one_product_to_the_next(when: datetime) -> None:
    shop = FakeShop(
        [product("P1", "晨露精华"), product("P2", "松针面霜", ordinal=2)],
        [fact("price", yuan(199), "price"), fact("price", yuan(99), "price", product_id="P2")],
    )
    script = engine(shop)
    assert script.bridge("P1", when) is None
    script.next_line("P1", when)
    script.next_line("P1", when)
    assert script.bridge("P1", when) is None
    bridge = script.bridge("P2", when)
    assert bridge is not None
    assert "松针面霜" in bridge.text


def test_a_line_whose_fact_has_changed_is_no_longer_true(when: datetime) -> None:
    shop = serum_shop()
    script = engine(shop)
    offer = next(line for _ in range(60) if (line := script.next_line("P1", when)).move == "offer")
    assert script.still_true(offer, when)
    shop.put(fact("price", yuan(189), "price", label="直播价"))
    assert not script.still_true(offer, when)


def test_an_operator_is_told_why(when: datetime) -> None:
    kept_back: list[Blocked] = []
    script = engine(serum_shop(), kept_back)
    script.next_line("P1", when)
    script.next_line("P1", when)
    said = script.operator_line("晨露精华直播间199元", when)
    assert isinstance(said, Line)
    assert said.kind == "operator"
    refused = script.operator_line("晨露精华只要9元，全网最低价", when)
    assert isinstance(refused, Blocked)
    assert refused.rules
    assert kept_back == [refused]


def test_a_comment_is_answered(when: datetime) -> None:
    reply = engine(serum_shop()).answer(ViewerEvent("e1", "comment", text="多少钱"), "P1", when)
    assert reply.action == "answer"
    assert reply.line is not None
    assert "199元" in reply.line.text


def test_a_pitch_prints_each_claim_with_its_fact(when: datetime) -> None:
    shop = serum_shop()
    lines = engine(shop).pitch_minutes("P1", "zh", 2, when)
    printed = [json.loads(json.dumps(line_json(line))) for line in lines]
    offer = next(line for line in printed if line["move"] == "offer")
    assert {"text", "cues", "facts", "claims"} <= set(offer)
    ids = {fact.id for fact in (*shop.facts_of("P1"), *shop.facts_of(""))}
    assert all(claim["fact"] in ids for line in printed for claim in line["claims"])


def test_a_missing_policy_pack_is_named(when: datetime) -> None:
    with pytest.raises(ConfigError, match=r"cn-toys\.toml.*cn-cosmetics"):
        ScriptEngine(serum_shop(), ("cn-toys",), POLICIES)


def test_the_pitch_follows_what_viewers_ask(when: datetime) -> None:
    def told_first(*questions: str) -> list[str]:
        script = engine(serum_shop())
        for number, text in enumerate(questions):
            event = ViewerEvent(f"e{number}", "comment", text=text)
            assert script.answer(event, "P1", when).action == "answer"
        steps = [step for _ in range(5) for step in script.composer.plan("P1", "zh", when)[:5]]
        return [fact.field for step in steps for fact in step.facts]

    asked = told_first("保质期多久", "保质期是多长时间", "保质期到什么时候")
    assert asked.count("shelf_life") > told_first().count("shelf_life")


def test_interest_fades(when: datetime) -> None:
    interests = Interests()
    interests.note(["material", "material"], when)
    assert interests.of("material", when) == 1
    later = when + timedelta(seconds=HALF_LIFE_S)
    assert interests.of("material", later) == pytest.approx(0.5)
    assert interests.of("price", later) == 0


def test_a_staff_script_comes_first_and_once_an_hour(tmp_path: Path, when: datetime) -> None:
    (tmp_path / "a.md").write_text(
        "欢迎大家。\n\n[product: P1] 晨露精华来了，{price}。[pause 0.5s] 慢慢看。", encoding="utf-8"
    )
    shop = FakeShop(
        [product("P1", "晨露精华"), product("P2", "松针面霜", ordinal=2)],
        [fact("price", yuan(199), "price"), fact("price", yuan(99), "price", product_id="P2")],
    )
    script = engine(shop)
    assert script.load_scripts(tmp_path) == []
    opening, welcome, *said = [script.next_line("P1", when) for _ in range(5)]
    assert opening.kind == "greeting"
    assert welcome.text == "欢迎大家。"
    assert [line.text for line in said[:2]] == ["晨露精华来了，199元。", "慢慢看。"]
    assert [(cue.kind, cue.value, cue.at) for cue in said[1].cues] == [("pause", "0.5", 0)]
    assert said[2].move == "hook"
    script.next_line("P2", when)
    assert script.next_line("P1", when).move != "script"
    script.next_line("P2", when)
    assert script.next_line("P1", when + SCRIPT_AGAIN).move == "script"


def test_a_broken_script_is_named_and_its_last_good_form_stays(
    tmp_path: Path, when: datetime
) -> None:
    path = tmp_path / "a.md"
    path.write_text("[product: P1] [scene: night] 晨露精华来了。", encoding="utf-8")
    script = engine(serum_shop())
    assert script.load_scripts(tmp_path, ["night", "day"]) == []
    path.write_text("[product: P1]\n[scene: nigth] 晨露精华来了。", encoding="utf-8")
    (error,) = script.load_scripts(tmp_path, ["night", "day"])
    assert "a.md, line 2" in str(error)
    assert "'night'" in str(error)
    script.next_line("P1", when)
    assert script.next_line("P1", when).text == "晨露精华来了。"
