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

    def close(self, timeout_s: float = 10.0) -> None:
        """Send what waits and end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(timeout_s)

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._closed:
                    self._changed.wait()
                if not self._waiting:
                    return
                frame = self._waiting.popleft()
            try:
                self._send(frame)
            except PresenterError as error:
                log.error("a frame could not be encoded", extra={"reason": str(error)})
                self._on_fault(str(error))
