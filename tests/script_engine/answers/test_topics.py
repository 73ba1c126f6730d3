"""Topics of questions and facts."""

from script_engine.answers.question import question
from script_engine.answers.topics import topics, topics_of


def test_a_choice_inside_brackets_is_no_word_of_its_own() -> None:
    assert not topics_of("is it free")
    assert topics_of("free standard shipping") & topics_of("包邮吗")


def test_a_field_speaks_of_its_topic_without_a_word() -> None:
    assert topics_of("210", "weight") & topics_of("多重")


def test_what_only_facts_say_of_a_topic_asks_for_nothing() -> None:
    asked = question("什么领的").units[0].keys
    assert asked & topics_of("v领麻花")
    assert not any(unit.keys & asked for unit in question("有高领款吗").units)


def test_a_longer_word_leaves_nothing_of_itself_over() -> None:
    assert [unit.text for unit in question("蛋白质多少").units] == ["蛋白质"]


def test_every_topic_has_a_name_of_its_own() -> None:
    keys = [topic.key for topic in topics()]
    assert len(set(keys)) == len(keys)
