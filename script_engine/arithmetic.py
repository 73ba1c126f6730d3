"""Amounts that follow from prices: two of them, the gap between sizes, a price after a coupon."""

import re
from collections.abc import Iterator

from core.product import Money
from script_engine.amounts import fits, prices, same, same_currency
from script_engine.claims import Assertion
from script_engine.quantities import Quantity, quantities
from script_engine.readings import Reading, major
from script_engine.text import fold

_GAP = re.compile(
    r"贵|便宜|差价?|多花|多付|少花|相差|difference|dearer|more than|less than|apart|extra"
)
_COUPON = re.compile(r"券|会员|满减|减完|优惠码|coupon|voucher|code|subscriber|member")
_OTHER_TERMS = re.compile(r"第二件|半价|满[^，。]{0,6}[减送]|立减|half price|second one")
_PLURAL_KINDS = {"count", "bare"}


def derived(
    assertion: Assertion, quantity: Quantity, own: list[Reading], everything: list[Reading]
) -> str:
    """The price from which an amount follows, "" for none.

    Args:
        assertion: of the amount.
        quantity: the amount, of money or a bare number.
        own: facts of the product spoken of.
        everything: those and the shop's.
    """
    if quantity.kind not in {"money", "bare"}:
        return ""
    asked = [
        (reading.fact.id, money)
        for reading, money in prices(own, "price")
        if same_currency(quantity, money)
    ]
    if _GAP.search(assertion.sentence):
        for at, (fact_id, money) in enumerate(asked):
            for _, other in asked[at + 1 :]:
                if same(abs(major(money) - major(other)), quantity.value):
                    return fact_id
    for reading, money in prices(own, "price", "price_from"):
        if not (fits(assertion, reading.fact, own) and same_currency(quantity, money)):
            continue
        if not _OTHER_TERMS.search(assertion.sentence):
            for number in _how_many(assertion, quantity):
                if same(number * major(money), quantity.value):
                    return reading.fact.id
        if _COUPON.search(assertion.sentence):
            for amount in _after_coupons(money, everything):
                if same(amount, quantity.value):
                    return reading.fact.id
    return ""


def compared(assertion: Assertion, own: list[Reading]) -> str:
    """The price that makes one variant dearer than another by an amount in the same sentence."""
    for quantity in quantities(assertion.sentence):
        if quantity.kind == "money" and (found := derived(assertion, quantity, own, own)):
            return found
    return ""


def multiple(assertion: Assertion, quantity: Quantity, own: list[Reading]) -> str:
    """The price that a number of pieces is multiplied with in the same sentence, "" for none."""
    if quantity.kind not in _PLURAL_KINDS or not 2 <= quantity.value <= 20:
        return ""
    for other in quantities(assertion.sentence):
        if other.kind not in {"money", "bare"} or other.value <= quantity.value:
            continue
        for reading, money in prices(own, "price", "price_from"):
            agrees = fits(assertion, reading.fact, own) and same_currency(other, money)
            if agrees and same(quantity.value * major(money), other.value):
                return reading.fact.id
    return ""


def ships_free(own: list[Reading], part_quantities: tuple[Quantity, ...]) -> bool:
    """Whether a price of the product reaches the amount from which shipping is free."""
    thresholds = [q.value for q in part_quantities if q.kind in {"money", "bare"}]
    asked = [major(money) for _, money in prices(own, "price", "price_from")]
    return not thresholds or (bool(asked) and min(asked) >= max(thresholds))


def _how_many(assertion: Assertion, quantity: Quantity) -> Iterator[float]:
    for other in quantities(assertion.sentence):
        if other.kind in _PLURAL_KINDS and 2 <= other.value <= 20 and other.value < quantity.value:
            yield other.value


def _after_coupons(money: Money, everything: list[Reading]) -> Iterator[float]:
    """What is left to pay with each coupon whose terms the price meets."""
    price = major(money)
    for reading in everything:
        if reading.fact.type != "policy":
            continue
        for part in reading.parts:
            text = fold(part.text).text
            if terms := re.search(r"满\D{0,3}(\d+(?:\.\d+)?)\D{0,4}减\D{0,3}(\d+(?:\.\d+)?)", text):
                if price >= float(terms[1]):
                    yield price - float(terms[2])
            elif "off" in text or "折" in text:
                for quantity in part.quantities:
                    if quantity.kind == "percent":
                        yield round(price * (1 - quantity.value / 100), 2)
                    elif quantity.kind == "tenths":
                        yield round(price * quantity.value / 10, 2)
