"""What a line says of the goods in words that neither the facts nor everyday talk have.

Lists of terms know what their authors thought of; a lie may be of anything: "it repels
mosquitoes", 带报警器. So a clause that asserts something of the goods may only use words of the
facts, words of the lexicon (which are checked as claims of their own) and words of everyday talk,
which say nothing that could be false.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from script_engine.claims import QUESTION
from script_engine.crossing import in_other_words, stem
from script_engine.lexicon import phrases, terms
from script_engine.quantities import quantities
from script_engine.scenes import scenes
from script_engine.stance import quoted
from script_engine.text import CJK, SENTENCE_END, clauses

_HERE = Path(__file__).parent
_TALK_BOOKS = ("composer/phrases/{}/*.toml", "answers/replies_{}.toml")
_WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|[a-z]")
_HAN_RUN = re.compile(f"[{CJK}]+")
_SLOT = re.compile(r"\{\w+\}|\[\w+\]|[<>|@]")

_SAYS_NOTHING = re.compile(
    r"\bthe [a-z]+ (?:one|ones|version|versions|model|option)\b|(?<=\d)\s?x\s?(?=\d)"
)
# points at one of several, or stands between two sides: says nothing of the goods

_LEAST_HAN = 2
_SHORT_HAN = 8
_SHORT_WORDS = 5
# a sentence of so few characters or words is a label: 指纹解锁, "UL listed", "pH balanced"


@dataclass(frozen=True, slots=True)
class Novelty:
    """Words that assert something nobody wrote down."""

    start: int
    end: int


def novelties(
    folded: str, known: "Known", spared: Sequence[tuple[int, int]] = ()
) -> Iterator[Novelty]:
    """Words of a folded text that assert something and that nothing known has.

    Args:
        folded: the text.
        known: the words of the facts it may lean on.
        spared: stretches that are looked after otherwise, such as names of products.
    """
    spared = [
        *spared,
        *quoted(folded),
        *(match.span() for match in _SAYS_NOTHING.finditer(folded)),
        *((q.start, q.end) for q in quantities(folded)),
        *((t.start, t.end) for t in terms(folded)),
        *((p.start, p.end) for p in phrases(folded)),
    ]
    for start, end in clauses(folded):
        clause = folded[start:end].strip()
        if folded[end : end + 1] in {"?", "？"} or QUESTION.search(clause):
            continue
        if scenes().is_scene(_sentence(folded, start)):
            continue
        found = _english if not _HAN_RUN.search(clause) else _chinese
        at = folded.index(clause, start)
        ends_before = not folded[:at].strip() or SENTENCE_END.search(folded[:at].strip()[-1])
        alone = bool(ends_before and SENTENCE_END.match((folded[end:] + "\n").lstrip()))
        for first, last in found(clause, known, alone):
            first, last = first + at, last + at
            if not any(begin <= first and last <= stop for begin, stop in spared):
                yield Novelty(first, last)


def _sentence(folded: str, at: int) -> str:
    """The sentence a position stands in."""
    ends = [match.end() for match in SENTENCE_END.finditer(folded)]
    first = max((end for end in ends if end <= at), default=0)
    return folded[first : min((end for end in ends if end > at), default=len(folded))]


@dataclass(frozen=True, slots=True)
class Known:
    """The words of the facts a text may lean on."""

    words: frozenset[str]
    # English, stemmed
    pairs: frozenset[str]
    # of neighbouring Chinese characters
    characters: frozenset[str] = frozenset()
    # known by themselves

    def with_more(self, other: "Known") -> "Known":
        """The words of both."""
        return Known(self.words | other.words, self.pairs | other.pairs, self.characters)


NOTHING = Known(frozenset(), frozenset())


def talk_words(texts: Sequence[str]) -> Known:
    """The words of phrases with slots in them."""
    made = known_words(tuple(_SLOT.sub(" ", text).lower() for text in texts))
    # one letter is a name of something: V 刹
    return Known(frozenset(w for w in made.words if len(w) > 1 or w in "ai"), made.pairs)


@lru_cache(maxsize=256)
def known_words(texts: tuple[str, ...], names: tuple[str, ...] = ()) -> Known:
    """What folded texts of facts, and names, are made of.

    The characters of names are known by themselves: who sells 咖啡豆 speaks of 豆子. What the texts
    name is known by its words in the other language too.
    """
    words: set[str] = set()
    pairs: set[str] = set()
    for text in (*texts, *names):
        for said in (text, in_other_words(text)):
            own_words, own_pairs = _made_of(said)
            words |= own_words
            pairs |= own_pairs
    return Known(frozenset(words), frozenset(pairs), frozenset("".join(names)))


@lru_cache(maxsize=100_000)
def _made_of(text: str) -> tuple[frozenset[str], frozenset[str]]:
    words = {stem(part) for word in _WORD.findall(text) for part in (word, *word.split("-"))}
    pairs = {run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1)}
    return frozenset(words), frozenset(pairs)


def _english(clause: str, known: Known, alone: bool) -> Iterator[tuple[int, int]]:
    frames = _frames()
    if frames.people_en.search(clause):
        return
    words = list(_WORD.finditer(clause))
    asserts = frames.asserts_en.match(clause) or (alone and len(words) <= _SHORT_WORDS)
    if not asserts:
        return
    talk = _talk().words
    for match in words:
        parts = [stem(part) for part in (match.group(), *match.group().split("-"))]
        if parts[0] in known.words or parts[0] in talk:
            continue
        if len(parts) > 1 and all(part in known.words or part in talk for part in parts[1:]):
            continue
        yield match.span()


def _chinese(clause: str, known: Known, alone: bool) -> Iterator[tuple[int, int]]:
    frames = _frames()
    if frames.people_zh.search(clause):
        return
    label = alone and len(clause) <= _SHORT_HAN
    for start, end in _unknown_chinese(clause, known):
        ahead, behind = clause[:start], clause[end:]
        # 带报警器: a verb leads up to it; 指纹认证: it leads up to a noun that claims
        if (
            label
            or frames.ahead_zh.search(ahead)
            or frames.behind_zh.match(behind)
            or frames.inside_zh.search(clause[start:end])
        ):
            yield start, end


def _unknown_chinese(clause: str, known: Known) -> Iterator[tuple[int, int]]:
    talk, talk_en = _talk().pairs, _talk().words
    for match in _WORD.finditer(clause):
        bare = stem(match.group())
        if bare not in known.words and bare not in talk_en:
            yield match.span()
    for run in _HAN_RUN.finditer(clause):
        text, at = run.group(), run.start()
        covered = [False] * len(text)
        for i in range(len(text) - 1):
            if text[i : i + 2] in known.pairs or text[i : i + 2] in talk:
                covered[i] = covered[i + 1] = True
        plain = _GRAMMAR | known.characters
        open_ = [not c and text[i] not in plain for i, c in enumerate(covered)]
        i = 0
        while i < len(text):
            j = i
            while j < len(text) and open_[j]:
                j += 1
            if j - i >= _LEAST_HAN:
                yield at + i, at + j
            i = max(j, i + 1)


_GRAMMAR = frozenset(
    "的了是在就也都还很太更最不没别要会能可有和与跟及或把被给让对从向到为以于而且但又再才只个件款种些点下上里外中"
    "前后左右大小多少高低长短新旧好坏这那它他她其每各某哪几一二三四五六七八九十两半百千万吧吗呢啊呀哦哈嘛啦噢着过地得之"
)


@dataclass(frozen=True, slots=True)
class _Frames:
    """By which words a clause is known to assert something, and by which to be of people."""

    people_zh: re.Pattern[str]
    ahead_zh: re.Pattern[str]
    behind_zh: re.Pattern[str]
    inside_zh: re.Pattern[str]
    people_en: re.Pattern[str]
    asserts_en: re.Pattern[str]


@lru_cache(maxsize=1)
def _frames() -> _Frames:
    raw = tomllib.loads((_HERE / "lexicon" / "novelty.toml").read_text(encoding="utf-8"))
    return _Frames(*(re.compile("|".join(raw[field])) for field in _Frames.__slots__))


@lru_cache(maxsize=1)
def _talk() -> Known:
    """The words of everyday talk: of the phrase books, and of `talk.toml`."""
    listed = tomllib.loads((_HERE / "lexicon" / "talk.toml").read_text(encoding="utf-8"))
    plain = tomllib.loads((_HERE / "writers" / "plain.toml").read_text(encoding="utf-8"))
    books = (listed, plain)
    texts = [word for book in books for field in ("zh", "en") for word in book[field].split()]
    for language in ("zh", "en"):
        for pattern in _TALK_BOOKS:
            for path in sorted(_HERE.glob(pattern.format(language))):
                texts += _strings(tomllib.loads(path.read_text(encoding="utf-8")))
    return talk_words(texts)


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inside for text in _strings(each)]
