"""Topics of questions and facts."""

from script_engine.answers.topics import topics, topics_of


def test_a_choice_inside_brackets_is_no_word_of_its_own() -> None:
    assert not topics_of("is it free")
    assert topics_of("free standard shipping") & topics_of("包邮吗")


def test_a_field_speaks_of_its_topic_without_a_word() -> None:
    assert topics_of("210", "weight") & topics_of("多重")


def test_every_topic_has_a_name_of_its_own() -> None:
    keys = [topic.key for topic in topics()]
    assert len(set(keys)) == len(keys)
