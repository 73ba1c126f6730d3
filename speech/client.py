"""The room's side of a speech worker."""

import asyncio
import heapq
import itertools
import logging
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from core.clock import Clock, SystemClock
from core.errors import MediaError, ProviderError
from core.language import Language
from core.line import Line
from core.utterance import Utterance
from speech.descriptions import Computed, find_voice
from speech.messages import REPLIES, REQUESTS, Failed, Pulse, Ready, Speak, Spoken
from speech.parts import join_parts
from speech.prosody import marks_of
from speech.text.clauses import MAX_S, spoken_length_s
from speech.text.lexicon import FOLDER
from speech.voices import BUILT_IN

log = logging.getLogger(__name__)

T = TypeVar("T")

_CLOCK: Final = SystemClock()
MAX_WAITING: Final = 64
"""Parts that may wait; more are refused, because nobody will hear them in time."""
FROZEN_S: Final = 0.7
"""A process without a pulse for so long is stopped or hangs."""
GRACE_S: Final = 0.8
"""So much longer than expected may a part take before another voice steps in."""
SHORTEST_S: Final = 1.5
"""Shorter phrases cost as much as one of this length."""
_TICK_S = 0.1
_FORGETTING = 0.98
"""Of the slowest real-time factor seen, from part to part."""


class LineKilledError(ProviderError):
    """The worker died, or had to be killed, over this line."""


