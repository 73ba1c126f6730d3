"""Which facts can be told now, in a language, and what is left to sell."""

import re
from collections import Counter
from collections.abc import Iterable

from core.language import Language
from core.product import Fact
from script_engine.composer.fields import PROOF
from script_engine.lexicon import terms
from script_engine.spoken import in_language
from script_engine.text import fold

_ABROAD = frozenset({*PROOF, "texture", "fit"}) - {"brand", "manufacturer", "feature"}
# fields with short values that may be put into the other language


def sold_out(facts: Iterable[Fact]) -> bool:
    """Whether every stock figure of a product is nought."""
    stocks = [f.value for f in facts if f.type == "stock" and isinstance(f.value, int | float)]
    return bool(stocks) and not any(stocks)


def sold_out_versions(facts: list[Fact]) -> set[str]:
    """Colours and sizes of which nothing is left in any version."""
    left: Counter[str] = Counter()
    for fact in facts:
        if fact.type == "stock" and fact.variant and isinstance(fact.value, int | float):
            for part in re.split(r"\s*/\s*", fact.variant):
                left[part] += int(fact.value)
    return {part for part, pieces in left.items() if not pieces}


def tellable(facts: list[Fact], language: Language) -> list[Fact]:
    """The facts that can be told in a language.

    What only one version has is told where there is only one; a short value that is there in
    another language alone is told in words that the glossary knows.
    """
    versions = {fact.variant for fact in facts if fact.variant}
    here = {fact.field for fact in facts if fact.language == language}
    return [
        fact
        for fact in facts
        if (not fact.variant or len(versions) == 1)
        and (fact.field != "feature" or fact.language == language)
        and (
            not isinstance(fact.value, str)
            or fact.language == language
            or (fact.field == "brand" and language == "zh" and "brand" not in here)
            or (fact.field in _ABROAD and fact.field not in here and _same_abroad(fact, language))
        )
    ]


def _same_abroad(fact: Fact, language: Language) -> bool:
    """Whether a value can be put into a language, and the gate knows the place it names there."""
    value = str(fact.value)
    said = in_language(value, language)
    if said is None or fact.field != "origin":
        return said is not None
    places = {term.group for term in terms(fold(value).text) if term.kind == "origin"}
    return bool(places) and places == {t.group for t in terms(fold(said).text)}
