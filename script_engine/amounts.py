"""Prices, savings, stock and measures: numbers that a fact has as its own value."""

import re
from collections.abc import Iterator

from core.product import Fact, Money
from script_engine.claims import LIST_PRICE, Assertion
from script_engine.quantities import Quantity, quantities
from script_engine.readings import Reading, major
from script_engine.text import fold
from script_engine.variants import stands_in, variant_parts, variants_meant

_SEVERAL = 3
# pieces that a variant is called by
SCARCE_AT = 20
# pieces: below this "almost gone" is true
# Words that tie a number to one field: "保修 36 个月" is not backed by a shelf life of 36 months.
FIELD_WORDS: dict[str, re.Pattern[str]] = {
    field: re.compile(words)
    for field, words in {
        "shelf_life": "保质期|有效期|限用|开封|shelf life|best before|expir|opened|opening",
        "warranty": "质保|保修|换新|warranty|guarantee|\\bcovered\\b",
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
        "coupon": "优惠券|满(?=[一二三四五六七八九十百两0-9额减])|领券|coupon|voucher|code",
        "charging": "充满|充电|charging|to charge",
    }.items()
}


_ABOUT = re.compile(
    r"(?:大概|大约|差不多|约|接近|近)$|\b(?:about|around|roughly|nearly|almost|approximately)\s*$"
)
_ABOUT_AFTER = re.compile(r"左右|上下|的样子|\s*or so\b|, roughly|, about")
_BELOW = re.compile(r"(?:不到|不足|低于)$|\b(?:under|below|less than|just under)\s*$")
_ABOVE = re.compile(r"(?:超过|多于)$|\b(?:over|more than|just over|above)\s*$")
_UP_TO = re.compile(r"\s*(?:-|–|—|~|到|至|to|and)?\s*")
_LISTED_AFTER = re.compile(
    r"\s*(?:normally|usually|regularly|before|list price|rrp|originally|"
    r"on the (?:list|tag|label)|平时|原价)"
)
_ABOVE_AFTER = re.compile(r"出头|多(?!少|大|长|久)|有余|\s*(?:and a bit|plus)\b")


def price(assertion: Assertion, quantity: Quantity, own: list[Reading]) -> str:
    """The price that an amount is, of the variant spoken of; the list price where it is named."""
    after = assertion.clause[len(assertion.before) + assertion.end - assertion.start :]
    listed = LIST_PRICE.search(assertion.before) or _LISTED_AFTER.match(after)
    fields = ("list_price",) if listed else ("price", "price_from")
    for reading, money in prices(own, *fields):
        agrees = fits(assertion, reading.fact, own) and same_currency(quantity, money)
        if agrees and close(assertion, quantity, major(money)):
            return reading.fact.id
    return ""


def discount(assertion: Assertion, quantity: Quantity, own: list[Reading]) -> str:
    """An amount, percentage or 折 that follows from the list price and the price."""
    for now, price in prices(own, "price", "price_from"):
        if not fits(assertion, now.fact, own):
            continue
        for before, full in prices(own, "list_price"):
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
            if computed is not None and same(computed, quantity.value):
                return now.fact.id
    return ""


def typed(assertion: Assertion, quantity: Quantity, readings: list[Reading]) -> str:
    """A fact whose own value is this number in this unit."""
    told = {field for field, words in FIELD_WORDS.items() if words.search(assertion.clause)}
    for reading in readings:
        fact = reading.fact
        if not isinstance(fact.value, int | float) or isinstance(fact.value, bool):
            continue
        if told and fact.field in FIELD_WORDS and fact.field not in told:
            continue
        piece = fact.type == "stock" and quantity.kind in {"count", "bare"}
        agrees = (piece and same(fact.value, quantity.value)) or any(
            equal(quantity, other)
            or (alike(quantity, other) and close(assertion, quantity, other.value))
            for other in reading.measured
        )
        if agrees and fits(assertion, fact, readings):
            return fact.id
    return ""


def sized(assertion: Assertion, quantity: Quantity, own: list[Reading]) -> str:
    """A range of the size table or of whom it suits that holds the number: 162 cm, size M."""
    meant = variants_meant(assertion, variant_names(own))
    for reading in own:
        label = fold(reading.fact.label).text
        table = reading.fact.type == "size_table"
        if table and not stands_in(label, assertion.sentence):
            continue
        if not (table or reading.fact.field == "audience" or assertion.topics & reading.words):
            continue
        for part in reading.parts:
            named = {v for v in meant if any(stands_in(w, part.text) for w in variant_parts(v))}
            if meant and not table and not named:
                continue
            for low, high in zip(part.quantities, part.quantities[1:], strict=False):
                ranged = low.kind == high.kind == "measure" and low.unit == high.unit
                ranged = ranged and (quantity.kind == "bare" or alike(quantity, low))
                ranged = ranged and bool(_UP_TO.fullmatch(part.text[low.end : high.start]))
                if ranged and low.value <= quantity.value <= high.value:
                    return reading.fact.id
    return ""


