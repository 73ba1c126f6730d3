"""Where pictures and sound go. Each sink has its own thread and its own bounded queue."""

from render.sinks.address import Address, parse_address
from render.sinks.camera import CameraSink
from render.sinks.courier import OnState
from render.sinks.open import Sink, open_sink
from render.sinks.preview import OnChunk, PreviewChunk, PreviewSink

__all__ = [
    "Address",
    "CameraSink",
    "OnChunk",
    "OnState",
    "PreviewChunk",
    "PreviewSink",
    "Sink",
    "open_sink",
    "parse_address",
]
