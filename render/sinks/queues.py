"""What waits in front of a sink: bounded, and each says what it drops."""

from collections import deque
from threading import Condition
from typing import Generic, Protocol, TypeVar

import numpy as np

from render.packet import Packet

T = TypeVar("T")


class Waiting(Protocol[T]):
    """Items on their way to one sink."""

    @property
    def dropped(self) -> int:
        """Pictures that were thrown away so far."""
        ...

    def put(self, item: T) -> None:
        """Never blocks."""
        ...

    def get(self) -> T | None:
        """The next item; waits for it; None once closed and empty."""
        ...

    def freshen(self) -> None:
        """Throw away what is too old to begin with after a pause."""
        ...

    def close(self) -> None: ...


class PacketQueue:
    """Holds `limit_s` of packets; over that the oldest group of pictures goes, with its sound.

    A group begins at a key frame, so what is left can always be decoded.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._packets: deque[Packet] = deque()
        self._changed = Condition()
        self._closed = False
        self._broken = False  # until the next key frame no picture can be decoded
        self._dropped = 0

    @property
    def dropped(self) -> int:
        return self._dropped

    def put(self, packet: Packet) -> None:
        with self._changed:
            if self._broken and packet.kind == "video":
                if not packet.keyframe:
                    self._dropped += 1
                    return
                self._broken = False
            self._packets.append(packet)
            while self._packets and packet.time_s - self._packets[0].time_s > self._limit_s:
                self._drop_group()
            self._changed.notify()

    def _drop_group(self) -> None:
        """Up to the next key frame; everything where there is none, and then wait for one."""
        while self._packets:
            self._dropped += self._packets.popleft().kind == "video"
            if self._packets and _starts_group(self._packets[0]):
                return
        self._broken = True

    def get(self) -> Packet | None:
        with self._changed:
            self._changed.wait_for(lambda: self._packets or self._closed)
            return self._packets.popleft() if self._packets else None

    def freshen(self) -> None:
        with self._changed:
            newest = max((i for i, p in enumerate(self._packets) if _starts_group(p)), default=0)
            for _ in range(newest):
                self._dropped += self._packets.popleft().kind == "video"

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class NewestQueue(Generic[T]):
    """Holds `limit` items; over that the oldest goes."""

    def __init__(self, limit: int) -> None:
        self._items: deque[T] = deque()
        self._limit = limit
        self._changed = Condition()
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        return self._dropped

    def put(self, item: T) -> None:
        with self._changed:
            self._items.append(item)
            if len(self._items) > self._limit:
                self._items.popleft()
                self._dropped += 1
            self._changed.notify()

    def get(self) -> T | None:
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed)
            return self._items.popleft() if self._items and not self._closed else None

    def freshen(self) -> None:
        with self._changed:
            self._dropped += max(0, len(self._items) - 1)
            while len(self._items) > 1:
                self._items.popleft()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


PictureQueue = NewestQueue[np.ndarray]


def _starts_group(packet: Packet) -> bool:
    return packet.kind == "video" and packet.keyframe
