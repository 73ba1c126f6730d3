"""Pieces -> runs: what the voice is given, one language at a time, each token with its place."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.language import Language
from speech.text.pieces import Piece
from speech.text.reader import HAN

_TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’.\-][^\W_{HAN}]+)*")
_BREAK = re.compile(r"[,，、;；:：。.!！?？…—~～()（）【】\[\]\"“”/|]")
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


def make_runs(
    pieces: Sequence[Piece],
    ending: str,
    read_pinyin: Callable[[str], Sequence[str]],
    said_as_words: frozenset[str],
) -> tuple[Run, ...]:
    """The runs of one clause; empty when nothing in it can be said."""
    found = list(_tokens(pieces))
    tokens: list[Token] = []
    for language, group in groupby(found, key=lambda token: token.language):
        members = list(group)
        if language == "zh":
            syllables = read_pinyin("".join(token.said for token in members))
            members = [_saying(t, s) for t, s in zip(members, syllables, strict=True)]
        elif any(piece.language == "zh" for piece in pieces):
            members = [_saying(t, _spelled(t.said, said_as_words)) for t in members]
        tokens.extend(members)
    groups = [tuple(group) for _, group in groupby(tokens, key=lambda token: token.language)]
    last = len(groups) - 1
    return tuple(_run(group, ending if i == last else ",") for i, group in enumerate(groups))


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


def _saying(token: Token, said: str) -> Token:
    return Token(token.start, token.end, said, token.language, token.after_break)


def _spelled(word: str, said_as_words: frozenset[str]) -> str:
    """Short words in capitals are spelled in Chinese speech: "P A"."""
    if word.isupper() and len(word) <= 3 and word not in said_as_words:
        return " ".join(word)
    return word


def _run(tokens: tuple[Token, ...], ending: str) -> Run:
    text = ""
    offsets: list[int] = []
    for token in tokens:
        if text:
            text += ", " if token.after_break else " "
        offsets.append(len(text))
        text += token.said
    return Run(tokens[0].language, text + ending, tokens, tuple(offsets))
