"""espeak-ng's phoneme names -> IPA with stress apart."""

import re
from typing import Final

_STRESS: Final = {"ˈ": 1, "ˌ": 2}
_MARKER = re.compile(r"\([a-z-]*\)")

# What espeak-ng writes with letters only, mostly for Mandarin: one or two IPA symbols with their
# share of the time.
_SYMBOLS: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "ph": (("pʰ", 1.0),), "th": (("tʰ", 1.0),), "kh": (("kʰ", 1.0),),
    "tɕh": (("tɕʰ", 1.0),), "tsh": (("tsʰ", 1.0),),
    "ts.": (("ʈʂ", 1.0),), "ts.h": (("ʈʂʰ", 1.0),), "s.": (("ʂ", 1.0),),
    "χ": (("x", 1.0),), "ŋ-": (("ŋ", 1.0),),
    "i.": (("ʐ̩", 1.0),), "i̪": (("z̩", 1.0),), "o-": (("ɤ", 1.0),),
    "onɡ": (("ʊ", 0.55), ("ŋ", 0.45)), "ong": (("ʊ", 0.55), ("ŋ", 0.45)),
}  # fmt: skip

_CLOSED: Final = frozenset("pbtdkɡʈʔ")


def parse_symbol(name: str) -> tuple[tuple[tuple[str, float], ...], int]:
    """IPA symbols with their shares of the event's time, and the stress (0, 1 or 2).

    Nothing for a marker such as "(en)", which only says that the language changes.
    """
    if _MARKER.fullmatch(name):
        return (), 0
    stress = _STRESS.get(name[:1], 0)
    symbol = name[1:] if stress else name
    return _SYMBOLS.get(symbol, ((symbol, 1.0),)), stress


def begins_closed(symbol: str) -> bool:
    """Whether the sound begins with a closure that is silent: stops and affricates."""
    return symbol[:1] in _CLOSED


def is_vowel(symbol: str) -> bool:
    """Whether the sound carries a tone."""
    return (bool(symbol) and symbol[0] in "aɑɐæəɚɛeɜɤiɪᵻoɔuʊʌyø") or symbol in ("ʐ̩", "z̩")
