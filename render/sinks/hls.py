"""A folder that a web server can hand out as live video."""

from pathlib import Path

from core.errors import SinkError
from render.packet import StreamInfo
from render.sinks.muxer import Muxer

PLAYLIST = "live.m3u8"


def open_hls(folder: Path, info: StreamInfo, shown: str) -> Muxer:
    """The playlist live.m3u8 and its last eight segments.

    Raises:
        SinkError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SinkError(
            f"{error.strerror}: name a folder where this user may write",
            sink=shown,
            retryable=False,
        ) from error
    return Muxer(
        str(folder / PLAYLIST),
        "hls",
        info,
        shown=shown,
        options={
            "hls_time": "2",
            "hls_list_size": "8",
            "hls_flags": "delete_segments+independent_segments+temp_file",
            "hls_segment_type": "fmp4",
            "hls_segment_filename": str(folder / "part%06d.m4s"),
        },
        retryable=False,
    )
