import logging
from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path

import av
import pytest

from benchmarks.av_offset import measure_offsets
from core.clock import SystemClock
from render.ai_label import read_sei
from render.packet import Packet
from render.sinks import CameraSink, Sink, open_sink, rtmp
from tests.fakes.clock import VirtualClock
from tests.render.conftest import RtmpServer
from tests.render.media import Clip, States, later, probe

CLIFF_MS = 2**24
# FLV's first three bytes of a time stamp end here: 4 h 39 min


def push(sink: Sink | CameraSink, packets: Iterable[Packet]) -> None:
    assert not isinstance(sink, CameraSink)
    for packet in packets:
        sink.put(packet)


def video_times(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        return [float(p.pts * p.time_base) for p in container.demux(video=0) if p.size]


def test_a_server_records_what_is_pushed(
    rtmp_server: RtmpServer, clip: Clip, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    states = States()
    sink = open_sink(rtmp_server.url, clip.info, SystemClock(), states)
    states.expect("live")
    push(sink, clip.between(0, 6))
    sink.close()
    rtmp_server.finish()

    (recording,) = rtmp_server.recordings
    seen = probe(recording)
    assert int(seen["video"]["nb_read_frames"]) == 150
    assert int(seen["audio"]["nb_read_frames"]) == pytest.approx(6 * 48_000 / 1024, abs=2)
    offsets = measure_offsets(recording)
    assert len(offsets) == 6
    assert max(abs(offset.offset_s) for offset in offsets) <= 0.005
    with av.open(str(recording)) as container:
        data = [bytes(d) for f in container.decode(video=0) for d in f.side_data]
    labels = [label for label in map(read_sei, data) if label]
    assert [label["Label"] for label in labels] == ["1"] * 3

    assert [state.state for state in states.all] == ["connecting", "live", "closed"]
    assert "s3cret" not in caplog.text + repr(states.all)


def test_a_lost_server_is_found_again_and_no_other_sink_notices(
    rtmp_server: RtmpServer, clip: Clip, tmp_path: Path
) -> None:
    lost, file = States(), States()
    sinks = [
        open_sink(rtmp_server.url, clip.info, VirtualClock(), lost),
        open_sink(f"file:{tmp_path}/a.mp4", clip.info, SystemClock(), file),
    ]
    lost.expect("live")
    for sink in sinks:
        push(sink, clip.between(0, 4))
    rtmp_server.kill()
    seconds = 4
    for seconds in count(4, 2):  # on air all the while, until the loss is noticed
        assert lost.count("failed") == 0
        for sink in sinks:
            push(sink, later(clip.between(0, 2), seconds))
        if lost.wait_for("retrying", timeout_s=0.02):
            break
    rtmp_server.start()
    lost.expect("live", times=2)
    for sink in sinks:
        push(sink, later(clip.between(0, 6), seconds + 2))
        sink.close()
    rtmp_server.finish()

    newest = rtmp_server.recordings[-1]
    offsets = measure_offsets(newest)
    assert len(offsets) >= 6
    assert max(abs(offset.offset_s) for offset in offsets) <= 0.005
    assert video_times(newest)[0] == pytest.approx(0, abs=0.1)  # anchored anew
    assert lost.all[-1].state == "closed"
    assert file.all[-1] == replace(file.all[-1], state="closed", dropped=0)
    assert int(probe(tmp_path / "a.mp4")["video"]["nb_read_frames"]) == 25 * (seconds + 8)


def test_a_night_passes_the_cliff_of_four_hours_thirty_nine(
    rtmp_server: RtmpServer, clip: Clip
) -> None:
    start = CLIFF_MS // 1000 - 3
    connection = rtmp.open_rtmp(rtmp_server.url, clip.info, "rtmp")
    for packet in clip.between(0, 2) + later(clip.between(0, 6), start):
        connection.write(packet)
    connection.close()
    rtmp_server.finish()

    times = video_times(rtmp_server.recordings[-1])
    assert len(times) == 200
    assert times == sorted(times)
    assert times[50] == pytest.approx(start, abs=0.1)
    assert times[-1] * 1000 > CLIFF_MS + 2000


def test_a_server_that_takes_nothing_is_given_up(
    rtmp_server: RtmpServer, clip: Clip, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rtmp, "STALL_S", 1)
    states = States()
    sink = open_sink(rtmp_server.url, clip.info, VirtualClock(), states)
    states.expect("live")
    rtmp_server.freeze()
    heavy = [replace(packet, data=packet.data + bytes(400_000)) for packet in clip.between(0, 6)]
    push(sink, [packet for packet in heavy if packet.kind == "video"])
    states.expect("retrying")
    rtmp_server.stop()
    sink.close()
    told = next(state.message for state in states.all if state.state == "retrying")
    assert "no longer answers" in told


def test_nobody_there_is_told_in_words_without_the_key(clip: Clip) -> None:
    states = States()
    url = "rtmp://127.0.0.1:1/live/s3cret-key"
    sink = open_sink(url, clip.info, VirtualClock(), states)
    states.expect("retrying", times=3)
    sink.close()
    assert "nothing listens there" in states.all[1].message
    assert "s3cret" not in repr(states.all)
    assert {state.url for state in states.all} == {"rtmp://127.0.0.1:1/live/***"}


def test_keys_with_odd_characters_reach_the_server_whole(
    rtmp_server: RtmpServer, clip: Clip
) -> None:
    states = States()
    url = rtmp_server.url + "?sign=a|b'c&t=[1]\\"
    sink = open_sink(url, clip.info, SystemClock(), states)
    states.expect("live")
    sink.close()
    rtmp_server.finish()
    assert "name='s3cret-key' args='sign=a|b'c&t=[1]\\'" in rtmp_server.log
