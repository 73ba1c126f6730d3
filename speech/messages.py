"""What travels between the room and the speech worker."""

from dataclasses import dataclass
from typing import Final

from core.language import Language
from core.utterance import Utterance
from core.wire import Wire
from speech.prosody import Mark


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker can speak."""

    voices: tuple[str, ...]
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class Speak:
    """Say this."""

    request_id: int
    line_id: str
    text: str
    language: Language
    voice: str
    rate_per_min: float | None = None
    # characters (zh, yue, ja, ko) or words, None for the voice's own
    marks: tuple[Mark, ...] = ()
    # emotions and emphasis; offsets into the line's text


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


REQUESTS: Final = Wire([Speak])
REPLIES: Final = Wire([Ready, Spoken, Failed])