def few_left(assertion: Assertion, own: list[Reading]) -> str:
    """A stock so small that "almost gone" is true."""
    for fact in _stocks(own):
        few = isinstance(fact.value, int | float) and 0 < fact.value <= SCARCE_AT
        if few and fits(assertion, fact, own):
            return fact.id
    return ""


def some_left(assertion: Assertion, own: list[Reading]) -> str:
    """A stock of something."""
    for fact in _stocks(own):
        some = isinstance(fact.value, int | float) and fact.value > 0
        if some and fits(assertion, fact, own):
            return fact.id
    return ""


def none_left(assertion: Assertion, own: list[Reading]) -> str:
    """A stock of nothing."""
    for fact in _stocks(own):
        if fact.value == 0 and fits(assertion, fact, own):
            return fact.id
    return ""


def cheaper(assertion: Assertion, own: list[Reading]) -> str:
    """The price that is below its list price: 特价, half price, on sale."""
    half = re.search(r"半价|对折|五折|half", assertion.group)
    known = re.search(r"买.送|倍|twice|double|triple", assertion.group)
    for now, price in prices(own, "price", "price_from"):
        for before, full in prices(own, "list_price"):
            lower = price.minor * 2 == full.minor if half else price.minor < full.minor
            if now.fact.variant == before.fact.variant and lower and not known:
                return now.fact.id
    return ""


def variant_names(readings: list[Reading]) -> frozenset[str]:
    """The variants that have facts of their own."""
    return frozenset(r.fact.variant for r in readings if r.fact.variant)


def without_variants(clause: str, own: list[Reading]) -> str:
    """The clause without the names of its variants: 30ml is no condition."""
    for variant in variant_names(own):
        for part in variant_parts(variant):
            clause = clause.replace(part, " ")
    return clause


def close(assertion: Assertion, quantity: Quantity, value: float) -> bool:
    """Whether a value is the amount said, or as near as its words admit: 不到, about, over."""
    at = len(assertion.before)
    before, after = assertion.before[-12:], assertion.clause[at + assertion.end - assertion.start :]
    if _BELOW.search(before):
        return 0.9 * quantity.value <= value < quantity.value
    if same(value, quantity.value):
        return True
    if _ABOVE.search(before) or _ABOVE_AFTER.match(after):
        most = 2.0 if quantity.kind == "money" else 1.12
        return quantity.value < value <= most * quantity.value
    if _ABOUT.search(before) or _ABOUT_AFTER.match(after):
        return abs(value - quantity.value) <= 0.06 * quantity.value
    return False


def named_by(quantity: Quantity, own: list[Reading]) -> str:
    """A fact of the variant that is called by this amount: 20寸, 50ml, 12支装."""
    several = quantity.kind == "count" and quantity.value >= _SEVERAL
    if quantity.kind != "measure" and not several:
        return ""
    for reading in own:
        for part in variant_parts(reading.fact.variant):
            if any(equal(quantity, other) for other in quantities(part)):
                return reading.fact.id
    return ""


def same(a: float, b: float) -> bool:
    """Whether two amounts differ by rounding alone."""
    return abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b))


def alike(quantity: Quantity, other: Quantity) -> bool:
    """Whether two quantities measure the same kind of thing."""
    return quantity.kind == other.kind == "measure" and quantity.unit == other.unit


def equal(quantity: Quantity, other: Quantity) -> bool:
    """Whether two quantities are the same amount of the same thing."""
    if quantity.kind == "code" or other.kind == "code":
        return quantity.kind == other.kind and quantity.unit == other.unit
    if not same(quantity.value, other.value):
        return False
    if quantity.kind == other.kind and quantity.unit == other.unit:
        return True
    loose = {"bare", "count"}
    return quantity.kind in loose and other.kind in loose


def fits(assertion: Assertion, fact: Fact, own: list[Reading]) -> bool:
    """A price said of "50ml" is not backed by that of "30ml", nor by the lowest of all."""
    meant = variants_meant(assertion, variant_names(own))
    if not meant:
        return True
    if fact.variant:
        return fact.variant in meant
    return fact.field != "price_from" and not any(
        r.fact.variant and r.fact.field == fact.field for r in own
    )


def prices(readings: list[Reading], *fields: str) -> Iterator[tuple[Reading, Money]]:
    for reading in readings:
        if reading.fact.field in fields and isinstance(reading.fact.value, Money):
            yield reading, reading.fact.value


def same_currency(quantity: Quantity, money: Money) -> bool:
    if quantity.kind != "money":
        return True
    return quantity.unit == money.currency or (
        quantity.unit == "USD" and money.currency.endswith("D")
    )


def _stocks(own: list[Reading]) -> list[Fact]:
    return [r.fact for r in own if r.fact.type == "stock" and isinstance(r.fact.value, int | float)]
