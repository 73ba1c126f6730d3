"""The process that owns the virtual camera.

pyvirtualcam is GPLv2. It is imported here and nowhere else: this file is run as a program of its
own, imports nothing of ours, and is fed through a pipe. Its standard input is one line of JSON
(device, width, height, fps), then I420 pictures without anything between them. It answers with one
line of JSON, {"device": ...} or {"error": ...}, and ends when its input ends.
"""

import json
import sys
from typing import BinaryIO, TextIO

MODPROBE = (
    "sudo apt-get install v4l2loopback-dkms, then "
    "sudo modprobe v4l2loopback exclusive_caps=1 card_label=Presenter"
)


def main(source: BinaryIO, answers: TextIO) -> int:
    """Feed pictures from `source` to the camera until it ends. Gives the exit status."""
    wanted = json.loads(source.readline())
    try:
        import numpy as np
        import pyvirtualcam
    except ImportError:
        return _refuse(answers, "pyvirtualcam is not installed: pip install 'presenter[camera]'")
    try:
        camera = pyvirtualcam.Camera(
            wanted["width"],
            wanted["height"],
            wanted["fps"],
            fmt=pyvirtualcam.PixelFormat.I420,
            device=wanted["device"] or None,
        )
    except RuntimeError as error:
        device = wanted["device"] or "/dev/video…"
        reason = str(error).splitlines()[0]
        return _refuse(answers, f"no {device} loopback device: {MODPROBE} ({reason})")
    _answer(answers, {"device": camera.device})
    size = wanted["width"] * wanted["height"] * 3 // 2
    with camera:
        while len(picture := source.read(size)) == size:
            camera.send(np.frombuffer(picture, np.uint8))
    return 0


def _refuse(answers: TextIO, reason: str) -> int:
    _answer(answers, {"error": reason})
    return 1


def _answer(answers: TextIO, message: dict[str, str]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout))
