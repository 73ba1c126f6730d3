"""Which language a piece of text is in."""

import re

from core.language import Language

_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_AMOUNT = re.compile(r"\d[\d.,]*\s*[A-Za-z]{1,3}\b")
# "30 ml" is of no language
_LETTERS = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


def language_of(text: str, otherwise: Language) -> Language:
    """The language of a text by its script; `otherwise` when there is nothing to tell by.

    One Han character in a text of Latin words does not make it Chinese, and a Latin brand name in
    a Chinese sentence does not make it English: a Han character weighs as much as a word.
    """
    if _HANGUL.search(text):
        return "ko"
    if _KANA.search(text):
        return "ja"
    han, words = len(_HAN.findall(text)), len(_LETTERS.findall(_AMOUNT.sub(" ", text)))
    if not han and not words:
        return otherwise
    if han * 2 >= words:
        return "zh"
    return otherwise if otherwise not in ("zh", "yue", "ja", "ko") else "en"
