"""Encode once, send to many."""

from collections.abc import Sequence

from core.clock import Clock
from core.frame import Frame
from render.encoder import Encoder
from render.packet import Packet
from render.sinks import CameraSink, OnChunk, OnState, PreviewSink, Sink, open_sink, parse_address


class Broadcast:
    """The encoder and every sink behind it."""

    def __init__(
        self,
        encoder: Encoder,
        urls: Sequence[str],
        clock: Clock,
        on_state: OnState,
        on_chunk: OnChunk | None = None,
    ) -> None:
        """
        Args:
            urls: sinks, as `render.sinks.open_sink` takes them.
            on_state: told how each sink fares, from the sink's own thread.
            on_chunk: given the preview for browsers, from its own thread; None for no preview.

        Raises:
            ConfigError: no sink has such an address; none was opened.
        """
        for url in urls:
            parse_address(url)
        self._encoder = encoder
        self._cameras: list[CameraSink] = []
        self._sinks: list[Sink] = []
        for url in urls:
            sink = open_sink(url, encoder.info, clock, on_state)
            if isinstance(sink, CameraSink):
                self._cameras.append(sink)
            else:
                self._sinks.append(sink)
        if on_chunk is not None:
            self._sinks.append(PreviewSink(encoder.info, clock, on_chunk))

    def send(self, frame: Frame) -> None:
        """Waits for the encoder and for no sink.

        Raises:
            MediaError: the frame does not fit the encoder.
        """
        for camera in self._cameras:
            camera.put_frame(frame)
        self._deliver(self._encoder.encode(frame))

    def close(self) -> None:
        """Deliver what waits and end."""
        self._deliver(self._encoder.finish())
        for camera in self._cameras:
            camera.close()
        for sink in self._sinks:
            sink.close()

    def _deliver(self, packets: list[Packet]) -> None:
        for packet in packets:
            for sink in self._sinks:
                sink.put(packet)
