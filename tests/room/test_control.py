from dataclasses import dataclass, field
from pathlib import Path

import pytest

from console.port import Control, ControlResult, Verb
from core.errors import ContentError
from core.line import Claim, Line
from room import messages as msg
from room.control import Controls
from room.journal import Journal
from script_engine.gate import Blocked, Draft
from tests.fakes.clock import VirtualClock
from tests.fakes.speech import make_line

REFUSED = Blocked(
    Draft("只要9.9元", "zh", "operator"),
    ("9.9元: no fact says so",),
    (Claim("price", "9.9元", 0, 4, "", "no fact says so"),),
)


@dataclass
class FakeDirector:
    held: bool = False
    deaf: bool = False
    blocked: int = 0
    said: list[Line] = field(default_factory=list)

    def hold(self, held: bool) -> None:
        self.held = held

    async def say(self, line: Line) -> None:
        self.said.append(line)

    def next_product(self, product_id: str | None = None) -> str:
        if product_id == "none":
            raise ContentError("no product 'none'")
        return product_id or "B"


class Desk:
    def __init__(self) -> None:
        self.director = FakeDirector()
        self.sent: list[object] = []
        self.journal = Journal(None, VirtualClock())
        self.ended = False
        self.controls = Controls(
            self.director,  # type: ignore[arg-type]
            self.sent.append,
            lambda text: REFUSED if "9.9" in text else make_line("typed", text, "operator"),
            Path("configs/scenes"),
            self.journal,
            self._end,
        )

    def _end(self) -> None:
        self.ended = True

    async def do(self, do: Verb, **what: str) -> ControlResult:
        return await self.controls.do(Control(do, **what))


async def test_paused_still_answers_and_a_person_in_the_seat_does_not() -> None:
    desk = Desk()
    await desk.do("pause")
    assert (desk.director.held, desk.director.deaf) == (True, False)
    assert desk.controls.status(False) == "paused"
    await desk.do("takeover")
    assert (desk.director.held, desk.director.deaf) == (True, True)
    assert desk.controls.status(False) == "human"
    await desk.do("release")
    assert (desk.director.held, desk.director.deaf) == (True, False)
    await desk.do("resume")
    assert (desk.director.held, desk.director.deaf) == (False, False)


@pytest.mark.parametrize(("degraded", "status"), [(False, "live"), (True, "fallback")])
async def test_status_without_anybody(degraded: bool, status: str) -> None:
    assert Desk().controls.status(degraded) == status


async def test_a_typed_line_is_said_or_refused_with_each_claim() -> None:
    desk = Desk()
    assert (await desk.do("say", text="欢迎")).ok
    assert [line.text for line in desk.director.said] == ["欢迎"]
    refused = await desk.do("say", text="只要9.9元")
    assert not refused.ok
    assert refused.claims[0].reason
    assert "no fact says so" in refused.message
    assert len(desk.director.said) == 1


async def test_mute_reaches_the_stage_and_end_the_room() -> None:
    desk = Desk()
    await desk.do("mute")
    await desk.do("unmute")
    assert desk.sent == [msg.SetMuted(True), msg.SetMuted(False)]
    await desk.do("end")
    assert desk.ended
    assert desk.controls.status(False) == "ended"


async def test_what_does_not_exist_is_named() -> None:
    desk = Desk()
    scene = await desk.do("scene", scene="moon")
    assert not scene.ok
    assert "soft-daylight" in scene.message
    assert not (await desk.do("show_product", product_id="none")).ok
    assert (await desk.do("show_product", product_id="A")).ok


async def test_every_act_is_in_the_journal() -> None:
    desk = Desk()
    await desk.do("skip")
    await desk.do("pause")
    acts = [entry.data["do"] for entry in desk.journal.after(0, "operator")]
    assert acts == ["skip", "pause"]
