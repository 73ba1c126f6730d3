"""Desks with real parts: the demo shop, its gate, the built-in composer, models over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.clock import SystemClock
from core.language import Language
from core.line import Line
from knowledge.shop import Shop
from script_engine.composer import Composer
from script_engine.gate import Blocked, Gate
from script_engine.pace import speaking_s
from script_engine.writers import Change, Desk, Models, Prompts, Timing
from script_engine.writers.chat import Model
from script_engine.writers.server import ServerModel
from tests.fakes.clock import VirtualClock
from tests.fakes.lying_llm import LyingLLM

FAST = Timing(stall_s=0.25, patience_s=1.0, answer_s=0.5, first_rest_s=5.0)
OpenDesk = Callable[..., "asynccontextmanager[Office]"]


@dataclass
class Office:
    """A desk at work, and what it reported."""

    desk: Desk
    clock: VirtualClock
    changes: list[Change] = field(default_factory=list)
    blocked: list[Blocked] = field(default_factory=list)

    async def say(self, product_id: str, language: Language, pitches: int = 1) -> list[Line]:
        """Whole pitches, spoken in virtual time while the desk writes in the machine's."""
        said = []
        for _ in range(pitches):
            for line in self.desk.pitch(product_id, language, self.clock.wall()):
                said.append(line)
                self.clock.t += speaking_s(line.text, language)
                await settle(self.desk)
        return said


async def settle(desk: Desk, seconds: float = 0.5) -> None:
    """Let the desk write until it has nothing more to do, or for so long."""
    machine = SystemClock()
    for step in range(round(seconds / 0.005)):
        await machine.pause(0.005)
        if step > 1 and not desk.writing:
            return


@pytest.fixture(scope="session")
def prompts() -> Prompts:
    return Prompts(Path(__file__).parents[3] / "configs" / "prompts")


@pytest.fixture
def office(shop: Shop, gate: Gate, prompts: Prompts) -> OpenDesk:
    @asynccontextmanager
    async def open_desk(
        *servers: LyingLLM, models: Sequence[Model] = (), timing: Timing = FAST
    ) -> AsyncIterator[Office]:
        clock = VirtualClock()
        changes: list[Change] = []
        blocked: list[Blocked] = []
        known = [*(ServerModel(s.url, f"m{n}", clock) for n, s in enumerate(servers)), *models]
        models_known = Models(known, prompts, clock, changes.append, blocked.append, timing)
        desk = Desk(models_known, shop, gate, Composer(shop, gate, seed=5))
        work = asyncio.create_task(desk.run())
        try:
            yield Office(desk, clock, changes, blocked)
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    return open_desk
