from speech.text.lexicon import Lexicon
from speech.text.pinyin import Pinyin
from speech.text.reader import Reader
from speech.text.tokens import Pronunciation, Run, make_runs


def runs(reader: Reader, lexicon: Lexicon, text: str) -> tuple[Run, ...]:
    pieces = reader.read(text, 0, len(text), "zh")
    read = Pinyin(lexicon.zh.readings).read
    said_as_words = frozenset(lexicon.zh.as_words)
    return make_runs(pieces, ".", Pronunciation(read, {"serum": "seerum"}, said_as_words))


def test_each_language_has_its_run(reader: Reader, lexicon: Lexicon) -> None:
    found = runs(reader, lexicon, "这瓶Serum精华，SPF50")
    assert [(run.language, run.text) for run in found] == [
        ("zh", "zhe4 ping2,"),
        ("en", "seerum,"),
        ("zh", "jing1 hua2,"),
        ("en", "S P F,"),
        ("zh", "wu3 shi2."),
    ]


def test_tokens_know_their_letters(reader: Reader, lexicon: Lexicon) -> None:
    text = "好，只要¥2.5"
    (run,) = runs(reader, lexicon, text)
    assert [text[token.start : token.end] for token in run.tokens] == [
        "好", "只", "要", "¥2.5", "¥2.5", "¥2.5",
    ]  # fmt: skip
    assert run.text == "hao3, zhi3 yao4 liang3 kuai4 wu3."
    assert [run.text[offset:].split()[0].strip(",.") for offset in run.offsets] == [
        token.said for token in run.tokens
    ]


def test_emoji_are_not_said(reader: Reader, lexicon: Lexicon) -> None:
    (run,) = runs(reader, lexicon, "😀好🎉的")
    assert run.text == "hao3 de5."
