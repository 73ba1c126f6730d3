"""The product at an end of a shop's prices: 最便宜的是哪个, "your cheapest one"."""

import re
from collections.abc import Iterable
from datetime import datetime

from core.product import Fact, Money, Product
from script_engine.answers.telling import Answer, Teller
from script_engine.composer.tellable import sold_out
from script_engine.readings import usable
from script_engine.shop import Shop
from script_engine.spoken import told

_DEAR = re.compile(r"最贵|最高价|most expensive|priciest|dearest")


def at_end(shop: Shop, teller: Teller, folded: str, when: datetime) -> Answer | None:
    """The cheapest product that can be had, or the dearest where that is asked for.

    None in a shop without prices or with prices in several currencies.
    """
    priced = [
        (price.value.minor, price, product)
        for product in shop.products()
        if (price := _lowest(usable(shop.facts_of(product.id), when))) is not None
        and isinstance(price.value, Money)
    ]
    if (
        not priced
        or len({p.value.currency for _, p, _ in priced if isinstance(p.value, Money)}) > 1
    ):
        return None
    dear = bool(_DEAR.search(folded))
    chosen = (max if dear else min)(priced, key=lambda entry: entry[0])
    return _told(chosen[1], chosen[2], teller, dear=dear)


def _lowest(facts: Iterable[Fact]) -> Fact | None:
    """The price to begin with of a product that is not sold out."""
    known = list(facts)
    prices = [f for f in known if f.field in ("price", "price_from") and isinstance(f.value, Money)]
    if not prices or sold_out(known):
        return None
    return min(prices, key=lambda f: f.value.minor if isinstance(f.value, Money) else 0)


def _told(price: Fact, product: Product, teller: Teller, *, dear: bool) -> Answer:
    slots = {
        "name": product.name_in(teller.language),
        "price": told(price, teller.language),
        "ordinal": str(product.ordinal),
    }
    answer = teller.worded("price_high" if dear else "price_low", slots, [price])
    return Answer(answer.text, answer.fact_ids, answer.kinds, product)
