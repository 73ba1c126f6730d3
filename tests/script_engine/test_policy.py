import tomllib
from pathlib import Path

import pytest

from core.errors import ConfigError
from script_engine.policy import (
    Policy,
    check_launch,
    check_text,
    load_policies,
    load_policy,
    rewrite,
)

DATA = Path(__file__).parent / "data"
POLICIES = Path(__file__).parents[2] / "configs" / "policies"
STRANGERS = tuple(path.name for path in sorted(DATA.glob("policy_strangers_*.toml")))
PLATFORMS = {
    "douyin": "needs_operator",
    "kuaishou": "needs_operator",
    "taobao-live": "needs_operator",
    "wechat-channels": "needs_operator",
    "tiktok-shop": "refuse",
    "youtube": "allow",
    "twitch": "allow",
}


def labelled(name: str) -> list[tuple[str, bool]]:
    groups = tomllib.loads((DATA / name).read_text("utf-8"))["group"]
    return [
        (text, broken)
        for group in groups
        for broken in (True, False)
        for text in group["broken" if broken else "fine"]
    ]


@pytest.mark.parametrize(
    "name", ["policy_tune.toml", "policy_held_out.toml", "policy_blind.toml", *STRANGERS]
)
def test_the_packs_find_what_is_wrong_and_leave_the_rest(
    name: str, policies: tuple[Policy, ...]
) -> None:
    lines = labelled(name)
    found = {text: bool(check_text(text, policies)) for text, _ in lines}
    hits = sum(broken and found[text] for text, broken in lines)
    misses = [text for text, broken in lines if broken and not found[text]]
    alarms = [text for text, broken in lines if not broken and found[text]]
    f1 = 2 * hits / (2 * hits + len(misses) + len(alarms))
    assert f1 >= 0.92, misses
    assert len(alarms) <= 0.03 * sum(not broken for _, broken in lines), alarms


def test_the_yardstick_is_large_and_half_of_it_harmless() -> None:
    lines = [
        line
        for name in ("policy_tune.toml", "policy_held_out.toml", "policy_blind.toml")
        for line in labelled(name)
    ]
    assert len(lines) >= 1000
    assert len(lines) == len(dict(lines))
    assert 0.45 < sum(broken for _, broken in lines) / len(lines) < 0.55


def test_words_that_meet_in_a_sentence_break_a_rule_in_any_order(tmp_path: Path) -> None:
    pack = tmp_path / "odd.toml"
    pack.write_text(
        'title = "x"\n[[rule]]\nid = "a"\ntier = "block"\npatterns = []\n'
        'together = [["红包", "好评"]]\nzh = "x"\nen = "x"\n'
    )
    policy = load_policy(pack)
    for text in ("写好评拿红包", "红包等着写好评的"):
        (violation,) = check_text(text, [policy])
        assert "红包" in violation.text
        assert "好评" in violation.text
    assert not check_text("写好评。红包在袋里", [policy])
    assert not check_text("写了好评也没有红包", [policy])


def test_a_violation_points_at_the_words_as_typed(policies: tuple[Policy, ...]) -> None:
    text = "姐妹们，这是全网 最低 价！"
    first = check_text(text, policies)[0]
    assert text[slice(*first.span)].startswith("全网")
    assert "最低" in first.text
    assert all(violation.reason for violation in check_text(text, policies))


def test_the_reason_comes_in_the_language_asked_for(policies: tuple[Policy, ...]) -> None:
    assert "绝对化" in check_text("最好的面霜", policies, language="zh")[0].reason
    assert "Absolute" in check_text("最好的面霜", policies, language="en")[0].reason


def test_an_overdone_word_is_said_more_plainly(policies: tuple[Policy, ...]) -> None:
    text = "绝对好看"
    assert rewrite(text, check_text(text, policies)) == "真的好看"


def test_a_pack_for_cosmetics_leaves_other_goods_alone(policies: tuple[Policy, ...]) -> None:
    text = "这款可以抗菌"
    assert check_text(text, policies, category="beauty")
    assert not check_text(text, policies, category="home")


@pytest.mark.parametrize("text", ["我是AI数字人主播，不是真人", "I'm an AI, not a real person"])
def test_being_an_ai_may_always_be_said(text: str) -> None:
    assert not check_text(text, load_policies(tuple(PLATFORMS), POLICIES))


@pytest.mark.parametrize("text", ["我可不是机器人", "我是真人", "Trust me, I'm a real person"])
def test_being_human_may_never_be_said(text: str, policies: tuple[Policy, ...]) -> None:
    assert any(v.rule.endswith("human-claim") for v in check_text(text, policies))


def test_platforms_apply_only_when_they_are_named() -> None:
    laws = load_policies((), POLICIES)
    assert {policy.kind for policy in laws} == {"law"}
    assert {"cn-advertising", "cn-cosmetics", "cn-food", "cn-health", "general-en"} == {
        policy.name for policy in laws
    }
    with_platform = load_policies(("douyin",), POLICIES)
    assert [policy.name for policy in with_platform] == [*(p.name for p in laws), "douyin"]
    named = load_policies(("general-en", "youtube"), POLICIES)
    assert [policy.name for policy in named] == ["general-en", "youtube"]


@pytest.mark.parametrize(("name", "verdict"), PLATFORMS.items())
def test_a_platform_says_whether_a_room_may_go_on_air(name: str, verdict: str) -> None:
    obstacles = check_launch(load_policies((name,), POLICIES))
    assert [rule.verdict for rule in obstacles] == [verdict] * (verdict != "allow")
    for rule in obstacles:
        assert rule.policy == name
        assert rule.source
        assert rule.reason("zh") != rule.reason("en")


def test_a_room_off_the_platforms_may_always_go_on_air() -> None:
    assert check_launch(load_policies((), POLICIES)) == []


def test_a_platform_keeps_viewers_to_itself() -> None:
    douyin = load_policies(("douyin",), POLICIES)
    assert any(v.rule == "douyin/other-platform" for v in check_text("去淘宝下单更便宜", douyin))
    taobao = check_text("去淘宝下单更便宜", load_policies(("taobao-live",), POLICIES))
    assert not any(v.rule.startswith("taobao-live/") for v in taobao)


def test_a_wrong_pattern_names_the_file_and_the_rule(tmp_path: Path) -> None:
    pack = tmp_path / "odd.toml"
    pack.write_text(
        'title = "x"\n[[rule]]\nid = "a"\ntier = "block"\npatterns = ["("]\nzh = "x"\nen = "x"\n'
    )
    with pytest.raises(ConfigError, match=r"odd\.toml, rule\.0\.patterns"):
        load_policy(pack)


def test_words_that_a_pack_does_not_list_are_named(tmp_path: Path) -> None:
    pack = tmp_path / "odd.toml"
    pack.write_text(
        'title = "x"\n[[rule]]\nid = "a"\ntier = "block"\n'
        'patterns = ["<cure>"]\nzh = "x"\nen = "x"\n'
    )
    with pytest.raises(ConfigError, match="unknown words: 'cure'"):
        load_policy(pack)


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    pack = tmp_path / "odd.toml"
    pack.write_text('titel = "x"\nrule = []\ntitle = "x"\n')
    with pytest.raises(ConfigError, match="did you mean 'title'"):
        load_policy(pack)
