"""Facts as evidence: what a fact's words affirm, deny and count, read once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from core.product import Fact, Money
from script_engine.claims import negative_before
from script_engine.dates import Day, dates
from script_engine.lexicon import terms
from script_engine.quantities import Quantity, quantities
from script_engine.text import clauses, content_words, fold

_MINOR_UNITS = {"JPY": 1, "KRW": 1, "VND": 1}
_EXPIRES = re.compile(r"截止|截至|有效期至|结束|到期|until|ends|expire|valid to|before")


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact with everything in its text that a line may lean on."""

    fact: Fact
    text: str
    # folded, label first
    quantities: tuple[Quantity, ...]
    days: tuple[Day, ...]
    positive: frozenset[tuple[str, str]]
    # kind and group of each term it affirms
    negative: frozenset[tuple[str, str]]
    words: frozenset[str]


def major(money: Money) -> float:
    """An amount in whole units: 19900 CNY is 199."""
    return money.minor / _MINOR_UNITS.get(money.currency, 100)


@lru_cache(maxsize=100_000)
def read(fact: Fact) -> Reading:
    """What a fact's text holds."""
    label = fold(fact.label).text
    value = fact.value if isinstance(fact.value, str) else ""
    body = fold(value).text
    text = f"{label}: {body}"
    yes: set[tuple[str, str]] = set()
    no: set[tuple[str, str]] = set()
    # A question's words are affirmed or denied by how the answer begins.
    label_denied = bool(
        re.match(
            r"不|没|无|别|勿|否|建议先|no\b|not\b|don't|we don't|sorry|it (?:is|does)n't", body
        )
    ) or bool(re.match(r"不含|不添加|不适|禁|free of|without|not suitable|avoid", label))
    for term in terms(label):
        (no if label_denied else yes).add((term.kind, term.group))
    for start, end in clauses(body):
        for term in terms(body[start:end]):
            denied = negative_before(body, start, start + term.start, start + term.end)
            denied = denied or (fact.type == "caution" and term.kind == "suitability")
            denied = denied or (label_denied and fact.type != "question")
            (no if denied else yes).add((term.kind, term.group))
    return Reading(
        fact,
        text,
        quantities(text),
        dates(text),
        frozenset(yes),
        frozenset(no),
        content_words(text),
    )


def usable(facts: Iterable[Fact], when: datetime) -> list[Fact]:
    """Facts that may be said now: inside their validity, and no deadline in their words is past."""
    return [fact for fact in facts if fact.valid_at(when) and not _past(fact, when)]


def _past(fact: Fact, when: datetime) -> bool:
    if not isinstance(fact.value, str) or fact.type == "date" or not _EXPIRES.search(fact.value):
        return False
    days = [day for day in read(fact).days if day.year and day.day]
    today = (when.year, when.month, when.day)
    return bool(days) and all((day.year, day.month, day.day) < today for day in days)
