"""A sink's address into a running sink."""

from functools import partial
from pathlib import Path
from typing import Final, Protocol

from core.clock import Clock
from core.state import SinkState
from render.packet import Packet, StreamInfo
from render.sinks.address import parse_address
from render.sinks.camera import CameraSink
from render.sinks.courier import Courier, OnState
from render.sinks.file import open_file
from render.sinks.hls import open_hls
from render.sinks.queues import PacketQueue
from render.sinks.rtmp import open_rtmp

LIVE_LIMIT_S: Final = 8.0
FILE_LIMIT_S: Final = 60.0
# A clip is drawn faster than it is heard; its file has to catch up and must lose nothing.


class Sink(Protocol):
    """Takes encoded packets. Never blocks, whatever the far end does."""

    def put(self, packet: Packet) -> None: ...

    def close(self) -> None: ...


class NullSink:
    """Throws everything away, for rehearsals."""

    def __init__(self, shown: str, on_state: OnState) -> None:
        self._shown, self._on_state = shown, on_state
        on_state(SinkState(shown, "live"))

    def put(self, packet: Packet) -> None:
        del packet

    def close(self) -> None:
        self._on_state(SinkState(self._shown, "closed"))


def open_sink(url: str, info: StreamInfo, clock: Clock, on_state: OnState) -> Sink | CameraSink:
    """Start the sink that `url` names; how it fares is told to `on_state`, from its own thread.

    Raises:
        ConfigError: no sink has such an address.
    """
    address = parse_address(url)
    shown = address.shown
    match address.scheme:
        case "null":
            return NullSink(shown, on_state)
        case "camera":
            return CameraSink(address.target, info, clock, on_state)
        case "file":
            opener = partial(open_file, Path(address.target), info, shown)
            return Courier(shown, opener, PacketQueue(FILE_LIMIT_S), clock, on_state, live=False)
        case "hls":
            opener = partial(open_hls, Path(address.target), info, shown)
            return Courier(shown, opener, PacketQueue(FILE_LIMIT_S), clock, on_state, live=False)
        case _:
            opener = partial(open_rtmp, address.target, info, shown)
            return Courier(shown, opener, PacketQueue(LIVE_LIMIT_S), clock, on_state)
