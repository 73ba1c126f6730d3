"""Finding the facts that answer: by field, by what is named, by a staff question, by its words."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from core.language import Language
from core.product import Fact, Product
from script_engine.answers.comment import Comment
from script_engine.answers.words import content, content_of, coverage, mentions, overlap, stem
from script_engine.evidence import WHOLE_SHOP
from script_engine.glossary import concepts
from script_engine.lexicon import Term, terms
from script_engine.quantities import quantities
from script_engine.readings import read, usable
from script_engine.shop import Shop
from script_engine.text import CJK, HAN, fold
from script_engine.variants import stands_in, variant_parts

SURE = 0.55
# share of a question's words that a fact found by its words must speak of
_NEAR = 0.3
# share from which one fact of a list is nearer to a question than the others
_SAME, _ABROAD, _VERY_SAME = 0.55, 0.7, 0.85
# how alike a viewer's question must be to one that staff have answered; in another language; when
# it is known by its words to be about something else
_ASKABLE = frozenset({"ingredient", "suitability", "effect", "certificate", "promise"})
_LARGE = re.compile(
    r"大(?:瓶|包|袋|罐|盒|桶|支|杯|号|份|的|装)"
    r"|\b(?:large|larger|bigger|big) (?:one|bottle|pack|bag|size)"
)
_SMALL = re.compile(
    r"小(?:瓶|包|袋|罐|盒|桶|支|杯|号|份|的|装)|\b(?:small|smaller) (?:one|bottle|pack|bag|size)"
)


class Lookup:
    """What a shop knows about one product at one moment, as a viewer's language needs it."""

    def __init__(
        self, shop: Shop, product: Product | None, language: Language, when: datetime
    ) -> None:
        self._shop, self._language, self._when = shop, language, when
        self.product = product
        self.own = usable(shop.facts_of(product.id), when) if product else []
        self.everything = [*self.own, *usable(shop.facts_of(WHOLE_SHOP), when)]

    def preferred(self, facts: Iterable[Fact]) -> list[Fact]:
        """Of each field those in the viewer's language; of one that has none, the others."""
        found = list(facts)
        native = {(f.product_id, f.field) for f in found if self._native(f)}
        return [f for f in found if self._native(f) or (f.product_id, f.field) not in native]

    def about(self, comment: Comment) -> frozenset[str]:
        """What the comment speaks of besides the product's own name."""
        asked = content(comment.text)
        if self.product is not None:
            asked -= content_of(" ".join(_names(self.product)))
        return asked

    def by_fields(self, fields: Sequence[str], comment: Comment) -> list[Fact]:
        """Facts of these fields: the product's before the shop's, the nearest to the question
        first, then in the order of the fields."""
        asked = self.about(comment)

        def rank(fact: Fact) -> tuple[bool, float, int]:
            near = coverage(asked, _words(fact))
            return not fact.product_id, -near if near >= _NEAR else 0.0, fields.index(fact.field)

        return sorted(self.preferred(f for f in self.everything if f.field in fields), key=rank)

    def by_question(self, comment: Comment, *, strict: bool) -> Fact | None:
        """The question staff have answered already that is the viewer's."""
        asked = content(comment.text)
        bare = self.about(comment)
        enough = _VERY_SAME if strict else _SAME
        best: tuple[bool, float, Fact] | None = None
        for fact in self.own:
            if fact.type != "question":
                continue
            known = content_of(fact.label)
            likeness = overlap(asked, known)
            if any(len(word) > 1 for word in bare & known):
                likeness = max(likeness, overlap(bare, known))
            # an answer that need not be translated comes before one that is a little nearer
            native = self._native(fact)
            ranked = (native, likeness, fact)
            near = likeness >= (enough if native else max(enough, _ABROAD))
            if near and (best is None or ranked[:2] > best[:2]):
                best = ranked
        return best[2] if best else None

    def asked_terms(self, comment: Comment) -> list[Term]:
        """Ingredients, people, effects and papers that the comment names."""
        named = " ".join(_names(self.product)) if self.product else ""
        own = {term.group for term in terms(fold(named).text)}
        return [t for t in terms(comment.text) if t.kind in _ASKABLE and t.group not in own]

    def by_terms(self, asked: Sequence[Term], comment: Comment) -> list[Fact]:
        """Facts that affirm or deny what the comment names, the most telling first."""
        keys = {(term.kind, term.group) for term in asked}
        words = self.about(comment)
        found = []
        for fact in self.everything:
            # a kind of thing in the name tells nothing
            if fact.field in {"name", "category"}:
                continue
            if keys & mentions(f"{fact.label}: {fact.value}"):
                found.append(fact)
        return sorted(
            self.preferred(found),
            key=lambda fact: (-coverage(words, _words(fact)), _TELLING.get(fact.type, 5)),
        )

    def by_words(self, comment: Comment) -> Fact | None:
        """The fact that speaks of most of what is asked; None when none speaks of enough."""
        asked = self.about(comment)
        # in a Chinese comment Latin letters are what it is about: SPF, pH, Type-C
        literal = set(re.findall(r"[a-z]{2,}", comment.text)) if HAN.search(comment.text) else set()
        # known things must all be met: fast charging does not answer for wireless charging
        named = asked & set(concepts(comment.text)[0])
        counts, numbered = _HOW_MUCH.search(comment.text), re.compile(_COUNT)
        best: tuple[float, Fact] | None = None
        for fact in self._candidates(comment):
            if not isinstance(fact.value, str) or fact.field in _FRAGMENTS:
                continue
            if counts and not numbered.search(read(fact).text):
                continue
            told = _words(fact)
            score = coverage(asked, told)
            if any(
                re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", read(fact).text)
                for word in literal
            ):
                score += SURE
            elif score < SURE or named - told or not _hard(asked & told, comment.text, fact):
                continue
            score += 0.1 * self._native(fact) + 0.05 * (fact.type == "question")
            if best is None or score > best[0]:
                best = (score, fact)
        return best[1] if best else None

    def by_pattern(self, pattern: re.Pattern[str], comment: Comment) -> list[Fact]:
        """What the product's facts in words say of a topic, the nearest to the question first."""
        asked = self.about(comment)
        spoken = [
            fact for fact in self.own if fact.type in _IN_WORDS and pattern.search(read(fact).text)
        ]
        return sorted(self.preferred(spoken), key=lambda f: -coverage(asked, _words(f)))[:1]

    def by_count(self, comment: Comment) -> Fact | None:
        """The fact that counts what the comment asks the number of."""
        match = _HOW_MANY.search(comment.text)
        if match is None:
            return None
        counted = match["zh"] or stem(match["en"])
        pattern = re.compile(rf"{_COUNT}\s*(?:小|大|\w+ )?{re.escape(counted)}")
        facts = [f for f in self.own if f.type in _IN_WORDS]
        found = [f for f in facts if pattern.search(read(f).text)]
        return self.preferred(found)[0] if found else None

    def _candidates(self, comment: Comment) -> Iterable[Fact]:
        if self.product is not None:
            return self.everything
        hits = self._shop.search(
            comment.text, product_id=None, language=None, limit=8, when=self._when
        )
        return usable((hit.fact for hit in hits if hit.fact.product_id == WHOLE_SHOP), self._when)

    def variants_said(self, comment: Comment) -> list[str]:
        """Variants of the product that the comment names, by every part it names."""
        if self.product is None:
            return []
        said: list[tuple[int, str]] = []
        named = set(concepts(comment.text)[0])
        amounts = {(q.kind, q.unit, round(q.value, 9)) for q in quantities(comment.text)}
        for variant in self.product.variants:
            hits = sum(
                _named(part, comment.text)
                or bool(set(concepts(part)[0]) & named)
                or any((q.kind, q.unit, round(q.value, 9)) in amounts for q in quantities(part)
                       if q.kind == "measure")
                for part in variant_parts(variant.name)
            )  # fmt: skip
            if hits:
                said.append((hits, variant.name))
        most = max((hits for hits, _ in said), default=0)
        return [name for hits, name in said if hits == most] or self._by_extent(comment)

    def _by_extent(self, comment: Comment) -> list[str]:
        """The largest or the smallest variant, when the comment says 大瓶 or "the big one"."""
        sized = []
        for variant in self.product.variants if self.product else ():
            amounts = [q for q in quantities(variant.name.lower()) if q.kind == "measure"]
            if amounts:
                sized.append((amounts[0].value, variant.name))
        if len(sized) > 1 and _LARGE.search(comment.text):
            return [max(sized)[1]]
        if len(sized) > 1 and _SMALL.search(comment.text):
            return [min(sized)[1]]
        return []

    def _native(self, fact: Fact) -> bool:
        return not isinstance(fact.value, str) or fact.language == self._language


