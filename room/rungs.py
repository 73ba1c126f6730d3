"""One voice of the ladder: its worker, kept alive with back-off."""

import logging
from collections.abc import Callable
from typing import Protocol

from core.clock import Clock
from core.errors import ConfigError, ProviderError
from core.line import Line
from core.utterance import Utterance
from room.journal import Journal

log = logging.getLogger(__name__)

FIRST_BACKOFF_S = 0.1
FIRST_REST_S = 1.0
MAX_BACKOFF_S = 10.0
HOPELESS_BACKOFF_S = 60.0
# when a try cannot help by itself: a file or a package is missing
MAX_REST_S = 60.0
HEALTHY_AFTER_S = 30.0


class Worker(Protocol):
    """A voice in a process of its own."""

    killed_by: str
    # the text it died over when nobody waited for it any more

    @property
    def pid(self) -> int | None: ...
    @property
    def available(self) -> bool: ...
    @property
    def realtime_factor(self) -> float: ...
    async def start(self) -> None: ...
    async def speak_part(
        self, line: Line, *, start: int = 0, urgent: bool = False, spare_s: float | None = None
    ) -> Utterance: ...
    async def wait_dead(self) -> str: ...
    async def stop(self) -> None: ...


class Rung:
    """A voice that is started again each time it dies, and rests after it failed."""

    def __init__(
        self,
        voice: str,
        make_worker: Callable[[], Worker],
        journal: Journal,
        clock: Clock,
        *,
        standby: bool = False,
    ) -> None:
        """With `standby`, it waits in case that another rung's worker with this voice dies."""
        self.voice = voice
        self.name = f"{voice} (standby)" if standby else voice
        self._make_worker, self._journal, self._clock = make_worker, journal, clock
        self._on_change: Callable[[], None] = lambda: None
        self._on_kill: Callable[[str, str], None] = lambda _voice, _text: None
        self.worker: Worker | None = None
        self.restarts = 0
        self.loading = True
        # it has neither been ready nor failed yet
        self.cause = ""
        # why it cannot be used now; "" when it can
        self.retry_at_s = 0.0
        self._rest_s = FIRST_REST_S

    def attach(self, on_change: Callable[[], None], on_kill: Callable[[str, str], None]) -> None:
        """Whom to tell that it came or went, and that a text has killed it."""
        self._on_change, self._on_kill = on_change, on_kill

    @property
    def available(self) -> bool:
        """Whether a line given to it now would be spoken."""
        worker = self.worker
        resting = self._clock.now() < self.retry_at_s
        return worker is not None and worker.available and not resting

    def failed(self, cause: str) -> None:
        """It lives and could not speak: it rests a while, longer each time."""
        self.cause = cause
        self.retry_at_s = self._clock.now() + self._rest_s
        self._rest_s = min(self._rest_s * 2, MAX_REST_S)

    def succeeded(self) -> None:
        self.cause, self._rest_s = "", FIRST_REST_S

    async def run(self) -> None:
        """Start the worker again each time it dies. Ends only by cancellation."""
        backoff = FIRST_BACKOFF_S
        try:
            while True:
                began = self._clock.now()
                hopeless = False
                try:
                    worker = self._make_worker()
                    await worker.start()
                    self.worker, self.loading, self.cause = worker, False, ""
                    self.retry_at_s = 0.0
                    self._on_change()
                    self.cause = await worker.wait_dead()
                    if worker.killed_by:
                        self._on_kill(self.voice, worker.killed_by)
                except ProviderError as error:
                    self.cause, hopeless = str(error), not error.retryable
                except ConfigError as error:
                    self.cause, hopeless = str(error), True
                self.worker, self.loading = None, False
                self.restarts += 1
                if self._clock.now() - began > HEALTHY_AFTER_S:
                    backoff = FIRST_BACKOFF_S
                wait = HOPELESS_BACKOFF_S if hopeless else backoff
                self.retry_at_s = self._clock.now() + wait
                self._journal.add("restart", part="voice", voice=self.name, reason=self.cause)
                self._on_change()
                await self._clock.pause(wait)
                backoff = min(backoff * 2, MAX_BACKOFF_S)
        finally:
            if self.worker is not None:
                await self.worker.stop()
