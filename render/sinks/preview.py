"""The live picture for a browser: fragments for MediaSource."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from core.clock import Clock
from core.state import SinkState
from core.utterance import SAMPLE_RATE_HZ
from render.packet import Packet, StreamInfo
from render.sinks.courier import Courier
from render.sinks.fragment import build_fragment
from render.sinks.origin import Origin
from render.sinks.queues import PacketQueue

FRAGMENT_S: Final = Fraction(1, 5)
PATIENCE_S: Final = Fraction(1, 2)
# A fragment waits so long for the next picture, which tells how long its last one stands.
LIMIT_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class PreviewChunk:
    """Something to append to a SourceBuffer.

    A late joiner is given the init chunk and then everything from the last key frame on.
    """

    kind: Literal["init", "fragment"]
    keyframe: bool
    # a fragment that begins with a key frame; False for init
    data: bytes
    codecs: str = ""
    # of an init chunk: "avc1.64001f,mp4a.40.2"


OnChunk = Callable[[PreviewChunk], None]


class PreviewSink:
    """Cuts the packets into fragments of 0.2 s. `on_chunk` is called in the sink's own thread."""

    def __init__(self, info: StreamInfo, clock: Clock, on_chunk: OnChunk) -> None:
        self._courier = Courier[Packet](
            "preview:",
            lambda: Fragmenter(info, on_chunk),
            PacketQueue(LIMIT_S),
            clock,
            _ignore,
        )

    def put(self, packet: Packet) -> None:
        self._courier.put(packet)

    def close(self) -> None:
        self._courier.close()


class Fragmenter:
    """Gathers packets until a fragment is whole."""

    def __init__(self, info: StreamInfo, on_chunk: OnChunk) -> None:
        self._on_chunk = on_chunk
        self._timescales = {"video": info.fps * 1000, "audio": SAMPLE_RATE_HZ}
        self._origin = Origin()
        self._sequence = 0
        self._gathered: list[Packet] = []
        on_chunk(PreviewChunk("init", False, info.header, info.codecs))

    def write(self, packet: Packet) -> None:
        shifted = self._origin.shift(packet)
        if shifted is None:
            return
        if self._gathered and self._is_whole(shifted):
            self._emit(shifted)
        self._gathered.append(shifted)

    def _is_whole(self, coming: Packet) -> bool:
        if coming.kind == "video" and coming.keyframe:
            return True
        waited_s = coming.time_s - self._gathered[0].time_s
        return waited_s >= (FRAGMENT_S if coming.kind == "video" else PATIENCE_S)

    def _emit(self, coming: Packet | None) -> None:
        ends: dict[str, Fraction] = {
            packet.kind: packet.time_s + packet.duration * packet.time_base
            for packet in self._gathered
        }
        if coming is not None and coming.kind == "video" and "video" in ends:
            ends["video"] = coming.time_s
        self._sequence += 1
        data = build_fragment(self._sequence, self._gathered, self._timescales, ends)
        first = next((p for p in self._gathered if p.kind == "video"), None)
        self._on_chunk(PreviewChunk("fragment", first is not None and first.keyframe, data))
        self._gathered = []

    def close(self) -> None:
        if self._gathered:
            self._emit(None)


def _ignore(_state: SinkState) -> None:
    """The preview is on this machine; there is nothing to tell."""
