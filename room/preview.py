"""Hands the live preview to any number of browsers, each from the last key picture on."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from room.messages import PreviewData

MAX_WAITING = 60
"""Fragments a reader may be behind, about 12 s, before it is let go."""


class Preview:
    """Keeps the init segment and the fragments since the last key picture."""

    def __init__(self) -> None:
        self._codecs = ""
        self._init: bytes | None = None
        self._recent: list[bytes] = []
        self._readers: set[asyncio.Queue[bytes | None]] = set()
        self._begun = asyncio.Event()

    def put(self, data: PreviewData) -> None:
        if data.init:
            # another encoder: who watches must begin anew
            for reader in self._readers:
                _end(reader)
            self._codecs, self._init, self._recent = data.codecs, data.data, []
            return
        if data.keyframe:
            self._recent = []
        elif not self._recent:
            return
        self._recent.append(data.data)
        self._begun.set()
        for reader in list(self._readers):
            if reader.full():
                _end(reader)
            else:
                reader.put_nowait(data.data)

    def stop(self) -> None:
        """The stage is gone."""
        self._begun.clear()
        self._init, self._recent = None, []
        for reader in self._readers:
            _end(reader)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncIterator[bytes]]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(MAX_WAITING)

        async def chunks() -> AsyncIterator[bytes]:
            await self._begun.wait()
            if self._init is None:
                return
            yield json.dumps({"codecs": self._codecs}).encode()
            yield self._init
            for fragment in self._recent:
                queue.put_nowait(fragment)
            self._readers.add(queue)
            while (piece := await queue.get()) is not None:
                yield piece

        try:
            yield chunks()
        finally:
            self._readers.discard(queue)


def _end(reader: "asyncio.Queue[bytes | None]") -> None:
    while not reader.empty():
        reader.get_nowait()
    reader.put_nowait(None)
