"""Pieces -> runs: what the voice is given, one language at a time, each token with its place."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from core.language import Language
from speech.text.initials import is_shouting, is_spelled
from speech.text.pieces import Piece
from speech.text.reader import HAN

_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’.\-][^\W_{HAN}]+)*")
_BREAK = re.compile(r"[,，、;；:：。.!！?？…—~～()（）【】\[\]\"“”/|]")
_VOWELS = re.compile(r"[AEIOUY]")
_SCRIPTLESS: frozenset[Language] = frozenset({"yue", "ja", "ko"})
"""Their voices take the whole text, characters of every script."""


@dataclass(frozen=True, slots=True)
class Token:
    """One spoken word or syllable."""

    start: int
    end: int
    # the stretch of the line's text it says
    said: str
    # as the voice takes it: "hao3", "serum"
    language: Language
    after_break: bool
    # punctuation stands before it


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens in one language, spoken in one go."""

    language: Language
    text: str
    tokens: tuple[Token, ...]
    offsets: tuple[int, ...]
    # where each token begins in `text`


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How the words of a shop are given to the voice."""

    read_pinyin: Callable[[str], Sequence[str]]
    english: Mapping[str, str]
    # lower case -> a spelling that the voice reads right
    said_as_words: frozenset[str]
    # capitals that Chinese speech does not spell


def make_runs(
    pieces: Sequence[Piece], ending: str, pronunciation: Pronunciation
) -> tuple[Run, ...]:
    """The runs of one clause; empty when nothing in it can be said."""
    in_chinese = any(piece.language == "zh" for piece in pieces)
    shouting = is_shouting(" ".join(piece.spoken for piece in pieces))
    groups: list[tuple[Token, ...]] = []
    for language, found in groupby(_tokens(pieces), key=lambda token: token.language):
        tokens = tuple(found)
        said: Sequence[str] = [token.said for token in tokens]
        if language == "zh":
            said = pronunciation.read_pinyin("".join(said))
        elif language == "en":
            said = [
                _english(word, pronunciation, in_chinese=in_chinese, shouting=shouting)
                for word in said
            ]
        groups.append(tuple(replace(t, said=s) for t, s in zip(tokens, said, strict=True)))
    last = len(groups) - 1
    return tuple(run_of(group, ending if i == last else ",") for i, group in enumerate(groups))


def _tokens(pieces: Iterable[Piece]) -> Iterable[Token]:
    broken = False
    for piece in pieces:
        at = 0
        for match in _TOKEN.finditer(piece.spoken):
            broken = broken or bool(_BREAK.search(piece.spoken, at, match.start()))
            at = match.end()
            start, end = piece.start, piece.end
            if piece.literal:
                start, end = piece.start + match.start(), piece.start + match.end()
            yield Token(start, end, match.group(), _language(match.group(), piece), broken)
            broken = False
        broken = broken or bool(_BREAK.search(piece.spoken, at))


def _language(word: str, piece: Piece) -> Language:
    if piece.language in _SCRIPTLESS:
        return piece.language
    if re.match(f"[{HAN}]", word):
        return "zh"
    return "en" if piece.language == "zh" else piece.language


def _english(word: str, pronunciation: Pronunciation, *, in_chinese: bool, shouting: bool) -> str:
    """The word as the voice reads it right; initials are spelled: "P A", "U S B C"."""
    if word.lower() in pronunciation.english:
        return pronunciation.english[word.lower()]
    parts = re.split(r"[-.](?=[A-Za-z])", word)
    said = [_spelled(part, pronunciation, in_chinese, shouting) for part in parts]
    return word if said == parts else " ".join(said)


def _spelled(part: str, pronunciation: Pronunciation, in_chinese: bool, shouting: bool) -> str:
    if part in pronunciation.said_as_words or not is_spelled(part, shouting=shouting):
        return part
    if not in_chinese and not _VOWELS.search(part):
        return part  # the English voice spells what has no vowel, and with a better rhythm
    return " ".join(part)


def run_of(tokens: tuple[Token, ...], ending: str) -> Run:
    """Tokens of one language as a run that ends with a mark."""
    text = ""
    offsets: list[int] = []
    for token in tokens:
        if text:
            text += ", " if token.after_break else " "
        offsets.append(len(text))
        text += token.said
    return Run(tokens[0].language, text + ending, tokens, tuple(offsets))
