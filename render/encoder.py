"""Pictures and sound into packets, once, however many sinks there are."""

import io
import struct
from fractions import Fraction
from typing import Any, Final

import av
import numpy as np

from core.errors import MediaError
from core.frame import Frame
from core.utterance import SAMPLE_RATE_HZ
from render.ai_label import AiLabel
from render.packet import Packet, StreamInfo

GOP_S: Final = 2
AUDIO_BIT_RATE: Final = 128_000
_SMPTE170M: Final = 6  # BT.601 with 525 lines, for primaries, transfer and matrix (ITU-T H.273)
_LIMITED_RANGE: Final = 1
_EACH_CHANNEL: Final = np.float32(0.5**0.5)
# BS.1770 adds the channels' power: two such channels are as loud as the mono sound was mastered


class Encoder:
    """H.264 and AAC with exact times.

    Time stamps come from `Frame.index` alone: a picture lies at index / fps, its sound at the same
    moment. A frame without a picture leaves a gap in the pictures and none in the sound. Every
    key frame carries the AI label.

    Raises:
        MediaError: the size, rate or preset is one the encoder refuses, or a frame does not fit.
    """

    def __init__(
        self,
        width_px: int,
        height_px: int,
        fps: int,
        *,
        bit_rate: int = 2_500_000,
        preset: str = "superfast",
        threads: int = 1,
        label: AiLabel | None = None,
    ) -> None:
        if width_px % 2 or height_px % 2 or SAMPLE_RATE_HZ % fps:
            raise MediaError(
                f"cannot encode {width_px}x{height_px} at {fps} pictures a second: width and "
                f"height must be even, and the rate must divide {SAMPLE_RATE_HZ}"
            )
        label = label or AiLabel()
        self._fps = fps
        self._shape = (height_px * 3 // 2, width_px)
        self._samples = SAMPLE_RATE_HZ // fps
        sei = label.to_sei()
        self._label_unit = struct.pack(">I", len(sei)) + sei
        self._next_key = 0

        # The container writes nothing but the header that describes both streams.
        self._file = io.BytesIO()
        self._container: Any = av.open(
            self._file,
            "w",
            format="mp4",
            options={
                "movflags": "empty_moov+default_base_moof+frag_custom",
                "video_track_timescale": str(fps * 1000),
            },
        )
        try:
            self._video = self._add_video(width_px, height_px, bit_rate, preset, threads)
            self._audio = self._container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
            self._audio.codec_context.bit_rate = AUDIO_BIT_RATE
            self._container.start_encoding()
        except (av.error.FFmpegError, ValueError) as error:
            raise MediaError(
                f"no H.264 encoder for {width_px}x{height_px}, {fps} a second, preset "
                f"{preset!r}: {error}"
            ) from error
        config = bytes(self._video.codec_context.extradata)
        self.info = StreamInfo(
            width_px,
            height_px,
            fps,
            header=self._file.getvalue(),
            codecs=f"avc1.{config[1:4].hex()},mp4a.40.2",
            label=label.to_json(),
        )

    def _add_video(self, width: int, height: int, bit_rate: int, preset: str, threads: int) -> Any:
        stream = self._container.add_stream("libx264", rate=self._fps)
        context = stream.codec_context
        context.width, context.height, context.pix_fmt = width, height, "yuv420p"
        context.time_base = Fraction(1, self._fps)
        context.bit_rate = bit_rate
        context.gop_size = GOP_S * self._fps
        context.max_b_frames = 0
        context.thread_count = threads
        context.color_primaries = context.color_trc = context.colorspace = _SMPTE170M
        context.color_range = _LIMITED_RANGE
        kilobits = bit_rate // 1000
        context.options = {
            "preset": preset,
            "tune": "zerolatency",
            "forced-idr": "1",
            "x264-params": (
                # Lengths instead of start codes, as every container here wants it.
                f"annexb=0:scenecut=0:vbv-maxrate={kilobits}:vbv-bufsize={kilobits}"
            ),
        }
        return stream

    def encode(self, frame: Frame) -> list[Packet]:
        """The packets that this frame completes: its picture at once, its sound up to 43 ms later.

        Raises:
            MediaError: the frame has another size or rate than the encoder.
        """
        if frame.fps != self._fps or len(frame.samples) != self._samples:
            raise MediaError(
                f"frame {frame.index} has {len(frame.samples)} samples at {frame.fps} pictures a "
                f"second, the encoder was made for {self._samples} at {self._fps}"
            )
        packets = [] if frame.picture is None else self._encode_picture(frame.index, frame.picture)
        return packets + self._encode_sound(frame)

    def _encode_picture(self, index: int, planes: np.ndarray) -> list[Packet]:
        if planes.shape != self._shape:
            raise MediaError(
                f"frame {index} is {planes.shape}, the encoder was made for {self._shape}"
            )
        picture = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        picture.pts, picture.time_base = index, Fraction(1, self._fps)
        picture.colorspace = picture.color_primaries = picture.color_trc = _SMPTE170M
        picture.color_range = _LIMITED_RANGE
        if index >= self._next_key:  # by time and not by count: pictures may have been skipped
            picture.pict_type = av.video.frame.PictureType.I
            self._next_key = index + GOP_S * self._fps
        return [self._video_packet(packet) for packet in self._video.encode(picture)]

    def _encode_sound(self, frame: Frame) -> list[Packet]:
        mono = np.clip(frame.samples, -1.0, 1.0) * _EACH_CHANNEL
        sound = av.AudioFrame.from_ndarray(np.stack((mono, mono)), format="fltp", layout="stereo")
        sound.sample_rate = SAMPLE_RATE_HZ
        sound.pts, sound.time_base = frame.index * self._samples, Fraction(1, SAMPLE_RATE_HZ)
        return [_audio_packet(packet) for packet in self._audio.encode(sound)]

    def finish(self) -> list[Packet]:
        """The last of the sound. Nothing can be encoded afterwards."""
        video = [self._video_packet(packet) for packet in self._video.encode(None)]
        return video + [_audio_packet(packet) for packet in self._audio.encode(None)]

    def _video_packet(self, packet: Any) -> Packet:
        label = self._label_unit if packet.is_keyframe else b""
        return Packet(
            "video",
            packet.pts,
            packet.dts,
            1,
            packet.time_base,
            packet.is_keyframe,
            label + bytes(packet),
        )


def _audio_packet(packet: Any) -> Packet:
    return Packet(
        "audio", packet.pts, packet.dts, packet.duration, packet.time_base, True, bytes(packet)
    )
