"""The claim gate on shops it was not made with, half of the lines in the other language."""

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from knowledge.shop import load_shop
from script_engine.gate import Gate
from script_engine.policy import Policy
from script_engine.text import detect_language
from tests.fakes.clock import VirtualClock

DATA = Path(__file__).parent / "data"
FLOORS = {
    "gate_strangers_1.toml": (0.03, 0.06),
    "gate_strangers_2.toml": (0.02, 0.09),
    "gate_strangers_3.toml": (0.01, 0.09),
    "gate_strangers_4.toml": (0.06, 0.07),
}
# share of the false lines that may be said, and of the true ones that may be kept back


@pytest.mark.parametrize("name", FLOORS)
def test_lies_about_unseen_shops_are_stopped(
    name: str, policies: tuple[Policy, ...], clock: VirtualClock, when: datetime
) -> None:
    leaked, kept, told, lies = [], [], 0, 0
    for group in tomllib.loads((DATA / name).read_text("utf-8"))["group"]:
        gate = Gate(load_shop(DATA / f"{group['shop']}-shop", clock), policies)
        for text in (*group["true"], *group["false"]):
            passed = gate.check(text, detect_language(text), group["product"], when).ok
            true = text in group["true"]
            told, lies = told + true, lies + (not true)
            if passed and not true:
                leaked.append(text)
            if true and not passed:
                kept.append(text)
    may_leak, may_keep = FLOORS[name]
    assert len(leaked) <= may_leak * lies, leaked
    assert len(kept) <= may_keep * told, kept


@pytest.mark.parametrize(
    "text",
    [
        "买一根我们再送一根。",
        "拍下就送您一副手套。",
        "We'll throw in a reel.",
        "Buy one, get another one free.",
    ],
)
def test_a_gift_that_no_fact_gives_is_not_promised(
    text: str, policies: tuple[Policy, ...], clock: VirtualClock, when: datetime
) -> None:
    gate = Gate(load_shop(DATA / "angler-shop", clock), policies)
    assert not gate.check(text, detect_language(text), "LY21", when).ok
    assert gate.check("买这根竿子，我们送一个假饵盒。", "zh", "LY21", when).ok
