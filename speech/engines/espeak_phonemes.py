"""Phonemes for Coqui models from the espeak-ng library, where no espeak-ng program is installed.

coqui-tts runs the program; the wheel espeakng-loader brings the library only. Both give the same
phonemes. Imported in a worker process alone, and only for models that were trained on espeak's.
"""

import ctypes
import re
import shutil
from typing import Any

from core.errors import ProviderError
from speech.espeak import Espeak

_UTF8 = 1
_IPA = 2
_SEPARATOR = ord("_") << 8
_LANGUAGE_FLAG = re.compile(r"\(.+?\)")
_SAME: dict[str, str] = {"en": "en-us", "zh-cn": "cmn-latn-pinyin", "cmn": "cmn-latn-pinyin"}
"""What models call a language -> what the library calls it. Its "cmn" of 1.51 spells pinyin."""


class Phonemes:
    """The library as a maker of phonemes."""

    def __init__(self) -> None:
        self._espeak = Espeak()
        self._library = self._espeak.library
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def of(self, text: str, language: str) -> str:
        """IPA with "_" between the phonemes of a word and " " between words."""
        self._espeak.use_voice(_SAME.get(language, language))
        left = ctypes.c_char_p(text.encode())
        found = []
        while left.value:
            clause = self._library.espeak_TextToPhonemes(
                ctypes.byref(left), _UTF8, _IPA | _SEPARATOR
            )
            found.append(_LANGUAGE_FLAG.sub("", clause.decode()).strip())
        return "".join(found)


def install() -> None:
    """Give coqui-tts these phonemes under the name of its own, unless the program is there."""
    if shutil.which("espeak-ng") or shutil.which("espeak"):
        return
    from TTS.tts.utils.text import phonemizers
    from TTS.tts.utils.text.phonemizers.base import BasePhonemizer
    from TTS.tts.utils.text.punctuation import Punctuation

    made: list[Phonemes] = []

    class LibraryEspeak(BasePhonemizer):  # type: ignore[misc]
        def __init__(
            self,
            language: str,
            punctuations: str = Punctuation.default_puncs(),
            keep_puncs: bool = True,
            **_: Any,
        ) -> None:
            super().__init__(language, punctuations=punctuations, keep_puncs=keep_puncs)

        @staticmethod
        def name() -> str:
            return "espeak"

        @classmethod
        def is_available(cls) -> bool:
            return True

        def version(self) -> str:
            return "library"

        @staticmethod
        def supported_languages() -> dict[str, str]:
            return {}

        def _init_language(self, language: str) -> str:
            return language  # the library says it when it has no such voice

        def _phonemize(self, text: str, separator: str = "") -> str:
            if not made:
                made.append(Phonemes())
            return made[0].of(text, self._language).replace("_", separator)

    try:
        phonemizers._register_phonemizers()  # before ours, which it would overwrite
    except AttributeError as error:
        raise ProviderError("coqui-tts 0.28 is needed", retryable=False) from error
    phonemizers.PHONEMIZERS["espeak"] = LibraryEspeak
