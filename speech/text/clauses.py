"""A line cut into sentences and phrases (breath groups) of about one to four seconds.

Offsets are those of the text as given. The clauses of a line touch and cover all of it, so that a
caption can show exactly what is heard.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

Ending = Literal[".", "?", "!", ",", "、", ":"]
"""How a clause ends, as the voice is told: sentence, question, exclamation, comma, list, colon."""

MIN_S: Final = 1.0
MAX_S: Final = 4.0
HARD_MAX_S: Final = 6.0
"""A clause may grow to here when no good place to cut is found."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A phrase to be."""

    start: int
    end: int
    sentence: int
    # from 0
    sentence_start: int
    ending: Ending


_CLOSERS = "\"'”’」』）)】]》〉"
_ABBREVIATIONS = frozenset({
    "mr", "mrs", "ms", "dr", "st", "no", "vs", "etc", "approx", "dept", "inc", "ltd", "co", "e.g",
    "i.e", "u.s", "fl", "oz", "sq", "ft", "min", "max",
})  # fmt: skip
_ENDINGS: dict[str, Ending] = {
    "。": ".", "．": ".", ".": ".", "…": ".", "\n": ".", "！": "!", "!": "!", "？": "?", "?": "?",
    "，": ",", ",": ",", "；": ",", ";": ",", "—": ",", "～": ",", "~": ",", "：": ":", ":": ":",
    "、": "、", "|": ",", "｜": ",", "·": "、",
}  # fmt: skip
_DAY_BEFORE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}(?:st|nd|rd|th)?$"
)
_MONTH = re.compile(r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec")
_YEAR_FOLLOWS = re.compile(r"\s(?:19|20)\d\d\b")
_SENTENCE_ENDS: Final = frozenset(".?!")

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af"
_UNIT = re.compile(rf"[{_HAN}]|[^\W\d_{_HAN}]+|\d")
_HAN_CHAR = re.compile(rf"[{_HAN}]")
_HAN_S, _WORD_S, _DIGIT_S = 0.22, 0.36, 0.28

# Where a long clause may be cut, best first: before a conjunction, before a preposition or after
# a particle, at any space.
_CUTS = (
    re.compile(
        r"(?<=\S)\s+(?=(?:and|but|so|because|which|while|when|if|or|then|that)\b)"
        r"|(?=而且|但是|不过|所以|因为|如果|只要|或者|以及|并且|同时|还有|还能|也能|然后|尤其|特别是|无论)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<=\S)\s+(?=(?:with|for|from|in|on|into|without|after|before)\b)"
        r"|(?<=的话)|(?<=的时候)|(?<=[了吧呢啊哦呀嘛])(?=[\u4e00-\u9fff])"
        r"|(?=搭配|适合|可以|都能|就能|里面|里的|送给|赠送)",
        re.IGNORECASE,
    ),
    re.compile(r"(?<=\S)\s+(?=\S)"),
    re.compile(rf"(?<=[的地得])(?=[{_HAN}])"),
    re.compile(rf"(?<=[{_HAN}])(?=[{_HAN}])"),
)
_LAST_RESORTS = 3
"""From this grade on, only what is over the hard limit is cut."""


def spoken_length_s(text: str) -> float:
    """About how long a text takes to say, at the default rate."""
    total = 0.0
    for unit in _UNIT.findall(text):
        if unit.isdigit():
            total += _DIGIT_S
        elif _HAN_CHAR.match(unit):
            total += _HAN_S
        else:
            total += _WORD_S * max(1.0, len(unit) / 6)
    return total


def is_speakable(text: str) -> bool:
    """Whether there is any letter or digit in it."""
    return any(char.isalnum() for char in text)


def split_clauses(text: str) -> tuple[Clause, ...]:
    """The phrases of a line; empty when there is nothing to say."""
    if not is_speakable(text):
        return ()
    sentences = _merge_silent(text, _sentences(text))
    clauses: list[Clause] = []
    for number, pieces in enumerate(sentences):
        for start, end, ending in _phrases(text, pieces):
            clauses.append(Clause(start, end, number, pieces[0][0], ending))
    return tuple(clauses)


_Piece = tuple[int, int, Ending]


def _sentences(text: str) -> list[list[_Piece]]:
    """Stretches between punctuation, a list for each sentence."""
    sentences: list[list[_Piece]] = [[]]
    start = position = 0
    while position < len(text):
        ending = _ending_at(text, position)
        position += 1
        if ending is None:
            continue
        while position < len(text) and (text[position] in _CLOSERS or text[position].isspace()):
            position += 1
        following = _ending_at(text, position) if position < len(text) else None
        if following is not None:  # "?!", "……": the run of marks belongs together
            text_so_far = text[start:position]
            if not is_speakable(text_so_far) or following in _SENTENCE_ENDS or ending not in ".?!":
                continue
        sentences[-1].append((start, position, ending))
        start = position
        if ending in _SENTENCE_ENDS:
            sentences.append([])
    if start < len(text):
        sentences[-1].append((start, len(text), "."))
    return [sentence for sentence in sentences if sentence]


def _ending_at(text: str, at: int) -> Ending | None:
    """The kind of break the mark at an offset makes, None inside numbers, names and codes."""
    mark = text[at]
    ending = _ENDINGS.get(mark)
    if ending is None:
        return None
    before = text[at - 1] if at else ""
    after = text[at + 1] if at + 1 < len(text) else ""
    if mark in ".,:~～—·" and before.isdigit() and after.isdigit():
        return None
    if mark in "~～" and (after.isdigit() or before.isdigit() or not before):
        return None
    if mark in ".:" and after and not after.isspace() and after not in _CLOSERS:
        return None if after.isascii() and (after.isalnum() or after in "/.") else ending
    if mark == "." and _is_abbreviation(text[:at], text[at + 1 :]):
        return None
    if mark == "," and _YEAR_FOLLOWS.match(text, at + 1) and _DAY_BEFORE.search(text[:at]):
        return None
    if mark == "·" and before.isalpha() and after.isalpha():
        return None
    return ending


def _is_abbreviation(before: str, after: str) -> bool:
    match = re.search(r"[A-Za-z.]+$", before)
    if not match or not after.strip():
        return False
    word = match.group().lower()
    if _MONTH.fullmatch(word) and after.lstrip()[:1].isdigit():
        return True
    return word in _ABBREVIATIONS or (len(word) == 1 and match.group().isupper())


def _merge_silent(text: str, sentences: list[list[_Piece]]) -> list[list[_Piece]]:
    """Stretches without a letter or digit join what stands before them, or else after them."""
    merged: list[list[_Piece]] = []
    lead: int | None = None
    for pieces in sentences:
        kept: list[_Piece] = []
        for start, end, ending in pieces:
            if is_speakable(text[start:end]):
                kept.append((start if lead is None else lead, end, ending))
                lead = None
            elif kept:
                kept[-1] = (kept[-1][0], end, kept[-1][2])
            elif merged:
                last = merged[-1][-1]
                merged[-1][-1] = (last[0], end, last[2])
            elif lead is None:
                lead = start
        if kept:
            merged.append(kept)
    return merged


def _phrases(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """The stretches of one sentence, short ones joined and long ones cut."""
    joined: list[_Piece] = []
    for start, end, ending in pieces:
        length = spoken_length_s(text[start:end])
        if joined:
            head = joined[-1]
            before = spoken_length_s(text[head[0] : head[1]])
            announces = ending == ":" and length < MIN_S  # "Sizes:" goes with what follows
            short = length < MIN_S and not announces
            if (before < MIN_S or short) and before + length <= MAX_S:
                joined[-1] = (head[0], end, ending)
                continue
        joined.append((start, end, ending))
    out: list[_Piece] = []
    for start, end, ending in joined:
        edges = [start, *_cuts(text, start, end), end]
        for left, right in pairwise(edges):
            out.append((left, right, ending if right == end else ","))
    return out


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets at which a long stretch is cut, none if it is short enough."""
    length = spoken_length_s(text[start:end])
    if length <= MAX_S:
        return []
    for grade, pattern in enumerate(_CUTS):
        places = [
            match.end()
            for match in pattern.finditer(text, start, end)
            if is_speakable(text[start : match.end()]) and is_speakable(text[match.end() : end])
        ]
        scored = [
            (abs(spoken_length_s(text[start:at]) - length / 2), at)
            for at in places
            if spoken_length_s(text[start:at]) >= MIN_S and spoken_length_s(text[at:end]) >= MIN_S
        ]
        good = [at for distance, at in sorted(scored) if distance <= length * (0.3 + 0.1 * grade)]
        if grade >= _LAST_RESORTS and length <= HARD_MAX_S:
            return []
        if good:
            at = good[0]
            return [*_cuts(text, start, at), at, *_cuts(text, at, end)]
    return []