_FRAGMENTS = frozenset({"name", "category", "brand", "scene", "size", "colour", "size_table"})
# too short to answer a question that does not ask for them
_IN_WORDS = frozenset({"selling_point", "usage", "caution", "question", "text"})
_HOW_MANY = re.compile(
    r"(?:几|多少)小?(?P<zh>[袋片包块粒颗支条枚杯层档根张节针格抽贴])|how many (?P<en>[a-z]{3,})"
)
_HOW_MUCH = re.compile(
    r"几|多少|多久|多长|多高|多大|多宽|多厚|\bhow (?:many|much|long|tall|thick|wide|big)\b"
)
_COUNT = (
    r"(?:\d+|[一二两三四五六七八九十百]+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten))"
)
_TELLING = {"question": 0, "caution": 1, "selling_point": 2, "ingredients": 3, "policy": 3}


def _names(product: Product) -> tuple[str, ...]:
    return (product.name, *(name for _, name in product.names), *product.aliases)


def _named(part: str, text: str) -> bool:
    if part.isascii() and len(part) == 1:
        return bool(re.search(rf"(?<![a-z0-9'’]){part}(?![a-z0-9])", text))
    return stands_in(part, text) or (len(part) >= 3 and part.endswith("色") and part[:-1] in text)


def _words(fact: Fact) -> frozenset[str]:
    value = fact.value if isinstance(fact.value, str) else ""
    return content_of(f"{fact.label} {value}")


def _hard(common: frozenset[str], asked: str, fact: Fact) -> bool:
    """Whether what a question and a fact share is more than scattered characters."""
    if any(len(word) > 1 for word in common):
        return True
    value = str(fact.value)
    pairs = (run[i : i + 2] for run in re.findall(f"[{CJK}]+", asked) for i in range(len(run) - 1))
    return any(set(pair) & common and pair in value for pair in pairs)
