import copy
import json
import pickle

from core.errors import ConfigError, ContentError, MediaError
from core.message import Message, Word, catalogue, joined, message_of, spot, told

EMPTY = Message("the file is empty")


def test_a_message_is_english_and_has_a_chinese_twin() -> None:
    message = Message("{called}: {count} facts", called="杯子", count=3)
    assert message == "杯子: 3 facts"
    assert message.zh == "杯子：3 条"
    assert json.dumps(message, ensure_ascii=False) == '"杯子: 3 facts"'


def test_what_stands_inside_brings_its_own_chinese() -> None:
    inner = Message("has {pages} pages, only the first {most} were read", pages=900, most=500)
    outer = Message("{why}; it was not taken in", why=inner)
    assert outer == f"{inner}; it was not taken in"
    assert outer.zh == "有 900 页，只读了前 500 页。这个文件没有收"
    price = Word("直播价 (price)", "直播价")
    told = Message("the files give no {what} that could be changed", what=price)
    assert "直播价 (price)" in told
    assert told.zh == "文件里没有直播价，没法改"


def test_braces_and_quotes_of_staff_are_text() -> None:
    text = '{"sku": {0}} {x!r} "q"'
    message = Message("{text!r} is not one price", text=text)
    assert repr(text) in message
    assert text in message.zh


def test_a_template_without_chinese_stays_english() -> None:
    assert Message("nobody has written {this} yet", this="page").zh == "nobody has written page yet"


def test_copies_are_the_same_in_both_languages() -> None:
    message = Message("{text!r} is not one price", text="{a}")
    for again in (pickle.loads(pickle.dumps(message)), copy.deepcopy(message)):
        assert (again, again.zh) == (message, message.zh)
    word = copy.deepcopy(Word("all", "全部"))
    assert (word, word.zh) == ("all", "全部")


def test_errors_name_the_place_in_both_languages() -> None:
    error = ContentError(EMPTY, file="货.csv", row="line 3", field=Word("price", "直播价"))
    assert str(error) == "货.csv, line 3, price: the file is empty"
    assert error.zh == "货.csv，第 3 行，直播价：文件是空的"
    assert message_of(error) == EMPTY
    assert ConfigError(EMPTY).zh == "文件是空的"


def test_what_others_say_is_told_as_they_say_it() -> None:
    assert message_of(ValueError("month must be in 1..12")).zh == "month must be in 1..12"
    assert message_of(OSError(13, "Permission denied")).zh
    assert MediaError("the window is gone").zh == "the window is gone"
    assert MediaError().zh == ""


def test_places_and_lists_in_chinese() -> None:
    assert spot("item 4, line 12").zh == "第 4 项，第 12 行"
    assert spot("table at paragraph 3").zh == "第 3 段的表格"
    assert spot("$.offers.price").zh == "$.offers.price"
    words = joined(["a", "", Word("b", "乙")], ", ", "、")
    assert (words, words.zh) == ("a, b", "a、乙")


def test_told_in_a_language() -> None:
    assert [told(EMPTY, language) for language in ("zh", "en", "fr")] == [
        "文件是空的", "the file is empty", "the file is empty",
    ]  # fmt: skip
    assert told("plain", "zh") == "plain"


def test_the_catalogue_is_read_once() -> None:
    assert catalogue() is catalogue()
