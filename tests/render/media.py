"""Pictures that flash and sound that clicks, the sinks' states, and a look into recordings."""

import json
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition
from typing import Any

import numpy as np

from core.frame import Frame
from core.state import SinkState
from render.encoder import Encoder
from render.packet import Packet, StreamInfo

WIDTH, HEIGHT, FPS = 160, 284, 25
SAMPLES = 48_000 // FPS
WAIT_S = 20.0


def flash_frame(index: int, *, skipped: bool = False) -> Frame:
    """Grey; 0.2 s into each second white for 0.2 s, with a click as it begins."""
    flash = 5 <= index % FPS < 10
    picture = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
    picture[:HEIGHT] = 235 if flash else 40
    picture[index % HEIGHT, :] = 90  # no two pictures are the same
    samples = np.zeros(SAMPLES, np.float32)
    if index % FPS == 5:
        samples[:240] = 0.9 * np.sin(2 * np.pi * 1000 * np.arange(240) / 48_000)
    return Frame(index, FPS, None if skipped else picture, samples)


@dataclass(frozen=True, slots=True)
class Clip:
    """Packets to push, and what a container must know of them."""

    info: StreamInfo
    packets: list[Packet]

    def between(self, start_s: float, end_s: float) -> list[Packet]:
        return [packet for packet in self.packets if start_s <= packet.time_s < end_s]


def encode_clip(seconds: int, skipped: tuple[int, ...] = ()) -> Clip:
    encoder = Encoder(WIDTH, HEIGHT, FPS, bit_rate=200_000, preset="ultrafast")
    packets = [
        packet
        for index in range(seconds * FPS)
        for packet in encoder.encode(flash_frame(index, skipped=index in skipped))
    ]
    return Clip(encoder.info, packets + encoder.finish())


def later(packets: Iterable[Packet], seconds: int) -> list[Packet]:
    """The same packets so many seconds later on the room's time line."""
    moved = []
    for packet in packets:
        shift = int(seconds / packet.time_base)
        moved.append(replace(packet, pts=packet.pts + shift, dts=packet.dts + shift))
    return moved


class States:
    """What a sink said of itself, in order."""

    def __init__(self) -> None:
        self.all: list[SinkState] = []
        self._changed = Condition()

    def __call__(self, state: SinkState) -> None:
        with self._changed:
            self.all.append(state)
            self._changed.notify_all()

    def count(self, name: str) -> int:
        return sum(state.state == name for state in self.all)

    def wait_for(self, name: str, times: int = 1, timeout_s: float = WAIT_S) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.count(name) >= times, timeout_s)

    def expect(self, name: str, times: int = 1) -> None:
        assert self.wait_for(name, times), f"never {name}: {self.all}"


def probe(path: Path | str) -> dict[str, Any]:
    """What ffprobe reads: streams by kind, with every packet counted, and the container."""
    found = subprocess.run(
        f"ffprobe -v error -count_frames -show_streams -show_format -of json {path}".split(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert not found.stderr, found.stderr
    read = json.loads(found.stdout)
    return {"format": read["format"]} | {s["codec_type"]: s for s in read["streams"]}
