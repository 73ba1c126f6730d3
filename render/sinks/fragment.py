"""Packets into fragments of MP4 that a browser can append (ISO/IEC 14496-12, 8.8).

FFmpeg's muxer writes them too, but does not say which begin with a key frame, and a late joiner
must know.
"""

import struct
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from render.packet import Packet

TRACKS: Final = (("video", 1), ("audio", 2))
_KEY: Final = 0x02000000  # depends on no other sample
_NOT_KEY: Final = 0x01010000  # depends on others, is not a point to begin at
_BASE_IS_MOOF: Final = 0x020000
_TRUN_FLAGS: Final = 0x000701  # data offset; duration, size and flags of each sample


def build_fragment(
    sequence: int, packets: Sequence[Packet], timescales: dict[str, int], end_s: dict[str, Fraction]
) -> bytes:
    """One movie fragment with its data.

    Args:
        sequence: counts the fragments of a stream up from 1.
        packets: in the order they came; times already on the stream's own line.
        timescales: ticks a second of each track, as the initialisation segment has them.
        end_s: when the last sample of each track ends.
    """
    tracks = [
        (number, kind, samples)
        for kind, number in TRACKS
        if (samples := [packet for packet in packets if packet.kind == kind])
    ]
    head = _box(b"moof", *_boxes(sequence, tracks, timescales, end_s, [0] * len(tracks)))
    offsets, at = [], len(head) + 8
    for _, _, samples in tracks:
        offsets.append(at)
        at += sum(len(packet.data) for packet in samples)
    head = _box(b"moof", *_boxes(sequence, tracks, timescales, end_s, offsets))
    return head + _box(b"mdat", *(packet.data for _, _, run in tracks for packet in run))


def _boxes(
    sequence: int,
    tracks: list[tuple[int, str, list[Packet]]],
    timescales: dict[str, int],
    end_s: dict[str, Fraction],
    offsets: list[int],
) -> list[bytes]:
    boxes = [_full_box(b"mfhd", 0, 0, struct.pack(">I", sequence))]
    for (number, kind, samples), offset in zip(tracks, offsets, strict=True):
        scale = timescales[kind]
        ticks = [round(packet.dts * packet.time_base * scale) for packet in samples]
        ticks.append(max(ticks[-1] + 1, round(end_s[kind] * scale)))
        run = b"".join(
            struct.pack(">III", after - at, len(packet.data), _KEY if packet.keyframe else _NOT_KEY)
            for packet, at, after in zip(samples, ticks[:-1], ticks[1:], strict=True)
        )
        boxes.append(
            _box(
                b"traf",
                _full_box(b"tfhd", 0, _BASE_IS_MOOF, struct.pack(">I", number)),
                _full_box(b"tfdt", 1, 0, struct.pack(">Q", ticks[0])),
                _full_box(b"trun", 0, _TRUN_FLAGS, struct.pack(">II", len(samples), offset), run),
            )
        )
    return boxes


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags), *parts)
