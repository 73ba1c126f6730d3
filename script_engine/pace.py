"""How long words take to say, measured on the built-in voice at its usual pace."""

import re
from typing import Final

from core.language import Language
from script_engine.text import CJK

# Seconds a syllable, a pause within a sentence, a pause between sentences, and what a line takes
# beyond its syllables. From a straight line through 100 lines of the built-in voice each; the
# standard error of one line is 4 % in Chinese and 7 % in English.
_ZH: Final = (0.198, 0.105, 0.33, -0.03)
_EN: Final = (0.227, 0.54, 0.63, -0.93)
_LEAST_S = 0.4
_HAN = re.compile(f"[{CJK}]")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?", re.ASCII)
_VOWELS = re.compile(r"[aeiouy]+")
_TEENS = {7: 2, 11: 3, 12: 1, 13: 2, 14: 2, 15: 2, 16: 2, 17: 3, 18: 2, 19: 2}
# English numbers below twenty that do not take one syllable


def speaking_s(text: str, language: Language) -> float:
    """About how long a line takes to say, in seconds."""
    if language == "zh":
        syllable_s, pause_s, stop_s, more_s = _ZH
        syllables = float(len(_HAN.findall(text)) + sum(map(_letters_zh, _WORD.findall(text))))
        syllables += sum(map(_number_zh, _NUMBER.findall(text))) + 3 * text.count("%")
        pauses, stops = len(re.findall(r"[，、：；—]", text)), len(re.findall(r"[。！？]", text))
    else:
        syllable_s, pause_s, stop_s, more_s = _EN
        syllables = sum(map(_number_en, _NUMBER.findall(text)), 0.0)
        syllables += sum(map(_letters_en, _WORD.findall(text)))
        syllables += 2 * len(re.findall(r"[¥$€£%]", text)) + len(_HAN.findall(text))
        pauses = len(re.findall(r"[,:;—-] ", text))
        stops = len(re.findall(r"[.!?](?= |$)", text))
    return max(_LEAST_S, syllables * syllable_s + pauses * pause_s + stops * stop_s + more_s)


def _number_zh(written: str) -> int:
    """Syllables of a number: 36 is three, 2027 as a year or an amount about five."""
    whole, _, part = written.replace(",", "").partition(".")
    digits = str(int(whole))
    if len(digits) > 5:
        return len(digits)
    said = 0
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        ten = digit == "1" and place == 1 and len(digits) == 2
        said += (digit != "0") * (1 + bool(place) - ten)
    said += bool(re.search(r"[1-9]0+[1-9]", digits)) or digits == "0"
    return said + (1 + len(part) if part else 0)


def _letters_zh(word: str) -> int:
    spelled = word.isupper() or len(word) <= 3
    return len(word) if spelled else max(1, len(_VOWELS.findall(word.lower())))


def _number_en(written: str) -> float:
    whole, _, part = written.replace(",", "").partition(".")
    number = int(whole)
    said = 2 if number == 0 else _below_thousand(number % 1000)
    if number >= 1000:
        said += _below_thousand(number // 1000 % 1000) + 2
    return said + (1 + 1.3 * len(part) if part else 0)


def _below_thousand(number: int) -> int:
    said = 3 if number >= 100 else 0
    number %= 100
    if number >= 20:
        said += 2
        number %= 10
    return said + (_TEENS.get(number, 1) if number else 0)


def _letters_en(word: str) -> int:
    if word.isupper() and len(word) > 1:
        return len(word)
    word = word.lower()
    said = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    silent |= word.endswith("ed") and not word.endswith(("ted", "ded"))
    return max(1, said - (silent and said > 1))
