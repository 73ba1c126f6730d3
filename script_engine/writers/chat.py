"""What a language model is to the writers: text in, text out piece by piece."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, Protocol

from core.errors import ProviderError


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked of a model."""

    system: str
    # the rules; nothing that a viewer or a product file wrote
    user: str
    schema: dict[str, Any]
    # JSON schema the reply must have
    max_tokens: int
    temperature: float = 0.8


class Model(Protocol):
    """A language model, wherever it runs."""

    @property
    def name(self) -> str:
        """As the journal calls it."""
        ...

    def stream(self, request: Request) -> AsyncGenerator[str, None]:
        """The reply in pieces as they are made; an empty piece says that it is still at work.

        Raises:
            ProviderError: it is not there, refuses, breaks off or sends what is no reply.
        """
        ...

    async def close(self) -> None:
        """Let go of connections and memory."""
        ...


class BusyError(ProviderError):
    """A server asks to be left alone for a while."""

    def __init__(self, message: str, *, after_s: float) -> None:
        self.after_s = after_s
        super().__init__(message, retryable=True)
