"""Encodes once, in a thread of its own, and hands the packets to every sink."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from core.errors import ConfigError, MediaError, SinkError
from core.frame import Frame

log = logging.getLogger(__name__)

MAX_WAITING_PICTURES = 5
MAX_WAITING_FRAMES = 250
"""Ten seconds of sound at 25 pictures a second: an encoder that far behind is broken."""


class Outputs:
    """Takes frames from the frame clock without ever making it wait."""

    def __init__(
        self,
        encode: Callable[[Frame], Sequence[object]],
        drain: Callable[[], Sequence[object]],
        push: Callable[[object], None],
        push_frame: Callable[[Frame], None],
        on_fault: Callable[[str], None],
    ) -> None:
        self._encode, self._drain = encode, drain
        self._push, self._push_frame, self._on_fault = push, push_frame, on_fault
        self._waiting: deque[Frame] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="encoder", daemon=True)
        self._thread.start()

    def put(self, frame: Frame) -> int:
        """Queue a frame; when the encoder is behind, the oldest waiting pictures are given up."""
        given_up = 0
        with self._changed:
            self._waiting.append(frame)
            pictures = [i for i, f in enumerate(self._waiting) if f.picture is not None]
            for i in pictures[: max(0, len(pictures) - MAX_WAITING_PICTURES)]:
                self._waiting[i] = replace(self._waiting[i], picture=None)
                given_up += 1
            if len(self._waiting) > MAX_WAITING_FRAMES:
                raise MediaError("the encoder does not keep up even with sound alone")
            self._changed.notify()
        return given_up

    def close(self, timeout_s: float = 10.0) -> None:
        """Encode what waits, flush the encoder, end the thread."""
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
                    break
                frame = self._waiting.popleft()
            try:
                if frame.picture is not None:
                    self._push_frame(frame)
                for packet in self._encode(frame):
                    self._push(packet)
            except (MediaError, SinkError, ConfigError) as error:
                log.error("encoding failed", extra={"reason": str(error)})
                self._on_fault(str(error))
        for packet in self._drain():
            self._push(packet)
