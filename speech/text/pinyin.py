"""Chinese characters -> pinyin syllables with tones, as the voice takes them."""

import re
from collections.abc import Mapping

from pypinyin import Style, lazy_pinyin

from speech.text.polyphones import context_readings

_SPELLINGS = {"jiong": "jong", "qiong": "qong", "xiong": "xong", "wong": "weng", "ê": "ei",
              "m": "en", "n": "en", "ng": "en", "hm": "hen", "hng": "heng"}  # fmt: skip
"""Syllables that espeak-ng's pinyin voice would take for English, and what it says the same."""

# 一 keeps its own tone when it counts, orders or ends; otherwise it follows the next syllable.
_FIRST = re.compile(
    r"(?<=第)一|一(?=[号月日楼])|(?<=十)一|(?<=[零一二三四五六七八九幺])一|一(?=[零一二三四五六七八九幺])"
)
_SYLLABLE = re.compile(r"[a-zv]+[1-5]")


class Pinyin:
    """Reads characters in their context; the shop's own readings come first."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        self._readings = {word: tuple(said.split()) for word, said in readings.items()}
        words = sorted(self._readings, key=len, reverse=True)
        self._words = re.compile("|".join(re.escape(word) for word in words) or r"(?!)")

    def read(self, han: str) -> tuple[str, ...]:
        """A syllable for each character as the built-in voice takes it: "da4"."""
        return tuple(_spelled(syllable) for syllable in self.syllables(han))

    def syllables(self, han: str) -> tuple[str, ...]:
        """A syllable for each character as pinyin is written; the tone 5 is the neutral one."""
        said = lazy_pinyin(han, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True)
        if len(said) != len(han):  # a character that counts for more than one syllable
            said = [lazy_pinyin(c, style=Style.TONE3, neutral_tone_with_five=True)[0] for c in han]
        for match in _FIRST.finditer(han):
            said[match.start()] = "yi1"
        for at, reading in context_readings(han):
            said[at] = reading
        for match in self._words.finditer(han):
            syllables = self._readings[match.group()]
            if len(syllables) == len(match.group()):
                said[match.start() : match.end()] = syllables
        return tuple(said)


def _spelled(syllable: str) -> str:
    letters, tone = syllable[:-1], syllable[-1]
    if not tone.isdigit():
        letters, tone = syllable, "5"
    spelled = _SPELLINGS.get(letters, letters).replace("ü", "v") + tone
    return spelled if _SYLLABLE.fullmatch(spelled) else "en5"
