"""Encoded picture and sound on the way to the sinks."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Packet:
    """One encoded picture, or one run of 1024 encoded samples."""

    kind: Literal["video", "audio"]
    pts: int
    # when it is shown or heard, on the room's own time line; like the next two in `time_base`
    dts: int
    # when it must be decoded; never later than `pts`
    duration: int
    time_base: Fraction
    # seconds
    keyframe: bool
    # a decoder can begin here; every sound packet is one
    data: bytes
    # H.264 with four-byte lengths before each unit (ISO/IEC 14496-15), or one raw AAC frame

    @property
    def time_s(self) -> Fraction:
        return self.pts * self.time_base


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What a container must know before the first packet."""

    width_px: int
    height_px: int
    fps: int
    header: bytes
    # MP4 initialisation segment (ftyp and moov): video is track 1, sound is track 2
    codecs: str
    # as in RFC 6381: "avc1.64001f,mp4a.40.2"
    label: str
    # the AI label for containers with metadata: the value of the key AIGC
