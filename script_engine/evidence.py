"""Matching what a line asserts to the facts of the shop that are valid now."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from core.product import Fact, Money, Product
from script_engine.claims import LIST_PRICE, Assertion
from script_engine.dates import Day
from script_engine.lexicon import terms
from script_engine.quantities import Quantity, quantities
from script_engine.readings import Reading, major, read, usable
from script_engine.shop import Shop
from script_engine.text import fold

WHOLE_SHOP = ""
# A discount with a condition is a promotion of its own, not the gap between two prices.
_CONDITION = re.compile(
    r"满|券|第.件|[买拍][^，。]{0,2}[两二三四五六七八九十\d]|[两二三四五六七八九十\d][件瓶支盒个只套双]|"
    r"coupon|voucher|\bbuy\b|\btwo\b|orders? (?:of|over)"
)
SCARCE_AT = 20
# pieces: below this "almost gone" is true
# Words that tie a number to one field: "保修 36 个月" is not backed by a shelf life of 36 months.
FIELD_WORDS: dict[str, re.Pattern[str]] = {
    field: re.compile(words)
    for field, words in {
        "shelf_life": "保质期|有效期|限用|开封|shelf life|best before|expir|opened|opening",
        "warranty": "质保|保修|换新|warranty|guarantee",
        "volume": "净含量|容量|毫升|capacity|volume|holds",
        "weight": "重量|净重|毛重|多重|重达|weigh|heavy|light as",
        "dimensions": "尺寸|长|宽|高|直径|厚|measure|tall|wide|long|diameter|thick|dimension",
        "power": "功率|power|watt",
        "battery": "电池|battery(?! life)",
        "runtime": "续航|充一次|充满|runtime|battery life|per charge|charge",
        "limit": "限购|每人|每单|每位|per person|per order|limit",
        "shipping": "发货|送达|到货|物流|运费|邮费|ship|deliver|dispatch",
        "returns": "退货|退换|无理由|退款|return|refund",
        "invoice": "发票|invoice",
        "coupon": "优惠券|满|领券|coupon|voucher|code",
    }.items()
}


class Evidence:
    """The facts one text may lean on: its product's, those of products it names, the shop's."""

    def __init__(
        self, shop: Shop, product_id: str, when: datetime, cited: tuple[str, ...] = ()
    ) -> None:
        self._shop = shop
        self._cited = frozenset(cited)
        # facts the writer says it leant on
        self._focus = product_id
        self._when = when
        self._readings: dict[str, list[Reading]] = {}
        self._products: dict[str, Product] = {product.id: product for product in shop.products()}

    def readings(self, product_id: str) -> list[Reading]:
        """Facts of a product that are valid now, read; of the shop for ""."""
        if product_id not in self._readings:
            known = product_id == WHOLE_SHOP or product_id in self._products
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
            return _day(assertion.day, everything)
        match assertion.what:
            case "scarcity":
                return _few(own)
            case "sold_out":
                return _none_left(own)
            case "hurry":
                return _hurry(assertion, everything, self._when)
            case "saving":
                return _cheaper(assertion, own, everything)
            case "comparison" | "superlative":
                return _verbatim(assertion, everything)
            case "brand":
                return self._brand(assertion, product_id, everything)
            case _:
                return _term(assertion, everything)

    def named_before(self, folded: str, position: int) -> str:
        """The product whose name was last heard before a position, "" for none."""
        best, at = "", -1
        for product in self._products.values():
            for name in _names(product):
                found = folded.rfind(name, 0, position)
                if found > at:
                    best, at = product.id, found
        return best

    def inside_name(self, folded: str, start: int, end: int) -> str:
        """The fact of the product whose own name covers a stretch, "" for none."""
        for product in self._products.values():
            for name in _names(product):
                at = folded.find(name)
                while at >= 0:
                    if at <= start and end <= at + len(name):
                        return self._name_fact(product.id)
                    at = folded.find(name, at + 1)
        return ""

    def speaks_of(self, folded: str, product_id: str) -> bool:
        """Whether the facts of a product, or the shop's, hold these words or their synonyms.

        Without a product those of any product will do: which one is meant is not known.
        """
        asked = [product_id] if product_id else list(self._products)
        everything = [r for about in (*asked, WHOLE_SHOP) for r in self.readings(about)]
        if any(folded in reading.text for reading in everything):
            return True
        wanted = {(term.kind, term.group) for term in terms(folded)}
        return bool(wanted) and any(wanted <= reading.positive for reading in everything)

    def _name_fact(self, product_id: str) -> str:
        readings = self.readings(product_id)
        return next((r.fact.id for r in readings if r.fact.field == "name"), f"{product_id}.name")

    def _linked(self, quantity: Quantity) -> str:
        for product in self._products.values():
            if product.ordinal == quantity.value:
                return self._name_fact(product.id)
        return ""

    def _brand(self, assertion: Assertion, product_id: str, everything: list[Reading]) -> str:
        product = self._products.get(product_id)
        if product is not None and assertion.group in fold(product.brand).text:
            return self._name_fact(product_id)
        found = _term(assertion, everything)
        return found or next((r.fact.id for r in everything if assertion.group in r.text), "")

    def _number(
        self,
        assertion: Assertion,
        quantity: Quantity,
        own: list[Reading],
        everything: list[Reading],
        product_id: str,
    ) -> str:
        if assertion.kind == "price":
            found = _price(assertion, quantity, own)
        elif assertion.kind == "discount":
            found = "" if _CONDITION.search(assertion.clause) else _discount(quantity, own)
        elif assertion.kind == "stock":
            found = _typed(assertion, quantity, [r for r in own if r.fact.type == "stock"])
        else:
            found = _typed(assertion, quantity, own) or self._how_many(quantity, product_id)
        return found or _in_text(assertion, quantity, everything, self._cited)

    def _how_many(self, quantity: Quantity, product_id: str) -> str:
        """Counted colours, sizes and versions of a product."""
        product = self._products.get(product_id)
        if product is None or quantity.kind != "count" or quantity.unit not in {"色", "种", "件"}:
            return ""
        for field in ("colour", "size"):
            facts = [r.fact for r in self.readings(product_id) if r.fact.field == field]
            listed = max([len(facts), *(_listed(fact) for fact in facts)], default=0)
            if facts and listed == quantity.value:
                return facts[0].id
        if len(product.variants) == quantity.value and quantity.unit == "种":
            return self._name_fact(product_id)
        return ""


def _listed(fact: Fact) -> int:
    return len(re.split(r"[、,，/;；]", fact.value)) if isinstance(fact.value, str) else 0


@lru_cache(maxsize=20_000)
def _names(product: Product) -> tuple[str, ...]:
    """Ways to name a product that are long enough not to be met by chance."""
    names = {product.name, *(name for _, name in product.names), *product.aliases}
    folded = {fold(name).text for name in names if name}
    return tuple(name for name in folded if len(name) >= (6 if name.isascii() else 3))


def _variant_agrees(assertion: Assertion, fact: Fact, all_variants: frozenset[str]) -> bool:
    """A price said of "50ml" is not backed by that of "30ml", nor by the lowest of all."""
    if not fact.variant and fact.field != "price_from":
        return True
    known = {part for variant in all_variants for part in variant_parts(variant)}
    said = {part for part in known if stands_in(part, assertion.clause)}
    said = said or {part for part in known if stands_in(part, assertion.sentence)}
    return not said or bool(said & set(variant_parts(fact.variant)))


def stands_in(part: str, clause: str) -> bool:
    if part.isascii() and part.isalnum():
        return bool(re.search(rf"(?<![a-z0-9]){re.escape(part)}(?![a-z0-9])", clause))
    return part in clause


@lru_cache(maxsize=20_000)
def variant_parts(variant: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\s/|,，、]+", fold(variant).text) if part)


def _variants(readings: list[Reading]) -> frozenset[str]:
    return frozenset(r.fact.variant for r in readings if r.fact.variant)


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def _same_currency(quantity: Quantity, money: Money) -> bool:
    if quantity.kind != "money":
        return True
    return quantity.unit == money.currency or (
        quantity.unit == "USD" and money.currency.endswith("D")
    )


def _prices(readings: list[Reading], *fields: str) -> Iterator[tuple[Reading, Money]]:
    for reading in readings:
        if reading.fact.field in fields and isinstance(reading.fact.value, Money):
            yield reading, reading.fact.value


def _price(assertion: Assertion, quantity: Quantity, own: list[Reading]) -> str:
    variants = _variants(own)
    listed = LIST_PRICE.search(assertion.before)
    fields = ("list_price",) if listed else ("price", "price_from")
    for reading, money in _prices(own, *fields):
        agrees = _variant_agrees(assertion, reading.fact, variants)
        if agrees and _same(major(money), quantity.value) and _same_currency(quantity, money):
            return reading.fact.id
    return ""


def _discount(quantity: Quantity, own: list[Reading]) -> str:
    """An amount, percentage or 折 that follows from the list price and the price."""
    for now, price in _prices(own, "price", "price_from"):
        for before, full in _prices(own, "list_price"):
            if now.fact.variant != before.fact.variant or price.currency != full.currency:
                continue
            if full.minor <= price.minor:
                continue
            ratio = price.minor / full.minor
            computed = {
                "money": major(full) - major(price),
                "bare": major(full) - major(price),
                "percent": round((1 - ratio) * 100),
                "tenths": round(ratio * 10, 1),
            }.get(quantity.kind)
            if computed is not None and _same(computed, quantity.value):
                return now.fact.id
    return ""


def _typed(assertion: Assertion, quantity: Quantity, readings: list[Reading]) -> str:
    """A fact whose own value is this number in this unit."""
    variants = _variants(readings)
    told = {field for field, words in FIELD_WORDS.items() if words.search(assertion.clause)}
    for reading in readings:
        fact = reading.fact
        if not isinstance(fact.value, int | float) or isinstance(fact.value, bool):
            continue
        if told and fact.field in FIELD_WORDS and fact.field not in told:
            continue
        written = f"{fact.value:g}{fold(fact.unit).text}"
        own = quantities(written)
        piece = fact.type == "stock" and quantity.kind in {"count", "bare"}
        same = (piece and _same(fact.value, quantity.value)) or any(
            _equal(quantity, other) for other in own
        )
        if same and _variant_agrees(assertion, fact, variants):
            return fact.id
    return ""


def _equal(quantity: Quantity, other: Quantity) -> bool:
    if quantity.kind == "code" or other.kind == "code":
        return quantity.kind == other.kind and quantity.unit == other.unit
    if not _same(quantity.value, other.value):
        return False
    if quantity.kind == other.kind and quantity.unit == other.unit:
        return True
    loose = {"bare", "count"}
    return quantity.kind in loose and other.kind in loose


def _in_text(
    assertion: Assertion, quantity: Quantity, readings: list[Reading], cited: frozenset[str]
) -> str:
    """A fact whose words hold the same number in the same unit, cited or on the same topic."""
    told = {field for field, words in FIELD_WORDS.items() if words.search(assertion.clause)}
    for reading in readings:
        fact = reading.fact
        if not any(_equal(quantity, other) for other in reading.quantities):
            continue
        if assertion.kind == "stock" and fact.type != "policy":
            continue
        if quantity.kind == "code":
            return fact.id
        own = fact.field in told or any(FIELD_WORDS[field].search(reading.text) for field in told)
        if told and not own:
            continue
        if fact.id in cited or fact.field in told or assertion.topics & reading.words:
            return fact.id
    return ""


def _day(day: Day, readings: list[Reading]) -> str:
    for reading in readings:
        fact = reading.fact
        if any(day.agrees(other) for other in reading.days):
            return fact.id
        for limit in (fact.valid_from, fact.valid_until):
            if limit and day.agrees(Day(limit.year, limit.month, limit.day, 0, 0)):
                return fact.id
    return ""


def _term(assertion: Assertion, readings: list[Reading]) -> str:
    key = (assertion.what, assertion.group)
    for reading in readings:
        if key in (reading.negative if assertion.negative else reading.positive):
            return reading.fact.id
    return ""


def _verbatim(assertion: Assertion, readings: list[Reading]) -> str:
    for reading in readings:
        if assertion.group in reading.text:
            return reading.fact.id
    return ""


def _stocks(own: list[Reading]) -> list[Fact]:
    return [r.fact for r in own if r.fact.type == "stock" and isinstance(r.fact.value, int | float)]


def _few(own: list[Reading]) -> str:
    for fact in _stocks(own):
        if isinstance(fact.value, int | float) and 0 < fact.value <= SCARCE_AT:
            return fact.id
    return ""


def _none_left(own: list[Reading]) -> str:
    for fact in _stocks(own):
        if fact.value == 0:
            return fact.id
    return ""


def _hurry(assertion: Assertion, readings: list[Reading], when: datetime) -> str:
    today = re.search(r"今[天晚日]|下播|[点时]|最后|hour|today|tonight|last", assertion.group)
    for reading in readings:
        until = reading.fact.valid_until
        if until is None or reading.fact.type not in {"price", "policy"}:
            continue
        if not today or (until - when).total_seconds() <= 24 * 3600:
            return reading.fact.id
    return _verbatim(assertion, readings)


def _cheaper(assertion: Assertion, own: list[Reading], everything: list[Reading]) -> str:
    half = re.search(r"半价|对折|五折|half", assertion.group)
    known = re.search(r"买.送|倍|twice|double|triple", assertion.group)
    for now, price in _prices(own, "price", "price_from"):
        for before, full in _prices(own, "list_price"):
            cheaper = price.minor * 2 == full.minor if half else price.minor < full.minor
            if now.fact.variant == before.fact.variant and cheaper and not known:
                return now.fact.id
    return _verbatim(assertion, everything)
