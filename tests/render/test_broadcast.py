from pathlib import Path

import pytest

from core.clock import SystemClock
from core.errors import ConfigError
from render.broadcast import Broadcast
from render.encoder import Encoder
from render.sinks import PreviewChunk
from tests.render.media import FPS, HEIGHT, WIDTH, States, flash_frame, probe


def test_one_encoder_feeds_every_sink(tmp_path: Path) -> None:
    states, chunks = States(), list[PreviewChunk]()
    encoder = Encoder(WIDTH, HEIGHT, FPS, preset="ultrafast")
    urls = [f"file:{tmp_path}/a.mp4", f"file:{tmp_path}/b.mp4", "null:"]
    broadcast = Broadcast(encoder, urls, SystemClock(), states, chunks.append)
    for index in range(3 * FPS):
        broadcast.send(flash_frame(index))
    broadcast.close()
    for name in ("a.mp4", "b.mp4"):
        seen = probe(tmp_path / name)
        assert int(seen["video"]["nb_read_frames"]) == 75
        assert float(seen["audio"]["duration"]) == pytest.approx(3, abs=0.03)
    assert chunks[0].kind == "init"
    assert {state.url for state in states.all if state.state == "closed"} == set(urls)


def test_one_wrong_address_opens_nothing(tmp_path: Path) -> None:
    encoder = Encoder(WIDTH, HEIGHT, FPS, preset="ultrafast")
    with pytest.raises(ConfigError, match="srt"):
        Broadcast(encoder, [f"file:{tmp_path}/a.mp4", "srt://x"], SystemClock(), States())
    assert not list(tmp_path.iterdir())
