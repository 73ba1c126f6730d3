"""The claim gate under attack: true lines about several shops, and the same bent."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from knowledge.shop import Shop, load_shop
from script_engine.gate import Gate
from script_engine.policy import Policy
from script_engine.text import detect_language
from tests.fakes.clock import VirtualClock
from tests.script_engine.answers.second_shop import write_second_shop
from tests.script_engine.red_team import lies

DATA = Path(__file__).parent / "data"
FLOORS = {
    "red_team.toml": (0.99, 0.05),
    "red_team_held_out.toml": (0.98, 0.07),
    "red_team_trades.toml": (0.96, 0.08),
}
# share of the lies that must be stopped, and of the true lines that may be


@dataclass(frozen=True, slots=True)
class Case:
    shop: str
    product_id: str
    text: str
    true: bool


def cases(name: str) -> Iterator[Case]:
    """The true lines of a file, its lies, and more lies made from the true lines."""
    data = tomllib.loads((DATA / name).read_text("utf-8"))
    for group in data["group"]:
        shop, product_id = group["shop"], group["product"]
        for text in group["false"]:
            yield Case(shop, product_id, text, true=False)
        for text in group["true"]:
            yield Case(shop, product_id, text, true=True)
            language = detect_language(text)
            for lie in lies(text, language, data["invented"][language]):
                yield Case(shop, product_id, lie, true=False)


@pytest.fixture(scope="module")
def gates(
    shop: Shop,
    policies: tuple[Policy, ...],
    clock: VirtualClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Gate]:
    shops = {
        "demo": shop,
        "second": load_shop(DATA / "mountain-shop", clock),
        "cycle": load_shop(DATA / "cycle-shop", clock),
        "garden": load_shop(DATA / "garden-shop", clock),
        "third": load_shop(write_second_shop(tmp_path_factory.mktemp("third")), clock),
    }
    return {name: Gate(opened, policies) for name, opened in shops.items()}


@pytest.mark.parametrize("name", FLOORS)
def test_lies_are_stopped_and_the_truth_is_not(
    name: str, gates: dict[str, Gate], when: datetime
) -> None:
    passed = {
        case: gates[case.shop]
        .check(case.text, detect_language(case.text), case.product_id, when)
        .ok
        for case in cases(name)
    }
    leaked = [case.text for case, ok in passed.items() if ok and not case.true]
    refused = [case.text for case, ok in passed.items() if not ok and case.true]
    told = sum(case.true for case in passed)
    caught, may_refuse = FLOORS[name]
    assert len(leaked) <= (1 - caught) * (len(passed) - told), leaked
    assert len(refused) <= may_refuse * told, refused
