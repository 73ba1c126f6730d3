"""A recording: MP4 that can be read after a power cut."""

import logging
from pathlib import Path

from core.errors import SinkError
from render.packet import StreamInfo
from render.sinks.muxer import Muxer

log = logging.getLogger(__name__)


def open_file(path: Path, info: StreamInfo, shown: str) -> Muxer:
    """A new MP4 file. One that is already there is kept under another name.

    Written in fragments, each complete on disk; closed cleanly it becomes an ordinary MP4.
    The AI label is in the metadata under the key AIGC.

    Raises:
        SinkError: the file cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _keep_old(path)
    except OSError as error:
        raise SinkError(
            f"{error.strerror}: name a place where this user may write", sink=shown, retryable=False
        ) from error
    return Muxer(
        str(path),
        "mp4",
        info,
        shown=shown,
        options={
            "movflags": "hybrid_fragmented+frag_keyframe+use_metadata_tags",
            "flush_packets": "1",
        },
        metadata={"AIGC": info.label},
        retryable=False,
    )


def _keep_old(path: Path) -> None:
    """Last night's recording is evidence: a room that starts again must not overwrite it."""
    if not path.is_file() or path.stat().st_size == 0:
        return
    n = 1
    while (kept := path.with_name(f"{path.stem}.{n}{path.suffix}")).exists():
        n += 1
    path.rename(kept)
    log.info("an earlier recording was kept", extra={"kept_as": str(kept)})
