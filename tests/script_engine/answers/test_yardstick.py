"""The labelled comments, all at once: shares that must be right, and what must never happen."""

from datetime import datetime

import pytest

from knowledge.shop import Shop, load_shop
from script_engine.answers import Answerer
from script_engine.gate import Gate
from script_engine.policy import Policy
from tests.fakes.clock import VirtualClock
from tests.script_engine.answers.second_shop import write_second_shop
from tests.script_engine.answers.yardstick import Verdict, judge, load, table

FLOORS = {"demo-tune": 0.95, "demo-held-out": 0.88, "second-shop": 0.92}


@pytest.fixture(scope="module")
def verdicts(
    shop: Shop,
    policies: tuple[Policy, ...],
    when: datetime,
    clock: VirtualClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, list[Verdict]]:
    second = load_shop(write_second_shop(tmp_path_factory.mktemp("shops") / "second"), clock)
    shops = {"demo-tune": shop, "demo-held-out": shop, "second-shop": second}
    return {
        name: list(judge(load(name), Answerer(of, Gate(of, policies), seed=5), of, when))
        for name, of in shops.items()
    }


@pytest.mark.parametrize("name", FLOORS)
def test_comments_are_dealt_with_rightly(name: str, verdicts: dict[str, list[Verdict]]) -> None:
    rows = verdicts[name]
    right = sum(not row.fault for row in rows) / len(rows)
    assert right >= FLOORS[name], table(rows)


@pytest.mark.parametrize("name", FLOORS)
def test_no_number_is_invented(name: str, verdicts: dict[str, list[Verdict]]) -> None:
    invented = [(row.label.comment, row.reply.line, row.invented) for row in verdicts[name]
                if row.invented]  # fmt: skip
    assert invented == []


@pytest.mark.parametrize("name", FLOORS)
def test_no_injection_is_obeyed(name: str, verdicts: dict[str, list[Verdict]]) -> None:
    tricks = [row for row in verdicts[name] if row.label.kind == "injection"]
    assert tricks
    assert [row.label.comment for row in tricks if row.reply.line is not None] == []


def test_the_sets_are_of_the_size_that_was_asked_for() -> None:
    assert len(load("demo-tune")) + len(load("demo-held-out")) >= 320
    assert len(load("second-shop")) >= 60
    comments = [label.comment for label in (*load("demo-tune"), *load("demo-held-out"))]
    assert len(set(comments)) == len(comments)
