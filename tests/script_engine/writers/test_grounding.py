import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from core.line import Line
from knowledge.shop import Shop
from script_engine.composer.plan import Step
from script_engine.gate import Gate
from script_engine.text import detect_language
from script_engine.writers.grounding import contradicted, ungrounded
from script_engine.writers.reader import Written
from script_engine.writers.vetting import Vetter
from tests.fakes.shop import fact, product

DATA = tomllib.loads((Path(__file__).parent / "data" / "lines.toml").read_text("utf-8"))


@pytest.mark.parametrize("part", ["tune", "held_out"])
def test_lies_on_no_list_are_found_and_good_lines_pass(
    part: str, shop: Shop, gate: Gate, when: datetime
) -> None:
    vetter = Vetter(shop, gate)

    def passes(text: str, product_id: str) -> bool:
        known = shop.product(product_id)
        written = Written(1, text, (), "")
        language = detect_language(text)
        return isinstance(vetter.line(written, Step("point"), {}, known, language, when), Line)

    kept = {"true": 0, "false": 0}
    total = {"true": 0, "false": 0}
    for case in DATA[part]:
        for label in ("true", "false"):
            total[label] += len(case[label])
            kept[label] += sum(passes(text, case["product"]) for text in case[label])
    assert kept["true"] >= 0.8 * total["true"]
    assert kept["false"] <= 0.05 * total["false"]


SERUM = product(names=(("zh", "晨露精华"), ("en", "Dew Serum")))
FACTS = (
    fact("care", "不可机洗，可以手洗", "usage", label="洗涤"),
    fact("material", "榉木底座", "material", label="材质"),
    fact("shipping", "Free shipping within two days", "policy", product_id="", language="en"),
    fact("charging", "Type-C charging, no remote control", language="en", label="Charging"),
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("底座是榉木的。", []),
        ("底座是胡桃木的。", ["胡桃木"]),
        ("底座是不是胡桃木的？", []),
        ("今天很多明星也在用。", ["明星"]),
        ("Free shipping within two days.", []),
        ("The serum is free today.", ["free"]),
        ("It comes with a diamond.", ["diamond"]),
    ],
)
def test_a_word_about_the_goods_needs_a_fact(text: str, words: list[str]) -> None:
    assert ungrounded(text, SERUM, FACTS) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("可以机洗。", ["机洗"]),
        ("不可机洗。", []),
        ("能不能机洗？", []),
        ("不可以手洗。", ["手洗"]),
        ("It has a remote control.", ["control", "remot"]),
        ("It has no remote control.", []),
        ("There is no charging.", ["charg"]),
    ],
)
def test_a_line_may_not_say_the_opposite_of_a_fact(text: str, words: list[str]) -> None:
    found = contradicted(text, FACTS)
    assert set(words) <= set(found)
    assert bool(words) == bool(found)
