"""The room's side of the speech worker."""

import asyncio
import heapq
import itertools
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import MediaError, ProviderError
from core.language import Language
from core.line import Line
from core.utterance import Utterance
from speech.messages import REPLIES, REQUESTS, Failed, Ready, Speak, Spoken
from speech.prosody import marks_of
from speech.text.lexicon import FOLDER

log = logging.getLogger(__name__)

MAX_WAITING: Final = 64
"""Lines that may wait; more are refused, because nobody will hear them in time."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    request: Speak
    answer: "asyncio.Future[Utterance]"


class SpeechWorker:
    """A voice in a process of its own. One life: when the process dies, make a new one.

    Lines are spoken one at a time, in order; an urgent one overtakes all that wait.
    """

    def __init__(
        self,
        *,
        voice: str = "built-in",
        rates_per_min: Mapping[Language, float] | None = None,
        lexicon: Path = FOLDER,
        shop_lexicon: Path | None = None,
        start_timeout_s: float = 30.0,
        speak_timeout_s: float = 5.0,
    ) -> None:
        """
        Args:
            voice: a name from the worker's `Ready.voices`.
            rates_per_min: characters (zh, yue, ja, ko) or words; else the voice's own.
            lexicon: the folder of zh.toml and en.toml.
            shop_lexicon: a shop's own file, whose entries win.
            speak_timeout_s: a worker that takes longer for one line has stalled and is killed.
        """
        self._voice = voice
        self._rates = dict(rates_per_min or {})
        self._lexicon, self._shop_lexicon = lexicon, shop_lexicon
        self._start_timeout_s, self._speak_timeout_s = start_timeout_s, speak_timeout_s
        self._process: asyncio.subprocess.Process | None = None
        self._ready: Ready | None = None
        self._queue: list[tuple[bool, int, _Waiting]] = []
        self._current: _Waiting | None = None
        self._numbers = itertools.count(1)
        self._work = asyncio.Event()
        self._dead = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._cause = "the speech worker has not been started"

    @property
    def pid(self) -> int | None:
        """The process's id, None before the start."""
        return self._process.pid if self._process else None

    @property
    def alive(self) -> bool:
        return self._ready is not None and not self._dead.is_set()

    @property
    def busy(self) -> bool:
        """Whether it is speaking a line just now."""
        return self._current is not None

    @property
    def voices(self) -> tuple[str, ...]:
        return self._ready.voices if self._ready else ()

    async def start(self) -> None:
        """Start the process and wait until it can speak.

        Raises:
            ProviderError: it cannot; the message says what is missing.
        """
        own = ["--shop-lexicon", str(self._shop_lexicon)] if self._shop_lexicon else []
        threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "speech.worker", "--lexicon", str(self._lexicon), *own,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | threads,
            limit=2**20,
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._start_timeout_s):
                first = await self._receive()
        except TimeoutError as error:
            await self.stop()
            raise ProviderError(
                f"the speech worker did not start within {self._start_timeout_s:.0f} s",
                retryable=True,
            ) from error
        except ProviderError:
            await self.stop()
            raise
        if isinstance(first, Failed):
            await self.stop()
            raise ProviderError(first.message, retryable=first.retryable)
        if not isinstance(first, Ready):
            await self.stop()
            raise ProviderError("the speech worker began with a reply", retryable=True)
        self._ready = first
        self._task = asyncio.create_task(self._serve(), name="speech worker")

    async def speak(self, line: Line, *, urgent: bool = False) -> Utterance:
        """The sound of a line.

        Raises:
            ProviderError: retryable when the worker died, stalled or has too much to do; not
                retryable when there is nothing to say or the voice does not exist.
        """
        if not self.alive:
            raise ProviderError(self._cause, retryable=True)
        if len(self._queue) >= MAX_WAITING and not urgent:
            raise ProviderError(f"{MAX_WAITING} lines are waiting for the voice", retryable=True)
        number = next(self._numbers)
        rate = self._rates.get(line.language)
        request = Speak(
            number, line.id, line.text, line.language, self._voice, rate, marks_of(line)
        )
        waiting = _Waiting(request, asyncio.get_running_loop().create_future())
        heapq.heappush(self._queue, (not urgent, number, waiting))
        self._work.set()
        return await waiting.answer

    async def wait_dead(self) -> str:
        """Return when the process is gone, with the cause in words."""
        await self._dead.wait()
        return self._cause

    async def stop(self) -> None:
        """End the process; requests under way fail."""
        self._cause = "the speech worker was stopped"
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._bury()

    async def _serve(self) -> None:
        """Hand the worker one request after the other until it dies."""
        dying = asyncio.create_task(self._watch())
        try:
            while True:
                await self._work.wait()
                if not self._queue:
                    self._work.clear()
                    continue
                *_, self._current = heapq.heappop(self._queue)
                if not self._current.answer.done():  # else nobody waits for it any more
                    await self._exchange(self._current)
                self._current = None
                if (status := self._running().returncode) is not None:  # right after its answer
                    raise ProviderError(_ended(status), retryable=True)
        except ProviderError as error:
            self._cause = str(error)
            log.warning("the speech worker failed", extra={"cause": self._cause})
        finally:
            dying.cancel()
            await self._bury()

    async def _watch(self) -> None:
        """Notice a death while nothing is asked of the worker."""
        process = self._running()
        status = await process.wait()
        if self._current is None and self._task is not None:
            self._cause = _ended(status)
            self._task.cancel()

    async def _exchange(self, waiting: _Waiting) -> None:
        process = self._running()
        try:
            async with asyncio.timeout(self._speak_timeout_s):
                if process.stdin is None:
                    raise ProviderError("the speech worker has no pipe", retryable=True)
                process.stdin.write(REQUESTS.encode(waiting.request))
                await process.stdin.drain()
                reply = await self._receive()
        except TimeoutError as error:
            raise ProviderError(
                f"the speech worker stalled for {self._speak_timeout_s:.0f} s on line"
                f" {waiting.request.line_id}",
                retryable=True,
            ) from error
        except ConnectionError as error:
            raise ProviderError(f"the speech worker died: {error}", retryable=True) from error
        if waiting.answer.done():
            return
        if isinstance(reply, Failed):
            waiting.answer.set_exception(ProviderError(reply.message, retryable=reply.retryable))
        elif isinstance(reply, Spoken) and reply.request_id == waiting.request.request_id:
            waiting.answer.set_result(reply.utterance)
        else:
            raise ProviderError("the speech worker answered another request", retryable=True)

    async def _receive(self) -> Ready | Spoken | Failed:
        process = self._running()
        if process.stdout is None:
            raise ProviderError("the speech worker has no pipe", retryable=True)
        try:
            reply: Ready | Spoken | Failed = await REPLIES.receive(process.stdout)
        except asyncio.IncompleteReadError as error:
            status = await process.wait()  # its pipe is closed: it is ending
            raise ProviderError(
                f"the speech worker died (status {status})", retryable=True
            ) from error
        except MediaError as error:
            raise ProviderError(f"the speech worker's answer: {error}", retryable=True) from error
        return reply

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise ProviderError(self._cause, retryable=True)
        return self._process

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


def _ended(status: int) -> str:
    return f"the speech worker ended with status {status}"
