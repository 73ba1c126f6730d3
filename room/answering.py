"""Answers viewers aloud, one at a time, and writes down when each was heard, decided and said."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from core.clock import Clock
from core.errors import ProviderError
from core.language import Language
from core.line import Line, Reply
from core.viewer import ViewerEvent
from room import messages as msg
from room.comments import Comments, Waiting
from room.delivery import Delivery
from room.journal import Journal, performed
from room.words import tell

log = logging.getLogger(__name__)


class AnswerScript(Protocol):
    """What of the script engine is needed here."""

    def answer(self, event: ViewerEvent, focus: str, when: datetime) -> Reply: ...
    async def phrase(self, event: ViewerEvent, reply: Reply, when: datetime) -> Reply: ...
    def still_true(self, line: Line, when: datetime) -> bool: ...


@dataclass(slots=True)
class _Answer:
    """An answer under way."""

    data: dict[str, Any]
    # of its journal entry, so far
    line: Line
    done: asyncio.Event


class Answering:
    """Takes comments that wait, and sees each answer through to its end."""

    def __init__(
        self,
        script: AnswerScript,
        delivery: Delivery,
        send: Callable[[object], None],
        journal: Journal,
        comments: Comments,
        clock: Clock,
        focus: Callable[[], str],
        language: Language,
    ) -> None:
        self._script, self._delivery, self._send = script, delivery, send
        self._journal, self._comments, self._clock = journal, comments, clock
        self._focus, self._language = focus, language
        # the product in focus now, and the operator's language
        self._now: _Answer | None = None
        self.sentence_due = False
        # a whole sentence of the pitch comes before the next answer
        self.answered = self.unspoken = 0
        self.latencies_ms: list[int] = []

    @property
    def busy(self) -> bool:
        """Whether an answer is under way."""
        return self._now is not None

    def heard(self, waiting: Waiting) -> None:
        """A comment arrived."""
        gave_way = self._comments.put(waiting)
        if gave_way is not None:
            self._pass_over(gave_way, tell("crowded", self._language))

    def pass_over_stale(self) -> None:
        """Record the comments that the talk has left behind as not answered."""
        for old in self._comments.stale():
            self._pass_over(old, tell("overtaken", self._language))

    def close(self) -> None:
        """The room ends: what still waits is recorded as not answered."""
        while (waiting := self._comments.take()) is not None:
            self._pass_over(waiting, tell("ended", self._language))

    def lost(self) -> None:
        """The stage that was answering is gone."""
        if self._now is not None:
            self._now.done.set()

    def started(self, line: Line, message: msg.Started) -> bool:
        """Record that a line is heard; False when it is no answer under way."""
        if self._now is None or self._now.line.id != line.id:
            return False
        at_ms = self._journal.ms(message.at_s)
        self.latencies_ms.append(at_ms - self._now.data["received"])
        self._now.data |= {"on_air": at_ms, "frame": message.frame}
        self._journal.add("answer", **self._now.data)
        return True

    def ended(self, line: Line, message: msg.Ended) -> None:
        """Record that a line has been said, if it is the answer under way."""
        if self._now is not None and self._now.line.id == line.id:
            self._now.data |= {"done": self._journal.ms(message.at_s)}
            self._journal.add("answer", **self._now.data)
            self._now.done.set()

    async def answer_next(self) -> bool:
        """Answer the comment most worth it, to the end of its answer; False when none waits."""
        waiting = self._comments.take()
        if waiting is None:
            return False
        await self._answer(waiting)
        return True

    async def _answer(self, waiting: Waiting) -> None:
        try:
            reply = await self._decide(waiting)
        except Exception as error:  # one comment must not end the night
            log.exception("no answer to %r", waiting.event.text)
            cause = f"{type(error).__name__}: {error}"
            self._pass_over(waiting, tell("fault", self._language, cause=cause))
            self.unspoken += 1
            return
        data = self._record(waiting) | {
            "action": reply.action,
            "text": reply.line.text if reply.line else "",
            "facts": list(reply.fact_ids),
            "reason": reply.reason,
            "product_id": reply.product_id,
            **(performed(reply.line) if reply.line else {}),
        }
        self._journal.add("answer", **data)
        if reply.line is None:
            return
        answer = _Answer(data, reply.line, asyncio.Event())

        def begin() -> bool:
            self._now = answer
            self._send(msg.ShowQuestion(waiting.event.user.name, waiting.event.text))
            self._delivery.cut()
            return True

        try:
            await self._delivery.say(reply.line, begin, urgent=True)
        except ProviderError as error:
            self._journal.add("blocked", text=reply.line.text, by="voice", reason=str(error))
            self.unspoken += 1
            if self._now is None:
                return
        await answer.done.wait()
        self.answered += 1
        self._now = None
        self.sentence_due = True
        self._send(msg.ShowQuestion("", ""))

    async def _decide(self, waiting: Waiting) -> Reply:
        reply = self._script.answer(waiting.event, self._focus(), self._clock.wall())
        if reply.line is None:
            return reply
        self._send(msg.Notice("comments"))
        return await self._phrase(waiting, reply)

    async def _phrase(self, waiting: Waiting, reply: Reply) -> Reply:
        """The reply in a model's words if they come in time; what it leans on still holds."""
        worded = await self._script.phrase(waiting.event, reply, self._clock.wall())
        now = self._clock.wall()
        if worded.line is None or self._script.still_true(worded.line, now):
            return worded
        return self._script.answer(waiting.event, self._focus(), now)

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
