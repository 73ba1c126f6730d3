"""Questions by the first letters of their pinyin."""

from script_engine.answers.comment import read_comment
from script_engine.answers.initials import asked_by_initials


def test_initials_of_questions_are_known() -> None:
    assert asked_by_initials()["zmp"] == "怎么泡"


def test_initials_inside_a_chinese_comment_are_spelled_out() -> None:
    assert "怎么泡" in read_comment("zmp好喝").text
    assert "多少钱" in read_comment("dsq这个").text


def test_words_and_units_are_no_initials() -> None:
    assert "spf" in read_comment("spf多少").text
    assert read_comment("有usb口吗").text.count("usb") == 1


def test_english_short_forms_are_spelled_out() -> None:
    assert read_comment("hw mch is it").text == "how much is it"
    assert "you" not in read_comment("几u的").text
