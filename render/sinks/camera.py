"""The virtual camera: raw pictures to a process of its own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final, cast

import numpy as np
from jaxtyping import UInt8

from core.clock import Clock
from core.errors import SinkError
from core.frame import Frame
from render.packet import StreamInfo
from render.sinks.courier import Courier, OnState
from render.sinks.queues import PictureQueue

WORKER: Final = (sys.executable, "-P", str(Path(__file__).with_name("camera_worker.py")))
END_S: Final = 5.0


class CameraSink:
    """Shows the pictures as a camera of this machine. Holds two pictures; the oldest goes."""

    def __init__(
        self,
        device: str,
        info: StreamInfo,
        clock: Clock,
        on_state: OnState,
        command: Sequence[str] = WORKER,
    ) -> None:
        """
        Args:
            device: "/dev/videoN", or "" for the first loopback device that is free.
            command: the program that owns the camera.
        """
        shown = f"camera:{device}"
        self._courier = Courier[np.ndarray](
            shown,
            partial(CameraProcess, command, device, info, shown),
            PictureQueue(2),
            clock,
            on_state,
        )

    def put_frame(self, frame: Frame) -> None:
        """Never blocks. A frame without a picture leaves the last one standing."""
        if frame.picture is not None:
            self._courier.put(frame.picture)

    def close(self) -> None:
        self._courier.close()


class CameraProcess:
    """The running program, and the pipe to it."""

    def __init__(self, command: Sequence[str], device: str, info: StreamInfo, shown: str) -> None:
        self._shown = shown
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._pictures = cast(BinaryIO, self._process.stdin)
        self._answers = cast(BinaryIO, self._process.stdout)
        wanted = {
            "device": device,
            "width": info.width_px,
            "height": info.height_px,
            "fps": info.fps,
        }
        self._send(json.dumps(wanted).encode() + b"\n")
        line = self._answers.readline()
        answer = json.loads(line) if line else {"error": "the camera process ended at its start"}
        if "error" in answer:
            self.close()
            raise SinkError(answer["error"], sink=shown)

    def write(self, picture: UInt8[np.ndarray, "rows width"]) -> None:
        self._send(np.ascontiguousarray(picture).data)

    def _send(self, data: bytes | memoryview) -> None:
        try:
            self._pictures.write(data)
            self._pictures.flush()
        except BrokenPipeError as error:
            self.close()
            raise SinkError("the camera process ended", sink=self._shown) from error

    def close(self) -> None:
        with suppress(BrokenPipeError):  # it may be gone already
            self._pictures.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._answers.close()
