import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.text.clauses import HARD_MAX_S, split_clauses, spoken_length_s


def pieces(text: str) -> list[str]:
    return [text[clause.start : clause.end] for clause in split_clauses(text)]


def sentences(text: str) -> list[str]:
    joined: dict[int, str] = {}
    for clause in split_clauses(text):
        joined[clause.sentence] = joined.get(clause.sentence, "") + text[clause.start : clause.end]
    return list(joined.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今天只要99.9元。明天恢复129.90元！", ["今天只要99.9元。", "明天恢复129.90元！"]),
        ("It is $19.99. Buy now!", ["It is $19.99. ", "Buy now!"]),
        ("好。", ["好。"]),
        ("好", ["好"]),
        ("没有标点的尾巴。也要说完", ["没有标点的尾巴。", "也要说完"]),
        ("Mr. Li sells No. 1 serums, approx. 30 ml. Really?",
         ["Mr. Li sells No. 1 serums, approx. 30 ml. ", "Really?"]),
        ("真的吗？！太好了……那就下单吧", ["真的吗？！", "太好了……", "那就下单吧"]),
        ("“好用吗？”她问。", ["“好用吗？”", "她问。"]),
        ("第一行\n第二行", ["第一行\n", "第二行"]),
        ("直播20:00-22:00，不见不散", ["直播20:00-22:00，不见不散"]),
        ("版本v2.0.1已发布。谢谢", ["版本v2.0.1已发布。", "谢谢"]),
        ("See shop.example.com. Thanks", ["See shop.example.com. ", "Thanks"]),
        ("😀😀。姐妹们好！！！", ["😀😀。姐妹们好！！！"]),
        ("The U.S. size is 8. OK?", ["The U.S. size is 8. ", "OK?"]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "！？。", "😀🎉", "\n\n"])
def test_nothing_to_say(text: str) -> None:
    assert split_clauses(text) == ()


def test_short_clauses_share_a_breath() -> None:
    assert pieces("来，姐妹们，看这里！") == ["来，姐妹们，看这里！"]


def test_a_long_chinese_clause_is_cut_before_a_conjunction() -> None:
    text = "这款面霜用了三种神经酰胺来修护我们脆弱的皮肤屏障而且完全没有添加香精和酒精"
    assert len(pieces(text)) >= 2
    assert any(piece.startswith("而且") for piece in pieces(text))


def test_a_long_english_clause_is_cut_between_words() -> None:
    text = (
        "This lightweight jacket keeps you warm and dry on every rainy morning because the outer"
        " layer is made of recycled nylon with a durable water repellent finish"
    )
    found = pieces(text)
    assert len(found) >= 3
    assert all(piece == text or piece.endswith(" ") or text.endswith(piece) for piece in found)
    assert max(spoken_length_s(piece) for piece in found) <= HARD_MAX_S


def test_sentences_know_where_they_begin() -> None:
    text = "今天这瓶精华直播间只要一百二十九块九，还送三片面膜。喜欢的姐妹赶紧下单！"
    for clause in split_clauses(text):
        assert text[clause.sentence_start :].startswith(("今天", "喜欢")[clause.sentence])


alphabet = st.sampled_from(
    list("姐妹今天的了，。！？、；：…—~ \n.,!?;:'\"“”（）()-/%+#&ab CDef12390.😀¥$")
)
texts = st.text(alphabet, max_size=120) | st.text(max_size=60)


@given(texts)
def test_clauses_cover_the_text_and_lose_nothing(text: str) -> None:
    clauses = split_clauses(text)
    assert bool(clauses) == any(char.isalnum() for char in text)
    if clauses:
        assert "".join(text[c.start : c.end] for c in clauses) == text
        assert all(any(ch.isalnum() for ch in text[c.start : c.end]) for c in clauses)
        assert [c.sentence for c in clauses] == sorted(c.sentence for c in clauses)
        assert all(c.sentence_start <= c.start for c in clauses)


prices = st.from_regex(r"[¥$￥]?[1-9]\d{0,3}\.\d{1,2}|[1-9],\d{3}\.\d\d", fullmatch=True)


@given(st.lists(st.tuples(texts, prices), min_size=1, max_size=4))
def test_prices_are_never_split(parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{words}，只要{price}元" for words, price in parts)
    edges = {clause.start for clause in split_clauses(text)}
    for match in re.finditer(r"\d+(?:[.,]\d+)+", text):
        assert not any(match.start() < edge < match.end() for edge in edges)


@pytest.mark.parametrize("unit", ["看", "ab", "9 "])
def test_breath_runs_out_even_without_punctuation(unit: str) -> None:
    text = (unit * 200) if unit != "ab" else "word " * 200
    assert max(spoken_length_s(piece) for piece in pieces(text)) <= HARD_MAX_S + 1
