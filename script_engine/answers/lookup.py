"""Finding the facts that answer: by field, by what is named, by a staff question, by search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.language import Language
from core.product import Fact, Product
from script_engine.answers.comment import Comment, content, coverage
from script_engine.evidence import WHOLE_SHOP, stands_in, variant_parts
from script_engine.lexicon import Term, terms
from script_engine.readings import read, usable
from script_engine.shop import Shop
from script_engine.text import fold

SURE = 0.6
# share of a question's words that a fact found by search must speak of
_NEAR = 0.3
# share from which one fact of a list is nearer to a question than the others
_ASKABLE = frozenset({"ingredient", "suitability", "effect", "certificate", "promise"})


@dataclass(frozen=True, slots=True)
class Found:
    """Facts that answer, and by which wording."""

    wording: str
    facts: tuple[Fact, ...]


class Lookup:
    """What a shop knows about one product at one moment, as a viewer's language needs it."""

    def __init__(
        self, shop: Shop, product: Product | None, language: Language, when: datetime
    ) -> None:
        self._shop, self._language, self._when = shop, language, when
        self.product = product
        self.own = usable(shop.facts_of(product.id), when) if product else []
        self.everything = [*self.own, *usable(shop.facts_of(WHOLE_SHOP), when)]

    def speakable(self, facts: Iterable[Fact]) -> list[Fact]:
        """Those that can be told in the viewer's language."""
        return [f for f in facts if not isinstance(f.value, str) or f.language == self._language]

    def by_fields(self, fields: Sequence[str], comment: Comment) -> list[Fact]:
        """Facts of these fields: the product's before the shop's, the nearest to the question
        first, then in the order of the fields."""
        asked = content(comment.text)

        def rank(fact: Fact) -> tuple[bool, float, int]:
            near = coverage(asked, _words(fact))
            return not fact.product_id, -near if near >= _NEAR else 0.0, fields.index(fact.field)

        return sorted(self.speakable(f for f in self.everything if f.field in fields), key=rank)

    def by_question(self, comment: Comment, *, strict: bool) -> Fact | None:
        """The question staff have answered already that is the viewer's."""
        asked = content(comment.text)
        best: tuple[float, Fact] | None = None
        for fact in self.speakable(f for f in self.own if f.type == "question"):
            known = content(fold(fact.label).text)
            if not known or not asked:
                continue
            common = len(asked & known) / len(asked | known)
            if best is None or common > best[0]:
                best = (common, fact)
        enough = 0.85 if strict else 0.5
        return best[1] if best and best[0] >= enough else None

    def asked_terms(self, comment: Comment) -> list[Term]:
        """Ingredients, people, effects and papers that the comment names."""
        return [term for term in terms(comment.text) if term.kind in _ASKABLE]

    def by_terms(self, asked: Sequence[Term]) -> list[Fact]:
        """Facts that affirm or deny what the comment names, the most telling first."""
        keys = {(term.kind, term.group) for term in asked}
        found = []
        for fact in self.speakable(self.everything):
            reading = read(fact)
            # a kind of thing in the name tells nothing
            if fact.field in {"name", "category"}:
                continue
            if keys & (reading.positive | reading.negative):
                found.append(fact)
        return sorted(found, key=lambda fact: _TELLING.get(fact.type, 5))

    def by_search(self, comment: Comment) -> Fact | None:
        """The fact nearest in meaning, when it speaks of most of what is asked."""
        asked = content(comment.text)
        if self.product is not None:
            names = {self.product.name, *(n for _, n in self.product.names), *self.product.aliases}
            asked -= content(" ".join(fold(name).text for name in names))
        if not asked:
            return None
        hits = self._shop.search(
            comment.text,
            product_id=self.product.id if self.product else None,
            language=None,
            limit=6,
            when=self._when,
        )
        own = {WHOLE_SHOP, self.product.id if self.product else WHOLE_SHOP}
        facts = self.speakable(hit.fact for hit in hits if hit.fact.product_id in own)
        for fact in usable(facts, self._when):
            if coverage(asked, _words(fact)) >= SURE and isinstance(fact.value, str):
                return fact
        return None

    def variants_said(self, comment: Comment) -> list[str]:
        """Variants of the product that the comment names, by every part it names."""
        if self.product is None:
            return []
        said: list[tuple[int, str]] = []
        for variant in self.product.variants:
            parts = variant_parts(variant.name)
            hits = sum(_named(part, comment.text) for part in parts)
            if hits:
                said.append((hits, variant.name))
        most = max((hits for hits, _ in said), default=0)
        return [name for hits, name in said if hits == most]


_TELLING = {"question": 0, "caution": 1, "selling_point": 2, "ingredients": 3, "policy": 3}


def _named(part: str, text: str) -> bool:
    return stands_in(part, text) or (len(part) >= 3 and part.endswith("色") and part[:-1] in text)


def _words(fact: Fact) -> frozenset[str]:
    value = fact.value if isinstance(fact.value, str) else ""
    return content(fold(f"{fact.label} {value}").text)
