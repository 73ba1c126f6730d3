"""Matching what a line asserts to the facts of the shop that are valid now."""

import re
from collections.abc import Iterator
from datetime import datetime

from core.line import ClaimKind
from core.product import Fact
from script_engine import amounts, arithmetic, contraries, gifts, passages
from script_engine.claims import QUESTION, SUPPOSES, Assertion, denies
from script_engine.crossing import in_common
from script_engine.directory import Directory
from script_engine.lexicon import terms
from script_engine.novelty import NOTHING, Known, Novelty, known_words, novelties
from script_engine.quantities import Quantity, quantities, without_amounts
from script_engine.readings import Reading, read, topic_words, usable
from script_engine.shop import Shop
from script_engine.text import clauses, content_words, fold

WHOLE_SHOP = ""
# A discount with a condition is a promotion of its own, not the gap between two prices.
_CONDITION = re.compile(
    r"满|券|第.件|[买拍][^，。]{0,2}[两二三四五六七八九十\d]|[两二三四五六七八九十\d][件瓶支盒个只套双]|"
    r"会员|新人|新客|\bcode\b|subscriber|\bmembers?\b|coupon|voucher|\bbuy\b|\btwo\b|"
    r"orders? (?:of|over)"
)
_SHIPS = re.compile(r"发货|发出|寄出|直发|\bships?\b|\bdispatch|\bsent from\b|\bshipped\b")
# from where it is sent is not where it is made
_LEAST_PRICE = 5
# a bare number as high as this may be a price: "thirty-nine tonight"
_CANDIDATES = 12
# facts looked at for a product that is not known
_CONTRADICTED: dict[str, ClaimKind] = {
    "ingredients": "ingredient", "material": "material", "certificate": "certificate",
    "policy": "promise", "caution": "suitability", "usage": "suitability",
}  # fmt: skip


_LEAST_QUOTE = 5
# characters of a fact from which saying it word for word is no chance
_NEAR_DENIAL = 8
_DENYING = re.compile(
    r"[不没无别非未][^，。！？]?$|没有.?$|(?:\b(?:no|not|never|without|hardly)|n't)\s*$"
)
# what stands right before a quotation and denies it


