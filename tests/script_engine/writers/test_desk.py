import asyncio
from datetime import datetime
from time import process_time

import pytest

from core.language import Language
from knowledge.shop import Shop
from script_engine.writers import Timing
from script_engine.writers.pace import Pace
from tests.fakes.checker import untrue
from tests.fakes.lying_llm import LIES, LyingLLM
from tests.script_engine.writers.conftest import OpenDesk, settle

SECONDS_AT_MOST = 2.0
PATIENCE_S = 30.0
# of a test, on a machine that does much else
FAILURES = ["stall", "cut", "broken", "500", "429", "401", "deaf", "endless", "html", "error"]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_an_honest_model_writes_the_pitch(
    language: Language, office: OpenDesk, shop: Shop
) -> None:
    with LyingLLM().serving() as llm:
        async with office(llm) as room:
            said = await room.say("BT1001", language, pitches=2)
    by_model = [line for line in said if line.text in llm.told]
    assert len(by_model) >= 0.4 * len(said)
    assert any(line.fact_ids for line in by_model)
    assert room.changes == []
    assert [fault for line in said for fault in untrue(line, shop, llm.lies)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("lies", list(LIES))
async def test_no_lie_is_said_and_nobody_waits(
    lies: str, language: Language, office: OpenDesk, shop: Shop
) -> None:
    longest_s = 0.0
    with LyingLLM([lies]).serving() as llm:
        async with office(llm) as room:
            said = []
            lines = room.desk.pitch("BT1001", language, room.clock.wall())
            began_s = process_time()
            while (line := next(lines, None)) is not None:
                longest_s = max(longest_s, process_time() - began_s)
                said.append(line)
                room.clock.t += 6.0
                await settle(room.desk)
                began_s = process_time()
    assert longest_s < SECONDS_AT_MOST
    assert len(llm.lies) >= 20
    assert len(said) >= 10
    assert [(line.text, bad) for line in said if (bad := untrue(line, shop, llm.lies))] == []
    assert len(room.blocked) >= 0.9 * len(llm.lies)
    assert all(blocked.reasons for blocked in room.blocked)
    assert [change.up for change in room.changes] == [False]


@pytest.mark.parametrize("mode", FAILURES)
async def test_a_model_that_fails_is_stepped_down_from(mode: str, office: OpenDesk) -> None:
    with LyingLLM([mode]).serving() as llm:
        async with office(llm) as room:
            lines = room.desk.pitch("BT1001", "zh", room.clock.wall())
            first = next(lines)
            async with asyncio.timeout(PATIENCE_S):
                while not room.changes:
                    await settle(room.desk, 0.01)
            assert first.text
            change = room.changes[0]
            assert (change.up, change.to) == (False, "composer")
            assert change.reason.startswith("m0 at 127.0.0.1: ")
            llm.released.set()


def test_a_silent_model_is_stepped_over_in_time() -> None:
    assert Pace(Timing().stall_s).start_s + Timing().answer_s / 4 < SECONDS_AT_MOST


async def test_it_steps_down_rung_by_rung_and_up_again(office: OpenDesk) -> None:
    with LyingLLM(["500"]).serving() as first, LyingLLM().serving() as second:
        async with office(first, second) as room:
            said = await room.say("BT1001", "zh")
            assert [(c.up, c.to) for c in room.changes] == [(False, "m1 at 127.0.0.1")]
            assert any(line.text in second.told for line in said)
            first.modes = ["honest"]
            room.clock.t += 400
            said = await room.say("BT1002", "zh", pitches=2)
            assert [(c.up, c.to) for c in room.changes][1:] == [(True, "m0 at 127.0.0.1")]
            assert any(line.text in first.told for line in said)


async def test_a_slow_model_is_listened_to_while_the_next_one_writes(office: OpenDesk) -> None:
    with LyingLLM(["deaf"]).serving() as slow, LyingLLM().serving() as quick:
        async with office(slow, quick) as room:
            next(room.desk.pitch("BT1001", "zh", room.clock.wall()))
            async with asyncio.timeout(PATIENCE_S):
                while not quick.told:
                    await settle(room.desk, 0.02)
            assert len(slow.requests) == 1
            assert room.changes[0].to == "m1 at 127.0.0.1"
            slow.released.set()


async def test_refused_lines_are_asked_for_once_more(office: OpenDesk) -> None:
    with LyingLLM(["prices", "honest"]).serving() as llm:
        async with office(llm) as room:
            said = await room.say("BT1001", "zh")
    again = llm.requests[1]["messages"]
    assert "退回" in again[0]["content"]
    assert "没有依据" in again[1]["content"]
    assert any(line.text in llm.told for line in said)


async def test_another_product_is_written_at_once(office: OpenDesk) -> None:
    with LyingLLM().serving() as llm:
        async with office(llm) as room:
            next(room.desk.pitch("BT1001", "zh", room.clock.wall()))
            await settle(room.desk)
            lines = room.desk.pitch("HM3001", "zh", room.clock.wall())
            next(lines)
            await settle(room.desk)
            assert next(lines).product_id == "HM3001"
            assert "小月亮充电台灯" in llm.requests[-1]["messages"][1]["content"]


async def test_without_a_model_the_composer_writes(office: OpenDesk, when: datetime) -> None:
    async with office() as room:
        said = await room.say("BT1001", "zh")
        assert len(said) >= 8
        assert room.desk.ladder.active == 0


async def test_what_is_ready_is_bounded(office: OpenDesk) -> None:
    with LyingLLM().serving() as llm:
        async with office(llm) as room:
            for _ in range(3):
                for _line in room.desk.pitch("BT1001", "zh", room.clock.wall()):
                    await settle(room.desk)
                    assert room.desk.ready <= 80
            assert len(llm.requests) <= 16


async def test_product_copy_that_gives_orders_is_not_shown_to_the_model(
    office: OpenDesk, shop: Shop
) -> None:
    with LyingLLM().serving() as llm:
        async with office(llm) as room:
            await room.say("BT1001", "zh")
    for sent in llm.requests:
        system, user = (message["content"] for message in sent["messages"])
        assert "玻尿酸" not in system
        outside = user[: user.index("BEGIN-DATA")] + user[user.rindex("END-DATA") :]
        assert "玻尿酸" not in outside
