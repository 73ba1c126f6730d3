from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from core.errors import ConfigError
from knowledge.shop import Shop
from script_engine.composer import Composer
from script_engine.composer.formats import (
    PLAIN,
    ShowFormat,
    choose_format,
    load_formats,
    named_format,
)
from script_engine.gate import Gate

FORMATS = Path(__file__).parents[2] / "configs" / "formats"


def write(folder: Path, text: str) -> Path:
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_category_chooses_the_format(shop: Shop, gate: Gate) -> None:
    formats = list(load_formats(FORMATS).values())
    composer = Composer(shop, gate, formats=formats)
    titles = {p: composer.format_of(p).title for p in ("BT1001", "merino-cardigan", "HM3002")}
    assert titles == {
        "BT1001": "ingredient laboratory",
        "merino-cardigan": "outfit makeover",
        "HM3002": "life-scene theatre",
    }
    assert choose_format(formats, ["pets", "宠物/猫粮"]).title == "plain pitch"
    assert choose_format([], ["beauty"]) is PLAIN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("minuts = 3", ["mine.toml", "minuts", "'minutes'"]),
        ('[[body]]\nmove = "point"\nwieght = 2', ["wieght", "'weight'"]),
        ('[[body]]\nmove = "pont"', ["body.0.move", "pont"]),
        ("minutes = 0", ["minutes"]),
        (
            '[[phrase]]\nlanguage = "zh"\nmove = "hook"\ntexts = ["{nmae}"]',
            ["mine.toml", "{nmae}", "'name'"],
        ),
        (
            '[[phrase]]\nlanguage = "en"\nmove = "hook"\ntexts = ["[tial]"]',
            ["mine.toml", "[tial]", "'tail'"],
        ),
        ('[[phrase]]\nlanguage = "en"\nmove = "hook"\ntexts = ["<a|b"]', ["never closed"]),
        (
            '[[phrase]]\nlanguage = "en"\nmove = "hook"\ntrades = ["beuty"]\ntexts = ["a"]',
            ["mine.toml", "beuty", "'beauty'"],
        ),
    ],
)
def test_what_is_wrong_is_named_with_the_nearest(
    text: str, words: list[str], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError) as caught:
        load_formats(write(tmp_path, text))
    for word in words:
        assert word in str(caught.value)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(ConfigError, match=r"plain-pich.*plain-pitch"):
        named_format(load_formats(FORMATS), "plain-pich")


def test_a_format_has_its_own_words_moves_and_length(
    shop: Shop, gate: Gate, when: datetime
) -> None:
    mine = ShowFormat.model_validate(
        {
            "minutes": 1.0,
            "opening": ["hook"],
            "closing": ["call"],
            "body": [{"move": "proof", "fields": ["ingredients"]}, {"move": "talk"}],
            "phrase": [
                {"language": "zh", "move": "hook", "texts": ["<铃响了|开课了>，请看{name}。"]}
            ],
        }
    )
    composer = Composer(shop, gate, formats=[mine], seed=2)
    pitches = [list(composer.pitch("BT1001", "zh", when)) for _ in range(6)]
    moves = Counter(line.move for pitch in pitches for line in pitch)
    assert set(moves) <= {"hook", "proof", "talk", "call", "beat"}
    proofs = [line for pitch in pitches for line in pitch if line.move == "proof"]
    assert all("ingredients" in " ".join(line.fact_ids) for line in proofs)
    assert any("请看" in pitch[0].text for pitch in pitches)
