"""Search tokens that a question and a fact share."""

import subprocess
import sys

from knowledge.tokens import tokens_of


def test_chinese_gives_words_and_pairs() -> None:
    tokens = tokens_of("敏感肌可以用吗")
    assert "敏感" in tokens
    assert "感肌" in tokens
    assert "吗" not in tokens


def test_english_forms_meet() -> None:
    for one, other in (("bottles", "bottle"), ("washing", "washed"), ("batteries", "battery"),
                       ("sizes", "size"), ("Shipped", "shipping")):  # fmt: skip
        assert tokens_of(one) == tokens_of(other), (one, other)
    assert tokens_of("glass") != tokens_of("gla")


def test_full_width_meets_plain() -> None:
    assert tokens_of("ＳＰＦ５０") == tokens_of("spf50") == ["spf", "50"]


def test_the_dictionary_loads_in_silence() -> None:
    code = "from knowledge.tokens import tokens_of; assert '精华' in tokens_of('保湿精华')"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
