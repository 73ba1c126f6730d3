"""What fills the slots of a phrase: the product's names, its facts in words, forms of address."""

import random
import re
from dataclasses import dataclass
from datetime import datetime

from core.language import Language
from core.product import Fact, Money, Product
from script_engine.composer.phrases import Book
from script_engine.composer.plan import Step
from script_engine.readings import usable
from script_engine.shop import Shop
from script_engine.spoken import joined, money, nicknames, told

_LIMIT = {"zh": 60, "en": 150}
# characters of a fact in one line
_PLAIN_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}")
_NTH = ("这一点", "这个细节", "这条卖点", "这个地方")


@dataclass(frozen=True, slots=True)
class Slot:
    """A text for a slot and the facts it tells."""

    text: str
    fact_ids: tuple[str, ...] = ()


def slots_of(
    step: Step,
    product: Product | None,
    shop: Shop,
    book: Book,
    language: Language,
    when: datetime,
    rng: random.Random,
) -> dict[str, Slot]:
    """Every slot this step can fill, by name."""
    slots = {
        "call": Slot(rng.choice(book.words.call)),
        "folks": Slot(rng.choice(book.words.folks)),
    }
    if product is None:
        return slots
    for category, address in book.categories.items():
        if category in product.category.lower() or _CATEGORY[category] in product.category:
            slots["call"] = Slot(rng.choice(address.call))
            slots["folks"] = Slot(rng.choice(address.folks))
    names = (product.name_in(language), *nicknames(product, language))
    slots["name"] = Slot(names[0] if step.move in _FULL_NAME else rng.choice(names))
    if product.ordinal:
        slots["ordinal"] = Slot(str(product.ordinal))
    if step.move == "offer":
        slots |= _offer(usable(shop.facts_of(product.id, None), when), language)
    elif step.facts:
        slots |= _facts(step, book, language)
    return slots


_CATEGORY = {"home": "家居"}
_FULL_NAME = {"hook", "offer", "bridge"}


def _facts(step: Step, book: Book, language: Language) -> dict[str, Slot]:
    first = step.facts[0]
    ids = tuple(fact.id for fact in step.facts)
    limit = _LIMIT["zh" if language == "zh" else "en"]
    value = joined([told(fact, language, limit) for fact in step.facts], language)
    label = _label(first, book, language)
    slots = {"value": Slot(value, ids), "label": Slot(label)}
    match first.field:
        case "selling_point":
            slots["point"] = Slot(value, ids)
            slots["nth"] = Slot(_NTH[(step.index - 1) % len(_NTH)])
        case "scene":
            slots["scenes"] = Slot(value, ids)
            slots["scene"] = Slot(told(first, language, limit), ids[:1])
        case "skin_type" | "audience" | "season":
            slots["skin_type"] = Slot(value, ids)
            slots["skin_label"] = Slot(label)
        case "usage":
            slots["usage"] = Slot(value, ids)
        case "texture":
            slots["feel"] = Slot(value, ids)
        case "description":
            slots["description"] = Slot(value, ids)
        case "question":
            mark = "？" if language == "zh" else "?"
            slots["question"] = Slot(first.label.rstrip("?？。.") + mark, ids)
            slots["answer"] = Slot(value, ids)
        case "stock":
            count = first.value if isinstance(first.value, int | float) else 0
            slots["stock"] = Slot(f"{count:g}", ids)
    return slots


def _label(fact: Fact, book: Book, language: Language) -> str:
    """What staff call the field, when it is a short word of the language; else our own word."""
    if language == "zh" and _PLAIN_LABEL.fullmatch(fact.label):
        return fact.label
    return book.labels.get(fact.field, fact.label or fact.field)


def _offer(facts: list[Fact], language: Language) -> dict[str, Slot]:
    """Price, list price, what is saved; or the price of each version when they differ."""
    amounts = {
        (fact.field, fact.variant): (fact, fact.value)
        for fact in facts
        if fact.field in {"price", "list_price"} and isinstance(fact.value, Money)
    }
    slots: dict[str, Slot] = {}
    if ("price", "") in amounts:
        fact, price = amounts["price", ""]
        slots["price"] = Slot(money(price, language), (fact.id,))
        if ("list_price", "") in amounts:
            before, full = amounts["list_price", ""]
            if full.currency == price.currency and full.minor > price.minor:
                slots["list_price"] = Slot(money(full, language), (before.id,))
                saved = Money(full.minor - price.minor, price.currency)
                slots["saving"] = Slot(money(saved, language), (fact.id, before.id))
        return slots
    versions = [(fact, value) for (field, variant), (fact, value) in amounts.items()
                if field == "price" and variant]  # fmt: skip
    if versions:
        verb = "是" if language == "zh" else " at "
        parts = [f"{fact.variant}{verb}{money(value, language)}" for fact, value in versions[:4]]
        comma = "，" if language == "zh" else ", "
        slots["prices"] = Slot(comma.join(parts), tuple(fact.id for fact, _ in versions[:4]))
    return slots
