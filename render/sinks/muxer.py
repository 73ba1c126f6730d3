"""Packets into one of FFmpeg's containers."""

import errno
import io
from fractions import Fraction
from typing import Any, Protocol

import av

from core.errors import SinkError
from render.packet import Packet, StreamInfo
from render.sinks.origin import Origin


class Target(Protocol):
    """A file as FFmpeg wants it."""

    @property
    def buffer_bytes(self) -> int: ...

    def write(self, data: bytes) -> int: ...

    def seek(self, offset: int, whence: int = 0) -> int: ...

    def tell(self) -> int: ...

    def close(self) -> None: ...


class Muxer:
    """One container, written until it is closed. Its time line begins with its first key frame."""

    def __init__(
        self,
        target: str | Target,
        format_name: str,
        info: StreamInfo,
        *,
        shown: str,
        options: dict[str, str],
        metadata: dict[str, str] | None = None,
        retryable: bool,
    ) -> None:
        self._shown, self._retryable = shown, retryable
        self._origin = Origin()
        self._target = target
        try:
            self._container: Any = av.open(
                target,
                "w",
                format=format_name,
                buffer_size=32768 if isinstance(target, str) else target.buffer_bytes,
                # Sound does not wait in the container for pictures that were skipped.
                options={"max_interleave_delta": "500000", **options},
            )
            self._container.metadata.update(metadata or {})
            with av.open(io.BytesIO(info.header)) as template:
                self._streams = {
                    stream.type: self._container.add_stream_from_template(stream, opaque=True)
                    for stream in template.streams
                }
            self._streams["video"].codec_context.framerate = Fraction(info.fps)
            self._container.start_encoding()
        except (av.error.FFmpegError, OSError) as error:
            raise self._translated(error) from error

    def write(self, packet: Packet) -> None:
        shifted = self._origin.shift(packet)
        if shifted is None:
            return
        out: Any = av.Packet(shifted.data)
        out.pts, out.dts, out.duration = shifted.pts, shifted.dts, shifted.duration
        out.time_base, out.is_keyframe = shifted.time_base, shifted.keyframe
        out.stream = self._streams[shifted.kind]
        try:
            self._container.mux_one(out)
        except (av.error.FFmpegError, OSError) as error:
            raise self._translated(error) from error

    def close(self) -> None:
        try:
            self._container.close()
        except (av.error.FFmpegError, OSError) as error:
            raise self._translated(error) from error
        finally:
            if not isinstance(self._target, str):
                self._target.close()

    def _translated(self, error: av.error.FFmpegError | OSError) -> SinkError:
        """In words, without the address: FFmpeg's own message would show the stream key."""
        reason = error.strerror or type(error).__name__
        ended = isinstance(error, av.error.EOFError)
        advice = "the server hung up" if ended else _ADVICE.get(error.errno or 0)
        message = f"{reason}: {advice}" if advice else reason
        return SinkError(message, sink=self._shown, retryable=self._retryable)


_ADVICE = {
    errno.ENOSPC: "make room on the disk or name a file on another one, then start the sink again",
    errno.EFBIG: "the file has reached the largest size allowed here (ulimit -f); name another",
    errno.EACCES: "this user may not write there; name another place or change its owner",
    errno.EROFS: "the disk is read-only; name another place",
    errno.EISDIR: "that is a folder; name a file in it",
    errno.ECONNREFUSED: "nothing listens there; check the host and port, and that the server runs",
    errno.ETIMEDOUT: "the server no longer answers; check the network",
    errno.EPIPE: "the server hung up",
    errno.ECONNRESET: "the server hung up",
    errno.EIO: "the server refused; check the application and the stream key",
}
