import pytest

from script_engine.novelty import known_words, novelties, talk_words
from script_engine.text import fold

FACTS = known_words(
    ("材质: 锰钢锁节,硅胶外套", "卖点: 配三把钥匙", "key features: three brightness levels"),
    ("折叠锁", "solar lantern"),
)


def new_words(text: str) -> list[str]:
    folded = fold(text).text
    return [folded[new.start : new.end] for new in novelties(folded, FACTS)]


@pytest.mark.parametrize(
    "text",
    [
        "带测谎仪。",
        "指纹解锁。",
        "公交司机都在用。",
        "It predicts earthquakes.",
        "It has a sundial.",
    ],
)
def test_what_no_fact_speaks_of_is_found(text: str) -> None:
    assert new_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "它有三把钥匙。", "锁节是锰钢的。", "这把锁带在车上方便。", "带报警器吗？",
        "如果你路过包子铺，记得锁好。", "It has three brightness levels.",
        "Imagine an owl on the windowsill.", "Does it have a motion sensor?",
    ],
)  # fmt: skip
def test_facts_talk_and_questions_are_no_news(text: str) -> None:
    assert not new_words(text)


def test_words_of_the_rooms_own_are_talk() -> None:
    stage = talk_words(("<幕布|大幕>拉开，{name}登场",))
    folded = fold("大幕拉开是它。").text
    assert list(novelties(folded, FACTS))
    assert not list(novelties(folded, FACTS.with_more(stage)))
