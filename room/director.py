"""Decides what is said next: the pitch, an answer, or what the operator typed."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from core.clock import Clock
from core.errors import ProviderError
from core.language import Language
from core.line import Cue, Line, Reply
from core.utterance import Utterance
from core.viewer import ViewerEvent
from room import messages as msg
from room.comments import Comments, Waiting
from room.journal import Journal
from room.queue import RESUMED, SpeechQueue
from room.rundown import Rundown
from room.speaker import Speaker
from room.stage.track import cut_points_s
from room.words import tell

log = logging.getLogger(__name__)

BUSY_S = 20.0
"""So long after an answer, pitch sentences are said whole: else questions would never let it on."""
LEAD_S = 0.9
"""A question is chosen so long before its answer can begin: the newest then is answered soonest."""
TICK_S = 0.25


class Script(Protocol):
    """What of the script engine is needed here."""

    def next_line(self, product_id: str, when: datetime) -> Line: ...
    def bridge(self, product_id: str, when: datetime) -> Line | None: ...
    def answer(self, event: ViewerEvent, focus: str, when: datetime) -> Reply: ...
    async def phrase(self, event: ViewerEvent, reply: Reply, when: datetime) -> Reply: ...
    def still_true(self, line: Line, when: datetime) -> bool: ...


@dataclass(slots=True)
class Answering:
    """An answer under way."""

    data: dict[str, Any]
    # of its journal entry, so far
    line: Line
    done: asyncio.Event


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
        self._script, self._speaker, self._send = script, speaker, send
        self._journal, self._rundown, self._comments = journal, rundown, comments
        self._clock, self._show_product, self._language = clock, show_product, language
        self._generation = 1
        self._forgotten = 0
        # lines chosen in an older generation are not taken up again
        self._poke = asyncio.Event()
        self._answering: Answering | None = None
        self._answer_ended_s = -BUSY_S
        self._sentence_due = False
        # a whole sentence of the pitch comes before the next answer
        self._shown = ""
        self.queue = SpeechQueue()
        self.held = False
        # pitch stops (pause, or a person has taken over); answers go on unless `deaf`
        self.deaf = False
        self.answered = self.blocked = 0
        self.latencies_ms: list[int] = []

    # what others call

    def heard(self, waiting: Waiting) -> None:
        """A comment arrived."""
        gave_way = self._comments.put(waiting)
        if gave_way is not None:
            self._pass_over(gave_way, tell("crowded", self._language))
        self._poke.set()

    async def say(self, line: Line) -> None:
        """An operator's line: next after the phrase that sounds now."""

        def begin() -> bool:
            self._interrupt()
            return True

        await self._deliver(line, begin, urgent=True)

    def next_product(self, product_id: str | None = None) -> str:
        """Leave the product in focus at the next phrase; its unsaid lines are forgotten."""
        if product_id is None:
            self._rundown.advance()
        else:
            self._rundown.jump(product_id)
        self._interrupt(keep=False)
        self._poke.set()
        return self._rundown.product

    def hold(self, held: bool) -> None:
        """Stop or go on with the pitch."""
        if held and not self.held:
            self._interrupt()
        self.held = held
        self._poke.set()

    def recheck(self) -> None:
        """Facts changed: what is queued with facts that no longer hold is not said."""
        self._interrupt()
        self._poke.set()

    def close(self) -> None:
        """The room ends: what still waits is recorded as not answered."""
        while (waiting := self._comments.take()) is not None:
            self._pass_over(waiting, tell("ended", self._language))

    def stage_lost(self) -> None:
        """A new stage is on air and knows nothing."""
        self.queue.lost()
        if self._answering is not None:
            self._answering.done.set()
        self._shown = ""
        self._poke.set()

    # what the stage reports

    def started(self, message: msg.Started) -> None:
        line = self.queue.started(message.line_id, message.at_s)
        if line is None:
            return
        at_ms = self._journal.ms(message.at_s)
        answering = self._answering
        if answering and answering.line.id == line.id:
            self.latencies_ms.append(at_ms - answering.data["received"])
            answering.data |= {"on_air": at_ms, "frame": message.frame}
            self._journal.add("answer", **answering.data)
        else:
            self._sentence_due = False
            self._obey(line)
            self._journal.add(
                "line", id=line.id, text=line.text, kind_of_line=line.kind, move=line.move,
                language=line.language, by=line.by, product_id=line.product_id,
                facts=list(line.fact_ids),
                on_air=at_ms, frame=message.frame,
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
        answering = self._answering
        if line and answering and answering.line.id == line.id:
            answering.data |= {"done": self._journal.ms(message.at_s)}
            self._journal.add("answer", **answering.data)
            answering.done.set()
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
            line = self._choose()
            begin = partial(self._still_wanted, line, self._generation)
            try:
                await self._deliver(line, begin)
            except ProviderError as error:
                self._unspoken(line, error)

    def _still_wanted(self, line: Line, generation: int) -> bool:
        """Whether a line of the pitch, once spoken, is still to be said; else it is for later."""
        if generation == self._generation and not self.held:
            return True
        if generation >= self._forgotten:
            self.queue.put_back(line)
        return False

    def _unspoken(self, line: Line, error: ProviderError) -> None:
        self._journal.add("blocked", text=line.text, by="voice", reason=str(error))
        self.blocked += 1

    async def _answers(self) -> None:
        while True:
            for old in self._comments.stale():
                self._pass_over(old, tell("overtaken", self._language))
            free = self._answering is None and not self.deaf and self._may_answer()
            waiting = self._comments.take() if free else None
            if waiting is None:
                await self._tick()
                continue
            await self._answer(waiting)

    async def _answer(self, waiting: Waiting) -> None:
        reply = self._script.answer(waiting.event, self._rundown.product, self._clock.wall())
        if reply.line is not None:
            self._send(msg.Notice("comments"))
            reply = await self._phrase(waiting, reply)
        data = self._record(waiting) | {
            "action": reply.action,
            "text": reply.line.text if reply.line else "",
            "facts": list(reply.fact_ids),
            "reason": reply.reason,
            "product_id": reply.product_id,
        }
        self._journal.add("answer", **data)
        if reply.line is None:
            return
        answering = Answering(data, reply.line, asyncio.Event())

        def begin() -> bool:
            self._answering = answering
            self._send(msg.ShowQuestion(waiting.event.user.name, waiting.event.text))
            self._interrupt()
            return True

        try:
            await self._deliver(reply.line, begin, urgent=True)
        except ProviderError as error:
            self._unspoken(reply.line, error)
            if self._answering is None:
                return
        await answering.done.wait()
        self.answered += 1
        self._answering = None
        self._answer_ended_s = self._clock.now()
        self._sentence_due = True
        self._send(msg.ShowQuestion("", ""))

    async def _phrase(self, waiting: Waiting, reply: Reply) -> Reply:
        """The reply in a model's words if they come in time; what it leans on still holds."""
        worded = await self._script.phrase(waiting.event, reply, self._clock.wall())
        now = self._clock.wall()
        if worded.line is None or self._script.still_true(worded.line, now):
            return worded
        return self._script.answer(waiting.event, self._rundown.product, now)

    # small steps

    def _may_answer(self) -> bool:
        """An answer decided now would not have to wait long, and the pitch had its turn."""
        if self.held or self.queue.now is None:
            return self.held or not self._sentence_due
        return not self._sentence_due and self.queue.cut_in_s(self._clock.now()) <= LEAD_S

    def _cut_at(self, line: Line) -> msg.CutAt:
        if not line.interruptible:
            return "end"
        calm = self._answering is None and self._clock.now() - self._answer_ended_s > BUSY_S
        return "phrase" if calm or line.kind not in RESUMED else "sentence"

    def _wants_pitch(self) -> bool:
        if self.held or not self.queue.settled:
            return False
        return self.queue.ahead_s(self._clock.now()) < self._speaker.ahead_s

    def _choose(self) -> Line:
        when = self._clock.wall()
        while (line := self.queue.take_again()) is not None:
            if self._script.still_true(line, when):
                return line
            reason = tell("stale_line", self._language)
            self._journal.add("blocked", text=line.text, by="gate", reason=reason)
            self.blocked += 1
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

    async def _deliver(
        self, line: Line, begin: Callable[[], bool], *, urgent: bool = False
    ) -> None:
        """Speak a line and give it to the stage part by part, as long as the stage wants it.

        `begin` is asked when the first part is there; when it refuses, nothing is said.

        Raises:
            ProviderError: it cannot be spoken, or not to its end.
        """
        play: msg.Play | None = None

        def spare_s() -> float:
            if urgent and play is None:
                return 0.0
            return self.queue.ahead_s(self._clock.now())

        try:
            async with aclosing(
                self._speaker.stream(line, urgent=urgent, spare_s=spare_s)
            ) as parts:
                async for part in parts:
                    if play is None:
                        if not begin():
                            return
                        play = self._play(line, part)
                    elif not self._go_on(line, play, part):
                        return
        except ProviderError:
            if play is not None:
                self._send(msg.Leave(line.id))
            raise

    def _play(self, line: Line, part: Utterance) -> msg.Play:
        cut_at = self._cut_at(line)
        cues = _cues_in(line, part)
        play = msg.Play(line.id, line.kind, part, cues, cut_at, self._generation)
        self.queue.give(line, part.duration_s, cut_points_s(part, cut_at))
        self._send(play)
        return play

    def _go_on(self, line: Line, play: msg.Play, part: Utterance) -> bool:
        """The next part of a line; False when the stage has done with it."""
        points = cut_points_s(part, play.cut_at)
        if not self.queue.more(play.line_id, part.duration_s, points):
            return False
        cues = _cues_in(line, part)
        self._send(replace(play, utterance=part, cues=cues, continues=True))
        return True

    def _interrupt(self, *, keep: bool = True) -> None:
        self._generation += 1
        if not keep:
            self._forgotten = self._generation
        self.queue.cut(keep=keep)
        self._send(msg.Cut(self._generation))

    def _pass_over(self, waiting: Waiting, why: str) -> None:
        self._journal.add("answer", **self._record(waiting), action="ignore", reason=why)

    def _record(self, waiting: Waiting) -> dict[str, Any]:
        """What the journal says of a comment before anything was done about it."""
        event = waiting.event
        return {
            "event_ids": [event.id],
            "comments": [{"id": event.id, "user": event.user.name, "text": event.text}],
            "text": "",
            "facts": [],
            "received": self._journal.ms(waiting.received_s),
            "decided": self._journal.ms(),
        }

    async def _tick(self) -> None:
        self._poke.clear()
        poke = asyncio.ensure_future(self._poke.wait())
        tick = asyncio.ensure_future(self._clock.pause(TICK_S))
        await asyncio.wait((poke, tick), return_when=asyncio.FIRST_COMPLETED)
        poke.cancel()
        tick.cancel()


def _cues_in(line: Line, part: Utterance) -> tuple[Cue, ...]:
    """What is to be done while a part of the line is said."""
    begins = part.phrases[0].text_start
    return tuple(
        cue for cue in line.cues if begins <= cue.at and (part.is_last or cue.at < part.rest_start)
    )
