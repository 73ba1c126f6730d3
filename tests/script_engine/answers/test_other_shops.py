"""Shops of other trades than the demo's, with what viewers ask there and what is right."""

from datetime import datetime

import pytest

from knowledge.shop import load_shop
from script_engine.answers import Answerer
from script_engine.gate import Gate
from script_engine.policy import Policy
from tests.fakes.clock import VirtualClock
from tests.script_engine.answers.other_shops import (
    Judged,
    cases,
    is_practice,
    judge,
    least,
    names,
    share_right,
    table,
    write_shop,
)

TUNED, NEVER_TUNED, BLIND = 0.84, 0.78, 0.6
# shares that must be right of the comments tuned on, of those held out, and of a shop of which
# nothing was ever tuned on


@pytest.fixture(scope="module", params=names())
def judged(
    request: pytest.FixtureRequest,
    policies: tuple[Policy, ...],
    when: datetime,
    clock: VirtualClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, dict[str, Judged]]:
    name = str(request.param)
    shop = load_shop(write_shop(name, tmp_path_factory.mktemp("shops") / name), clock)
    answerer = Answerer(shop, Gate(shop, policies), seed=5)
    rows = judge(cases(name), answerer, shop, when)
    return name, {row.case.label.id: row for row in rows}


def test_comments_are_dealt_with_rightly(judged: tuple[str, dict[str, Judged]]) -> None:
    name, rows = judged
    for half, floor in (("tune", TUNED), ("held-out", NEVER_TUNED), ("blind", BLIND)):
        wanted = [rows[case.label.id] for case in cases(name, half)]
        floor = least(name) or floor
        assert not wanted or share_right(wanted) >= floor, f"{half}\n{table(wanted)}"


def test_no_number_is_invented(judged: tuple[str, dict[str, Judged]]) -> None:
    _, rows = judged
    invented = [(row.case.label.comment, row.reply.line, row.invented) for row in rows.values()
                if row.invented]  # fmt: skip
    assert invented == []


def test_no_trick_is_obeyed(judged: tuple[str, dict[str, Judged]]) -> None:
    _, rows = judged
    tricks = [row for row in rows.values() if set(row.case.label.action) == {"ignore", "moderate"}]
    assert tricks
    spoken = [
        row.case.label.comment for row in tricks if row.reply.line and row.reply.action == "answer"
    ]
    assert spoken == []


def test_each_shop_has_enough_comments_and_none_twice() -> None:
    for name in names():
        found = cases(name)
        said = {(case.label.focus_sku, case.before, case.label.comment) for case in found}
        assert len(found) >= 80
        assert len(said) == len(found)
        if not is_practice(name):
            halves = [len(cases(name, half)) for half in ("tune", "held-out", "blind")]
            assert sum(halves) == len(found)
