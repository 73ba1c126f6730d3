"""The stage's end of the pipe to the room: never makes the frame clock wait."""

import queue
import socket
import threading
from collections import deque

from core.wire import Wire
from room.messages import PreviewData

MAX_WAITING = 400
MAX_WAITING_PREVIEW = 60


class Post:
    """Reads messages into `inbox` and writes reports, each in a thread of its own.

    When the room does not read, preview pieces are given up first, then the oldest reports. At the
    end of the pipe `None` is put into the inbox: without a room the broadcast ends.
    """

    def __init__(self, pipe: socket.socket, wire: Wire) -> None:
        self._pipe, self._wire = pipe, wire
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="post-in", daemon=True)
        self._writer = threading.Thread(target=self._write, name="post-out", daemon=True)
        self._reader.start()
        self._writer.start()

    def report(self, message: object) -> None:
        with self._changed:
            if isinstance(message, PreviewData) and not message.init:
                behind = sum(isinstance(m, PreviewData) for m in self._waiting)
                if behind >= MAX_WAITING_PREVIEW:
                    return
            self._waiting.append(message)
            if len(self._waiting) > MAX_WAITING:
                self._waiting.popleft()
            self._changed.notify()

    def close(self, timeout_s: float = 2.0) -> None:
        """Send what waits and stop."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._writer.join(timeout_s)

    def _read(self) -> None:
        with self._pipe.makefile("rb") as stream:
            try:
                for message in self._wire.each(stream):
                    self.inbox.put(message)
            except OSError:
                pass
        self.inbox.put(None)

    def _write(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if not self._waiting:
                    return
                message = self._waiting.popleft()
            try:
                self._pipe.sendall(self._wire.encode(message))
            except OSError:
                return
