import pytest

from script_engine.policy import Policy, check_text

ASSERTED_AND_NOT = [
    ("它能治疗湿疹", "它不能治疗湿疹"),
    ("这是全网最低价", "我不敢说这是全网最低价"),
    ("买了稳赚不赔", "别信那种说买了稳赚不赔的"),
    ("七天祛斑", "有人问能不能七天祛斑"),
    ("顶级面料", "顶级这个词我不敢用"),
    ("It cures acne", "It doesn't cure acne"),
    ("It's the cheapest anywhere", "Someone asked if it's the cheapest anywhere"),
    ("Healing crystals for sale", "Healing crystals? We don't sell those"),
]


@pytest.mark.parametrize(("asserted", "not_asserted"), ASSERTED_AND_NOT)
def test_what_is_denied_asked_or_quoted_breaks_no_rule(
    asserted: str, not_asserted: str, policies: tuple[Policy, ...]
) -> None:
    assert check_text(asserted, policies)
    assert not check_text(not_asserted, policies)


@pytest.mark.parametrize(
    "text",
    ["没有任何副作用", "没有比它更好的面霜了", "你找不到比这更便宜的", "You can't lose with this"],
)
def test_a_boast_that_begins_with_a_denial_stays_one(
    text: str, policies: tuple[Policy, ...]
) -> None:
    assert check_text(text, policies)
