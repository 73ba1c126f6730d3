"""What it costs and what is left."""

import re
from collections.abc import Collection

from core.language import Language
from core.product import Fact, Money, Product
from script_engine.answers.choices import names_absent
from script_engine.answers.comment import Comment
from script_engine.answers.lookup import Lookup
from script_engine.answers.telling import Answer, Teller
from script_engine.composer.tellable import sold_out
from script_engine.glossary import concepts
from script_engine.lexicon import terms
from script_engine.quantities import quantities
from script_engine.readings import major
from script_engine.spoken import joined, money
from script_engine.text import fold

_CHECKS = re.compile(
    r"是不是|(?:能|可以|够).{0,4}(?:买|拿下|带走|入手)|对吗|对吧|是吧|[块元](?:\d)?(?:吗|么|吧)|^(?:是|才|就)\D{0,3}\d"
    r"|\b(?:is|was) (?:it|this|that)\b|\bright\b|^[$£€¥]?\d"
)
_LISTED = 8
_SHOWN = 4
# variants that one answer tells of

_PLAINLY_THERE = re.compile(
    r"(?:有|现)货(?:充足|供应)?|有现货|有库存|充足|in stock|available|yes|plenty"
)


def price(
    product: Product, lookup: Lookup, teller: Teller, comment: Comment, *, listed: bool
) -> Answer | None:
    """The price of the product or of the variants that are named; None when no fact gives it."""
    said = lookup.variants_said(comment)
    amounts = [
        (fact, fact.value)
        for fact in lookup.own
        if isinstance(fact.value, Money) and (not said or fact.variant in {"", *said})
    ]
    prices = [(fact, value) for fact, value in amounts if fact.field == "price"]
    own = [pair for pair in prices if (not pair[0].variant) == (not said)] or prices
    slots = teller.names()
    if not own:
        return None
    if len({value.minor for _, value in own}) > 1:
        verb = "是" if teller.language == "zh" else " at "
        parts = [f"{f.variant}{verb}{money(v, teller.language)}" for f, v in own[:_SHOWN]]
        slots["prices"] = ("，" if teller.language == "zh" else ", ").join(parts)
        return teller.worded("prices", slots, [fact for fact, _ in own[:_SHOWN]])
    now, amount = own[0]
    slots["price"] = money(amount, teller.language)
    if checked := _amount_said(comment):
        same = any(abs(said_amount - major(amount)) < 0.005 for said_amount in checked)
        return teller.worded("price_yes" if same else "price_no", slots, [now])
    if said and now.variant:
        slots["name"] = f"{slots.get('name', '')} {now.variant}".strip()
    before = [p for p in amounts if p[0].field == "list_price" and p[0].variant == now.variant]
    if before and major(before[0][1]) > major(amount):
        slots["list_price"] = money(before[0][1], teller.language)
        wording = "list_price" if listed else "price_list"
        return teller.worded(wording, slots, [now, before[0][0]])
    return None if listed else teller.worded("price", slots, [now])


def _amount_said(comment: Comment) -> list[float]:
    """Amounts of money that a comment asks to be confirmed: 是不是9块9, "is it 19.99"."""
    if not _CHECKS.search(comment.text):
        return []
    amounts = [q.value for q in quantities(comment.text) if q.kind in {"money", "bare"}]
    return [*amounts, *(float(each) for each in re.findall(r"\d+\.\d+|\d{2,}", comment.text))]


def stock(lookup: Lookup, teller: Teller, comment: Comment) -> Answer | None:
    """What is left of the product or of the variants that are named."""
    stocks = [f for f in lookup.own if f.type == "stock"]
    said = lookup.variants_said(comment)
    if not said and asks_for_colour(comment):
        return None
    if lookup.product is not None and names_absent(lookup.product, comment.text):
        return None
    chosen = [f for f in stocks if f.variant in said]
    slots = teller.names()
    if chosen:
        fact = chosen[0]
        slots["variant"] = fact.variant
        left = [f for f in chosen if f.value]
        if not left:
            return teller.worded("sold_out_variant", slots, chosen[:1])
        if len(chosen) > 1:
            return _several(chosen, teller)
        slots["stock"] = _count(fact)
        return teller.worded("stock_variant", slots, [fact])
    whole = [f for f in stocks if not f.variant]
    if not whole:
        return _available(lookup, teller, said)
    if sold_out(stocks):
        return teller.worded("sold_out", slots, whole[:1])
    slots["stock"] = _count(whole[0])
    return teller.worded("stock", slots, whole[:1])


def _available(lookup: Lookup, teller: Teller, said: Collection[str]) -> Answer | None:
    """That there is some, where the files do not say how much."""
    there = [f for f in lookup.own if f.field == "availability" and f.variant in (*said, "")]
    there = there or [f for f in lookup.own if f.field == "availability"]
    if not there or not isinstance(there[0].value, str):
        return None
    words = "in_stock" if _PLAINLY_THERE.fullmatch(there[0].value.lower()) else "availability"
    return teller.worded(words, teller.names() | {"value": there[0].value}, there[:1])


def versions(lookup: Lookup, teller: Teller) -> Answer | None:
    """Which versions of the product there are."""
    prices = [f for f in lookup.own if f.field == "price" and f.variant][:_LISTED]
    if len(prices) < 2:
        return None
    value = joined([fact.variant for fact in prices], teller.language)
    return teller.worded("offered", {"value": value}, prices)


def by_amount(lookup: Lookup, teller: Teller, comment: Comment) -> Answer | None:
    """The versions, where they differ in the very amount that is asked for: "how long is it"."""
    wants = lookup.asked(comment).wants
    prices = [f for f in lookup.own if f.field == "price" and f.variant]
    units = [{q.unit for q in quantities(fold(f.variant).text)} for f in prices]
    return versions(lookup, teller) if wants and units and all(u & wants for u in units) else None


def asks_for_colour(comment: Comment) -> bool:
    """Whether a colour is named."""
    return any(name.endswith("色") or name == "象牙白" for name in concepts(comment.text)[0])


def come_in_colours(product: Product | None) -> bool:
    """Whether a product's versions differ in colour."""
    names = [fold(variant.name).text for variant in product.variants] if product else []
    return any(
        "色" in name or any(term.kind == "colour" for term in terms(name))
        or any(each.endswith("色") for each in concepts(name)[0])
        for name in names
    )  # fmt: skip


def _several(chosen: list[Fact], teller: Teller) -> Answer:
    """Stock of several variants that the comment may mean."""
    unit = "件" if teller.language == "zh" else " left"
    parts = [f"{fact.variant} {_count(fact)}{unit}" for fact in chosen[:_SHOWN]]
    text = f"{_on_hand(teller.language)}{joined(parts, teller.language)}"
    return teller.worded("listed", {"value": text}, chosen[:_SHOWN])


def _count(fact: Fact) -> str:
    return f"{fact.value:g}" if isinstance(fact.value, int | float) else str(fact.value)


def _on_hand(language: Language) -> str:
    return "现货，" if language == "zh" else "in stock, "
