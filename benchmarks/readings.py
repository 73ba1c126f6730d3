"""How much of what a selling room says is read aloud right.

A case is a line `text => words`; `[a|b]` allows two ways to say a stretch, `words|words` two ways
to say all of it. Spelled letters stand apart in capitals. What is compared is what the voice is
given: punctuation and upper case do not matter, "and" within an English number neither.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.figure import Figure
from core.language import Language
from speech.text.clauses import split_clauses
from speech.text.lexicon import load_lexicon
from speech.text.pinyin import Pinyin
from speech.text.reader import Reader, load_normaliser
from speech.text.tokens import Pronunciation, make_runs

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "speech" / "text" / "readings"
SPLIT_SEED = 20261127
_HAN = re.compile(r"([\u3007\u3400-\u9fff])")
_AND = re.compile(r"\b(hundred|thousand|million|dollars?|pounds?|euros?) and (?=\w)")
_INITIALS = re.compile(r"(?<![A-Za-z])[B-DF-HJ-NP-TV-Z]{2,5}(?![A-Za-z])")
"""The voice spells capitals without a vowel by itself."""
Half = Literal["tune", "held out"]


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    wanted: str
    language: Language
    half: Half


@dataclass(frozen=True, slots=True)
class Miss:
    case: Case
    said: str


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, each drawn for tuning or held out by a fixed seed."""
    draw = random.Random(f"{SPLIT_SEED} {path.stem}")
    language: Language = "en" if path.stem.startswith("en") else "zh"
    cases = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("# "):
            text, wanted = row.split(" => ")
            cases.append(Case(text, wanted, language, draw.choice(("tune", "held out"))))
    return cases


class Ear:
    """Hears what the voice would be given."""

    def __init__(self) -> None:
        lexicon = load_lexicon()
        self._reader = Reader(lexicon, load_normaliser())
        self._pronunciation = Pronunciation(list, {}, lexicon.said_as_words)

    def hear(self, case: Case) -> str:
        words = []
        for clause in split_clauses(case.text):
            pieces = self._reader.read(case.text, clause.start, clause.end, case.language)
            for run in make_runs(pieces, "", self._pronunciation):
                words += [token.said for token in run.tokens]
        return " ".join(words)

    def misses(self, cases: Sequence[Case]) -> list[Miss]:
        heard = [(case, self.hear(case)) for case in cases]
        return [Miss(case, said) for case, said in heard if not is_right(said, case.wanted)]


@dataclass(frozen=True, slots=True)
class Polyphone:
    """`<重>新上架 chong2`: the character in question, and its reading (`a|b`: either will do)."""

    text: str
    wanted: frozenset[str]

    def heard(self, pinyin: Pinyin) -> str:
        plain = self.text.replace("<", "").replace(">", "")
        return pinyin.read(plain)[self.text.index("<")]


def read_polyphones(path: Path) -> list[Polyphone]:
    rows = (row.split(" ") for row in path.read_text(encoding="utf-8").splitlines())
    return [Polyphone(row[0], frozenset(row[1].split("|"))) for row in rows if row[0] != "#"]


def measure() -> list[Figure]:
    """The share read right, by set."""
    ear, pinyin = Ear(), Pinyin(load_lexicon().zh.readings)
    figures = []
    for path in sorted(FOLDER.glob("*.txt")):
        if path.stem.startswith("polyphones"):
            sounds = read_polyphones(path)
            wrong = sum(sound.heard(pinyin) not in sound.wanted for sound in sounds)
            total = len(sounds)
        else:
            cases = read_cases(path)
            wrong, total = len(ear.misses(cases)), len(cases)
        note = f"{total - wrong} of {total}"
        figures.append(Figure(f"read right: {path.stem}", 100 * (1 - wrong / total), "%", note))
    return figures


def is_right(said: str, wanted: str) -> bool:
    """Whether what is said is one of the ways that will do."""
    return canonical(said) in {canonical(way) for way in ways(wanted)}


def canonical(text: str) -> str:
    """Words apart by single spaces, characters too; no punctuation, no capitals."""
    apart = _INITIALS.sub(lambda m: " ".join(m.group()), text)
    apart = _HAN.sub(r" \1 ", apart).casefold()
    words = re.sub(r"[^\w' ]|_", " ", apart).split()
    return _AND.sub(r"\1 ", " ".join(words))


def ways(wanted: str) -> Iterator[str]:
    """Every way a pattern allows."""
    match = re.search(r"\[([^\]]*)\]", wanted)
    if match is not None:
        for option in match[1].split("|"):
            yield from ways(wanted[: match.start()] + option + wanted[match.end() :])
        return
    yield from wanted.split("|")
