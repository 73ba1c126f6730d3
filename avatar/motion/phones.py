"""Phones in IPA as what the mouth does: a few visemes each, and whether lips or teeth must meet.

The tables hold every symbol espeak-ng gives for Mandarin (its own ASCII habits: "ts.h" for an
aspirated retroflex, "o-" for the vowel of 哥) and English; any other IPA letter falls back to its
class of articulation.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, Literal

import numpy as np

from avatar.motion.visemes import DOMINANCE, VISEME_INDEX, VISEMES

Contact = Literal["", "lips", "teeth"]


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A stretch of a phone with one shape of the mouth."""

    mixture: np.ndarray
    # (15,), sums to 1
    dominance: np.ndarray
    # (articulators,)
    share: float
    # of the phone's time
    contact: Contact
    vowel: bool


# Each entry is a run of mouth shapes; "ou+ih" is half and half.
_MANDARIN: Final[dict[str, str]] = {
    # initials
    "p": "PP", "ph": "PP", "m": "PP", "f": "FF", "t": "DD", "th": "DD", "n": "nn", "l": "DD",
    "k": "kk", "kh": "kk", "χ": "kk", "tɕ": "SS+ih", "tɕh": "SS+ih", "ɕ": "SS+ih",
    "ts.": "CH+SS", "ts.h": "CH+SS", "s.": "CH+SS", "ʐ": "RR", "ts": "SS", "tsh": "SS", "s": "SS",
    "j": "ih", "w": "ou",
    # finals
    "ɑ": "aa", "a": "aa", "o": "oh", "o-": "E+kk", "ə": "E+kk", "i": "ih", "i.": "RR+SS",
    "i̪": "SS+ih", "u": "ou", "y": "ou+ou+ih", "ai": "aa aa ih", "ei": "E E ih", "ɑu": "aa aa ou",
    "ou": "oh oh ou", "iɑ": "ih aa aa", "iɛ": "ih E E", "io": "ih oh oh", "iou": "ih oh ou",
    "iɑu": "ih aa ou", "ua": "ou aa aa", "uɑ": "ou aa aa", "uo": "ou oh oh", "uai": "ou aa ih",
    "uei": "ou E ih", "uə": "ou E+kk E+kk", "yɛ": "ou+ou+ih E E", "yæ": "ou+ou+ih E E",
    "yə": "ou+ou+ih E+kk", "yi": "ou+ou+ih ih", "ər": "E+kk RR", "onɡ": "oh+ou oh+ou kk",
    "ŋ": "kk", "ŋ-": "kk", "ê": "E",
}  # fmt: skip

_ENGLISH: Final[dict[str, str]] = {
    "b": "PP", "v": "FF", "θ": "TH", "ð": "TH", "d": "DD", "ɾ": "DD", "ɡ": "kk", "g": "kk",
    "h": "kk", "ʔ": "kk", "x": "kk", "z": "SS", "ʃ": "CH", "ʒ": "CH", "tʃ": "CH", "dʒ": "CH",
    "ɹ": "RR", "r": "RR", "ɫ": "DD",
    "æ": "aa+E", "ʌ": "aa+E", "ɐ": "aa+E", "ɒ": "aa+oh", "ɔ": "oh", "ɛ": "E", "e": "E",
    "ɜ": "E+RR", "ɝ": "E+RR", "ɚ": "E+RR", "ɪ": "ih", "ᵻ": "ih", "ʊ": "ou+oh",
    "aɪ": "aa aa ih", "eɪ": "E E ih", "ɔɪ": "oh oh ih", "aʊ": "aa aa ou", "oʊ": "oh oh ou",
    "əʊ": "E+kk E+kk ou", "iə": "ih E+kk", "eə": "E E+kk", "ʊə": "ou+oh E+kk",
}  # fmt: skip

# Any other IPA letter, by what the lips and jaw do.
_CLASSES: Final[dict[str, str]] = {
    "ɓʙ": "PP", "ɱⱱʋɸβ": "FF", "ɗʈɖɭɬɮɺɽɻʎʟ": "DD", "ɳɲɴ": "nn",
    "cqɟɢʛɠɣʁħʕɦçʝʜʢɰʄ": "kk", "ʂʑɧ": "CH", "ʍɥʷ": "ou", "ʀⱹ": "RR",
    "ɶäạ": "aa", "ɘɤɵəɞ": "E+kk", "ɨɯʏ": "ih", "ø": "oh+ih", "œ": "oh+E", "ʉü": "ou",
    "ɩ": "ih", "ɷ": "ou",
}  # fmt: skip

_TABLE: Final[dict[str, str]] = {
    **{letter: shapes for letters, shapes in _CLASSES.items() for letter in letters},
    **_MANDARIN,
    **_ENGLISH,
}
_LONGEST: Final = max(map(len, _TABLE))
_LIPS: Final = frozenset("pbmɓʙ")
_TEETH: Final = frozenset("fvɱⱱʋ")
_VOWELS: Final = frozenset("aeiouyæɑɒɐʌɔɛəɜɝɚɪᵻʊɶäạɘɤɵɞɨɯʏøœʉüɩɷê")
_MARKS: Final = str.maketrans("", "", "ˈˌː\u02d1\u0361\u035c'`,|‖_ʰʱʲˠˤ~^˞˥˦˧˨˩0123456789")
_NEUTRAL: Final = "E+kk"


@lru_cache(maxsize=1024)
def sounds_of(symbol: str) -> tuple[Sound, ...]:
    """What the mouth does for a phone; () for silence and for marks that are no sound.

    Takes any text: stress and tone marks are passed over, an unknown letter is a neutral vowel.
    """
    if symbol.startswith("(") and symbol.endswith(")"):
        return ()  # espeak's mark of a change of language
    out: list[Sound] = []
    rest = unicodedata.normalize("NFC", symbol).translate(_MARKS)
    while rest:
        piece = next(
            (rest[:n] for n in range(min(_LONGEST, len(rest)), 0, -1) if rest[:n] in _TABLE), None
        )
        if piece is not None:
            out += _sounds(piece, _TABLE[piece])
        elif rest[0].isalpha():
            base = unicodedata.normalize("NFD", rest[0])[0]
            out += _sounds(base, _TABLE.get(base.lower(), _NEUTRAL))
        rest = rest[len(piece or rest[0]) :]
    total = sum(sound.share for sound in out)
    return tuple(Sound(s.mixture, s.dominance, s.share / total, s.contact, s.vowel) for s in out)


def _sounds(letters: str, shapes: str) -> list[Sound]:
    out: list[Sound] = []
    for run, repeats in ((run, len(list(group))) for run, group in groupby(shapes.split())):
        mixture = np.zeros(len(VISEMES))
        for viseme in run.split("+"):
            mixture[VISEME_INDEX[viseme]] += 1
        mixture /= mixture.sum()
        contact: Contact = ""
        if not out and letters[0] in _LIPS:
            contact = "lips"
        elif not out and letters[0] in _TEETH:
            contact = "teeth"
        vowel = letters[0] in _VOWELS and run != "kk"
        out.append(Sound(mixture, mixture @ DOMINANCE, float(repeats), contact, vowel))
    return out
