"""Which variant a line speaks of: 50ml, 五十毫升, 大瓶, M码, 象牙白."""

import re
from functools import lru_cache

from script_engine.claims import Assertion
from script_engine.quantities import quantities
from script_engine.text import fold

_CONTAINER = "[瓶包袋罐盒支份号装桶箱杯规]"
_LARGE = re.compile(
    rf"大{_CONTAINER}|[长高](?:款|一点的|的那?[款根支条个])|"
    r"\b(?:large|larger|big|bigger|longer|taller|long (?:one|version))\b"
)
_SMALL = re.compile(
    rf"小{_CONTAINER}|[短矮](?:款|一点的|的那?[款根支条个])|"
    r"\b(?:small|smaller|shorter|short (?:one|version))\b"
)


def variants_meant(assertion: Assertion, variants: frozenset[str]) -> frozenset[str]:
    """The variants an assertion is about, empty when it names none.

    What stands before it in its clause counts most, then the clause, then the sentence.
    """
    if not variants:
        return frozenset()
    for text in (assertion.before, assertion.clause, assertion.sentence):
        if meant := _named(text, variants):
            return meant
    return frozenset()


def stands_in(part: str, clause: str) -> bool:
    """Whether a text holds a word of a variant's name; M does not stand in "mug"."""
    if part.isascii() and part.isalnum():
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])", clause))
    return part in clause


@lru_cache(maxsize=20_000)
def variant_parts(variant: str) -> tuple[str, ...]:
    """The words of a variant's name: "M / Ivory" has two, "12 cm" one."""
    joined = re.sub(r"(?<=\d)\s+(?=[a-z]{1,3}\b)", "", fold(variant).text)
    return tuple(part for part in re.split(r"[\s/|,，、]+", joined) if part)


@lru_cache(maxsize=4096)
def _named(text: str, variants: frozenset[str]) -> frozenset[str]:
    said = {
        part
        for variant in variants
        for part in variant_parts(variant)
        if stands_in(part, text) or _amount_in(part, text)
    }
    whole = frozenset(v for v in variants if said and said <= set(variant_parts(v)))
    touched = frozenset(v for v in variants if said & set(variant_parts(v)))
    return whole or touched or _by_size(text, variants)


def _amount_in(part: str, text: str) -> bool:
    """Whether a text has the amount that a variant is called by, written otherwise."""
    wanted = [q for q in quantities(part) if q.kind == "measure"]
    return any(
        q.kind == "measure" and q.unit == w.unit and abs(q.value - w.value) <= 1e-6 * w.value
        for w in wanted
        for q in quantities(text)
    )


def _by_size(text: str, variants: frozenset[str]) -> frozenset[str]:
    """The largest or smallest of variants that are called by an amount."""
    amounts = {
        variant: measured[0].value
        for variant in variants
        if (measured := [q for q in quantities(fold(variant).text) if q.kind == "measure"])
    }
    if len(amounts) < 2 or len(amounts) < len(variants):
        return frozenset()
    large, small = _LARGE.search(text), _SMALL.search(text)
    if bool(large) == bool(small):
        return frozenset()
    return frozenset({(max if large else min)(amounts, key=lambda variant: amounts[variant])})
