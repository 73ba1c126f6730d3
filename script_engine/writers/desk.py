"""The writers' desk: models write ahead of the presenter, the composer whenever they have not.

The presenter never waits. A pitch is planned by our own code; each line is a model's if it is
written and checked by the time it is needed, else the composer's. One asyncio task writes ahead, at
most the rest of the pitch that is being said and the one after it.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.clock import Clock
from core.errors import ProviderError
from core.language import Language
from core.line import Line, Reply
from core.viewer import ViewerEvent
from script_engine.composer.plan import Step
from script_engine.gate import Blocked, Gate
from script_engine.shop import Shop
from script_engine.writers.author import Author, Watch
from script_engine.writers.chat import BusyError, Model
from script_engine.writers.ladder import FIRST_REST_S, LONGEST_REST_S, Change, Ladder
from script_engine.writers.phrasing import Phraser
from script_engine.writers.prompts import Prompts
from script_engine.writers.sheet import Sheet
from script_engine.writers.vetting import Vetter

log = logging.getLogger(__name__)

COMPOSER = "composer"


class Composer(Protocol):
    """Plans pitches, and writes any line of one at once."""

    def plan(self, product_id: str, language: Language, when: datetime) -> Sequence[Step]: ...

    def write(
        self, step: Step, product_id: str, language: Language, when: datetime
    ) -> Line | None: ...


@dataclass(frozen=True, slots=True)
class Timing:
    """How long models are waited for, in seconds."""

    stall_s: float = 1.5
    # silence after which the next rung takes over
    patience_s: float = 60.0
    # silence after which a request is given up: a server may take so long to load a model
    answer_s: float = 1.2
    # a model that has not put an answer in words by then is not waited for
    first_rest_s: float = FIRST_REST_S
    # how long a model is left alone after its first failure


@dataclass(frozen=True, slots=True)
class Models:
    """The language models a room has, and who is told how they do."""

    models: Sequence[Model]
    # the best first
    prompts: Prompts
    clock: Clock
    on_change: Callable[[Change], None] = lambda change: None
    # told of each step down and up
    on_blocked: Callable[[Blocked], None] = lambda blocked: None
    # told of every line of a model that is kept back
    timing: Timing = Timing()


class Desk:
    """Pitches and answers in the words of a model, as long as one works."""

    def __init__(
        self,
        known: Models,
        shop: Shop,
        gate: Gate,
        composer: Composer,
    ) -> None:
        """A desk for one room.

        Args:
            known: the models; below them all is the composer.
            shop: products and facts.
            gate: which each line must pass.
            composer: that plans, and writes what no model has written.
        """
        models, timing, clock = known.models, known.timing, known.clock
        self._shop, self._composer, self._clock = shop, composer, clock
        self._on_blocked = known.on_blocked
        self._vetter = Vetter(shop, gate)
        self._authors = [
            Author(
                model, self._vetter, known.prompts, clock,
                stall_s=timing.stall_s, patience_s=timing.patience_s,
            )
            for model in models
        ]  # fmt: skip
        names = [*(model.name for model in models), COMPOSER]
        self.ladder = Ladder(names, clock, known.on_change, first_rest_s=timing.first_rest_s)
        self._phraser = Phraser(
            shop, self._vetter, known.prompts, clock, known.on_blocked, timing.answer_s
        )
        self._now: Sheet | None = None
        self._next: Sheet | None = None
        self._wake = asyncio.Event()
        self._at_work: dict[int, asyncio.Task[None]] = {}
        # by rung; a model that has stalled may still be listened to while the next one writes

    # what the room takes

    def pitch(self, product_id: str, language: Language, when: datetime) -> Iterator[Line]:
        """One pitch, each line a model's where one is ready; another at each call."""
        sheet = self._open(product_id, language, when)
        for number, step in enumerate(sheet.steps, 1):
            now = self._clock.wall()
            line = sheet.take(number)
            if 2 * number > len(sheet.steps) and self._next is None and self._authors:
                self._next = self._plan(product_id, language, now)
            self._wake.set()
            if line is None or not self._vetter.still_holds(line, step, now):
                line = self._composer.write(step, product_id, language, now)
            if line is not None:
                self._vetter.spoken(line, now)
                yield line
        sheet.closed = True

    async def written(self, product_id: str, language: Language, when: datetime) -> list[Line]:
        """One pitch as staff read it beforehand: each model is waited for as long as it writes."""
        sheet = self._open(product_id, language, when)
        for rung in range(len(self._authors)):
            if sheet.wanted():
                await self._work(rung, sheet, self._watch(rung))
        said = []
        for number, step in enumerate(sheet.steps, 1):
            line = sheet.take(number) or self._composer.write(step, product_id, language, when)
            if line is not None:
                self._vetter.spoken(line, when)
                said.append(line)
        return said

    async def phrase(self, event: ViewerEvent, reply: Reply, when: datetime) -> Reply:
        """The reply in a model's words if they come in time and are true, else as it is."""
        rung = self.ladder.active
        if rung >= len(self._authors):
            return reply
        try:
            return await self._phraser.phrase(self._authors[rung].model, event, reply, when)
        except ProviderError as error:
            self._failed(rung, error)
        except Exception as error:  # noqa: BLE001  (an answer is worth more than its wording)
            self._broke(rung, error)
        return reply

    @property
    def writer(self) -> str:
        """Who writes now: a model's name, or the composer's."""
        return self.ladder.rungs[self.ladder.active]

    @property
    def ready(self) -> int:
        """Lines of models written ahead."""
        return sum(sheet.ready for sheet in (self._now, self._next) if sheet is not None)

    @property
    def writing(self) -> bool:
        """Whether a model is at work."""
        return bool(self._at_work)

    # its life

    async def run(self) -> None:
        """Write ahead until cancelled."""
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                while (sheet := self._wanting()) and (rung := self._free()) is not None:
                    await self._write(rung, sheet)
        finally:
            await self.close()

    async def close(self) -> None:
        """Stop writing; let go of connections and memory."""
        for task in self._at_work.values():
            task.cancel()
        await asyncio.gather(*self._at_work.values(), return_exceptions=True)
        for author in self._authors:
            await author.model.close()

    def _wanting(self) -> Sheet | None:
        """The sheet to write: the one being said before the next."""
        return next((s for s in (self._now, self._next) if s is not None and s.wanted()), None)

    def _free(self) -> int | None:
        """The best model that rests not and is not at work."""
        rung = self.ladder.best(frozenset(self._at_work))
        return rung if rung < len(self._authors) else None

    async def _write(self, rung: int, sheet: Sheet) -> None:
        """Have a model write a sheet; returns when it is done, has failed, or stalls."""
        stalled = asyncio.Event()
        work = self._work(rung, sheet, self._watch(rung, stalled.set))
        task = asyncio.create_task(work, name=self.ladder.rungs[rung])
        self._at_work[rung] = task
        over = asyncio.create_task(stalled.wait())
        try:
            await asyncio.wait((task, over), return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()

    async def _work(self, rung: int, sheet: Sheet, watch: Watch) -> None:
        try:
            await self._authors[rung].write(sheet, watch)
        except ProviderError as error:
            self._failed(rung, error)
        except Exception as error:  # noqa: BLE001  (a fault of ours: logged, the desk goes on)
            self._broke(rung, error)
        finally:
            self._at_work.pop(rung, None)
            self._wake.set()

    def _watch(self, rung: int, on_stall: Callable[[], None] = lambda: None) -> Watch:
        def stalled(why: str) -> None:
            self.ladder.failed(rung, why)
            on_stall()

        return Watch(stalled, lambda: self.ladder.worked(rung), self._on_blocked)

    def _failed(self, rung: int, error: ProviderError) -> None:
        after_s = error.after_s if isinstance(error, BusyError) else 0.0
        self.ladder.failed(rung, str(error), after_s if error.retryable else LONGEST_REST_S)

    def _broke(self, rung: int, error: Exception) -> None:
        log.error("a writer failed", exc_info=error, extra={"writer": self.ladder.rungs[rung]})
        self.ladder.failed(rung, f"{type(error).__name__}: {error}", LONGEST_REST_S)

    # sheets

    def _open(self, product_id: str, language: Language, when: datetime) -> Sheet:
        """The sheet of the next pitch: written ahead, or a fresh one."""
        ahead, self._next = self._next, None
        for sheet in (self._now, ahead):
            if sheet is not None:
                sheet.closed = True
        if ahead and ahead.product.id == product_id and ahead.language == language:
            ahead.closed = False
        else:
            ahead = self._plan(product_id, language, when)
        self._now = ahead
        return ahead

    def _plan(self, product_id: str, language: Language, when: datetime) -> Sheet:
        steps = self._composer.plan(product_id, language, when)
        return Sheet(self._shop.product(product_id), language, steps)
