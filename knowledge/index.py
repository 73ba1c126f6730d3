"""Facts by their words, by the nearness of their texts, by their field and by their product.

What a fact says is indexed apart from the names of its product: a text that many products share
(中国浙江, "Machine wash cold") is kept once, and 8,000 products fit in little memory.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
from jaxtyping import Float32, Int32

from core.product import Fact, Product
from knowledge.encoders import Encoder, EncoderFor
from knowledge.fields import BY_KEY
from knowledge.tokens import tokens_of
from knowledge.vectors import VectorIndex
from knowledge.words import WordIndex

LEAST_LIKENESS: Final = 0.05
# below it two texts have nothing to do with each other
_CHUNK: Final = 1024
# texts encoded at once
_SHARED: Final = 20
# of the facts with one and the same text, so many are candidates

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
Scored = list[tuple[str, float]]
"""Fact ids with scores; only their order and ratio mean anything."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the index keeps of a fact itself."""

    id: str
    field: str
    language: str
    # "" for numbers and prices, which are of every language
    of_variant: bool


class FactIndex:
    """Made once of a set of facts; never changed."""

    def __init__(
        self,
        facts: Sequence[Fact],
        products: Mapping[str, Product],
        encoder_for: EncoderFor,
        like: "FactIndex | None" = None,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        """Index facts.

        Args:
            facts: of any number of products.
            products: by id, for their names.
            encoder_for: gives the encoder for the texts.
            like: an index whose encoder and rarity of words are taken over, so that the scores of
                both can be compared.
            progress: called with the share that is done, 0 to 1.
        """
        self.rows = [
            Row(f.id, f.field, f.language if isinstance(f.value, str) else "", bool(f.variant))
            for f in facts
        ]
        texts: dict[str, int] = {}
        self._text_of = _ints(texts.setdefault(text_of(fact), len(texts)) for fact in facts)
        owners: dict[str, int] = {}
        self._owner_of = _ints(owners.setdefault(fact.product_id, len(owners)) for fact in facts)
        self._by_owner = _grouped(fact.product_id for fact in facts)
        self._by_field = {
            field: np.array(rows, np.int32)
            for field, rows in _grouped(fact.field for fact in facts).items()
        }
        self._by_text = _grouped(self._text_of.tolist())
        tokens = map(tokens_of, _told(list(texts), progress, 0.0, 0.6))
        self._words: WordIndex = WordIndex(tokens, like._words if like else None)
        names = (tokens_of(" ".join(names_of(products.get(owner)))) for owner in owners)
        self._names: WordIndex = WordIndex(names, like._names if like else None)
        self.encoder: Encoder = like.encoder if like else encoder_for(list(texts))
        self._vectors: VectorIndex | None = None
        if texts:
            vectors = np.empty((len(texts), self.encoder.dimensions), np.float32)
            chunks = [list(texts)[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
            for at, chunk in enumerate(_told(chunks, progress, 0.6, 1.0)):
                vectors[at * _CHUNK : at * _CHUNK + len(chunk)] = self.encoder.encode(chunk)
            self._vectors = VectorIndex(vectors)

    def owned(self, product_ids: Iterable[str]) -> list[int]:
        """The rows of some products; "" has those of the whole shop."""
        return [row for owner in product_ids for row in self._by_owner.get(owner, ())]

    def of_field(
        self, field: str, count: int, order: Float32[np.ndarray, " rows"]
    ) -> Sequence[int]:
        """The rows of a field; of very many, those that `order` puts first."""
        rows = self._by_field.get(field)
        if rows is None:
            return ()
        if len(rows) > count:
            rows = rows[np.argpartition(-order[rows], count)[:count]]
        those: list[int] = rows.tolist()
        return those

    def by_words(self, tokens: Mapping[str, float]) -> Float32[np.ndarray, " rows"]:
        """How well each fact and its product's names share the words."""
        if not self.rows:
            return np.zeros(0, np.float32)
        said = self._words.scores(tokens)[self._text_of]
        scores: Float32[np.ndarray, " rows"] = said + self._names.scores(tokens)[self._owner_of]
        return scores

    def by_vector(
        self,
        vector: Float32[np.ndarray, "1 dimensions"],
        near: Sequence[int],
        count: int,
        order: Float32[np.ndarray, " rows"],
    ) -> list[tuple[int, float]]:
        """Rows with their likeness: those of `near`, and the `count` nearest of all.

        Args:
            vector: of the question.
            near: rows that are always looked at.
            count: how many of all facts.
            order: decides between facts that say the very same.
        """
        if self._vectors is None:
            return []
        likeness = self._vectors.likeness(vector, self._text_of[list(near)].tolist())
        found = dict(zip(near, likeness.tolist(), strict=True))
        for text, score in self._vectors.nearest(vector, count):
            rows = self._by_text[text]
            if len(rows) > _SHARED:
                rows = sorted(rows, key=lambda row: -order[row])[:_SHARED]
            found |= dict.fromkeys(rows, score)
        return [(row, score) for row, score in found.items() if score > LEAST_LIKENESS]


def text_of(fact: Fact) -> str:
    """What a fact is found by: what it says and the words for its field.

    Not a price or a stock itself: they change while the room runs.
    """
    kind = BY_KEY[fact.field]
    if isinstance(fact.value, str):
        shown = fact.value
    elif isinstance(fact.value, float) and fact.type != "stock":
        shown = f"{fact.value:g}{fact.unit}"
    else:
        shown = ""
    # a question is found by its own words; the words of other fields would only blur it
    words = fact.label if fact.field == "question" else f"{fact.label} {kind.zh} {kind.en}"
    return f"{words} {shown} {fact.variant}".strip()


def names_of(product: Product | None) -> Sequence[str]:
    if product is None:
        return ()
    names = (product.name, *(name for _, name in product.names), *product.aliases)
    return tuple(dict.fromkeys(names))


def _told(
    items: Sequence[T], progress: Callable[[float], None] | None, start: float, end: float
) -> Iterator[T]:
    """The items, saying now and then how many are done, from `start` to `end`."""
    for at, item in enumerate(items):
        if progress and at % max(1, len(items) // 50) == 0:
            progress(start + (end - start) * at / len(items))
        yield item


def _ints(values: Iterable[int]) -> Int32[np.ndarray, " rows"]:
    return np.fromiter(values, np.int32)


def _grouped(keys: Iterable[H]) -> dict[H, list[int]]:
    rows: dict[H, list[int]] = defaultdict(list)
    for row, key in enumerate(keys):
        rows[key].append(row)
    return dict(rows)