class Evidence:
    """The facts one text may lean on: its product's, those of products it names, the shop's."""

    def __init__(
        self,
        shop: Shop,
        directory: Directory,
        folded: str,
        product_id: str,
        when: datetime,
        cited: tuple[str, ...] = (),
        talk: Known = NOTHING,
    ) -> None:
        """What backs a text.

        Args:
            shop: where the facts are.
            directory: its products by name.
            folded: the text.
            product_id: what it is about, "" when that is not known.
            when: facts must hold at this moment.
            cited: facts the writer says it leant on.
            talk: words of the room's own that assert nothing.
        """
        self._shop, self._directory, self._folded = shop, directory, folded
        self._mentions = directory.mentions(folded)
        self._cited = frozenset(cited)
        self._focus, self._talk = product_id, talk
        self._when = when
        self._readings: dict[str, list[Reading]] = {}

    def readings(self, product_id: str) -> list[Reading]:
        """Facts of a product that are valid now, read; of the shop for ""."""
        if product_id not in self._readings:
            known = product_id == WHOLE_SHOP or product_id in self._directory.by_id
            facts = self._shop.facts_of(product_id) if known else ()
            self._readings[product_id] = [read(fact) for fact in usable(facts, self._when)]
        return self._readings[product_id]

    def support(self, assertion: Assertion, named: str) -> str:
        """The id of the fact that backs an assertion, "" when none does.

        Args:
            assertion: what is asserted.
            named: the product the words before it name, "" when they name none.
        """
        product_id = named or self._focus
        own = self.readings(product_id) if product_id else []
        everything = [*own, *self.readings(WHOLE_SHOP)]
        if assertion.quantity is not None and assertion.quantity.unit == "link":
            return self._linked(assertion.quantity)
        if assertion.quantity is not None:
            return self._number(assertion, assertion.quantity, own, everything, product_id)
        if assertion.day is not None:
            return passages.dated(assertion.day, everything)
        match assertion.what:
            case "scarcity":
                gone = amounts.none_left(assertion, own) if "断货" in assertion.group else ""
                return gone or amounts.few_left(assertion, own)
            case "sold_out":
                return amounts.none_left(assertion, own)
            case "in_stock":
                return amounts.some_left(assertion, own)
            case "gift":
                return gifts.given(assertion, everything)
            case "hurry":
                return passages.hurry(assertion, everything, self._when)
            case "saving":
                return amounts.cheaper(assertion, own) or passages.verbatim(assertion, everything)
            case "comparison" if found := arithmetic.compared(assertion, own):
                return found
            case "comparison" | "superlative" | "renown":
                return passages.verbatim(assertion, everything)
            case "origin" | "open" if assertion.kind == "brand" and _SHIPS.search(assertion.clause):
                ships = [r for r in everything if _SHIPS.search(r.text)] or everything
                if assertion.what == "origin":
                    return passages.term(assertion, ships)
                return passages.spoken_of(assertion, ships)
            case "brand":
                return self._brand(assertion, product_id, everything)
            case "colour":
                return self._colour(assertion, product_id, everything)
            case "open":
                return passages.spoken_of(assertion, everything)
            case _ if self._excepted(assertion, product_id):
                return ""
            case _:
                found = passages.term(assertion, everything) or self._not_by_machine(assertion, own)
                return found if self._terms_met(assertion, found, own) else ""

    def _excepted(self, assertion: Assertion, product_id: str) -> bool:
        """Whether what is promised leaves out goods of this kind: food cannot be returned."""
        product = self._directory.by_id.get(product_id)
        if product is None or assertion.kind != "promise" or assertion.negative:
            return False
        goods = fold(f"{product.category} {product.name}").text
        words, clause = content_words(goods), assertion.clause
        said = content_words(clause)
        return any(
            part.denied
            and in_common(words, goods, part.words, part.text)
            and not in_common(part.words, part.text, said, clause)
            for reading in self.readings(WHOLE_SHOP)
            if (assertion.what, assertion.group) in reading.positive | reading.negative
            for part in reading.parts
        )

    def _not_by_machine(self, assertion: Assertion, own: list[Reading]) -> str:
        """The fact that no machine may wash it: then it is washed by hand."""
        if assertion.group != "手洗" or assertion.negative:
            return ""
        machines = {("suitability", "洗碗机"), ("suitability", "机洗")}
        return next((r.fact.id for r in own if machines & r.negative), "")

    def _terms_met(self, assertion: Assertion, fact_id: str, own: list[Reading]) -> bool:
        """Whether what is promised from an amount up holds: free shipping of what costs enough."""
        if assertion.group != "包邮":
            return True
        for reading in self.readings(WHOLE_SHOP):
            for part in reading.parts:
                if reading.fact.id == fact_id and ("promise", "包邮") in part.positive:
                    said = {q.value for q in quantities(assertion.sentence)}
                    named = any(q.value in said for q in part.quantities)
                    return named or arithmetic.ships_free(own, part.quantities)
        return True

    def named_before(self, position: int) -> str:
        """The product whose name was last heard before a position, "" for none."""
        heard = [mention for mention in self._mentions if mention.end <= position]
        if not heard:
            return ""
        last = max(heard, key=lambda mention: (mention.start, mention.end))
        return self._focus if self._focus in last.product_ids else last.product_ids[0]

    def inside_name(self, start: int, end: int) -> str:
        """The fact of the product whose own name covers a stretch, "" for none."""
        for mention in self._mentions:
            if mention.start <= start and end <= mention.end:
                focused = self._focus in mention.product_ids
                return self._name_fact(self._focus if focused else mention.product_ids[0])
        return ""

    def quoted(self) -> Iterator[tuple[int, int, str]]:
        """Stretches that say a cited fact of the product or the shop word for word.

        What the data says may be said as it stands, whatever words it is made of, unless the words
        before it deny it or are about another product.
        """
        for reading in (*self.readings(self._focus), *self.readings(WHOLE_SHOP)):
            value = reading.fact.value
            if reading.fact.id not in self._cited or not isinstance(value, str):
                continue
            words = fold(value).text.strip("。.!！;； ")
            start = self._folded.find(words) if len(words) >= _LEAST_QUOTE else -1
            before = self._folded[max(0, start - _NEAR_DENIAL) : max(0, start)]
            if (
                start < 0
                or _DENYING.search(before)
                or self.named_before(start) not in ("", self._focus)
            ):
                continue
            yield start, start + len(words), reading.fact.id

    def named(self) -> Iterator[tuple[int, int, str]]:
        """Each stretch of the folded text that is a product's name, with that product."""
        for mention in self._mentions:
            focused = self._focus in mention.product_ids
            yield mention.start, mention.end, self._focus if focused else mention.product_ids[0]

    def inside_variant(self, start: int, end: int, kind: ClaimKind) -> str:
        """A fact of the focused product's variant whose whole name covers a stretch, "" for none.

        Args:
            start: of the stretch in the folded text.
            end: of it.
            kind: of what is claimed there; a price is none though a variant is called so.
        """
        product = self._directory.by_id.get(self._focus)
        for variant in product.variants if product else ():
            name = fold(variant.name).text
            at = self._folded.find(name, max(0, end - len(name)), start + len(name))
            sized = kind == "quantity" and not name.isdecimal()
            told = sized or any(c.isalpha() for c in without_amounts(name))
            if told and 0 <= at <= start:
                own = [r.fact for r in self.readings(self._focus) if r.fact.variant == variant.name]
                return own[0].id if own else self._name_fact(self._focus)
        return ""

    def speaks_of(self, folded: str, product_id: str) -> bool:
        """Whether the facts of a product, or the shop's, hold these words or their synonyms.

        Without a product the facts nearest to the words will do: which one is meant is not known.
        """
        everything = [*self.readings(product_id), *self.readings(WHOLE_SHOP)]
        if not product_id:
            hits = self._shop.search(
                folded, product_id=None, language=None, limit=_CANDIDATES, when=self._when
            )
            everything += [read(fact) for fact in usable([hit.fact for hit in hits], self._when)]
        if any(folded in reading.text for reading in everything):
            return True
        wanted = {(term.kind, term.group) for term in terms(folded)}
        return bool(wanted) and any(wanted <= reading.positive for reading in everything)

    def contradictions(self) -> Iterator[tuple[int, int, ClaimKind, str]]:
        """Clauses that affirm what the facts deny, or deny what they affirm.

        Yields:
            start and end of the clause in the folded text, what kind of claim it is, and the id of
            the fact that says the contrary.
        """
        for start, end in clauses(self._folded):
            clause = self._folded[start:end]
            words = topic_words(clause)
            asks = self._folded[end : end + 1] in {"?", "？"} or QUESTION.search(clause.strip())
            if asks or SUPPOSES.match(clause):
                continue
            product_id = self.named_before(end) or self._focus
            own = self.readings(product_id) if product_id else []
            shop = [r for r in self.readings(WHOLE_SHOP) if r.fact.type == "policy"]
            spelled = contraries.spelled_out(clause, [*own, *shop])
            if spelled is not None:
                yield start, end, _CONTRADICTED.get(spelled.type, "feature"), spelled.id
            if not words:
                continue
            contrary = contraries.contrary(words, denies(clause), [*own, *shop], clause)
            contrary = contrary or contraries.other_count(clause, words, own)
            contrary = contrary or contraries.opposed(clause, words, own)
            contrary = contrary or contraries.mixed(self._without_names(start, end), own)
            if contrary is not None:
                yield start, end, _CONTRADICTED.get(contrary.type, "feature"), contrary.id

    def _without_names(self, start: int, end: int) -> str:
        """A stretch of the text with the names of products left out."""
        text = self._folded
        for mention in self._mentions:
            text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
        return text[start:end]

    def novelties(self) -> list[Novelty]:
        """Words that assert of the product what no fact says; none where none is meant."""
        product_id = self._focus or self.named_before(len(self._folded))
        product = self._directory.by_id.get(product_id)
        if product is None:
            return []
        named = {product_id for mention in self._mentions for product_id in mention.product_ids}
        spoken_of = sorted({product_id, *named, WHOLE_SHOP})
        texts = tuple(r.text for each in spoken_of for r in self.readings(each))
        names = (
            *product.names, ("", product.brand), ("", product.category),
            *(("", name) for name in (product.name, *product.aliases)),
            *(("", variant.name) for variant in product.variants),
        )  # fmt: skip
        known = known_words(texts, tuple(fold(name).text for _, name in names if name))
        spans = [(mention.start, mention.end) for mention in self._mentions]
        return list(novelties(self._folded, known.with_more(self._talk), spans))

    def _name_fact(self, product_id: str) -> str:
        readings = self.readings(product_id)
        return next((r.fact.id for r in readings if r.fact.field == "name"), f"{product_id}.name")

    def _linked(self, quantity: Quantity) -> str:
        product_id = self._directory.linked(quantity.value)
        return self._name_fact(product_id) if product_id else ""

    def _brand(self, assertion: Assertion, product_id: str, everything: list[Reading]) -> str:
        product = self._directory.by_id.get(product_id)
        if product is not None and assertion.group in fold(product.brand).text:
            return self._name_fact(product_id)
        found = passages.term(assertion, everything)
        return found or next((r.fact.id for r in everything if assertion.group in r.text), "")

    def _colour(self, assertion: Assertion, product_id: str, everything: list[Reading]) -> str:
        product = self._directory.by_id.get(product_id)
        for variant in product.variants if product else ():
            groups = {term.group for term in terms(fold(variant.name).text)}
            if assertion.group in groups and not assertion.negative:
                return self._name_fact(product_id)
        return passages.term(assertion, everything)

    def _named(self, quantity: Quantity, product_id: str) -> str:
        """A number with the character after it that the product's own name has: 三折 of 三折伞."""
        product = self._directory.by_id.get(product_id)
        said = self._folded[quantity.start : quantity.end + 1]
        known = product is not None and len(said) > 2 and said in fold(product.name).text
        return self._name_fact(product_id) if known else ""

    def _number(
        self,
        assertion: Assertion,
        quantity: Quantity,
        own: list[Reading],
        everything: list[Reading],
        product_id: str,
    ) -> str:
        if named := self._named(quantity, product_id):
            return named
        if assertion.kind == "price":
            found = amounts.price(assertion, quantity, own)
            found = found or arithmetic.derived(assertion, quantity, own, everything)
        elif assertion.kind == "discount":
            conditional = _CONDITION.search(amounts.without_variants(assertion.clause, own))
            found = "" if conditional else amounts.discount(assertion, quantity, own)
            found = found or arithmetic.derived(assertion, quantity, own, everything)
        elif (share := passages.share_of(assertion, quantity, everything)) is not None:
            return share
        elif assertion.kind == "stock":
            found = amounts.typed(assertion, quantity, [r for r in own if r.fact.type == "stock"])
        else:
            found = amounts.typed(assertion, quantity, own) or self._how_many(quantity, product_id)
            found = found or amounts.sized(assertion, quantity, own)
            found = found or arithmetic.multiple(assertion, quantity, own)
            from_up = assertion.before.endswith(("满", "over ", "above "))
            if quantity.kind == "bare" and quantity.value >= _LEAST_PRICE and not from_up:
                found = found or amounts.price(assertion, quantity, own)
                found = found or arithmetic.derived(assertion, quantity, own, everything)
        found = found or passages.number_in_text(assertion, quantity, everything, self._cited)
        return found or amounts.named_by(quantity, own)

    def _how_many(self, quantity: Quantity, product_id: str) -> str:
        """Counted colours, sizes and versions of a product."""
        product = self._directory.by_id.get(product_id)
        counted = {"色": ("colour",), "尺码": ("size",)}.get(quantity.unit, ("colour", "size"))
        known = {"色", "种", "件", "尺码"}
        if product is None or quantity.kind != "count" or quantity.unit not in known:
            return ""
        for field in counted:
            facts = [r.fact for r in self.readings(product_id) if r.fact.field == field]
            listed = max([len(facts), *(_listed(fact) for fact in facts)], default=0)
            if facts and listed == quantity.value:
                return facts[0].id
        sized = all(
            any(q.kind == "measure" for q in quantities(fold(v.name).text))
            for v in product.variants
        )
        known = {"种", "尺码"} if sized else {"种"}
        if len(product.variants) == quantity.value and quantity.unit in known:
            return self._name_fact(product_id)
        return ""


def _listed(fact: Fact) -> int:
    return len(re.split(r"[、,，/;；]", fact.value)) if isinstance(fact.value, str) else 0
