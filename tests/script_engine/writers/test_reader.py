import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_engine.writers.reader import LineReader, Written

LINE = {"step": 2, "say": '说“好”，{真的}，she said "yes"\n好', "facts": ["F1"], "cue": "smile"}
READ = Written(2, str(LINE["say"]), ("F1",), "smile")


def read(text: str, cuts: int = 7) -> list[Written]:
    reader = LineReader()
    pieces = [text[i : i + cuts] for i in range(0, len(text), cuts)]
    return [line for piece in pieces for line in reader.feed(piece)]


@given(st.integers(1, 60), st.booleans())
def test_lines_are_read_however_the_stream_is_cut(cuts: int, ascii_only: bool) -> None:
    text = json.dumps({"lines": [LINE, LINE]}, ensure_ascii=ascii_only)
    assert read(text, cuts) == [READ, READ]


@pytest.mark.parametrize(
    "around",
    [
        "{}", "Sure! Here you are:\n{}\nEnjoy.", "```json\n{}\n```", "[{}]", '{{"lines": [{}',
        "<think>maybe {{\"say\": \"1元\"}} or not</think>{}", "{}\n{{\"oops\": 1}}",
    ],
)  # fmt: skip
def test_what_stands_around_a_line_is_passed_over(around: str) -> None:
    assert read(around.format(json.dumps(LINE))) == [READ]


def test_a_line_comes_as_soon_as_its_brace() -> None:
    reader = LineReader()
    text = json.dumps({"lines": [LINE, LINE]})
    half = text.index("}, {") + 1
    assert reader.feed(text[:half]) == [READ]
    assert reader.feed(text[half:]) == [READ]


def test_a_thought_that_never_ends_says_nothing() -> None:
    assert read('<think>{"say": "1元"} {"say": "2元"}') == []


@pytest.mark.parametrize(
    "text",
    [
        '{"say": 5}',
        '{"say": "a',
        '{say: "a"}',
        '{"text": "a"}',
        "{}",
        "}}}",
        '{"say": "a"',
        "{" * 99,
    ],
)
def test_what_is_no_line_is_not_read(text: str) -> None:
    assert read(text) == []


def test_after_a_broken_line_the_next_is_read() -> None:
    assert read('{"say": "open\n' + json.dumps(LINE)) == [READ]


@given(st.text(max_size=200), st.integers(1, 20))
def test_any_stream_is_survived(text: str, cuts: int) -> None:
    read(text, cuts)


def test_odd_fields_are_left_out() -> None:
    line = read('{"say": "a", "step": true, "facts": [1, "F2"], "cue": null}')[0]
    assert line == Written(0, "a", ("F2",), "")
