"""The espeak-ng library through ctypes: text -> 22.05 kHz sound with phone and word events.

espeak-ng is GPL-3.0 and keeps global state, so this module is used in the worker process alone.
The calls and structures follow speak_lib.h of espeak-ng 1.51 and 1.52.
"""

import ctypes
import ctypes.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Int16

from core.errors import ProviderError

RATE_HZ: Final = 22_050

_SYNCHRONOUS = 2
_PHONEME_EVENTS, _PHONEME_IPA, _DO_NOT_EXIT = 1, 2, 0x8000
_UTF8 = 1
_RATE, _PITCH, _RANGE = 1, 3, 4
_END_OF_LIST, _WORD, _PHONEME = 0, 1, 7

MISSING: Final = (
    "the built-in voice needs the espeak-ng library: pip install espeakng-loader"
    " (in this environment: pip install 'presenter[espeak]') or apt-get install libespeak-ng1"
)


class _Id(ctypes.Union):
    _fields_ = (
        ("number", ctypes.c_int),
        ("name", ctypes.c_char_p),
        ("string", ctypes.c_char * 8),
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event)
)


@dataclass(frozen=True, slots=True)
class PhoneEvent:
    """A sound begins."""

    name: str
    sample: int


@dataclass(frozen=True, slots=True)
class WordEvent:
    """A word begins."""

    offset: int
    # into the text given
    sample: int


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """What the library made of a text."""

    samples: Int16[np.ndarray, " samples"]
    # mono, 22.05 kHz
    phones: tuple[PhoneEvent, ...]
    words: tuple[WordEvent, ...]


class Espeak:
    """The one instance of the library in this process. Not for use from two threads.

    Raises:
        ProviderError: neither espeakng_loader's library nor the system's can be used.
    """

    def __init__(self) -> None:
        path, data = _find_library()
        try:
            self.library = ctypes.CDLL(path)
        except OSError as error:
            raise ProviderError(f"{MISSING}: {error}", retryable=False) from error
        options = _PHONEME_EVENTS | _PHONEME_IPA | _DO_NOT_EXIT
        rate = self.library.espeak_Initialize(_SYNCHRONOUS, 0, data, options)
        if rate != RATE_HZ:
            raise ProviderError(
                f"espeak-ng at {path} cannot read its data (it answered {rate}): {MISSING}",
                retryable=False,
            )
        self._pcm = bytearray()
        self._phones: list[PhoneEvent] = []
        self._words: list[WordEvent] = []
        self._callback = _Callback(self._collect)

    def use_voice(self, name: str) -> None:
        """Speak with one of the library's own voices from now on: "ja+f5"."""
        if self.library.espeak_SetVoiceByName(name.encode()) != 0:
            raise ProviderError(f"espeak-ng has no voice {name!r}", retryable=False)

    def use_voice_file(self, path: Path) -> None:
        """Speak with a voice described in a file from now on."""
        # by its descriptor: the library refuses a path of more than some 60 characters
        with path.open("rb") as file:
            short = f"/proc/self/fd/{file.fileno()}"
            if self.library.espeak_ng_SetVoiceByFile(short.encode()) != 0:
                raise ProviderError(f"espeak-ng refuses the voice file {path}", retryable=False)

    def speak(self, text: str, *, words_per_min: int, pitch: int, pitch_range: int) -> Speech:
        """The sound of a text; rate, pitch and range in the library's own scales.

        Raises:
            ProviderError: the library failed.
        """
        # each time: the library holds one bare address, which may be that of an instance gone since
        self.library.espeak_SetSynthCallback(self._callback)
        for parameter, value in ((_RATE, words_per_min), (_PITCH, pitch), (_RANGE, pitch_range)):
            self.library.espeak_SetParameter(parameter, value, 0)
        self._pcm = bytearray()
        self._phones, self._words = [], []
        encoded = text.encode() + b"\0"
        status = self.library.espeak_Synth(encoded, len(encoded), 0, 1, 0, _UTF8, None, None)
        if status != 0 or self.library.espeak_Synchronize() != 0:
            raise ProviderError(f"espeak-ng failed with status {status}", retryable=True)
        samples = np.frombuffer(bytes(self._pcm), np.int16)
        return Speech(samples, tuple(self._phones), tuple(self._words))

    def _collect(self, wav: Any, count: int, events: Any) -> int:
        if wav and count > 0:
            self._pcm += ctypes.string_at(wav, count * 2)
        index = 0
        while (event := events[index]).type != _END_OF_LIST:
            if event.type == _PHONEME:
                name = event.id.string.decode("utf-8", "ignore")
                self._phones.append(PhoneEvent(name, event.sample))
            elif event.type == _WORD:
                self._words.append(WordEvent(event.text_position - 1, event.sample))
            index += 1
        return 0


def _find_library() -> tuple[str, bytes | None]:
    """The library and its data: espeakng_loader's, else the system's."""
    try:
        import espeakng_loader
    except ImportError:
        return ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1", None
    return espeakng_loader.get_library_path(), espeakng_loader.get_data_path().encode()
