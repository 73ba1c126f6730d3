"""The encoder's thread: takes frames from the frame clock without ever making it wait."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from core.errors import PresenterError
from core.frame import Frame

log = logging.getLogger(__name__)

MAX_WAITING_PICTURES = 5
MAX_WAITING_FRAMES = 250
"""Ten seconds of sound at 25 pictures a second: an encoder that far behind is broken."""


class Outputs:
    """Hands every frame to `send` in order; behind, it gives up the oldest waiting pictures."""

    def __init__(self, send: Callable[[Frame], None], on_fault: Callable[[str], None]) -> None:
        self._send, self._on_fault = send, on_fault
        self._waiting: deque[Frame] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._sent = self._skipped = self._gap = self._longest_gap_ms = 0
        self._thread = threading.Thread(target=self._work, name="encoder", daemon=True)
        self._thread.start()

    def put(self, frame: Frame) -> int:
        """Queue a frame; returns how many pictures were given up for it."""
        given_up = 0
        with self._changed:
            self._waiting.append(frame)
            pictures = [i for i, f in enumerate(self._waiting) if f.picture is not None]
            for i in pictures[: max(0, len(pictures) - MAX_WAITING_PICTURES)]:
                self._waiting[i] = replace(self._waiting[i], picture=None)
                given_up += 1
            while len(self._waiting) > MAX_WAITING_FRAMES:
                self._waiting.popleft()
            self._changed.notify()
        return given_up

    def counters(self) -> dict[str, int]:
        """What viewers got: a picture late for its turn or given up is one that was skipped."""
        return {
            "pictures_sent": self._sent,
            "pictures_skipped": self._skipped,
            "longest_gap_ms": self._longest_gap_ms,
        }

    def close(self, timeout_s: float = 10.0) -> None:
        """Send what waits and end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(timeout_s)

    def _count(self, frame: Frame) -> None:
        if frame.picture is not None:
            self._sent += 1
            self._gap = 0
            return
        self._skipped += 1
        self._gap += 1
        self._longest_gap_ms = max(self._longest_gap_ms, round(self._gap * 1000 / frame.fps))

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if not self._waiting:
                    return
                frame = self._waiting.popleft()
            self._count(frame)
            try:
                self._send(frame)
            except PresenterError as error:
                log.error("a frame could not be encoded", extra={"reason": str(error)})
                self._on_fault(str(error))
