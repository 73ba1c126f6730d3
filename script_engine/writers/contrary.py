"""Whether a line says the opposite of a fact in words that the gate does not know."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from core.product import Fact, Product
from script_engine.claims import NEGATIVE, QUESTION, SUPPOSES
from script_engine.readings import read
from script_engine.text import CJK, HAN, LATIN_WORD, clauses, fold
from script_engine.writers.plain import everyday_stems, named, stem_of

_NEAR = 4
# characters after a negation that it denies
_FEW = 3
# English words after one


def contradicted(text: str, product: Product, facts: Iterable[Fact]) -> list[str]:
    """Words that a text affirms and the facts only deny, or the other way round.

    The product's own name is no such word: who cannot find the earphones does not deny them.
    """
    yes, no = set[str](), set[str]()
    for fact in facts:
        affirmed, denied = _sides(read(fact).text)
        yes |= affirmed
        no |= denied
    affirmed, denied = _sides(fold(text).text)
    names = {word for _, word in _pairs(named(product))}
    return sorted(((affirmed & (no - yes)) | (denied & (yes - no))) - names)


@lru_cache(maxsize=20_000)
def _sides(folded: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a text affirms and what it denies, in pairs of characters and English stems."""
    affirmed, denied = set[str](), set[str]()
    for start, end in clauses(folded):
        clause = folded[start:end]
        asks = folded[end : end + 1] in {"?", "？"} or QUESTION.search(clause.strip())
        if asks or SUPPOSES.match(clause):
            continue
        spans = [(match.end(), _reach(clause, match.end())) for match in NEGATIVE.finditer(clause)]
        for at, word in _pairs(clause):
            if any(first <= at < last for first, last in spans):
                denied.add(word)
            elif not spans:  # what a denial leaves out it may still deny: 冰箱就别放了
                affirmed.add(word)
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
        stem = stem_of(word.group())
        if len(stem) > 3 and stem not in everyday_stems():
            yield word.start(), stem
