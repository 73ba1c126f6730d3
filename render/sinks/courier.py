"""The thread that carries what waits for a sink to it, and opens it again when it is lost."""

import logging
import random
import traceback
from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Final, Generic, Literal, Protocol, TypeVar

from core.clock import Clock
from core.errors import SinkError
from core.state import SinkState
from render.sinks.queues import Waiting

log = logging.getLogger(__name__)

FIRST_DELAY_S: Final = 2.0
GROWTH: Final = 1.5
MAX_DELAY_S: Final = 30.0
JITTER: Final = 0.1
STABLE_S: Final = 30.0
# a connection that held so long starts the delays anew
CLOSE_S: Final = 15.0

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
OnState = Callable[[SinkState], None]


class Output(Protocol[T_contra]):
    """An open file, connection or device. Its methods raise SinkError."""

    def write(self, item: T_contra) -> None: ...

    def close(self) -> None: ...


class Courier(Generic[T]):
    """Owns one output and the one thread that touches it."""

    def __init__(
        self,
        shown: str,
        open_output: Callable[[], Output[T]],
        queue: Waiting[T],
        clock: Clock,
        on_state: OnState,
        *,
        live: bool = True,
    ) -> None:
        """
        Args:
            shown: the sink's address without its key.
            open_output: opens the file, connection or device, in the courier's thread.
            on_state: told of each change, from the courier's thread.
            live: begin with the newest pictures each time it is opened, not with what waited.
        """
        self._shown, self._open_output, self._queue = shown, open_output, queue
        self._clock, self._on_state, self._live = clock, on_state, live
        self._closing = Event()
        self._thread = Thread(target=self._run, name=f"sink {shown}", daemon=True)
        self._thread.start()

    def put(self, item: T) -> None:
        self._queue.put(item)

    def close(self) -> None:
        """Deliver what waits, if it can be delivered, and end."""
        self._closing.set()
        self._queue.close()
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            log.warning("a sink did not close in time", extra={"sink": self._shown})

    def _run(self) -> None:
        try:
            self._supervise()
        except Exception as error:  # noqa: BLE001  (a fault of ours: neither silent nor shared)
            # Without the error's own words, for they may hold the stream key.
            where = "".join(traceback.format_tb(error.__traceback__))
            log.error(
                "a sink failed: %s in\n%s",
                type(error).__name__,
                where,
                extra={"sink": self._shown},
            )
            self._say("failed", "a fault in the program, see the log; other sinks go on")

    def _supervise(self) -> None:
        waits = delays()
        while not self._closing.is_set():
            self._say("connecting")
            started_s = self._clock.now()
            try:
                self._deliver()
            except SinkError as error:
                if not error.retryable:
                    log.error("a sink failed", extra={"sink": self._shown})
                    self._say("failed", str(error))
                    return
                if self._clock.now() - started_s >= STABLE_S:
                    waits = delays()
                delay_s = next(waits)
                log.warning("a sink is lost", extra={"sink": self._shown, "retry_s": delay_s})
                self._say("retrying", f"{error}; trying again in {delay_s:.0f} s")
                self._rest(delay_s)
        self._say("closed")

    def _deliver(self) -> None:
        """Open the output and carry to it until the queue is closed."""
        output = self._open_output()
        try:
            if self._live:
                self._queue.freshen()
            dropped = self._queue.dropped
            self._say("live")
            while (item := self._queue.get()) is not None:
                output.write(item)
                if self._queue.dropped != dropped:
                    dropped = self._queue.dropped
                    self._say("live")
        finally:
            output.close()

    def _rest(self, delay_s: float) -> None:
        until_s = self._clock.now() + delay_s
        while (left_s := until_s - self._clock.now()) > 0 and not self._closing.is_set():
            self._clock.sleep(min(left_s, 0.1))

    def _say(
        self,
        state: Literal["connecting", "live", "retrying", "failed", "closed"],
        message: str = "",
    ) -> None:
        self._on_state(SinkState(self._shown, state, message, self._queue.dropped))


def delays() -> Iterator[float]:
    """Seconds to wait before each further try, with jitter so that rooms do not knock in step."""
    delay_s = FIRST_DELAY_S
    while True:
        yield min(MAX_DELAY_S, delay_s * random.uniform(1 - JITTER, 1 + JITTER))
        delay_s = min(MAX_DELAY_S, delay_s * GROWTH)
