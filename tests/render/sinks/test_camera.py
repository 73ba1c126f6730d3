import sys
from pathlib import Path

import numpy as np
import pytest

from core.clock import SystemClock
from render.sinks import CameraSink, camera, open_sink
from tests.fakes.clock import VirtualClock
from tests.render.media import HEIGHT, WIDTH, Clip, States, flash_frame

SIZE = WIDTH * HEIGHT * 3 // 2

# The real worker and the real library, with a device that is a file.
WITH_A_FILE = """
import runpy, sys
import pyvirtualcam

class File:
    def __init__(self, *, width, height, fps, fourcc, device, **_):
        self.file = open(sys.argv[2], "ab")
    def close(self):
        self.file.close()
    def send(self, picture):
        self.file.write(picture.tobytes())
        self.file.flush()
    def device(self):
        return "file camera"
    def native_fourcc(self):
        return None

pyvirtualcam.camera.BACKENDS.clear()
pyvirtualcam.register_backend("file", File)
runpy.run_path(sys.argv[1], run_name="__main__")
"""


@pytest.fixture
def device(tmp_path: Path) -> Path:
    return tmp_path / "camera.i420"


def command(device: Path) -> list[str]:
    return [sys.executable, "-c", WITH_A_FILE, camera.WORKER[-1], str(device)]


def test_pictures_arrive_as_they_are(device: Path, clip: Clip) -> None:
    states = States()
    sink = CameraSink("", clip.info, SystemClock(), states, command(device))
    states.expect("live")
    for index in (4, 5):  # as many as wait in front of it
        sink.put_frame(flash_frame(index))
        sink.put_frame(flash_frame(index, skipped=True))
    while not device.exists() or device.stat().st_size < 2 * SIZE:
        assert states.all[-1].state == "live"
    sink.close()
    seen = np.fromfile(device, np.uint8).reshape(2, HEIGHT * 3 // 2, WIDTH)
    np.testing.assert_array_equal(seen, [flash_frame(4).picture, flash_frame(5).picture])
    assert [state.state for state in states.all] == ["connecting", "live", "closed"]


def test_a_process_that_dies_is_started_again(device: Path, clip: Clip) -> None:
    dies = WITH_A_FILE.replace("self.file.flush()", "self.file.flush(); sys.exit(3)")
    states = States()
    sink = CameraSink(
        "",
        clip.info,
        VirtualClock(),
        states,
        [sys.executable, "-c", dies, camera.WORKER[-1], str(device)],
    )
    while states.count("live") < 2:  # each process takes one picture with it
        sink.put_frame(flash_frame(0))
        states.wait_for("live", times=2, timeout_s=0.02)
    sink.close()
    told = next(state.message for state in states.all if state.state == "retrying")
    assert "the camera process ended; trying again" in told


def test_a_missing_device_is_told_with_the_line_that_mends_it(clip: Clip) -> None:
    states = States()
    sink = open_sink("camera:/dev/video97", clip.info, VirtualClock(), states)
    assert isinstance(sink, CameraSink)
    states.expect("retrying")
    sink.close()
    told = next(state.message for state in states.all if state.state == "retrying")
    assert "no /dev/video97 loopback device: " in told
    assert "sudo modprobe v4l2loopback" in told


def test_a_missing_library_is_told_with_the_line_that_mends_it(tmp_path: Path, clip: Clip) -> None:
    hide = "import sys, runpy; sys.modules['pyvirtualcam'] = None; " + (
        f"runpy.run_path({camera.WORKER[-1]!r}, run_name='__main__')"
    )
    states = States()
    sink = CameraSink("", clip.info, VirtualClock(), states, [sys.executable, "-c", hide])
    states.expect("retrying")
    sink.close()
    told = next(state.message for state in states.all if state.state == "retrying")
    assert "pip install 'presenter[camera]'" in told


def test_the_library_is_never_imported_here() -> None:
    assert "pyvirtualcam" not in sys.modules
