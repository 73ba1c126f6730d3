"""A question taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_engine.answers.question import parts, question, whole_parts, without_people


@pytest.mark.parametrize(
    ("comment", "wanted"),
    [
        ("泡多长时间", "time"),
        ("how heavy is it", "g"),
        ("垫子多长", "cm"),
        ("多少瓦", "watt"),
        ("how many watts", "watt"),
        ("要多少度的水", "degree"),
    ],
)
def test_the_kind_of_amount_that_is_wanted_is_known(comment: str, wanted: str) -> None:
    assert wanted in question(comment).wants


@pytest.mark.parametrize(
    ("comment", "counted"),
    [("一盒几包", "包"), ("几个孔的", "孔"), ("几u的", "#u"), ("how many settings", "settings")],
)
def test_what_is_counted_is_known(comment: str, counted: str) -> None:
    assert question(comment).counted == counted


def test_words_of_asking_name_nothing() -> None:
    assert question("这个有没有啊").units == ()
    assert question("do you have any of these").units == ()


def test_a_thing_is_known_by_what_it_is_also_called() -> None:
    (unit,) = question("会不会漏水").units
    assert unit.keys & question("does it leak").units[0].keys


def test_people_are_left_out() -> None:
    asked = without_people(question("里面有芝麻吗，我过敏"))
    assert [unit.text for unit in asked.units if "芝麻" in unit.text]
    assert not any("过敏" in unit.text for unit in asked.units)


def test_a_comment_is_parted_where_it_asks_anew() -> None:
    assert parts("多少钱？包邮吗？") == ["多少钱", "包邮吗"]
    assert parts("是9.9元吗") == ["是9.9元吗"]


def test_a_part_that_names_nothing_goes_with_the_part_before_it() -> None:
    assert whole_parts("do you ship to canada, how long") == ["do you ship to canada how long"]
    assert whole_parts("多少钱，多久发货") == ["多少钱", "多久发货"]


def test_whether_and_when_say_less_than_what_is_asked() -> None:
    noisy, roll = question("is it noisy at all when you roll over").units[:2]
    assert noisy.weight > roll.weight


def test_a_yes_or_no_question_wants_no_number() -> None:
    assert not question("can i see how much is left").number
    assert question("how much is left").number


@given(st.text(max_size=60))
def test_any_text_is_a_question_of_parts(text: str) -> None:
    assert 1 <= len(parts(text)) <= 3
    assert all(unit.text in text for unit in question(text).units)
