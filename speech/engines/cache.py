"""Sounds that were made already, on disk: bounded, shared between processes, safe to delete."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from speech.engines.voice import Sound, SoundPhone, SoundWord

LIMIT_BYTES: Final = 512 * 2**20
"""About three hours of speech."""
_ROOM_MADE = 0.9
# of the limit: what is left when the oldest were deleted
_DIGEST = 32


class _Kept(msgspec.Struct):
    key: str
    rate_hz: int
    pcm: bytes
    # 16-bit little-endian
    phones: tuple[SoundPhone, ...]
    words: tuple[SoundWord, ...]


class SoundCache:
    """A folder of sounds by key; the least lately used go first when it grows too big."""

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self._folder, self._limit = folder, limit_bytes
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(_Kept).decode
        self._grown = self._limit
        # bytes written since sizes were last counted; at first they are not known

    def get(self, key: str) -> Sound | None:
        """The sound, or None when it is not there, damaged or unreadable."""
        path = self._path(key)
        try:
            data = path.read_bytes()
            digest, body = data[:_DIGEST], data[_DIGEST:]
            if hashlib.sha256(body).digest() != digest:
                raise ValueError("damaged")
            kept = self._decode(body)
            if kept.key != key:
                return None
            os.utime(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, msgspec.DecodeError):
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        samples = np.frombuffer(kept.pcm, "<i2").astype(np.float32) / 32767
        return Sound(samples, kept.rate_hz, kept.phones, kept.words)

    def put(self, key: str, sound: Sound) -> None:
        """Keep a sound; a full or read-only disk is no error, it is only not kept then."""
        pcm = np.round(np.clip(sound.samples, -1, 1) * 32767).astype("<i2").tobytes()
        body = self._encode(_Kept(key, sound.rate_hz, pcm, sound.phones, sound.words))
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as file:
                file.write(hashlib.sha256(body).digest() + body)
            Path(file.name).replace(path)
            self._grown += len(body) + _DIGEST
            if self._grown > (1 - _ROOM_MADE) * self._limit:
                self._make_room()
        except OSError:
            return

    def _make_room(self) -> None:
        found = []
        for path in self._folder.glob("*/*"):
            try:
                status = path.stat()
            except FileNotFoundError:  # another process was quicker
                continue
            found.append((status.st_mtime_ns, status.st_size, path))
        total = sum(size for _, size, _ in found)
        self._grown = 0
        if total <= self._limit:
            return
        for _, size, path in sorted(found):
            path.unlink(missing_ok=True)
            total -= size
            if total <= _ROOM_MADE * self._limit:
                return

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:]}.sound"
