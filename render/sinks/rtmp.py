"""A live push to a platform."""

from typing import Final

from render.packet import StreamInfo
from render.sinks.muxer import Muxer

STALL_S: Final = 10
# a server that takes nothing for so long is given up: without it a cut line hangs for 15 minutes


def open_rtmp(url: str, info: StreamInfo, shown: str) -> Muxer:
    """A connection that publishes.

    Raises:
        SinkError: the server cannot be reached or refuses.
    """
    # PyAV opens an address without options for the protocol, so no time limit could be set.
    # FFmpeg's tee container, here with one leg, hands them on.
    leg = {
        "f": "flv",
        "flvflags": "no_duration_filesize",
        "max_interleave_delta": "500000",
        "rw_timeout": str(STALL_S * 1_000_000),
    }
    address = f"[{':'.join(f'{key}={value}' for key, value in leg.items())}]{_escaped(url)}"
    return Muxer(address, "tee", info, shown=shown, options={}, retryable=True)


def _escaped(url: str) -> str:
    """The tee container reads these three characters as its own."""
    return url.replace("\\", "\\\\").replace("'", "\\'").replace("|", "\\|")
