"""Facts as evidence: what a fact's words affirm, deny and count, read once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from core.product import Fact, Money
from script_engine.claims import CAREFUL, denies, negative_before
from script_engine.dates import Day, dates
from script_engine.lexicon import lexicon, terms
from script_engine.orders import gives_orders
from script_engine.quantities import Quantity, quantities, without_amounts
from script_engine.text import clauses, content_words, fold

_MINOR_UNITS = {"JPY": 1, "KRW": 1, "VND": 1}
_EXPIRES = re.compile(r"截止|截至|有效期至|结束|到期|until|\bend(?:s|ed)\b|expire|valid to|before")


# Words that carry polarity or grammar, not what is spoken of.
FUNCTION = re.compile(
    r"不含|含有|没有|不?添加了?|没加|加了|不?可以|不能|能够|不会|不要|请勿|支持|放进|带有|配了|建议|"
    r"左右|上下|大概|大约|差不多|"
    r"[含可能会要请勿别不没无有进放带都也就是的了用很又再]|一点|里面|"
    r"\b(?:contains?|includes?|with|without|free|added|built|has|have|does|can|may|no|not|don't|"
    r"doesn't|won't|included|sold|separately|comes?|please|only|just|very|more|less|it's|is|are)\b"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of a fact: what is said of one thing."""

    text: str
    words: frozenset[str]
    quantities: tuple[Quantity, ...]
    positive: frozenset[tuple[str, str]]
    negative: frozenset[tuple[str, str]]
    denied: bool
    # says that something is not so
    careful: bool
    # says under which conditions: ask first, try first


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
    conditional: frozenset[tuple[str, str]]
    # of the positive those it only affirms under a condition: ask first, try first
    words: frozenset[str]
    measured: tuple[Quantity, ...]
    # its own value, of a fact that is a number with a unit
    label: frozenset[str]
    # what its header or question is about
    parts: tuple[Part, ...]


def topic_words(folded: str) -> frozenset[str]:
    """What a clause is about: its words without numbers and those of grammar and polarity."""
    return content_words(FUNCTION.sub(" ", without_amounts(folded)))


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
    # A label's words are affirmed or denied by how the answer to it begins.
    label_denies = bool(re.match(r"不含|不添加|不适|禁|free of|without|not suitable|avoid", label))
    answered_no = bool(
        re.match(
            r"不|没|无|别|勿|否|建议先|no\b|not\b|don't|we don't|sorry|it (?:is|does)n't", body
        )
    )
    label_denied = label_denies or answered_no
    for term in terms(label):
        (no if label_denied else yes).add((term.kind, term.group))
    careful = bool(CAREFUL.search(body)) and fact.type == "question"
    parts = []
    if fact.type == "question":
        words = topic_words(label)
        parts.append(
            Part(
                label,
                words,
                quantities(label),
                frozenset() if careful else frozenset(yes),
                frozenset() if careful else frozenset(no),
                label_denied,
                careful,
            )
        )
    conditions = {key for key in yes | no if careful}
    for start, end in clauses(body):
        clause = body[start:end]
        here_yes: set[tuple[str, str]] = set()
        here_no: set[tuple[str, str]] = set()
        for term in terms(clause):
            denied = negative_before(body, start, start + term.start, start + term.end)
            # A caution names whom it is not for; how to treat the thing it says as it is.
            whom = term.kind == "suitability" and term.group not in lexicon().handling
            denied = denied or (fact.type == "caution" and whom)
            denied = denied or label_denies
            (here_no if denied else here_yes).add((term.kind, term.group))
        conditional = bool(CAREFUL.search(clause)) and fact.type != "certificate"
        if conditional:
            conditions |= {key for key in here_yes if key[0] == "suitability"}
        denied = denies(clause) or label_denies
        parts.append(
            Part(
                clause,
                topic_words(clause),
                quantities(clause),
                frozenset(here_yes - conditions),
                frozenset(here_no),
                denied,
                conditional,
            )
        )
        yes |= here_yes
        no |= here_no
    return Reading(
        fact,
        text,
        quantities(text),
        dates(text),
        frozenset(yes),
        frozenset(no),
        frozenset(conditions),
        content_words(text),
        _measured(fact),
        topic_words(label),
        tuple(parts),
    )


def _measured(fact: Fact) -> tuple[Quantity, ...]:
    if isinstance(fact.value, str | Money):
        return ()
    return quantities(f"{fact.value:g}{fold(fact.unit).text}")


def usable(facts: Iterable[Fact], when: datetime) -> list[Fact]:
    """Facts that may be said now: inside their validity, and no deadline in their words is past.

    What reads like an order to a machine is no fact and backs nothing.
    """
    return [
        fact
        for fact in facts
        if fact.valid_at(when) and not _past(fact, when) and not gives_orders(fact)
    ]


def _past(fact: Fact, when: datetime) -> bool:
    if not isinstance(fact.value, str) or fact.type == "date" or not _EXPIRES.search(fact.value):
        return False
    days = [day for day in read(fact).days if day.year and day.day]
    today = (when.year, when.month, when.day)
    return bool(days) and all((day.year, day.month, day.day) < today for day in days)
