"""One answer for each thing viewers ask about, put together from the facts that were found."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.language import Language
from core.product import Fact, Money, Product
from script_engine.answers.comment import Comment, content, coverage
from script_engine.answers.intents import Intent
from script_engine.answers.lookup import Lookup
from script_engine.answers.sizes import advise, body_range, measures, size_table
from script_engine.answers.wording import word
from script_engine.composer.phrases import book
from script_engine.composer.plan import sold_out
from script_engine.readings import read, usable
from script_engine.shop import Shop
from script_engine.spoken import joined, money, told
from script_engine.text import fold

EXACT = frozenset(
    {
        "size_advice", "compare", "recommend", "gift", "coupon", "list_price", "price", "stock",
        "arrival", "returns", "warranty", "invoice", "authenticity", "payment", "service", "limit",
        "order", "volume", "opened",
    }
)  # fmt: skip
# asked by name: a fact that happens to share words must not get in between
GENERAL = frozenset({"care", "usage", "material", "runtime", "dimensions", "weight"})
# a thing named in the question may be met by what the field says in general
_SHOP_WIDE = frozenset(
    {"shipping", "returns", "invoice", "authenticity", "coupon", "gift", "payment", "service",
     "promotion", "warranty"}
)  # fmt: skip
_AT_ONCE = {"ingredients": 5, "colour": 8, "size": 8, "scene": 3, "caution": 2, "care": 2,
            "usage": 2, "certificate": 2}  # fmt: skip
_LIMIT = 80
# characters of an answer's facts
_SAFETY = frozenset({"孕妇", "宝宝", "过敏体质", "糖尿病", "敏感肌"})


@dataclass(frozen=True, slots=True)
class Answer:
    """Words and the facts behind them."""

    text: str
    fact_ids: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    # types of these facts
    product: Product | None = None
    # when it is about another than the one asked for


class Speech:
    """Answers about one product to one comment."""

    def __init__(
        self,
        shop: Shop,
        lookup: Lookup,
        comment: Comment,
        language: Language,
        rng: random.Random,
        when: datetime,
    ) -> None:
        self._shop, self._lookup, self._comment = shop, lookup, comment
        self.language, self._rng, self._when = language, rng, when
        self.asked = lookup.asked_terms(comment)

    @property
    def text(self) -> str:
        """The comment, folded."""
        return self._comment.text

    @property
    def product(self) -> Product | None:
        """The one it is taken to be about."""
        return self._lookup.product

    @property
    def only_names_product(self) -> bool:
        """Whether the comment names a product and asks nothing particular of it."""
        product = self._lookup.product
        if product is None:
            return False
        names = {product.name, *(name for _, name in product.names), *product.aliases}
        words = content(" ".join(fold(name).text for name in names)) | _NAMING
        return not content(re.sub(r"\d+", "", self._comment.text)) - words

    @property
    def gives_measures(self) -> bool:
        """Whether it tells a height or weight, and the product has a size table."""
        table = self._lookup.by_fields(("size_table",), self._comment)
        return bool(table) and measures(self._comment.text).known

    @property
    def about_safety(self) -> bool:
        """Whether it asks for somebody who must be careful: only cautions may answer."""
        return bool(_SAFETY & {term.group for term in self.asked})

    def of(self, product: Product) -> "Speech":
        """The same comment taken to be about another product."""
        lookup = Lookup(self._shop, product, self.language, self._when)
        return Speech(self._shop, lookup, self._comment, self.language, self._rng, self._when)

    # by what is asked

    def intent(self, intent: Intent) -> Answer | None:
        """The answer to one intent, None when no fact gives it."""
        match intent.name:
            case "price" | "list_price":
                return self._price(intent.name)
            case "stock":
                return self._stock()
            case "size_advice":
                return self.size()
            case "compare":
                return self._compare()
            case "recommend":
                return self._recommend()
            case "order":
                return self._order()
            case "about":
                return self.about()
            case "sizes" | "colour" if self._lookup.variants_said(self._comment):
                return self._stock()
        facts = self._lookup.by_fields(intent.fields, self._comment)
        if intent.must is not None:
            facts = [fact for fact in facts if intent.must.search(read(fact).text)]
        return self._tell(facts)

    def question(self, *, strict: bool) -> Answer | None:
        """The answer staff have written to this very question."""
        fact = self._lookup.by_question(self._comment, strict=strict)
        return self._say("faq", [fact]) if fact else None

    def terms(self) -> Answer | None:
        """What the facts say of the ingredients, people and effects that are named."""
        facts = self._lookup.by_terms(self.asked)
        if self.about_safety:
            spoken = [f for f in facts if f.type in {"caution", "question"} or f.field in _CARES]
            return self._say("caution", spoken[:1]) if spoken else None
        return self._tell(facts[:1])

    def medical(self) -> Answer:
        """Never a promise: it is no medicine, what the cautions say, ask a doctor."""
        cautions = self._lookup.by_fields(("caution",), self._comment)
        asked = content(self._comment.text)
        fitting = [f for f in cautions if coverage(asked, content(str(f.value))) >= 0.3]
        if fitting:
            return self._say("medical_fact", fitting[:1])
        return Answer(word("medical", {}, self.language, self._rng), ())

    def search(self) -> Answer | None:
        """The nearest fact, when it speaks of what is asked."""
        fact = self._lookup.by_search(self._comment)
        return self._say("fact", [fact]) if fact else None

    def about(self) -> Answer | None:
        """What the product is, in a sentence."""
        facts = self._lookup.by_fields(("description", "selling_point"), self._comment)
        points = self._lookup.by_fields(("selling_point",), self._comment)
        pool = [*facts[:1], *points]
        return self._say("about", [self._rng.choice(pool)]) if pool else None

    # prices and stock

    def _price(self, asked: str) -> Answer | None:
        product = self._lookup.product
        if product is None:
            return None
        said = self._lookup.variants_said(self._comment)
        amounts = [
            (fact, fact.value)
            for fact in self._lookup.own
            if isinstance(fact.value, Money) and (not said or fact.variant in {"", *said})
        ]
        prices = [(fact, value) for fact, value in amounts if fact.field == "price"]
        own = [pair for pair in prices if (not pair[0].variant) == (not said)] or prices
        slots = self._names(product)
        if not own:
            return None
        if len({value.minor for _, value in own}) > 1:
            verb = "是" if self.language == "zh" else " at "
            parts = [f"{f.variant}{verb}{money(v, self.language)}" for f, v in own[:4]]
            slots["prices"] = ("，" if self.language == "zh" else ", ").join(parts)
            return self._worded("prices", slots, [fact for fact, _ in own[:4]])
        now, price = own[0]
        slots["price"] = money(price, self.language)
        if said:
            slots["name"] = f"{slots['name']} {now.variant}".strip()
        before = [p for p in amounts if p[0].field == "list_price" and p[0].variant == now.variant]
        if before and before[0][1].minor > price.minor:
            slots["list_price"] = money(before[0][1], self.language)
            wording = "list_price" if asked == "list_price" else "price_list"
            return self._worded(wording, slots, [now, before[0][0]])
        return self._worded("price", slots, [now]) if asked == "price" else None

    def _stock(self) -> Answer | None:
        product = self._lookup.product
        if product is None:
            return None
        stocks = [f for f in self._lookup.own if f.type == "stock"]
        said = self._lookup.variants_said(self._comment)
        if not said and _COLOUR.search(self._comment.text):
            return None
        chosen = [f for f in stocks if f.variant in said] if said else []
        slots = self._names(product)
        if chosen:
            fact = chosen[0]
            left = sum(f.value for f in chosen if isinstance(f.value, int | float))
            slots["variant"] = fact.variant
            if not left:
                return self._worded("sold_out_variant", slots, chosen[:1])
            if len(chosen) > 1:
                return self._tell_stocks(chosen)
            slots["stock"] = f"{left:g}"
            return self._worded("stock_variant", slots, [fact])
        whole = [f for f in stocks if not f.variant]
        if not whole:
            return None
        if sold_out(stocks):
            return self._worded("sold_out", slots, whole[:1])
        value = whole[0].value
        slots["stock"] = f"{value:g}" if isinstance(value, int | float) else str(value)
        return self._worded("stock", slots, whole[:1])

    def _tell_stocks(self, chosen: list[Fact]) -> Answer | None:
        """Stock of several variants that the comment may mean."""
        unit = "件" if self.language == "zh" else " left"
        parts = [
            f"{f.variant} {f.value:g}{unit}"
            for f in chosen[:4]
            if not isinstance(f.value, str | Money)
        ]
        text = joined(parts, self.language)
        return self._worded("fact", {"value": f"{_on_hand(self.language)}{text}"}, chosen[:4])

    # advice

    def size(self) -> Answer | None:
        """The size for the measures the viewer gives, or a question for them."""
        rows = size_table(self._lookup.by_fields(("size_table",), self._comment))
        if not rows:
            return self._tell(self._lookup.by_fields(("size",), self._comment))
        body = measures(self._comment.text)
        if not body.known:
            return self._worded("size_ask", {}, [])
        fitting = advise(body, rows)
        if fitting is None:
            return self._worded("size_outside", {}, [])
        sizes = {"size": fitting.name, "size_fact": body_range(fitting, self.language)}
        return self._worded("size", sizes, [fitting.fact])

    def _compare(self) -> Answer | None:
        found = self._shop.find_product(self._comment.text, None)
        named = [product_id for product_id, score in found if score >= 0.5][:2]
        focus = self._lookup.product
        if len(named) == 1 and focus is not None and focus.id not in named:
            named.append(focus.id)
        pair = [product for product in self._shop.products() if product.id in named]
        if len(pair) != 2:
            return None
        slots: dict[str, str] = {}
        used: list[Fact] = []
        for place, product in zip(("first", "second"), pair, strict=True):
            facts = usable(self._shop.facts_of(product.id), self._when)
            price = next(
                (f for f in facts if f.field in {"price", "price_from"} and not f.variant), None
            )
            points = [
                f for f in facts if f.field == "selling_point" and f.language == self.language
            ]
            if price is None or not points:
                return None
            point = min(points, key=lambda fact: len(str(fact.value)))
            slots[place] = product.name_in(self.language)
            slots[f"{place}_price"] = told(price, self.language)
            slots[f"{place}_point"] = told(point, self.language, _LIMIT)
            used += [price, point]
        return self._worded("compare", slots, used)

    def _recommend(self) -> Answer | None:
        """A product whose facts speak of what the viewer looks for."""
        keys = {(term.kind, term.group) for term in self.asked}
        asked = content(self._comment.text)
        best: tuple[float, Product, Fact] | None = None
        for product in self._shop.products():
            facts = usable(self._shop.facts_of(product.id), self._when)
            if sold_out(facts):
                continue
            for fact in facts:
                if fact.language != self.language or not isinstance(fact.value, str):
                    continue
                if fact.type in {"question", "caution", "usage"} or fact.field in {"name", "brand"}:
                    continue
                score = coverage(asked, content(fact.value.lower()))
                score += 2.0 * len(keys & read(fact).positive)
                if best is None or score > best[0]:
                    best = (score, product, fact)
        if best is None or best[0] < 0.5:
            return None
        _, product, fact = best
        slots = self._names(product) | {"value": told(fact, self.language, _LIMIT)}
        answer = self._worded("recommend", slots, [fact])
        return Answer(answer.text, answer.fact_ids, answer.kinds, product)

    def _order(self) -> Answer | None:
        product = self._lookup.product
        if product is None or not product.ordinal:
            return None
        return self._worded("order", self._names(product), [])

    # putting it in words

    def _tell(self, facts: Sequence[Fact]) -> Answer | None:
        if not facts:
            return None
        first = facts[0]
        if first.field in _SHOP_WIDE:
            wording = "fact" if first.product_id else "policy"
            asked = content(self._comment.text)
            near = [f for f in facts[1:2] if coverage(asked, content(str(f.value))) > 0]
            return self._say(wording, [first, *near])
        group = [f for f in facts if f.field == first.field][: _AT_ONCE.get(first.field, 1)]
        return self._say("caution" if first.type == "caution" else "fact", group)

    def _say(self, wording: str, facts: Sequence[Fact]) -> Answer:
        parts: list[str] = []
        for fact in facts:
            text = told(fact, self.language, _LIMIT if self.language == "zh" else 2 * _LIMIT)
            if parts and sum(map(len, parts)) + len(text) > _LIMIT * (1 + (self.language != "zh")):
                break
            parts.append(text)
        used = list(facts[: len(parts)])
        short = all(len(part) <= 14 for part in parts)
        comma = "，" if self.language == "zh" else "; "
        value = joined(parts, self.language) if short else comma.join(parts)
        slots = {"value": value}
        label = book(self.language).labels.get(facts[0].field, "")
        if label and short:
            slots["label"] = label
        product = self._lookup.product
        return self._worded(wording, (self._names(product) if product else {}) | slots, used)

    def _names(self, product: Product) -> dict[str, str]:
        slots = {"name": product.name_in(self.language)}
        if product.ordinal:
            slots["ordinal"] = str(product.ordinal)
        return slots

    def _worded(self, wording: str, slots: dict[str, str], facts: Sequence[Fact]) -> Answer:
        return Answer(
            word(wording, slots, self.language, self._rng),
            tuple(dict.fromkeys(fact.id for fact in facts)),
            frozenset(fact.type for fact in facts),
        )


_NAMING = frozenset("讲说播看介绍链接号啥第产品商宝贝二三四五六七八九十") | frozenset(
    ["link", "number", "next", "second", "third", "first", "last", "previous", "show", "item"]
)
# words with which a product is asked for, and no more
_COLOUR = re.compile(r"[\u4e00-\u9fff]色")
_CARES = frozenset({"skin_type", "audience", "usage"})


def _on_hand(language: Language) -> str:
    return "现货，" if language == "zh" else "in stock, "


def both(answers: Sequence[Answer], language: Language) -> Answer:
    """Two answers to a comment that asks two things."""
    gap = "" if language == "zh" else " "
    return Answer(
        gap.join(answer.text for answer in answers),
        tuple(dict.fromkeys(i for answer in answers for i in answer.fact_ids)),
        frozenset().union(*(answer.kinds for answer in answers)),
        answers[0].product,
    )
