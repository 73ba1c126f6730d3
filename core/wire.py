"""Values as bytes, for the pipes between processes.

A message is four bytes of length (big-endian) and MessagePack of [type name, value]. Arrays travel
as [dtype, shape, bytes]. Each pipe names the value types it carries; anything else is refused.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Protocol

import msgspec
import numpy as np

from core.errors import MediaError

MAX_BYTES = 64 * 2**20


class AsyncReader(Protocol):
    """What of asyncio.StreamReader is needed here."""

    async def readexactly(self, n: int, /) -> bytes: ...


class Wire:
    """Encodes and decodes the value types one pipe carries."""

    def __init__(self, types: Iterable[type]) -> None:
        self._decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {
            kind.__name__: msgspec.msgpack.Decoder(kind, dec_hook=_decode_array) for kind in types
        }
        self._encoder = msgspec.msgpack.Encoder(enc_hook=_encode_array)
        self._envelope = msgspec.msgpack.Decoder(tuple[str, msgspec.Raw])

    def encode(self, value: object) -> bytes:
        name = type(value).__name__
        if name not in self._decoders:
            raise TypeError(f"this pipe carries {sorted(self._decoders)}, not {name}")
        body = self._encoder.encode((name, value))
        if len(body) > MAX_BYTES:
            raise MediaError(f"a {name} of {len(body)} bytes is over the limit of {MAX_BYTES}")
        return struct.pack(">I", len(body)) + body

    def decode(self, body: bytes) -> Any:
        name, raw = self._envelope.decode(body)
        if name not in self._decoders:
            raise TypeError(f"this pipe carries {sorted(self._decoders)}, not {name}")
        return self._decoders[name].decode(raw)

    def read(self, stream: BinaryIO) -> Any:
        """The next value, or None at the end of the stream."""
        head = stream.read(4)
        if len(head) < 4:
            return None
        size = _size(head)
        body = stream.read(size)
        return self.decode(body) if len(body) == size else None

    def each(self, stream: BinaryIO) -> Iterator[Any]:
        """Values until the end of the stream."""
        while (value := self.read(stream)) is not None:
            yield value

    async def receive(self, stream: AsyncReader) -> Any:
        """The next value; asyncio.IncompleteReadError at the end of the stream."""
        return self.decode(await stream.readexactly(_size(await stream.readexactly(4))))


def _size(head: bytes) -> int:
    size: int = struct.unpack(">I", head)[0]
    if size > MAX_BYTES:
        raise MediaError(f"a message of {size} bytes: something else wrote into the pipe")
    return size


def _encode_array(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return (value.dtype.str, value.shape, np.ascontiguousarray(value).tobytes())
    raise TypeError(f"{type(value).__name__} cannot travel between processes")


def _decode_array(kind: type, value: Any) -> Any:
    dtype, shape, data = value
    return np.frombuffer(data, np.dtype(dtype)).reshape(shape)
