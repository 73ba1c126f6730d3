"""What fills the slots of a phrase: the product's names, its facts in words, forms of address."""

import random
import re
from dataclasses import dataclass, field
from datetime import datetime

from core.language import Language
from core.product import Fact, Money, Product
from script_engine.composer.grammar import Pick, Picker, expand
from script_engine.composer.phrases import Book
from script_engine.composer.plan import Step
from script_engine.lexicon import terms
from script_engine.readings import usable
from script_engine.shop import Shop
from script_engine.spoken import joined, money, nicknames, told
from script_engine.text import fold

_LIMIT = {"zh": 60, "en": 150}
# characters of a fact in one line
_PLAIN_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}")
_FULL_NAME = {"hook", "offer", "bridge"}
_BROKEN_UP = {"selling_point", "description", "usage", "care", "texture", "scent"}
# told with a word between their clauses now and then
_KEEPS_CAPITAL = {"origin", "brand", "manufacturer", "certificate", "question", "colour"}


@dataclass(frozen=True, slots=True)
class Slot:
    """A text for a slot, the facts it tells and the phrases it took."""

    text: str
    fact_ids: tuple[str, ...] = ()
    picks: tuple[Pick, ...] = ()


@dataclass(slots=True)
class Filling:
    """Makes the slots of one step, in words chosen anew each time."""

    step: Step
    product: Product | None
    shop: Shop
    book: Book
    language: Language
    when: datetime
    rng: random.Random
    picker: Picker
    slots: dict[str, Slot] = field(default_factory=dict)

    def fill(self) -> dict[str, Slot]:
        """Every slot this step can fill, by name."""
        category = self.product.category.lower() if self.product else ""
        address = next(a for a in self.book.address if a.category in category)
        self.slots["call"] = Slot(self.rng.choice(address.call))
        self.slots["folks"] = Slot(self.rng.choice(address.folks))
        if self.product is None:
            return self.slots
        names = (self.product.name_in(self.language), *nicknames(self.product, self.language))
        name = names[0] if self.step.move in _FULL_NAME else self.rng.choice(names)
        self.slots["name"] = Slot(name)
        self.slots["it"] = Slot(self.rng.choice(self.book.it).replace("{name}", name))
        if self.product.ordinal:
            self.slots["ordinal"] = Slot(str(self.product.ordinal))
        if self.step.move == "offer":
            facts = usable(self.shop.facts_of(self.product.id), self.when)
            self.slots |= _offer(facts, self.language)
        elif self.step.facts:
            self._facts()
        return self.slots

    def _facts(self) -> None:
        facts = self.step.facts
        if self.step.move == "pair":
            first, second = self.rng.sample(facts[:2], 2)
            self._tell([first], "")
            self._tell([second], "2")
            return
        group = self.rng.sample(facts, len(facts))
        value = self._tell(group, "")
        match facts[0].field:
            case "selling_point":
                self.slots["point"] = value
            case "scene":
                self.slots["scenes"] = value
                one = self._value(facts[:1])
                self.slots["scene"] = Slot(one.text, (facts[0].id,))
            case "skin_type" | "audience" | "season":
                self.slots["skin_type"] = value
                self.slots["skin_label"] = self.slots["label"]
            case "usage":
                self.slots["usage"] = value
            case "care" | "storage":
                self.slots["care"] = self.slots["tell"]
            case "texture":
                self.slots["feel"] = value
            case "description":
                self.slots["description"] = value
            case "question":
                mark = "？" if self.language == "zh" else "?"
                asked = facts[0].label.rstrip("?？。.") + mark
                self.slots["question"] = Slot(asked, value.fact_ids)
                self.slots["answer"] = value
            case "stock" if isinstance(facts[0].value, int | float):
                self.slots["stock"] = Slot(f"{facts[0].value:g}", value.fact_ids)

    def _tell(self, facts: list[Fact] | tuple[Fact, ...], suffix: str) -> Slot:
        """The slots value, label, ask and tell of a group of facts of one field."""
        value = self._value(facts)
        label = self._label(facts[0])
        words = self.book.fields.get(facts[0].field, self.book.plain)
        ask = self._say(words.ask or self.book.plain.ask, label=label)
        tell = self._say(words.tell or self.book.plain.tell, label=label, value=value.text)
        self.slots[f"value{suffix}"] = value
        self.slots[f"label{suffix}"] = Slot(label)
        self.slots[f"ask{suffix}"] = ask
        self.slots[f"tell{suffix}"] = Slot(tell.text, value.fact_ids, (*tell.picks, *value.picks))
        return value

    def _say(self, template: str, **filled: str) -> Slot:
        text, picks = expand(template, self.book.parts, self.picker, self.rng)
        for name, words in filled.items():
            text = text.replace(f"{{{name}}}", words)
        return Slot(text, (), tuple(picks))

    def _value(self, facts: list[Fact] | tuple[Fact, ...]) -> Slot:
        limit = _LIMIT["zh" if self.language == "zh" else "en"]
        parts = [self._lower(told(fact, self.language, limit), fact) for fact in facts]
        text, picks = joined(parts, self.language), ()
        comma = "，" if self.language == "zh" else "; "
        if facts[0].field in _BROKEN_UP and text.count(comma) in {1, 2} and self.rng.random() < 0.6:
            aside = self._say(self.book.parts["aside"])
            at = [match.start() for match in re.finditer(comma, text)][-1]
            text = text[:at] + aside.text + text[at + len(comma) :]
            return Slot(text, tuple(fact.id for fact in facts), aside.picks)
        return Slot(text, tuple(fact.id for fact in facts), picks)

    def _lower(self, text: str, fact: Fact) -> str:
        """English notes begin with a capital; inside a sentence only names do."""
        word = re.match(r"[A-Z][a-z']*\b", text)
        named = fact.field in _KEEPS_CAPITAL or word is None or self.language == "zh"
        if named or word is None or word.group() == "I":
            return text
        brands = any(term.kind in {"origin", "brand"} for term in terms(fold(word.group()).text))
        names = (self.product.name_in(self.language), self.product.brand) if self.product else ()
        if brands or any(name.startswith(word.group()) for name in names):
            return text
        return text[0].lower() + text[1:]

    def _label(self, fact: Fact) -> str:
        """What staff call the field, when it is a short word of the language; else our own."""
        if self.language == "zh" and _PLAIN_LABEL.fullmatch(fact.label):
            return fact.label
        words = self.book.fields.get(fact.field)
        return words.label if words else fact.label.lower() or fact.field


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
    versions = [(fact, value) for (name, variant), (fact, value) in amounts.items()
                if name == "price" and variant]  # fmt: skip
    if versions:
        verb = "是" if language == "zh" else " at "
        parts = [f"{fact.variant}{verb}{money(value, language)}" for fact, value in versions[:4]]
        comma = "，" if language == "zh" else ", "
        slots["prices"] = Slot(comma.join(parts), tuple(fact.id for fact, _ in versions[:4]))
    return slots
