"""What can go wrong, as one tree.

PresenterError
├── ConfigError      a room, presenter, scene or policy file: names the file and the key
├── ContentError     a product file or script: names the file, the row or page, and the field
├── ProviderError    a voice, language model or connector failed; says whether to try again
├── MediaError       drawing, sound or encoding failed
└── SinkError        a place we send pictures and sound to is lost, full or refuses

Every message says what is wrong, where, and what to do. Errors of other libraries are translated
once, at the adapter, with `raise ... from`. A `Message` among them
has a Chinese twin (`zh`).
"""

from core.message import Message, in_chinese, joined, spot


class PresenterError(Exception):
    """Anything a person running a room can do something about."""

    @property
    def zh(self) -> str:
        """What it says in Chinese; English where it was made of plain text."""
        return str(in_chinese(self.args[0])) if self.args else ""


class ConfigError(PresenterError):
    """A configuration file cannot be used as it is."""

    def __init__(self, message: str, *, file: str = "", key: str = "") -> None:
        self.message, self.file, self.key = message, file, key
        super().__init__(_where(message, file, key))


class ContentError(PresenterError):
    """A product file, policy or script holds something that cannot be read."""

    def __init__(self, message: str, *, file: str = "", row: str = "", field: str = "") -> None:
        self.message, self.file, self.row, self.field = message, file, row, field
        super().__init__(_where(message, file, spot(row), field))


class ProviderError(PresenterError):
    """A voice, model or connector failed."""

    def __init__(self, message: str, *, retryable: bool) -> None:
        self.retryable = retryable
        super().__init__(message)


class MediaError(PresenterError):
    """Drawing, sound or encoding failed."""


class SinkError(PresenterError):
    """A sink cannot take pictures and sound."""

    def __init__(self, message: str, *, sink: str = "", retryable: bool = True) -> None:
        self.sink, self.retryable = sink, retryable
        super().__init__(_where(message, sink))


def _where(message: str, *parts: str) -> str:
    place = joined(parts)
    return Message("{place}: {message}", place=place, message=message) if place else message
