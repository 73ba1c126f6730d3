import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ContentError
from core.line import Line
from script_engine.gate import Blocked, Gate
from script_engine.policy import Policy
from script_engine.scripts import Script, load_script, parse_script
from tests.fakes.shop import FakeShop, fact, serum_shop, yuan

OPENING = """# 晨露精华 开场
[product: P1] [scene: soft-daylight] [smile]
姐妹们看过来，今天这瓶精华直播间只要 {price}。 [show: card]

[pause 0.5s] [point: left] 敏感肌能不能用？我念一下说明书给你听。

- {caution}，{shipping}。
"""


def parsed(text: str, shop: FakeShop, policies: tuple[Policy, ...]) -> Script:
    return parse_script(text, Path("night.md"), shop, Gate(shop, policies))


def test_a_script_is_said_word_for_word(policies: tuple[Policy, ...], when: datetime) -> None:
    script = parsed(OPENING, serum_shop(), policies)
    lines = list(script.lines(when))
    assert script.title == "晨露精华 开场"
    assert [line.text for line in lines] == [
        "姐妹们看过来，今天这瓶精华直播间只要 199元。",
        "敏感肌能不能用？我念一下说明书给你听。",
        "敏感肌请先在耳后试用，付款后48小时内发货，全国包邮。",
    ]
    assert [(cue.kind, cue.value, cue.at) for cue in lines[0].cues] == [
        ("scene", "soft-daylight", 0),
        ("emotion", "smile", 0),
        ("show", "card", len(lines[0].text)),
    ]
    assert [(cue.kind, cue.value) for cue in lines[1].cues] == [
        ("pause", "0.5"),
        ("gesture", "point_left"),
    ]
    assert lines[0].fact_ids == ("P1.price",)


def test_fields_are_filled_at_the_moment_of_speaking(
    policies: tuple[Policy, ...], when: datetime
) -> None:
    shop = serum_shop()
    script = parsed("[product: P1] 现在{price}", shop, policies)
    shop.put(fact("price", yuan(189), "price"))
    assert [line.text for line in script.lines(when)] == ["现在189元"]


def test_a_field_that_no_longer_holds_keeps_its_paragraph_back(
    policies: tuple[Policy, ...], when: datetime
) -> None:
    shop = serum_shop()
    script = parsed("[product: P1] 现在{price}\n\n大家好", shop, policies)
    shop.put(fact("price", yuan(189), "price", valid_until=when))
    kept_back: list[Blocked] = []
    assert [line.text for line in script.lines(when, kept_back.append)] == ["大家好"]
    assert "night.md, line 1" in kept_back[0].reasons[0]


def test_staff_pass_the_same_gate(policies: tuple[Policy, ...], when: datetime) -> None:
    script = parsed("[product: P1]\n全网最低价，只要99元", serum_shop(), policies)
    kept_back: list[Blocked] = []
    assert list(script.lines(when, kept_back.append)) == []
    assert kept_back[0].rules
    assert any(claim.reason for claim in kept_back[0].claims)
    assert not isinstance(script.line(script.paragraphs[0], when), Line)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[product: P1]\n你好\n\n[smlie] 大家好",
            r"night\.md, line 4: unknown cue \[smlie\].*'smile'",
        ),
        ("[point: up] 看这里", r"line 1: unknown cue \[point: up\]; point takes left, right"),
        ("\n\n[product: P2]\n你好", r"line 3: no product 'P2'.*P1"),
        (
            "[product: P1]\n只要{prcie}",
            r"line 2, prcie: P1 has no \{prcie\}; did you mean 'price'",
        ),
        ("只要{price}", r"line 1, price: the shop .* has no \{price\}"),
        ("[pause 30s] 大家好", r"line 1: \[pause 30s\] is longer than 10 s"),
        ("大家好 [smile", r"line 1: a lone '\['"),
        ("a\n大家好 }", r"line 2: a lone '}'"),
    ],
)
def test_an_error_names_file_and_line(
    text: str, message: str, policies: tuple[Policy, ...]
) -> None:
    with pytest.raises(ContentError, match=message):
        parsed(text, serum_shop(), policies)


def test_a_file_that_is_no_text_is_named(tmp_path: Path, policies: tuple[Policy, ...]) -> None:
    shop = serum_shop()
    path = tmp_path / "odd.md"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ContentError, match=r"odd\.md"):
        load_script(path, shop, Gate(shop, policies))


def test_a_pause_parts_a_paragraph(policies: tuple[Policy, ...], when: datetime) -> None:
    script = parsed("大家好 [pause 1s] 慢慢看 [pause 0.3s]\n\n[smile] 再见", serum_shop(), policies)
    lines = list(script.lines(when))
    assert [line.text for line in lines] == ["大家好", "慢慢看", "再见"]
    assert [[(cue.kind, cue.value) for cue in line.cues] for line in lines] == [
        [],
        [("pause", "1")],
        [("pause", "0.3"), ("emotion", "smile")],
    ]
    assert [paragraph.line for paragraph in script.paragraphs] == [1, 1, 3]


def test_a_field_is_filled_in_the_language_of_its_paragraph(
    policies: tuple[Policy, ...], when: datetime
) -> None:
    shop = serum_shop(
        fact("texture", "watery and clear", number=1, language="en"),
        fact("texture", "清透水感", number=2),
    )
    script = parsed("[product: P1]\n摸上去是{texture}\n\nIt feels {texture}", shop, policies)
    assert [line.text for line in script.lines(when)] == [
        "摸上去是清透水感",
        "It feels watery and clear",
    ]


WORDS = st.text(alphabet="大家好看这里 abc，。[]{}:#-\n0.5s", max_size=80)
CUES = st.sampled_from(["[smile]", "[product: P1]", "[pause 0.5s]", "{price}", "[show: card]", ""])


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CUES, WORDS), max_size=6))
def test_any_text_is_a_script_or_an_error_with_its_line(pieces: list[tuple[str, str]]) -> None:
    text = "".join(cue + words for cue, words in pieces)
    shop = serum_shop()
    wrong = ""
    try:
        script = parse_script(text, Path("night.md"), shop, Gate(shop, ()))
    except ContentError as error:
        wrong = str(error)
    if wrong:
        assert re.search(r"night\.md, line \d+", wrong)
        return
    lines = len(text.splitlines())
    assert all(1 <= paragraph.line <= lines for paragraph in script.paragraphs)
    spoken = [part for p in script.paragraphs for part in p.parts if isinstance(part, str)]
    assert not re.search(r"[\[\]{}]", "".join(spoken))
