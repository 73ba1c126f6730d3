"""Which capitals are spelled letter by letter: USB and AHA are, SALE and NASA are words."""

import re
from typing import Final

_ONSETS: Final = frozenset({
    "b", "bl", "br", "c", "ch", "chr", "cl", "cr", "d", "dr", "dw", "f", "fl", "fr", "g", "gh",
    "gl", "gn", "gr", "h", "j", "k", "kl", "kn", "kr", "l", "m", "n", "p", "ph", "phr", "pl",
    "pr", "ps", "qu", "r", "rh", "s", "sc", "sch", "scr", "sh", "shr", "sk", "sl", "sm", "sn",
    "sp", "spl", "spr", "squ", "st", "str", "sv", "sw", "t", "th", "thr", "tr", "ts", "tw", "v",
    "w", "wh", "wr", "x", "y", "z",
}) | {""}  # fmt: skip
_CODAS: Final = frozenset({
    "b", "ch", "ck", "cks", "ct", "cts", "d", "ds", "f", "ff", "ffs", "ft", "fts", "g", "gs",
    "gh", "ght", "ghts", "k", "ks", "l", "ld", "lds", "ll", "lls", "lf", "lk", "lks", "lm",
    "lp", "lps", "lt", "lts", "lth", "m", "mp", "mps", "ms", "n", "nd", "nds", "ng", "ngs",
    "nk", "nks", "ns", "nt", "nts", "nth", "p", "ps", "pt", "pts", "r", "rd", "rds", "rf", "rk",
    "rks", "rl", "rls", "rm", "rms", "rn", "rns", "rp", "rps", "rs", "rst", "rt", "rts", "rth",
    "s", "sh", "sk", "sks", "sm", "sp", "ss", "st", "sts", "t", "ts", "tch", "th", "ths", "tt",
    "v", "w", "ws", "wn", "wl", "wd", "x", "xt", "y", "ys", "z", "zz", "c", "rch", "nch",
}) | {""}  # fmt: skip
_VOWEL_RUN = re.compile(r"[AEIOUY]+")

_COMMON: Final = frozenset({
    "A", "ACE", "ACT", "ADD", "AGE", "AGO", "AID", "AIR", "ALL", "AM", "AN", "AND", "ANY",
    "APT", "ARE", "ARM", "ART", "AS", "ASK", "AT", "ATE", "BAD", "BAG", "BAR", "BAT", "BE",
    "BED", "BEE", "BEG", "BEST", "BET", "BIG", "BIT", "BOW", "BOX", "BOY", "BUD", "BUG", "BUN",
    "BUS", "BUT", "BUY", "BY", "CAN", "CAP", "CAR", "CAT", "COW", "CRY", "CUP", "CUT", "DAD",
    "DAY", "DID", "DIE", "DIG", "DIP", "DO", "DOG", "DOT", "DRY", "DUE", "EAR", "EAT", "EGG",
    "END", "EYE", "FAN", "FAR", "FAT", "FED", "FEE", "FEW", "FIG", "FIT", "FIX", "FLY", "FOG",
    "FOR", "FOX", "FUN", "FUR", "GAP", "GAS", "GEL", "GET", "GO", "GOD", "GOT", "GUM", "GUN",
    "GUY", "GYM", "HAD", "HAM", "HAS", "HAT", "HE", "HEN", "HER", "HEY", "HI", "HID", "HIM",
    "HIP", "HIS", "HIT", "HOT", "HOW", "HUG", "I", "ICE", "IF", "ILL", "IN", "INK", "IS", "IT",
    "ITS", "JAM", "JAR", "JET", "JOB", "JOY", "KEY", "KID", "KIT", "LAB", "LAP", "LAW", "LAY",
    "LEG", "LET", "LID", "LIE", "LIP", "LIT", "LOG", "LOT", "LOW", "MAD", "MAN", "MAP", "MAT",
    "MAX", "MAY", "ME", "MEN", "MET", "MIX", "MOM", "MUD", "MUG", "MY", "NET", "NEW", "NO",
    "NOD", "NOR", "NOT", "NOW", "NUT", "OAK", "ODD", "OF", "OFF", "OH", "OIL", "OK", "OLD",
    "ON", "ONE", "OR", "OUR", "OUT", "OWE", "OWN", "PAN", "PAY", "PEN", "PER", "PET", "PIE",
    "PIN", "PIT", "POP", "POT", "PRO", "PUT", "RAN", "RAW", "RED", "RIB", "RID", "RUB", "RUG",
    "RUN", "SAD", "SAT", "SAW", "SAY", "SEA", "SEE", "SET", "SEW", "SHE", "SHY", "SIN", "SIP",
    "SIT", "SIX", "SKI", "SKY", "SO", "SON", "SPA", "SPY", "SUM", "SUN", "TAN", "TAP", "TAX",
    "TEA", "TEN", "THE", "TIE", "TIN", "TIP", "TO", "TOE", "TOO", "TOP", "TOY", "TRY", "TUB",
    "TWO", "UP", "US", "USE", "VAN", "VET", "VIA", "WAR", "WAS", "WAX", "WAY", "WE", "WET",
    "WHO", "WHY", "WIN", "WON", "WOW", "YES", "YET", "YOU", "ZIP",
})  # fmt: skip
"""Short words that people also write in capitals: BUY NOW."""
_INITIALS_TOO: Final = frozenset({"AM", "IT", "US"})
"""Of those, what a shop means as initials unless everything around it is in capitals."""


def is_spelled(word: str, *, shouting: bool = False) -> bool:
    """Whether a word in capitals is said letter by letter.

    Args:
        word: capitals only.
        shouting: other words around it are in capitals that are no initials.
    """
    if len(word) < 2 or not word.isascii() or not word.isalpha() or not word.isupper():
        return False
    if word in _COMMON:
        return word in _INITIALS_TOO and not shouting
    return len(word) <= 3 or not is_pronounceable(word)


def is_pronounceable(word: str) -> bool:
    """Whether capitals can be said as an English word: no HDMI, but OLED and HEPA."""
    runs = list(_VOWEL_RUN.finditer(word))
    if not runs:
        return False
    onset, coda = word[: runs[0].start()].lower(), word[runs[-1].end() :].lower()
    return onset in _ONSETS and coda in _CODAS


def is_shouting(text: str) -> bool:
    """Whether common words stand in capitals, so that capitals mean nothing."""
    return sum(word in _COMMON and word not in _INITIALS_TOO for word in _capitals(text)) > 0


def _capitals(text: str) -> list[str]:
    return re.findall(r"(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])", text)
