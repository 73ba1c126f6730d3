"""What travels between the room and a speech worker."""

from dataclasses import dataclass
from typing import Final

from core.language import Language
from core.utterance import Utterance
from core.wire import Wire
from speech.prosody import Mark


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker can speak."""

    voice: str
    languages: tuple[Language, ...]
    device: str
    # where it computes: cpu, cuda, server
    realtime_factor: float
    # seconds of work for a second of sound, as measured while it made ready


@dataclass(frozen=True, slots=True)
class Speak:
    """Say a line, or what is left of it; one part is answered, the next is asked for anew."""

    request_id: int
    line_id: str
    text: str
    # the whole line
    language: Language
    rate_per_min: float | None = None
    # characters (zh, yue, ja, ko) or words, None for the voice's own
    start: int = 0
    # offset of the phrase to begin with
    marks: tuple[Mark, ...] = ()
    # emotions and emphasis; offsets into the line's text
    hurry: bool = False
    # somebody waits: a voice that makes lines whole gives their beginning first


@dataclass(frozen=True, slots=True)
class Spoken:
    """A request's sound."""

    request_id: int
    utterance: Utterance
    took_ms: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that could not be spoken, or with request_id 0 a worker that cannot start."""

    request_id: int
    line_id: str
    message: str
    retryable: bool


@dataclass(frozen=True, slots=True)
class Pulse:
    """The process lives. A few times a second, whatever it is busy with."""


REQUESTS: Final = Wire([Speak])
REPLIES: Final = Wire([Ready, Spoken, Failed, Pulse])
