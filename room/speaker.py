"""Gets lines spoken, whatever happens to the worker that speaks."""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from core.clock import Clock
from core.errors import ProviderError
from core.language import Language
from core.line import Line
from core.utterance import Utterance
from room.journal import Journal
from room.words import tell

log = logging.getLogger(__name__)

FIRST_BACKOFF_S = 0.1
MAX_BACKOFF_S = 10.0
HEALTHY_AFTER_S = 30.0
TRIES_PER_LINE = 2


class Worker(Protocol):
    """A voice in a process of its own."""

    @property
    def pid(self) -> int | None: ...
    async def start(self) -> None: ...
    async def speak(self, line: Line, *, urgent: bool = False) -> Utterance: ...
    async def wait_dead(self) -> str: ...
    async def stop(self) -> None: ...


class Speaker:
    """Keeps one worker alive; a line that kills it twice is given up as poisoned."""

    def __init__(
        self,
        make_worker: Callable[[], Worker],
        voice: str,
        journal: Journal,
        clock: Clock,
        language: Language = "en",
    ) -> None:
        self._make_worker, self.voice, self._language = make_worker, voice, language
        self._journal, self._clock = journal, clock
        self._worker: Worker | None = None
        self._ready = asyncio.Event()
        self.restarts = 0
        self.reason = ""
        # why there is no voice now; "" when there is

    @property
    def pid(self) -> int | None:
        return self._worker.pid if self._worker else None

    async def run(self) -> None:
        """Start the worker again each time it dies. Ends only by cancellation."""
        backoff = FIRST_BACKOFF_S
        try:
            while True:
                began = self._clock.now()
                try:
                    worker = self._make_worker()
                    await worker.start()
                    self._worker, self.reason = worker, ""
                    self._ready.set()
                    if self.restarts:
                        self._journal.add("step_up", part="voice", to=self.voice)
                    cause = await worker.wait_dead()
                except ProviderError as error:
                    cause = str(error)
                self._ready.clear()
                self._worker = None
                self.restarts += 1
                if self._clock.now() - began > HEALTHY_AFTER_S:
                    backoff = FIRST_BACKOFF_S
                wait = f"{backoff:.1f}"
                self.reason = tell("voice_lost", self._language, cause=cause, wait=wait)
                self._journal.add("restart", part="voice", reason=self.reason)
                self._journal.add("step_down", part="voice", to="captions", reason=cause)
                await self._clock.pause(backoff)
                backoff = min(backoff * 2, MAX_BACKOFF_S)
        finally:
            if self._worker is not None:
                await self._worker.stop()

    async def speak(self, line: Line, *, urgent: bool = False) -> Utterance:
        """The line as sound. Waits for the worker to come back when it dies.

        Raises:
            ProviderError: this line cannot be spoken.
        """
        for attempt in range(1, TRIES_PER_LINE + 1):
            await self._ready.wait()
            worker = self._worker
            if worker is None:
                continue
            try:
                return await worker.speak(line, urgent=urgent)
            except ProviderError as error:
                if not error.retryable or attempt == TRIES_PER_LINE:
                    raise
                log.warning("speaking failed, once more", extra={"line": line.id})
                await self._clock.pause(FIRST_BACKOFF_S / 2)
        raise ProviderError(
            f"line {line.id} could not be spoken in {TRIES_PER_LINE} tries", retryable=False
        )
