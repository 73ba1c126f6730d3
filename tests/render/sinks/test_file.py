import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import av
import pytest

from benchmarks.av_offset import measure_offsets
from core.clock import SystemClock
from render.sinks import CameraSink, open_sink
from tests.render.media import Clip, States, encode_clip, probe

CHILD = """
import itertools, sys
from core.clock import SystemClock
from render.encoder import Encoder
from render.sinks import open_sink
from tests.render.media import FPS, HEIGHT, WIDTH, flash_frame

encoder = Encoder(WIDTH, HEIGHT, FPS, preset="ultrafast")
sink = open_sink("file:" + sys.argv[1], encoder.info, SystemClock(), lambda state: None)
for index in itertools.count():
    for packet in encoder.encode(flash_frame(index)):
        sink.put(packet)
    print(index, flush=True)
"""


def record(path: Path, clip: Clip, states: States) -> None:
    sink = open_sink(f"file:{path}", clip.info, SystemClock(), states)
    assert not isinstance(sink, CameraSink)
    for packet in clip.packets:
        sink.put(packet)
    sink.close()


def test_a_recording_is_whole(tmp_path: Path, clip: Clip) -> None:
    path, states = tmp_path / "new" / "直播 1.mp4", States()
    record(path, clip, states)
    assert [state.state for state in states.all] == ["connecting", "live", "closed"]
    renamed = path.rename(tmp_path / "a.mp4")
    seen = probe(renamed)
    assert int(seen["video"]["nb_read_frames"]) == 500
    assert float(seen["video"]["duration"]) == pytest.approx(20, abs=0.001)
    assert int(seen["audio"]["nb_read_frames"]) == 938  # 20 s in runs of 1024, rounded up
    assert seen["video"]["avg_frame_rate"] == "25/1"
    assert (seen["video"]["color_space"], seen["video"]["color_range"]) == ("smpte170m", "tv")
    assert (seen["audio"]["channels"], seen["audio"]["sample_rate"]) == (2, "48000")
    assert json.loads(seen["format"]["tags"]["AIGC"])["Label"] == "1"


def test_sound_and_picture_lie_together(tmp_path: Path) -> None:
    clip = encode_clip(8, skipped=(3, 33, 34, 102))
    record(tmp_path / "a.mp4", clip, States())
    offsets = measure_offsets(tmp_path / "a.mp4")
    assert len(offsets) == 8
    assert max(abs(offset.offset_s) for offset in offsets) < 0.005


def test_a_recording_survives_the_death_of_its_process(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    assert child.stdout is not None
    with child.stdout:
        assert any(line == "300\n" for line in child.stdout)
        child.kill()
        child.wait()
    seen = probe(path)
    assert int(seen["video"]["nb_read_frames"]) > 150
    assert int(seen["audio"]["nb_read_frames"]) > 150 * 48_000 / 25 / 1024 - 4
    assert json.loads(seen["format"]["tags"]["AIGC"])["Label"] == "1"


def test_an_earlier_recording_is_kept(tmp_path: Path, clip: Clip) -> None:
    path, nights = tmp_path / "night.mp4", []
    for seconds in (2, 4, 6):
        record(path, Clip(clip.info, clip.between(0, seconds)), States())
        nights.append(path.read_bytes())
    kept = [tmp_path / name for name in ("night.1.mp4", "night.2.mp4", "night.mp4")]
    assert [path.read_bytes() for path in kept] == nights


def test_a_full_disk_ends_the_file_and_nothing_else(tmp_path: Path, clip: Clip) -> None:
    (tmp_path / "full.mp4").symlink_to("/dev/full")
    full, other = States(), States()
    sinks = [
        open_sink(f"file:{tmp_path}/{name}.mp4", clip.info, SystemClock(), states)
        for name, states in (("full", full), ("other", other))
    ]
    for packet in clip.packets:
        for sink in sinks:
            assert not isinstance(sink, CameraSink)
            sink.put(packet)
    full.expect("failed")
    for sink in sinks:
        sink.close()
    assert f"file:{tmp_path}/full.mp4: No space left" in full.all[-1].message
    assert "make room on the disk" in full.all[-1].message
    assert other.all[-1].state == "closed"
    assert int(probe(tmp_path / "other.mp4")["video"]["nb_read_frames"]) == 500


def test_a_file_that_may_not_grow_fails_and_what_is_written_can_be_read(
    tmp_path: Path, clip: Clip
) -> None:
    path, states = tmp_path / "a.mp4", States()
    limit = sum(len(packet.data) for packet in clip.packets) // 2
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        record(path, clip, states)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert states.all[-1].state == "failed"
    assert "a.mp4: File too large: " in states.all[-1].message
    with av.open(str(path)) as container:
        assert sum(1 for _ in container.demux(video=0)) > 100


def test_a_place_where_nothing_may_be_written_is_named(tmp_path: Path, clip: Clip) -> None:
    (tmp_path / "in_the_way").write_text("")
    states = States()
    sink = open_sink(f"file:{tmp_path}/in_the_way/a.mp4", clip.info, SystemClock(), states)
    states.expect("failed")
    sink.close()
    assert "in_the_way/a.mp4" in states.all[-1].message
    assert "name a place" in states.all[-1].message
