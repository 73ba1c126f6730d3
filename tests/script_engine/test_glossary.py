import pytest

from script_engine.answers.nearest import nearest
from script_engine.answers.words import content, coverage, overlap
from script_engine.glossary import concepts, into_chinese, render


@pytest.mark.parametrize(
    ("value", "english"),
    [
        ("中国上海", "Shanghai, China"),
        ("55%亚麻 45%棉", "55% linen 45% cotton"),
        ("约40小时", "about 40 hours"),
        ("鸡肉、三文鱼", "chicken, salmon"),
        ("密封后放阴凉干燥处", None),
    ],
)
def test_short_values_are_rendered_and_nothing_is_guessed(value: str, english: str | None) -> None:
    assert render(value, "en") == english


def test_a_value_is_rendered_into_chinese_too() -> None:
    assert render("100% cotton", "zh") == "100%棉"
    assert render("Crisp and airy", "zh") is None


def test_a_thing_has_one_name_in_both_languages() -> None:
    assert concepts("do they have pockets")[0] == concepts("有口袋吗")[0] == ["口袋"]
    assert into_chinese("这个dress有pocket吗") == "这个连衣裙有口袋吗"


def test_questions_and_facts_meet_across_languages() -> None:
    assert coverage(content("does it have pockets"), content("两侧都有口袋")) == 1.0
    assert overlap(content("is it itchy"), content("扎人吗")) == 1.0
    assert coverage(content("有拉链吗"), content("两侧都有口袋")) == 0.0


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("能不能再少一点", "coupon"),
        ("can it go in the washer", "care"),
        ("早就买过了很好用", "none"),
    ],
)
def test_other_words_for_a_question_are_known(text: str, meaning: str) -> None:
    assert nearest(text)[0] == meaning