class OverdueError(ProviderError):
    """The part is not there in time; the worker may still be at it."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    request: Speak
    answer: "asyncio.Future[Utterance]"


class SpeechWorker:
    """A voice in a process of its own. One life: when the process dies, make a new one.

    Parts of lines are spoken one at a time, in order; an urgent one overtakes all that wait.
    """

    def __init__(
        self,
        *,
        voice: str = BUILT_IN,
        rates_per_min: Mapping[Language, float] | None = None,
        lexicon: Path = FOLDER,
        shop_lexicon: Path | None = None,
        cache: Path | None = None,
        start_timeout_s: float = 180.0,
        speak_timeout_s: float = 5.0,
        clock: Clock = _CLOCK,
    ) -> None:
        """
        Args:
            voice: a name from `presenter voice list`, or the path of a voice's TOML file.
            rates_per_min: characters (zh, yue, ja, ko) or words; else the voice's own.
            lexicon: the folder of zh.toml and en.toml.
            shop_lexicon: a shop's own file, whose entries win.
            cache: the folder where slow voices keep what they said; None: nowhere.
            start_timeout_s: a worker silent for so long while it makes ready is given up.
            speak_timeout_s: a worker that takes so much longer for a part than four times what
                it should take has stalled and is killed.
        """
        self._voice = voice
        self._rates = dict(rates_per_min or {})
        self._lexicon, self._shop_lexicon, self._cache = lexicon, shop_lexicon, cache
        self._start_timeout_s, self._speak_timeout_s = start_timeout_s, speak_timeout_s
        self._clock = clock
        self._process: asyncio.subprocess.Process | None = None
        self._ready: Ready | None = None
        self._queue: list[tuple[bool, int, _Waiting]] = []
        self._current: _Waiting | None = None
        self._numbers = itertools.count(1)
        self._work = asyncio.Event()
        self._dead = asyncio.Event()
        self._frozen = asyncio.Event()
        self._ended: asyncio.Future[str] = asyncio.Future()
        # the cause, once the process is done for
        self._replies: asyncio.Queue[Ready | Spoken | Failed] = asyncio.Queue()
        self._heard_s = 0.0
        self._factor = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._cause = "the speech worker has not been started"
        self.killed_by = ""
        # the text that it died over, when nobody waited for it any more

    @property
    def pid(self) -> int | None:
        """The process's id, None before the start."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        return self._ready is not None and not self._dead.is_set()

    @property
    def busy(self) -> bool:
        """Whether it is speaking a part just now."""
        return self._current is not None

    @property
    def available(self) -> bool:
        """Whether a part asked for now would be spoken: it lives, and nothing in it is overdue."""
        overdue = self._current is not None and self._current.answer.done()
        return self.alive and not overdue and not self._frozen.is_set()

    @property
    def languages(self) -> tuple[Language, ...]:
        return self._ready.languages if self._ready else ()

    @property
    def device(self) -> str:
        """Where it computes: cpu, cuda or server."""
        return self._ready.device if self._ready else ""

    @property
    def realtime_factor(self) -> float:
        """Seconds of work for a second of sound, the worst of late."""
        return self._factor

    async def start(self) -> None:
        """Start the process and wait until it can speak.

        Raises:
            ConfigError: no such voice, or its file is wrong.
            ProviderError: it cannot; the message says what is missing.
        """
        _, described = find_voice(self._voice)
        threads = "1"
        if isinstance(described, Computed):
            threads = str(described.threads or max(1, len(os.sched_getaffinity(0)) - 1))
        arguments = ["--voice", self._voice, "--lexicon", str(self._lexicon)]
        if self._shop_lexicon is not None:
            arguments += ["--shop-lexicon", str(self._shop_lexicon)]
        if self._cache is not None:
            arguments += ["--cache", str(self._cache)]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "speech.worker", *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ
            | {
                "OPENBLAS_NUM_THREADS": threads,
                "OMP_NUM_THREADS": threads,
                "OMP_WAIT_POLICY": "PASSIVE",  # idle threads leave the cores to the pictures
            },
            limit=2**20,
        )  # fmt: skip
        self._heard_s = self._clock.now()
        reading = asyncio.create_task(self._read(self._process), name="speech worker's pipe")
        self._tasks = [reading]
        try:
            async with asyncio.timeout(self._start_timeout_s):
                first = await self._unless_ended(self._replies.get())
        except TimeoutError as error:
            await self.stop()
            raise ProviderError(
                f"the speech worker did not start within {self._start_timeout_s:.0f} s",
                retryable=True,
            ) from error
        except (ProviderError, asyncio.CancelledError):
            await self.stop()
            raise
        if not isinstance(first, Ready):
            await self.stop()
            retryable = not isinstance(first, Failed) or first.retryable
            message = first.message if isinstance(first, Failed) else "it began with a reply"
            raise ProviderError(message, retryable=retryable)
        self._ready, self._factor = first, first.realtime_factor
        self._tasks += [
            asyncio.create_task(self._serve(self._process), name="speech worker"),
            asyncio.create_task(self._feel_pulse(), name="speech worker's pulse"),
        ]

    async def speak_part(
        self, line: Line, *, start: int = 0, urgent: bool = False, spare_s: float | None = None
    ) -> Utterance:
        """The sound of a line from an offset on: all of it, or from a slow voice its next phrase.

        Args:
            spare_s: for how long nobody needs it yet. A part that takes longer than this, and
                longer than it should, is overdue. None: wait until the worker is given up.

        Raises:
            OverdueError: it is not there in time, or the process does not respond.
            LineKilledError: the worker died over it.
            ProviderError: retryable when the worker died over another or has too much to do; not
                retryable when there is nothing to say or the voice cannot say it.
        """
        if not self.alive:
            raise ProviderError(self._cause, retryable=True)
        if len(self._queue) >= MAX_WAITING and not urgent:
            raise ProviderError(f"{MAX_WAITING} lines are waiting for the voice", retryable=True)
        number = next(self._numbers)
        rate = self._rates.get(line.language)
        request = Speak(
            number, line.id, line.text, line.language, rate, start, marks_of(line),
            hurry=urgent and start == 0,
        )  # fmt: skip
        waiting = _Waiting(request, asyncio.get_running_loop().create_future())
        heapq.heappush(self._queue, (not urgent, number, waiting))
        self._work.set()
        if spare_s is None:
            return await waiting.answer
        expected_s = self._expected_s(request)
        if self._current is not None:
            expected_s += self._expected_s(self._current.request)
        patience_s = max(spare_s, GRACE_S + 2 * expected_s)
        return await self._patiently(waiting, patience_s)

    async def stream(self, line: Line, *, urgent: bool = False) -> AsyncIterator[Utterance]:
        """A line part by part, each as soon as it is there; errors as of `speak_part`."""
        start = 0
        while start >= 0:
            part = await self.speak_part(line, start=start, urgent=urgent)
            yield part
            start = part.rest_start

    async def speak(self, line: Line, *, urgent: bool = False) -> Utterance:
        """A whole line; errors as of `speak_part`."""
        return join_parts([part async for part in self.stream(line, urgent=urgent)])

    async def wait_dead(self) -> str:
        """Return when the process is gone, with the cause in words."""
        await self._dead.wait()
        return self._cause

    async def stop(self) -> None:
        """End the process; requests under way fail."""
        self._cause = "the speech worker was stopped"
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._bury()

    async def _patiently(self, waiting: _Waiting, patience_s: float) -> Utterance:
        """The answer, unless it takes too long or the process freezes."""
        frozen = asyncio.create_task(self._frozen.wait())
        try:
            await asyncio.wait(
                (waiting.answer, frozen), timeout=patience_s,
                return_when=asyncio.FIRST_COMPLETED,
            )  # fmt: skip
            if waiting.answer.done():
                return waiting.answer.result()
            waiting.answer.cancel()
            what = "does not respond" if self._frozen.is_set() else "takes too long"
            raise OverdueError(
                f"the voice {what} on line {waiting.request.line_id}", retryable=True
            )
        finally:
            frozen.cancel()
            if not waiting.answer.done():
                waiting.answer.cancel()  # whoever asked has gone

    def _expected_s(self, request: Speak) -> float:
        """How long a part should take; slow voices say a phrase at a time."""
        length_s = spoken_length_s(request.text[request.start :])
        return self._factor * min(max(length_s, SHORTEST_S), MAX_S)

    async def _serve(self, process: asyncio.subprocess.Process) -> None:
        """Hand the worker one request after the other until it dies."""
        try:
            while True:
                await self._unless_ended(self._work.wait())
                if not self._queue:
                    self._work.clear()
                    continue
                *_, self._current = heapq.heappop(self._queue)
                if not self._current.answer.done():  # else nobody waits for it any more
                    await self._exchange(process, self._current)
                self._current = None
        except ProviderError as error:
            self._cause = str(error)
            log.warning("the speech worker failed", extra={"cause": self._cause})
            self._blame()
            await self._bury()

    async def _exchange(self, process: asyncio.subprocess.Process, waiting: _Waiting) -> None:
        request = waiting.request
        timeout_s = self._speak_timeout_s + 4 * self._expected_s(request)
        try:
            async with asyncio.timeout(timeout_s):
                if process.stdin is not None:
                    process.stdin.write(REQUESTS.encode(request))
                    await process.stdin.drain()
                reply = await self._unless_ended(self._replies.get())
        except TimeoutError as error:
            raise ProviderError(
                f"the speech worker stalled for {timeout_s:.0f} s on line {request.line_id}",
                retryable=True,
            ) from error
        except ConnectionError as error:
            raise ProviderError(f"the speech worker died: {error}", retryable=True) from error
        if isinstance(reply, Spoken):
            took = reply.took_ms / 1000 / max(reply.utterance.duration_s, 0.1)
            self._factor = max(took, self._factor * _FORGETTING)
        if waiting.answer.done():
            return
        if isinstance(reply, Failed):
            waiting.answer.set_exception(ProviderError(reply.message, retryable=reply.retryable))
        elif isinstance(reply, Spoken) and reply.request_id == request.request_id:
            waiting.answer.set_result(reply.utterance)
        else:
            raise ProviderError("the speech worker answered another request", retryable=True)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        """Take what comes out of the process, its pulse among it, until it ends."""
        if process.stdout is None:
            return
        try:
            while True:
                reply = await REPLIES.receive(process.stdout)
                self._heard_s = self._clock.now()
                self._frozen.clear()
                if not isinstance(reply, Pulse):
                    self._replies.put_nowait(reply)
        except asyncio.IncompleteReadError:
            status = await process.wait()  # its pipe is closed: it is ending
            self._end(f"the speech worker died (status {status})")
        except MediaError as error:
            self._end(f"the speech worker's answer: {error}")

    async def _feel_pulse(self) -> None:
        """Notice a process that is stopped or hangs as a whole, and give it up after a while."""
        while not self._dead.is_set():
            before_s = self._clock.now()
            await self._clock.pause(_TICK_S)
            now_s = self._clock.now()
            if (
                now_s - before_s > 3 * _TICK_S
            ):  # we were held up ourselves: give it time to be heard
                self._heard_s = max(self._heard_s, now_s - FROZEN_S / 2)
            silent_s = now_s - self._heard_s
            if silent_s > FROZEN_S:
                self._frozen.set()
            if silent_s > max(self._speak_timeout_s, FROZEN_S):
                self._end(f"the speech worker stalled: no sign of life for {silent_s:.0f} s")

    async def _unless_ended(self, coming: Coroutine[Any, Any, T]) -> T:
        """What is waited for, or a ProviderError when the process ends first."""
        task = asyncio.create_task(coming)
        try:
            await asyncio.wait((task, self._ended), return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            raise ProviderError(self._ended.result(), retryable=True)
        finally:
            task.cancel()

    def _end(self, cause: str) -> None:
        if not self._ended.done():
            self._ended.set_result(cause)

    def _blame(self) -> None:
        """The part under way is what it died over."""
        if self._current is None:
            return
        answer = self._current.answer
        if answer.done():
            self.killed_by = self._current.request.text
        else:
            answer.set_exception(LineKilledError(self._cause, retryable=True))

    async def _bury(self) -> None:
        """Kill what is left of the process and fail everything that waits for it."""
        if self._process is not None:
            if self._process.returncode is None:
                self._process.kill()
            if self._process.stdin is not None:
                self._process.stdin.close()
            await self._process.wait()
        waiting = [entry for *_, entry in sorted(self._queue, key=lambda e: e[:2])]
        if self._current is not None:
            waiting.insert(0, self._current)
        self._queue.clear()
        self._current = None
        self._dead.set()
        for entry in waiting:
            if not entry.answer.done():
                entry.answer.set_exception(ProviderError(self._cause, retryable=True))
