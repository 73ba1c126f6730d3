import shutil
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from core.line import Line
from knowledge.shop import Shop, load_shop
from room.settings import CONFIGS
from script_engine.composer.plan import Step
from script_engine.gate import Blocked, Gate
from script_engine.policy import load_policies
from script_engine.text import detect_language
from script_engine.writers.contrary import contradicted
from script_engine.writers.grounding import pretended, ungrounded
from script_engine.writers.reader import Written
from script_engine.writers.vetting import Vetter
from tests.fakes.clock import VirtualClock
from tests.fakes.shop import fact, product

DATA = Path(__file__).parent / "data"
LEAST_KEPT = 0.75
# share of good lines that may be said: a model that only writes what is refused is worth nothing


@pytest.fixture(scope="session")
def trades(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A shop of two dozen products of many trades."""
    folder = tmp_path_factory.mktemp("trades")
    for path in (DATA / "trades").iterdir():
        shutil.copy(path, folder)
    return load_shop(folder, VirtualClock())


def test_lies_on_no_list_are_found_and_good_lines_pass(
    shop: Shop, trades: Shop, when: datetime
) -> None:
    packs = load_policies((), CONFIGS / "policies")
    refused, believed, good = [], [], 0
    for name, known in (("lines", shop), ("trades", trades)):
        vetter = Vetter(known, Gate(known, packs))
        parts = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8")).values()
        for case in (case for part in parts for case in part):
            about = known.product(case["product"])
            good += len(case["true"])
            for text in (*case["true"], *case["false"]):
                language = detect_language(text)
                written = Written(1, text, (), "")
                line = vetter.line(written, Step("point"), {}, about, language, when)
                if isinstance(line, Line) and text in case["false"]:
                    believed.append(text)
                elif isinstance(line, Blocked) and text in case["true"]:
                    refused.append((text, line.reasons))
    assert good >= 290
    assert believed == []
    assert len(refused) <= (1 - LEAST_KEPT) * good, refused


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
    found = contradicted(text, SERUM, FACTS)
    assert set(words) <= set(found)
    assert bool(words) == bool(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我自己用了三个月，很喜欢。", True),
        ("我妈也在用。", True),
        ("I have used it for a month.", True),
        ("My skin feels soft.", True),
        ("我照着资料念给大家。", False),
        ("我们的朋友都在评论区。", False),
        ("I like to read the label first.", False),
    ],
)
def test_the_presenter_has_no_life_of_its_own(text: str, found: bool) -> None:
    assert bool(pretended(text)) is found
