"""The room's end of the stage process: starts it, talks to it, starts it again when it dies."""

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import replace

from core.clock import Clock
from core.errors import MediaError
from room.journal import Journal
from room.messages import STAGE_WIRE, Close, Fault, OnAir, Open

log = logging.getLogger(__name__)

FIRST_BACKOFF_S = 0.2
MAX_BACKOFF_S = 10.0
HEALTHY_AFTER_S = 30.0
CLOSE_TIMEOUT_S = 15.0


class StageLink:
    """One stage process at a time, over a socket pair."""

    def __init__(
        self,
        opening: Open,
        on_message: Callable[[object], None],
        on_restart: Callable[[], None],
        journal: Journal,
        clock: Clock,
    ) -> None:
        self._opening, self._on_message, self._on_restart = opening, on_message, on_restart
        self._journal, self._clock = journal, clock
        self._process: asyncio.subprocess.Process | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._closing = False
        self.on_air = asyncio.Event()
        self.restarts = 0
        self.fault = ""

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def send(self, message: object) -> None:
        """Tell the stage something; what it misses while it is down, the room sends anew."""
        if self._writer is not None and not self._writer.is_closing():
            self._writer.write(STAGE_WIRE.encode(message))

    async def run(self) -> None:
        """Keep a stage alive until `close`, or raise when it cannot be started at all."""
        backoff = FIRST_BACKOFF_S
        while True:
            began = self._clock.now()
            code = await self._one_life()
            if self._closing:
                return
            if not self.on_air.is_set() and self.restarts == 0:
                raise MediaError(self.fault or f"the stage ended at once (status {code})")
            self.on_air.clear()
            self.restarts += 1
            if self._clock.now() - began > HEALTHY_AFTER_S:
                backoff = FIRST_BACKOFF_S
            reason = self.fault or f"it ended with status {code}"
            self._journal.add("restart", part="stage", reason=reason)
            await self._clock.pause(backoff)
            backoff = min(backoff * 2, MAX_BACKOFF_S)
            self._opening = replace(self._opening, take=self._opening.take + 1)

    async def close(self) -> None:
        """Let the stage finish its files and end; kill it when it does not."""
        self._closing = True
        if self._process is None:
            return
        if not self.on_air.is_set():
            self.kill()  # it is still making ready and has nothing to finish
            return
        self.send(Close())
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self._process.wait()
        except TimeoutError:
            log.error("the stage did not end by itself and is killed")
            self.kill()

    def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _one_life(self) -> int:
        ours, theirs = socket.socketpair()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "room.stage.process", str(theirs.fileno()),
            stdin=asyncio.subprocess.DEVNULL, pass_fds=[theirs.fileno()],
            start_new_session=True,
        )  # fmt: skip
        theirs.close()
        reader, self._writer = await asyncio.open_connection(sock=ours)
        try:
            self.send(self._opening)
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    message = await STAGE_WIRE.receive(reader)
                    if isinstance(message, OnAir):
                        self.fault = ""
                        self.on_air.set()
                        if self._opening.take:
                            self._on_restart()
                    if isinstance(message, Fault) and message.where == "start":
                        self.fault = message.message
                    self._on_message(message)
            return await self._process.wait()
        finally:
            self._writer.close()
            self._writer = None
            self.kill()
