"""What a clause is spoken as: shop rules first, WeTextProcessing for the Chinese they leave."""

import logging
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final

from core.errors import ProviderError
from core.language import Language
from speech.text.addresses import ADDRESS
from speech.text.chinese import chinese_rules, zh_fallback
from speech.text.english import en_fallback, english_rules
from speech.text.lexicon import Lexicon
from speech.text.pieces import Piece, apply_rules

log = logging.getLogger(__name__)

HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN_CHAR = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"(?<![A-Za-z\d])[A-Za-z][a-z]{2,}(?![A-Za-z\d])")
_ZH_NUMBER = re.compile(r"(?<![A-Za-z\d])[\d][\d.,:/-]*\d|\d")
_EN_NUMBER = re.compile(r"[A-Za-z]*\d[\dA-Za-z.,:/'-]*[\dA-Za-z]|\d")

# Full-width and circled letters, digits and the signs that belong to numbers, one for one.
_HALF_WIDTH = {
    code: plain
    for code in (*range(0xFF01, 0xFF5F), *range(0x2460, 0x2469))
    if (plain := unicodedata.normalize("NFKC", chr(code))).isalnum() or plain in "%+-/#&=@$*"
}

_HALF_WIDTH |= {0xB5: "μ", 0x2126: "Ω"}  # the signs micro and ohm

Normalise = Callable[[str], str]


class Reader:
    """Turns the signs and numbers of a clause into words."""

    def __init__(self, lexicon: Lexicon, normalise: Normalise) -> None:
        """`normalise` reads Chinese numbers that no rule of ours knows."""
        self._rules = {"zh": chinese_rules(lexicon.zh), "en": english_rules(lexicon.en)}
        self._normalise = normalise

    def read(self, text: str, start: int, end: int, language: Language) -> tuple[Piece, ...]:
        """The pieces of text[start:end], in order and without gaps.

        Languages without rules of ours are left to the voice.
        """
        text = text.translate(_HALF_WIDTH)
        reading = reading_language(text[start:end], language)
        rules = self._rules.get(reading)
        if rules is None:
            return (Piece(start, end, text[start:end], reading, literal=True),)
        pieces = apply_rules(text, start, end, rules, reading)
        return tuple(chain.from_iterable(self._read_rest(text, piece) for piece in pieces))

    def _read_rest(self, text: str, piece: Piece) -> Iterable[Piece]:
        """Numbers that no rule of ours took."""
        if not piece.literal:
            yield piece
            return
        pattern = _ZH_NUMBER if piece.language == "zh" else _EN_NUMBER
        at = piece.start
        for match in pattern.finditer(text, piece.start, piece.end):
            if match.start() > at:
                yield Piece(at, match.start(), text[at : match.start()], piece.language, True)
            spoken = self._speak_number(text, match, piece)
            yield Piece(match.start(), match.end(), spoken, piece.language, literal=False)
            at = match.end()
        if at < piece.end:
            yield Piece(at, piece.end, text[at : piece.end], piece.language, True)

    def _speak_number(self, text: str, match: re.Match[str], piece: Piece) -> str:
        token = match.group()
        if piece.language != "zh":
            return en_fallback(token)
        following = text[match.end() : min(match.end() + 1, piece.end)]
        context = following if _HAN_CHAR.match(following) else ""
        spoken = self._normalise(token + context)
        if not spoken.endswith(context):
            return zh_fallback(token)
        spoken = spoken.removesuffix(context)
        return spoken if _keeps(token, spoken) else zh_fallback(token)


def reading_language(clause: str, language: Language) -> Language:
    """The language whose rules read a clause's numbers: the line's, unless the clause is wholly
    in the other script."""
    han = bool(_HAN_CHAR.search(clause))
    words = _LATIN_WORD.findall(re.sub(ADDRESS, "", clause))
    if language == "zh" and not han and len(words) >= 2:
        return "en"
    if language == "en" and han:
        return "zh"
    return language


def _keeps(token: str, spoken: str) -> bool:
    """Whether all letters of a token are still there, and its digits have become words."""
    if not spoken or any(char.isdigit() and char.isascii() for char in spoken):
        return False
    rest = iter(spoken.lower())
    if not all(char in rest for char in token.lower() if char.isalpha()):
        return False
    letters = sum(char.isalpha() for char in token)
    return sum(char.isalpha() for char in spoken) > letters


def load_normaliser() -> Normalise:
    """WeTextProcessing's compiled grammar for Chinese; takes about half a second.

    Its English grammar is not used: it takes a second more, reads "2-3 days" as daltons and "1.5L"
    as "one.five L", and the rules of `speech.text.english` leave little for it.

    Raises:
        ProviderError: the library is not installed.
    """
    try:
        from tn.chinese.normalizer import Normalizer
    except ImportError as error:
        raise ProviderError(
            f"the text normaliser is missing ({error}): pip install WeTextProcessing",
            retryable=False,
        ) from error
    logging.getLogger("wetext").setLevel(logging.WARNING)
    grammar = Normalizer()

    def normalise(token: str) -> str:
        try:
            return str(grammar.normalize(token))
        except RuntimeError:  # pynini's FstOpError: the grammar cannot take it
            log.warning("the text normaliser refused a token of %d characters", len(token))
            return ""

    return normalise
