"""What happened in a room, in order: kept in memory for the console and on disk for the morning."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.clock import Clock
from core.line import Line
from core.state import JournalEntry, JournalKind, RoomState

log = logging.getLogger(__name__)

KEPT_IN_MEMORY = 5000
FOLLOWER_QUEUE = 256


def performed(line: Line) -> dict[str, Any]:
    """What an entry keeps of a line besides its words: enough to say and perform it once more."""
    return {
        "cues": [asdict(cue) for cue in line.cues],
        "claims": [asdict(claim) for claim in line.claims],
    }


class Journal:
    """Appends entries; those who follow get them as they happen.

    A follower that does not keep up loses its oldest entries, never the room's time.
    """

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._clock = clock
        self._origin = clock.now()
        self._entries: deque[JournalEntry] = deque(maxlen=KEPT_IN_MEMORY)
        self._followers: set[asyncio.Queue[JournalEntry | RoomState]] = set()
        self._count = 0
        self._disk_failed = False
        self._file = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("ab", buffering=0)

    def ms(self, at_s: float | None = None) -> int:
        """Milliseconds since the room's start, of now or of a time on the clock."""
        return round(((self._clock.now() if at_s is None else at_s) - self._origin) * 1000)

    def add(self, kind: JournalKind, **data: Any) -> JournalEntry:
        self._count += 1
        entry = JournalEntry(self._count, self.ms(), kind, data)
        self._entries.append(entry)
        self._write(entry)
        self.publish(entry)
        return entry

    def publish(self, item: JournalEntry | RoomState) -> None:
        for queue in self._followers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(item)

    @property
    def last(self) -> int:
        """Number of the newest entry, 0 while there is none."""
        return self._count

    def after(self, n: int, kind: str | None = None, limit: int = 500) -> list[JournalEntry]:
        """Entries past number `n`, oldest first."""
        found = [e for e in self._entries if e.n > n and kind in (None, e.kind)]
        return found[:limit]

    @asynccontextmanager
    async def follow(self) -> AsyncIterator[AsyncIterator[JournalEntry | RoomState]]:
        queue: asyncio.Queue[JournalEntry | RoomState] = asyncio.Queue(FOLLOWER_QUEUE)
        self._followers.add(queue)

        async def items() -> AsyncIterator[JournalEntry | RoomState]:
            while True:
                yield await queue.get()

        try:
            yield items()
        finally:
            self._followers.discard(queue)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self, entry: JournalEntry) -> None:
        if self._file is None:
            return
        try:
            wall = self._clock.wall().isoformat(timespec="milliseconds")
            row = {"wall": wall, **asdict(entry)}
            text = json.dumps(row, ensure_ascii=False, default=str) + "\n"
            self._file.write(text.encode())
            self._disk_failed = False
        except OSError as error:
            if not self._disk_failed:
                log.error("the journal cannot be written", extra={"reason": str(error)})
            self._disk_failed = True
