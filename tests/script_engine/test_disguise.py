import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_engine.disguise import unmask
from script_engine.policy import Policy, check_text
from script_engine.text import fold


def plain(text: str) -> str:
    return unmask(fold(text)).text


@pytest.mark.parametrize(
    ("disguised", "meant"),
    [
        ("最~好~用的锅", "最好用的锅"),
        ("治/疗/脚/气", "治疗脚气"),
        ("全网最❤低❤价", "全网最低价"),
        ("zui好用", "最好用"),
        ("全網最低價", "全网最低价"),
        ("最最最好用", "最好用"),
        ("加薇信", "加微信"),
    ],
)
def test_a_disguise_is_taken_off(disguised: str, meant: str) -> None:
    assert plain(disguised) == meant


@pytest.mark.parametrize("text", ["大杯/小杯", "99.9元", "Wi-Fi 6", "第一步-洗脸", "well-known"])
def test_ordinary_marks_stay(text: str) -> None:
    assert plain(text) == fold(text).text


def test_a_span_points_at_what_was_typed(policies: tuple[Policy, ...]) -> None:
    text = "姐妹们，这口锅最~好~用的。"
    first = check_text(text, policies)[0]
    assert text[slice(*first.span)].startswith("最~好")


@given(st.text(alphabet="最好用低价治疗~·/.- ❤️zui薇信v网網abc，。1", max_size=40))
def test_every_character_keeps_its_way_back(text: str) -> None:
    folded = unmask(fold(text))
    assert len(folded.origin) == len(folded.text) + 1
    assert list(folded.origin) == sorted(folded.origin)
    assert all(0 <= place <= len(text) for place in folded.origin)
