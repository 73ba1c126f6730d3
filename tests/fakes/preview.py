"""A live picture and tone as fragmented MP4, encoded as it is asked for."""

import json
from collections.abc import AsyncIterator, Iterator
from fractions import Fraction

import av
import cv2
import numpy as np
from jaxtyping import UInt8

from core.clock import Clock

FPS = 25
RATE_HZ = 48_000
PICTURES = 5
# in a fragment
SIZE = (360, 640)


class _Boxes:
    """What the muxer writes to; gives back whole runs of boxes."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def write(self, data: bytes) -> int:
        self._bytes += data
        return len(data)

    def take(self, last: bytes) -> bytes:
        """Everything up to and with the last box of kind `last`; b"" when there is none yet."""
        at = end = 0
        while at + 8 <= len(self._bytes):
            size = int.from_bytes(self._bytes[at : at + 4], "big")
            if at + size > len(self._bytes):
                break
            at += size
            if self._bytes[at - size + 4 : at - size + 8] == last:
                end = at
        out = bytes(self._bytes[:end])
        del self._bytes[:end]
        return out


class TestPicture:
    """A figure that sways and a tone that comes and goes, from `first` on."""

    __test__ = False

    def __init__(self, first: int = 0, size: tuple[int, int] = SIZE) -> None:
        self._boxes = _Boxes()
        self._index = first
        self._size = size
        self._back = _studio(*size)
        flags = "empty_moov+default_base_moof+frag_keyframe"
        self._file = av.open(self._boxes, "w", format="mp4", options={"movflags": flags})
        self._video = self._file.add_stream("libx264", rate=FPS)
        self._video.width, self._video.height = size
        self._video.pix_fmt = "yuv420p"
        self._video.gop_size = PICTURES
        self._video.options = {
            "preset": "ultrafast", "tune": "zerolatency", "profile": "baseline", "threads": "1",
            "sc_threshold": "0",
        }  # fmt: skip
        self._sound = self._file.add_stream("aac", rate=RATE_HZ, layout="mono")

    def chunks(self) -> Iterator[bytes]:
        """The codecs, the start, then fragments without end."""
        self._video.codec_context.open(strict=False)
        self._sound.codec_context.open(strict=False)
        extra = bytes(self._video.codec_context.extradata)
        profile = extra[extra.index(b"\x67") + 1 :][:3].hex().upper()
        yield json.dumps({"codecs": f"avc1.{profile},mp4a.40.2"}).encode()
        self._file.start_encoding()
        yield self._boxes.take(b"moov")
        while True:
            for _ in range(PICTURES):
                self._encode()
            if fragment := self._boxes.take(b"mdat"):
                yield fragment

    def _encode(self) -> None:
        n = self._index
        picture = av.VideoFrame.from_ndarray(self._draw(n), format="rgb24")
        picture.pts, picture.time_base = n, Fraction(1, FPS)
        self._file.mux(self._video.encode(picture))
        per = RATE_HZ // FPS
        t = (np.arange(per) + n * per) / RATE_HZ
        loud = 0.35 * np.abs(np.sin(t * 5.1)) * (np.sin(t * 0.9) > -0.6)
        tone = (loud * np.sin(2 * np.pi * 220 * t)).astype(np.float32)[None]
        sound = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        sound.sample_rate = RATE_HZ
        sound.pts, sound.time_base = n * per, Fraction(1, RATE_HZ)
        self._file.mux(self._sound.encode(sound))
        self._index += 1

    def _draw(self, n: int) -> UInt8[np.ndarray, "height width 3"]:
        width, height = self._size
        out = self._back.copy()
        x = int(width / 2 + 8 * np.sin(n / 20))
        unit = min(width, height) / 360
        y = int(height * 0.42)

        def oval(dx: float, dy: float, rx: float, ry: float, colour: tuple[int, int, int]) -> None:
            at = (int(x + dx * unit), int(y + dy * unit))
            axes = (int(rx * unit), int(ry * unit))
            cv2.ellipse(out, at, axes, 0, 0, 360, colour, -1, cv2.LINE_AA)

        oval(0, 10, 74, 96, (52, 38, 40))
        oval(0, 290, 140, 170, (214, 221, 226))
        oval(0, 90, 34, 60, (214, 172, 150))
        oval(0, 10, 58, 76, (232, 192, 170))
        oval(-22, 0, 6, 4, (52, 38, 40))
        oval(22, 0, 6, 4, (52, 38, 40))
        oval(0, 42, 14, 3 + 6 * abs(np.sin(n / 4)), (168, 72, 78))
        cv2.putText(out, f"{n / FPS:08.2f}", (12, height - 14), 0, 0.5, (250, 250, 250), 1, 16)
        return out


async def live(clock: Clock, origin_s: float) -> AsyncIterator[bytes]:
    """Fragments at the pace they are seen, as if the encoder had run since `origin_s`."""
    done = int((clock.now() - origin_s) * FPS)
    began = clock.now()
    for i, chunk in enumerate(TestPicture(done).chunks()):
        await clock.pause(began + (i - 2) * PICTURES / FPS - clock.now())
        yield chunk


def _studio(width: int, height: int) -> UInt8[np.ndarray, "height width 3"]:
    rows = np.linspace(0, 1, height)[:, None, None]
    top, bottom = np.array([58, 72, 98]), np.array([196, 160, 150])
    wall = np.broadcast_to(top + (bottom - top) * rows, (height, width, 3)).astype(np.uint8).copy()
    cv2.circle(wall, (int(width * 0.8), int(height * 0.16)), width // 7, (250, 226, 190), -1, 16)
    cv2.GaussianBlur(wall, (0, 0), 18, dst=wall)
    return wall
