from pathlib import Path

from core.clock import SystemClock
from render.sinks import CameraSink, open_sink
from tests.render.media import Clip, States, probe


def test_a_playlist_and_its_last_segments(tmp_path: Path, clip: Clip) -> None:
    states = States()
    sink = open_sink(f"hls:{tmp_path}/live", clip.info, SystemClock(), states)
    assert not isinstance(sink, CameraSink)
    for packet in clip.packets:
        sink.put(packet)
    sink.close()
    assert [state.state for state in states.all] == ["connecting", "live", "closed"]
    playlist = (tmp_path / "live/live.m3u8").read_text()
    assert playlist.count("#EXTINF:2.0") == 8
    assert len(list((tmp_path / "live").glob("*.m4s"))) <= 10
    seen = probe(tmp_path / "live/live.m3u8")
    assert int(seen["video"]["nb_read_frames"]) == 400
    assert {"video", "audio"} <= seen.keys()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, clip: Clip) -> None:
    (tmp_path / "file").write_text("")
    states = States()
    sink = open_sink(f"hls:{tmp_path}/file/live", clip.info, SystemClock(), states)
    states.expect("failed")
    sink.close()
    assert "file/live: " in states.all[-1].message
