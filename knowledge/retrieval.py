"""Finding the facts that may answer a question.

Three rankings are fused by reciprocal rank (Cormack, Clarke and Büttcher 2009, k = 60): BM25 over
words and character pairs, nearness of n-gram vectors, and facts of the fields the question is
about. The product in focus weighs more; facts that do not hold at the moment are never given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from core.language import Language
from core.product import Fact, Money, Product
from knowledge.asking import asked_fields
from knowledge.fields import BY_KEY
from knowledge.tokens import tokens_of
from knowledge.vectors import Embedder, VectorIndex
from knowledge.words import WordIndex

K: Final = 60
DEPTH: Final = 60
# of each ranking that is fused
FOCUS: Final = 2.0
# weight of facts of the product asked about
SHOP: Final = 1.2
# weight of facts of the whole shop
ELSEWHERE: Final = 0.5
# weight of facts of other products while one is in focus
OTHER_LANGUAGE: Final = 0.75
FIELD_WEIGHT: Final = 2.0
# of the ranking by field


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact and how well it fits the question; only the order of scores means anything."""

    fact: Fact
    score: float


class Retriever:
    """An index over all facts of a shop. It keeps ids: the facts themselves are looked up live."""

    def __init__(self, facts: Sequence[Fact], products: Mapping[str, Product]) -> None:
        """Index facts. Takes a second the first time, for the dictionary of words."""
        self._ids = [fact.id for fact in facts]
        self._owners = [fact.product_id for fact in facts]
        self._languages = [f.language if isinstance(f.value, str) else None for f in facts]
        self._is_variant = [bool(fact.variant) for fact in facts]
        self._fields: dict[str, list[int]] = {}
        for row, fact in enumerate(facts):
            self._fields.setdefault(fact.field, []).append(row)
        texts = [_text_of(fact, products) for fact in facts]
        self._embedder = Embedder(texts)
        self._vectors = VectorIndex(self._embedder.corpus()) if texts else None
        self._words = WordIndex([tokens_of(text) for text in texts])

    def search(
        self,
        query: str,
        *,
        product_id: str | None,
        language: Language | None,
        limit: int,
        when: datetime,
        fact: Callable[[str], Fact | None],
    ) -> tuple[Hit, ...]:
        """The facts that fit best, the best first.

        Args:
            query: what somebody asks, in any language.
            product_id: the product asked about; None for no one product.
            language: preferred, not required; numbers and prices are of every language.
            limit: at most so many.
            when: facts that do not hold then are left out.
            fact: the fact with an id as it is now, None when it is gone.
        """
        if not self._ids or not query.strip() or limit < 1:
            return ()
        scores: dict[int, float] = {}
        for weight, ranking in (
            (1.0, self._by_words(query)),
            (1.0, self._by_vectors(query)),
            (FIELD_WEIGHT, self._by_fields(query, product_id, language)),
        ):
            for rank, row in enumerate(ranking[:DEPTH], start=1):
                scores[row] = scores.get(row, 0.0) + weight / (K + rank)
        hits = []
        for row, score in scores.items():
            found = fact(self._ids[row])
            if found is not None and found.valid_at(when):
                weight = _place_weight(found, product_id) * _language_weight(found, language)
                hits.append(Hit(found, score * weight))
        hits.sort(key=lambda hit: (-hit.score, hit.fact.id))
        return tuple(hits[:limit])

    def _by_words(self, query: str) -> list[int]:
        scores = self._words.scores(tokens_of(query))
        best = np.argsort(-scores, kind="stable")[: DEPTH * 2]
        return [int(row) for row in best if scores[row] > 0]

    def _by_vectors(self, query: str) -> list[int]:
        if self._vectors is None:
            return []
        nearest = self._vectors.nearest(self._embedder.embed(query), DEPTH * 2)
        return [row for row, likeness in nearest if likeness > 0.05]

    def _by_fields(
        self, query: str, product_id: str | None, language: Language | None
    ) -> list[int]:
        """Facts of the fields asked about, those of the product in focus first."""
        asked = asked_fields(query)
        rows: list[int] = []
        for field in sorted(asked, key=lambda field: -asked[field]):
            of_field = self._fields.get(field, ())
            rows += sorted(of_field, key=lambda row: self._order(row, product_id, language))
        return rows

    def _order(
        self, row: int, product_id: str | None, language: Language | None
    ) -> tuple[bool, bool, bool]:
        """Of facts of one field: the product asked about, the language, whole products first."""
        foreign = language is not None and self._languages[row] not in (language, None)
        return self._owners[row] not in (product_id, ""), foreign, self._is_variant[row]


def _text_of(fact: Fact, products: Mapping[str, Product]) -> str:
    """What a fact is found by: what it says, the words for its field, and its product's names."""
    kind = BY_KEY[fact.field]
    value = f"{fact.value.minor / 100:g}" if isinstance(fact.value, Money) else fact.value
    shown = f"{value:g}{fact.unit}" if isinstance(value, float) else str(value)
    product = products.get(fact.product_id)
    # a question is found by its own words; the words of other fields would only blur it
    words = fact.label if fact.field == "question" else f"{fact.label} {kind.zh} {kind.en}"
    names = " ".join(_names(product)) if product else ""
    return f"{words} {shown} {fact.variant} {names}"


def _names(product: Product) -> Iterable[str]:
    yield from dict.fromkeys((product.name, *(name for _, name in product.names)))
    yield from product.aliases


def _place_weight(fact: Fact, product_id: str | None) -> float:
    if not product_id:
        return 1.0
    if fact.product_id == product_id:
        return FOCUS
    return SHOP if not fact.product_id else ELSEWHERE


def _language_weight(fact: Fact, language: Language | None) -> float:
    if language is None or fact.language == language or not isinstance(fact.value, str):
        return 1.0
    return 1.0 if {fact.language, language} == {"zh", "yue"} else OTHER_LANGUAGE
