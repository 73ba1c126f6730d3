"""What a model adds of its own: a second look at its words, beyond the gate.

The gate knows numbers, prices and long lists of terms. A model can also lie in words on no list, so
its lines are held to two rules more. A clause that says something about the goods may only use
words that stand in the facts or are plain talk, such as our own phrase books are made of. And it
may not deny what the facts affirm, nor affirm what they deny.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import jieba

from core.config import Settings, load_settings
from core.product import Fact, Product
from script_engine import answers
from script_engine.claims import NEGATIVE, QUESTION
from script_engine.composer import phrases
from script_engine.readings import read
from script_engine.text import CJK, HAN, LATIN_WORD, clauses, content_words, fold

_AROUND = re.compile(
    r"^[这那一两几每先想能会可就都也还再很更太好不没别来去要有在是]+|[的了着过吧呢吗啊呀到]+$"
)
# what Chinese word division leaves on a word
_FOLDER = Path(__file__).parent
_NEAR = 4
# characters after a negation that it denies
_FEW = 3
# English words after one
_OFTEN = 3
# times our books say an English word that is plain talk


class PlainTalk(Settings):
    """What `plain.toml` says."""

    zh: str
    en: str
    loaded_zh: str
    loaded_en: str
    # words that always need a fact
    asserts: tuple[str, ...]

    def loaded(self, clause: str) -> list[str]:
        """Its words that always need a fact."""
        chinese = [word for word in self.loaded_zh.split() if word in clause]
        stems = set(map(_stem, self.loaded_en.split()))
        return chinese + [w for w in LATIN_WORD.findall(clause) if _stem(w) in stems]

    @property
    def pattern(self) -> re.Pattern[str]:
        """A clause it finds something in says something about the goods."""
        return re.compile("|".join(self.asserts))


def ungrounded(text: str, product: Product, facts: Iterable[Fact]) -> list[str]:
    """Words by which a text says something of the goods that neither facts nor plain talk have.

    Args:
        text: of a line.
        product: that it is about; its names are known words.
        facts: that hold now, of the product and the shop.
    """
    folded = fold(text).text
    known = _known(product, facts)
    stems = frozenset(map(_stem, LATIN_WORD.findall(known)))
    found: list[str] = []
    for start, end in clauses(folded):
        clause = folded[start:end].strip()
        asks = folded[end : end + 1] in {"?", "？"} or bool(QUESTION.search(clause))
        if asks:
            continue
        found += [word for word in _book().loaded(clause) if not _meant(word, clause, known)]
        if not _book().pattern.search(clause):
            continue
        for word in _words(clause):
            if HAN.match(word):
                plain = word in known or _is_plain(word) or _pieced(word, known)
            else:
                plain = _stem(word) in stems or _stem(word) in _plain_stems()
            if not plain:
                found.append(word)
    return found


def _meant(word: str, clause: str, known: str) -> bool:
    """Whether a fact says the word of the same thing: free shipping makes no free cream."""
    topics = content_words(clause.replace(word, " "))
    told = (known[slice(*span)] for span in clauses(known))
    return any(word in each and topics & content_words(each.replace(word, " ")) for each in told)


def contradicted(text: str, facts: Iterable[Fact]) -> list[str]:
    """Words that a text affirms and the facts only deny, or the other way round."""
    yes, no = set[str](), set[str]()
    for fact in facts:
        affirmed, denied = _sides(read(fact).text)
        yes |= affirmed
        no |= denied
    affirmed, denied = _sides(fold(text).text)
    return sorted((affirmed & (no - yes)) | (denied & (yes - no)))


@lru_cache(maxsize=20_000)
def _sides(folded: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a text affirms and what it denies, in pairs of characters and English stems."""
    affirmed, denied = set[str](), set[str]()
    for start, end in clauses(folded):
        clause = folded[start:end]
        if folded[end : end + 1] in {"?", "？"} or QUESTION.search(clause.strip()):
            continue
        spans = [(match.end(), _reach(clause, match.end())) for match in NEGATIVE.finditer(clause)]
        for at, word in _pairs(clause):
            inside = any(first <= at < last for first, last in spans)
            (denied if inside else affirmed).add(word)
    return frozenset(affirmed), frozenset(denied)


def _reach(clause: str, start: int) -> int:
    """Where what a negation denies ends: a few characters or words on."""
    if HAN.match(clause[start : start + 1]):
        return start + _NEAR - 1
    words = list(LATIN_WORD.finditer(clause, start))[:_FEW]
    return words[-1].end() if words else start


def _pairs(clause: str) -> Iterator[tuple[int, str]]:
    for run in re.finditer(f"[{CJK}]+", clause):
        for at in range(run.start(), run.end() - 1):
            yield at, clause[at : at + 2]
    for word in LATIN_WORD.finditer(clause):
        stem = _stem(word.group())
        if len(stem) > 3 and stem not in _everyday():
            yield word.start(), stem


def _words(clause: str) -> Iterator[str]:
    """Words that carry meaning."""
    for word in jieba.cut("".join(re.findall(f"[{CJK}]+|[^{CJK}]", clause))):
        bare = _AROUND.sub("", word)
        if len(bare) > 1 and HAN.match(bare):
            yield bare
    for word in LATIN_WORD.findall(clause):
        if len(word) > 2:
            yield word


def _pieced(word: str, known: str) -> bool:
    """Whether a longer word is put together of known ones: 温和保湿 of 温和 and 保湿."""
    pairs = [word[i : i + 2] for i in range(0, len(word) - 1, 2)]
    return len(word) > 2 and all(p in known or _is_plain(p) for p in pairs)


@lru_cache(maxsize=10_000)
def _is_plain(word: str) -> bool:
    return word in _plain_talk() and word not in _book().loaded_zh.split()


def _known(product: Product, facts: Iterable[Fact]) -> str:
    names = (product.name, *(n for _, n in product.names), *product.aliases, product.brand)
    parts = [*names, product.category, *(variant.name for variant in product.variants)]
    return "\n".join([fold("\n".join(parts)).text, *(read(fact).text for fact in facts)])


def _stem(word: str) -> str:
    for ending in ("'s", "’s", "ing", "ens", "ed", "er", "en", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


@lru_cache(maxsize=1)
def _book() -> PlainTalk:
    return load_settings(_FOLDER / "plain.toml", PlainTalk)


@lru_cache(maxsize=1)
def _plain_talk() -> str:
    """Everything our own phrase books and replies say: talk that needs no fact."""
    places = [Path(str(phrases.__file__)).parent, Path(str(answers.__file__)).parent]
    files = [*places[0].rglob("*.toml"), *places[1].glob("replies*.toml")]
    books = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(files))
    said = "\n".join(text for each in books for text in _strings(each))
    return fold(_book().zh + "\n" + re.sub(r"\{\w+\}|\[\w+\]|[<>|]", " ", said)).text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


@lru_cache(maxsize=1)
def _plain_stems() -> frozenset[str]:
    """English words that need no fact: those of everyday talk, and what our own books say often."""
    said = Counter(map(_stem, LATIN_WORD.findall(_plain_talk())))
    often = {stem for stem, times in said.items() if times >= _OFTEN}
    return frozenset((often | _everyday()).difference(map(_stem, _book().loaded_en.split())))


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    return frozenset(map(_stem, _book().en.split()))
