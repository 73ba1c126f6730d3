"""Decides what is said next: the pitch, an answer, or what the operator typed."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from core.clock import Clock
from core.errors import ProviderError
from core.language import Language
from core.line import Line
from room import messages as msg
from room.answering import Answering, AnswerScript
from room.comments import Comments, Waiting
from room.delivery import Delivery
from room.journal import Journal, performed
from room.queue import RESUMED, SpeechQueue
from room.rundown import Rundown
from room.speaker import Speaker
from room.words import tell

log = logging.getLogger(__name__)

LEAD_S = 0.9
"""A question is chosen so long before its answer can begin: the newest then is answered soonest."""
TICK_S = 0.25
STUMBLE_S = 1.0
"""After a fault, before the next product is tried."""


class Script(AnswerScript, Protocol):
    """What of the script engine is needed here."""

    def next_line(self, product_id: str, when: datetime) -> Line: ...
    def bridge(self, product_id: str, when: datetime) -> Line | None: ...


class Director:
    """Keeps the stage supplied. Holds the floor rules: who may speak, and after whom."""

    def __init__(
        self,
        script: Script,
        speaker: Speaker,
        send: Callable[[object], None],
        journal: Journal,
        rundown: Rundown,
        comments: Comments,
        clock: Clock,
        show_product: Callable[[str], None],
        language: Language = "en",
        scenes: Path = Path(),
    ) -> None:
        self._scenes = scenes
        # the folder of scene files, for lines that change the scene
        self._script, self._send = script, send
        self._journal, self._rundown = journal, rundown
        self._clock, self._show_product, self._language = clock, show_product, language
        self._delivery = Delivery(speaker, send, clock, self._place_to_cut)
        self._answering = Answering(
            script,
            self._delivery,
            send,
            journal,
            comments,
            clock,
            lambda: rundown.product,
            language,
        )
        self._poke = asyncio.Event()
        self._sentence_owed = False
        # an answer was given to the stage, and nothing of the pitch after it
        self._shown = ""
        self.held = False
        # pitch stops (pause, or a person has taken over); answers go on unless `deaf`
        self.deaf = False
        self._blocked = 0

    # what others call

    @property
    def queue(self) -> SpeechQueue:
        """What the stage has to say."""
        return self._delivery.queue

    @property
    def answered(self) -> int:
        """Comments answered aloud."""
        return self._answering.answered

    @property
    def latencies_ms(self) -> list[int]:
        """From each comment to the first sound of its answer."""
        return self._answering.latencies_ms

    @property
    def blocked(self) -> int:
        """Lines that were not said."""
        return self._blocked + self._answering.unspoken

    def count_blocked(self) -> None:
        """One more line was kept back before it came here."""
        self._blocked += 1

    def heard(self, waiting: Waiting) -> None:
        """A comment arrived."""
        self._answering.heard(waiting)
        self._poke.set()

    async def say(self, line: Line) -> None:
        """An operator's line: next after the phrase that sounds now."""

        def begin() -> bool:
            self._delivery.cut()
            return True

        await self._delivery.say(line, begin, urgent=True)

    def next_product(self, product_id: str | None = None) -> str:
        """Leave the product in focus at the next phrase; its unsaid lines are forgotten."""
        if product_id is None:
            self._rundown.advance()
        else:
            self._rundown.jump(product_id)
        self._delivery.cut(keep=False)
        self._poke.set()
        return self._rundown.product

    def hold(self, held: bool) -> None:
        """Stop or go on with the pitch."""
        if held and not self.held:
            self._delivery.cut()
        self.held = held
        self._poke.set()

    def recheck(self) -> None:
        """Facts changed: what is queued with facts that no longer hold is not said."""
        self._delivery.cut()
        self._poke.set()

    def close(self) -> None:
        """The room ends: what still waits is recorded as not answered."""
        self._answering.close()

    def stage_lost(self) -> None:
        """A new stage is on air and knows nothing."""
        self.queue.lost()
        self._answering.lost()
        self._shown = ""
        self._poke.set()

    # what the stage reports

    def started(self, message: msg.Started) -> None:
        line = self.queue.started(message.line_id, message.at_s)
        if line is None:
            return
        if not self._answering.started(line, message):
            self._answering.sentence_due = False
            self._obey(line)
            self._journal.add(
                "line", id=line.id, text=line.text, kind_of_line=line.kind, move=line.move,
                language=line.language, by=line.by, product_id=line.product_id,
                facts=list(line.fact_ids), **performed(line),
                on_air=self._journal.ms(message.at_s), frame=message.frame,
            )  # fmt: skip
        self._poke.set()

    def _obey(self, line: Line) -> None:
        """What a line's cues ask of the stage beyond the presenter's own body."""
        for cue in line.cues:
            if cue.kind == "scene":
                self._send(msg.SetScene(str(self._scenes / f"{cue.value}.toml")))
            elif cue.kind == "show" and cue.value == "none":
                self._send(msg.ShowCard(None))
            elif cue.kind == "show" and line.move == "script" and line.product_id:
                self._show_product(line.product_id)

    def ended(self, message: msg.Ended) -> None:
        line = self.queue.ended(message.line_id, message.resume_at)
        if line is not None:
            self._answering.ended(line, message)
        self._poke.set()

    # the two loops

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._pitch())
            tasks.create_task(self._answers())

    async def _pitch(self) -> None:
        while True:
            if not self._wants_pitch():
                await self._tick()
                continue
            try:
                line = self._choose()
            except Exception as error:  # what one product's facts do to us must not end the night
                log.exception("no line for %s", self._rundown.product)
                await self._stumble(error)
                continue
            begin = partial(self._still_wanted, line, self._delivery.generation)
            try:
                await self._delivery.say(line, begin)
            except ProviderError as error:
                self._unspoken(line, error)

    async def _stumble(self, error: Exception) -> None:
        """Go on with the next product after a fault of ours."""
        reason = tell("fault", self._language, cause=f"{type(error).__name__}: {error}")
        self._journal.add(
            "blocked", text="", by="engine", product_id=self._rundown.product, reason=reason
        )
        self._blocked += 1
        self._rundown.advance()
        await self._clock.pause(STUMBLE_S)

    def _still_wanted(self, line: Line, generation: int) -> bool:
        """Whether a line of the pitch, once spoken, is still to be said; else it is for later."""
        if self.held:
            self._delivery.put_back(line, generation)
            return False
        return self._delivery.is_wanted(line, generation)

    def _unspoken(self, line: Line, error: ProviderError) -> None:
        self._journal.add("blocked", text=line.text, by="voice", reason=str(error))
        self._blocked += 1

    async def _answers(self) -> None:
        while True:
            self._answering.pass_over_stale()
            if not self._may_answer() or not await self._answering.answer_next():
                await self._tick()

    # small steps

    def _may_answer(self) -> bool:
        """An answer decided now would not have to wait long, and the pitch had its turn."""
        if self.deaf or self._answering.busy:
            return False
        if self.held:
            return True
        if self._answering.sentence_due:
            return False
        return self.queue.now is None or self.queue.cut_in_s(self._clock.now()) <= LEAD_S

    def _place_to_cut(self, line: Line) -> msg.CutAt:
        """Where a line that is given to the stage now may be cut. A sentence of the pitch is said
        whole when it was cut before, and after each answer: else questions would never let it on.
        """
        if not line.interruptible:
            return "end"
        if line.kind not in RESUMED:
            self._sentence_owed = line.kind == "answer"
            return "phrase"
        whole = self._sentence_owed or self.queue.was_interrupted(line)
        self._sentence_owed = False
        return "sentence" if whole else "phrase"

    def _wants_pitch(self) -> bool:
        return not self.held and self._delivery.wants_more()

    def _choose(self) -> Line:
        when = self._clock.wall()
        while (line := self.queue.take_again()) is not None:
            if self._script.still_true(line, when):
                return line
            reason = tell("stale_line", self._language)
            self._journal.add("blocked", text=line.text, by="gate", reason=reason)
            self._blocked += 1
        if self._rundown.due:
            self._rundown.advance()
        product = self._rundown.product
        if product != self._shown:
            self._shown = product
            self._show_product(product)
            bridge = self._script.bridge(product, when)
            if bridge is not None:
                return bridge
        return self._script.next_line(product, when)

    async def _tick(self) -> None:
        self._poke.clear()
        poke = asyncio.ensure_future(self._poke.wait())
        tick = asyncio.ensure_future(self._clock.pause(TICK_S))
        await asyncio.wait((poke, tick), return_when=asyncio.FIRST_COMPLETED)
        poke.cancel()
        tick.cancel()
