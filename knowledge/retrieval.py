"""Finding the facts that may answer a question.

Three rankings are fused by reciprocal rank (Cormack, Clarke and Büttcher 2009, k = 60): BM25 over
words and character pairs, nearness of vectors, and facts of the fields the question is about. The
products that the question is about weigh more; facts that do not hold at the moment are never
given. A reranker, when there is one, has the last word over the best of them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, Protocol

import numpy as np
from jaxtyping import Float32

from core.language import Language
from core.product import Fact, Product
from knowledge.asking import asked_fields
from knowledge.encoders import ConceptEncoder, EncoderFor
from knowledge.index import FactIndex, Scored, text_of
from knowledge.synonyms import weighted_tokens

K: Final = 60
DEPTH: Final = 60
# of each ranking that is fused, when the question is about no one product
FAR: Final = 10
# of each ranking that is about other products, when it is about some
SHOP: Final = 1.2
# weight of facts of the whole shop
ELSEWHERE: Final = 0.5
# weight of facts of products that the question is not about
OTHER_LANGUAGE: Final = 0.75
IDENTITY: Final = 0.6
# weight of what a product is called and filed under, unless that is asked
_IDENTITY: Final = frozenset({"name", "brand", "category", "description"})
MOST_MOVED: Final = 5_000
# facts beside the main index; more, and all of it is made again
RERANKED: Final = 20

Ranking = Literal["words", "vectors", "fields"]
RANKINGS: Final[Mapping[Ranking, float]] = {"words": 1.0, "vectors": 1.0, "fields": 2.0}
"""All rankings with their weights."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A fact and how well it fits the question; only the order of scores means anything."""

    fact: Fact
    score: float


class Reranker(Protocol):
    """Reads a question and a fact together."""

    def scores(self, query: str, texts: Sequence[str]) -> Float32[np.ndarray, " texts"]:
        """How well each text answers the question; only the order means anything."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched for."""

    text: str
    about: Mapping[str, float]
    # products with their weights; none when it is about no one product
    language: Language | None
    # preferred, not required
    limit: int
    when: datetime
    rankings: Mapping[Ranking, float]
    # that are fused, with their weights


