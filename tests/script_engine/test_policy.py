import tomllib
from pathlib import Path

import pytest

from core.errors import ConfigError
from script_engine.policy import Policy, check_text, load_policy, rewrite

LINES = tomllib.loads((Path(__file__).parent / "data" / "policy.toml").read_text("utf-8"))


@pytest.mark.parametrize("text", LINES["broken"])
def test_a_line_that_breaks_a_rule_is_found(text: str, policies: tuple[Policy, ...]) -> None:
    found = check_text(text, policies)
    assert found
    assert all(violation.reason for violation in found)


@pytest.mark.parametrize("text", LINES["fine"])
def test_a_harmless_lookalike_passes(text: str, policies: tuple[Policy, ...]) -> None:
    assert not [v for v in check_text(text, policies) if v.tier == "block"]


def test_a_violation_points_at_the_words_as_typed(policies: tuple[Policy, ...]) -> None:
    text = "姐妹们，这是全网 最低 价！"
    first = check_text(text, policies)[0]
    assert text[slice(*first.span)].startswith("全网")
    assert "最低" in first.text


def test_the_reason_comes_in_the_language_asked_for(policies: tuple[Policy, ...]) -> None:
    assert "绝对化" in check_text("最好的面霜", policies, language="zh")[0].reason
    assert "Absolute" in check_text("最好的面霜", policies, language="en")[0].reason


def test_an_overdone_word_is_said_more_plainly(policies: tuple[Policy, ...]) -> None:
    text = "绝对好看"
    assert rewrite(text, check_text(text, policies)) == "真的好看"


def test_a_pack_for_cosmetics_leaves_other_goods_alone(policies: tuple[Policy, ...]) -> None:
    text = "杯子可以抗菌"
    assert check_text(text, policies, category="beauty")
    assert not check_text(text, policies, category="home")


def test_a_wrong_pattern_names_the_file_and_the_rule(tmp_path: Path) -> None:
    pack = tmp_path / "odd.toml"
    pack.write_text(
        'title = "x"\n[[rule]]\nid = "a"\ntier = "block"\npatterns = ["("]\nzh = "x"\nen = "x"\n'
    )
    with pytest.raises(ConfigError, match=r"odd\.toml, rule\.0\.patterns"):
        load_policy(pack)


def test_an_unknown_key_names_the_nearest(tmp_path: Path) -> None:
    pack = tmp_path / "odd.toml"
    pack.write_text('titel = "x"\nrule = []\ntitle = "x"\n')
    with pytest.raises(ConfigError, match="did you mean 'title'"):
        load_policy(pack)
