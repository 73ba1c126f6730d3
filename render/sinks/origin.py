"""A sink's own time line."""

from dataclasses import replace
from fractions import Fraction

from render.packet import Packet


class Origin:
    """Shifts packets so that the first key frame lies at 0 s, its sound with it.

    Each connection and each file has its own: sound and picture are anchored to the same moment,
    so they cannot part when a connection is made anew. Of the sound the first 21 ms fade in, for
    the AAC packet before them, which a decoder mixes with them, lies before the origin.
    """

    def __init__(self) -> None:
        self._start_s: Fraction | None = None

    def shift(self, packet: Packet) -> Packet | None:
        """The packet on this time line; None before the first key frame, and for earlier sound."""
        if self._start_s is None:
            if packet.kind != "video" or not packet.keyframe:
                return None
            self._start_s = packet.time_s
        if packet.time_s < self._start_s:
            return None
        start = self._start_s / packet.time_base
        return replace(packet, pts=round(packet.pts - start), dts=round(packet.dts - start))