class Retriever:
    """An index over all facts of a shop. It keeps ids: the facts themselves are looked up live."""

    def __init__(
        self,
        facts: Sequence[Fact],
        products: Mapping[str, Product],
        encoder_for: EncoderFor = ConceptEncoder,
        reranker: Reranker | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Index facts. Takes a second the first time, for the dictionary of words."""
        self._encoder_for = encoder_for
        self._reranker = reranker
        self._main = FactIndex(facts, products, encoder_for, progress=progress)
        self._moved: dict[str, Sequence[Fact]] = {}
        # the facts of products that changed since the main index was made
        self._fresh: FactIndex | None = None

    def updated(
        self, changed: Mapping[str, Sequence[Fact]], products: Mapping[str, Product]
    ) -> "Retriever | None":
        """A retriever that knows all facts of some products anew; this one stays as it is.

        Args:
            changed: all facts of each product that is not as it was; none when it is gone.
            products: all products.

        Returns:
            None when so much has changed that it is better made from the beginning.
        """
        moved = {**self._moved, **changed}
        facts = [fact for those in moved.values() for fact in those]
        if len(facts) > MOST_MOVED:
            return None
        other = object.__new__(Retriever)
        other._encoder_for, other._reranker = self._encoder_for, self._reranker
        other._main, other._moved = self._main, moved
        other._fresh = FactIndex(facts, products, self._encoder_for, self._main)
        return other

    def search(self, question: Question, fact: Callable[[str], Fact | None]) -> tuple[Hit, ...]:
        """The facts that fit best, the best first.

        Args:
            question: what is asked.
            fact: the fact with an id as it is now, None when it is gone.
        """
        if not question.text.strip() or question.limit < 1:
            return ()
        scores: dict[str, float] = {}
        for weight, ranked in self._rankings(question):
            for rank, (fact_id, _) in enumerate(ranked, start=1):
                scores[fact_id] = scores.get(fact_id, 0.0) + weight / (K + rank)
        hits = []
        unasked = _IDENTITY - asked_fields(question.text).keys()
        for fact_id, score in scores.items():
            found = fact(fact_id)
            if found is not None and found.valid_at(question.when):
                weight = _place_weight(found, question.about)
                weight *= _language_weight(found, question.language)
                weight *= IDENTITY if found.field in unasked else 1.0
                hits.append(Hit(found, score * weight))
        hits.sort(key=lambda hit: (-hit.score, hit.fact.id))
        return tuple(self._reranked(question, hits)[: question.limit])

    def _rankings(self, question: Question) -> Iterable[tuple[float, Scored]]:
        """Each ranking with its weight, the best fact first."""
        tokens = weighted_tokens(question.text)
        asked = asked_fields(question.text) if "fields" in question.rankings else {}
        found: dict[Ranking, Scored] = {"words": [], "vectors": [], "fields": []}
        for index in (self._main, self._fresh):
            if index is None or not index.rows:
                continue
            gone: Collection[str] = self._moved if index is self._main else ()
            near = index.owned(
                owner for owner in (*question.about, "") if question.about and owner not in gone
            )
            away = set(index.owned(gone))
            words = index.by_words(tokens)
            depth = FAR if question.about else DEPTH
            best = np.argpartition(-words, min(depth + len(away), len(words) - 1))
            rows = {*near, *(best[: depth + len(away)].tolist())} - away
            found["words"] += [(index.rows[r].id, float(words[r])) for r in rows if words[r] > 0]
            if "vectors" in question.rankings:
                vector = index.encoder.encode_query(question.text)
                likely = index.by_vector(vector, near, depth + len(away), words)
                found["vectors"] += [(index.rows[r].id, s) for r, s in likely if r not in away]
            found["fields"] += _by_field(index, asked, near, away, words, question)
        for name, weight in question.rankings.items():
            if name == "vectors":
                weight *= self._main.encoder.weight
            yield weight, sorted(found[name], key=lambda item: (-item[1], item[0]))

    def _reranked(self, question: Question, hits: list[Hit]) -> list[Hit]:
        """The best hits in the order of the reranker."""
        if self._reranker is None or not hits:
            return hits
        first = hits[:RERANKED]
        scores = self._reranker.scores(question.text, [text_of(hit.fact) for hit in first])
        order = np.argsort(-scores, kind="stable")
        # the scores stay sorted: they only say the order
        best = [replace(first[at], score=hit.score) for at, hit in zip(order, first, strict=True)]
        return best + hits[RERANKED:]


def _by_field(
    index: FactIndex,
    asked: Mapping[str, int],
    near: Collection[int],
    away: Collection[int],
    words: Float32[np.ndarray, " rows"],
    question: Question,
) -> Scored:
    """Facts of the fields asked about.

    First those of the products it is about; then the field of which more words are used, the
    language, whole products before variants, and the facts that share more words.
    """
    close = frozenset(near)
    found = []
    for field, count in asked.items():
        if close:
            rows: Iterable[int] = [row for row in near if index.rows[row].field == field]
        else:
            rows = index.of_field(field, DEPTH, words)
        for row in rows:
            fact = index.rows[row]
            if row not in away:
                foreign = question.language is not None and fact.language not in (
                    question.language, "",
                )  # fmt: skip
                score = count * 1000 - 100 * foreign - 10 * fact.of_variant + words[row] / 10
                found.append((fact.id, float(score)))
    return sorted(found, key=lambda item: (-item[1], item[0]))[:DEPTH]


def _place_weight(fact: Fact, about: Mapping[str, float]) -> float:
    if not about:
        return 1.0
    return about.get(fact.product_id) or (ELSEWHERE if fact.product_id else SHOP)


def _language_weight(fact: Fact, language: Language | None) -> float:
    if language is None or fact.language == language or not isinstance(fact.value, str):
        return 1.0
    return 1.0 if {fact.language, language} == {"zh", "yue"} else OTHER_LANGUAGE
