"""A recording: MP4 that can be read whatever ends it."""

import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from core.errors import SinkError
from render.packet import StreamInfo
from render.sinks.muxer import Muxer

log = logging.getLogger(__name__)

FRAGMENT_BYTES: Final = 4 * 2**20
# a fragment of two seconds fits, so it reaches the disk in one piece


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
        file = RecordingFile(path)
    except OSError as error:
        raise SinkError(
            f"{error.strerror}: name a place where this user may write", sink=shown, retryable=False
        ) from error
    return Muxer(
        file,
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


class RecordingFile:
    """A file that, when the disk is full, is cut back to its last whole fragment and left alone.

    Players refuse an MP4 whose last box is not whole. Once closed by an error it takes no more,
    and PyAV, which looks at `closed`, does not try to end it.
    """

    buffer_bytes = FRAGMENT_BYTES

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=0)

    @property
    def closed(self) -> bool:
        return self._file.closed

    def write(self, data: bytes) -> int:
        start, left = self._file.tell(), memoryview(data)
        try:
            while left:
                left = left[self._file.write(left) :]
        except OSError:
            with suppress(OSError):  # a device cannot be cut
                self._file.truncate(start)
            self._file.close()
            raise
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()


def _keep_old(path: Path) -> None:
    """Last night's recording is evidence: a room that starts again must not overwrite it."""
    if not path.is_file() or path.stat().st_size == 0:
        return
    n = 1
    while (kept := path.with_name(f"{path.stem}.{n}{path.suffix}")).exists():
        n += 1
    path.rename(kept)
    log.info("an earlier recording was kept", extra={"kept_as": str(kept)})
