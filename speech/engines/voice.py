"""What every voice does, and what a synthesiser behind `PhraseVoice` has to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float32

from core.language import Language
from core.utterance import Utterance
from speech.messages import Speak

REHEARSAL: Final[dict[Language, str]] = {
    "zh": "大家晚上好，欢迎来到直播间。", "en": "Good evening everyone, and welcome.",
    "yue": "大家晚上好，歡迎嚟到直播間。", "ja": "こんばんは、ようこそ。", "ko": "안녕하세요.",
    "de": "Guten Abend, und herzlich willkommen.", "fr": "Bonsoir à tous, et bienvenue.",
    "es": "Buenas noches, y bienvenidos.",
}  # fmt: skip
"""Said unheard while a voice makes ready."""


@runtime_checkable
class Voice(Protocol):
    """Lines -> sound with the time of each phone. Belongs to one thread of one process."""

    @property
    def languages(self) -> tuple[Language, ...]: ...

    @property
    def device(self) -> str:
        """Where it computes: cpu, cuda or server."""
        ...

    def rehearse(self) -> float:
        """Speak unheard, so that the first real line is quick; returns how many seconds it said.

        Raises:
            ProviderError: it cannot speak.
        """
        ...

    def speak(self, request: Speak) -> Iterator[Utterance]:
        """The line from `request.start` on, part by part, each made when it is asked for.

        The parts' phrases cover the text without a gap; the last part's `is_last` is true.

        Raises:
            ProviderError: not retryable when there is nothing to say or it cannot say this;
                retryable when the engine failed.
        """
        ...

    def close(self) -> None:
        """End what it started."""
        ...


@dataclass(frozen=True, slots=True)
class SoundPhone:
    """A phone in IPA, in seconds of the sound it belongs to; "" is silence."""

    symbol: str
    start_s: float
    end_s: float
    stress: int = 0


@dataclass(frozen=True, slots=True)
class SoundWord:
    """A stretch of the text that was said, in seconds of the sound."""

    text_start: int
    text_end: int
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """What a synthesiser made: sound, and as much of its timing as it knows."""

    samples: Float32[np.ndarray, " samples"]
    # mono, -1 to 1
    rate_hz: int
    phones: tuple[SoundPhone, ...] = ()
    # empty: not known
    words: tuple[SoundWord, ...] = ()
    # empty: not known


@runtime_checkable
class Synthesiser(Protocol):
    """An engine that turns one phrase at a time into sound."""

    @property
    def languages(self) -> tuple[Language, ...]: ...

    @property
    def device(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same words would sound different."""
        ...

    def say(self, text: str, language: Language, speed: float) -> Iterator[Sound]:
        """A phrase, in one piece or, from an engine that streams, in several to be joined.

        Args:
            text: words; signs and numbers are spelled out already.
            speed: 1 is the engine's own pace, 2 twice as fast.

        Raises:
            ProviderError: it failed.
        """
        ...

    def close(self) -> None:
        """End what it started."""
        ...
