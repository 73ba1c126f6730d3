"""What fills the slots of a phrase: the product's names, its facts in words, forms of address."""

import random
import re
from dataclasses import dataclass, field
from datetime import datetime

from core.language import Language
from core.product import Fact, Money, Product
from script_engine.composer.fluent import (
    as_clause,
    as_parts,
    in_number,
    lowered,
    with_particles,
)
from script_engine.composer.grammar import Choice, Pick, Picker, expand
from script_engine.composer.naming import Names
from script_engine.composer.phrases import Book
from script_engine.composer.plan import Step
from script_engine.composer.trades import Trade
from script_engine.readings import usable
from script_engine.shop import Shop
from script_engine.spoken import joined, money, told

_LIMIT = {"zh": 60, "en": 150}
# characters of a fact in one line
_PLAIN_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}")
_FULL_NAME = {"hook", "offer", "bridge"}
_IN_PARTS = {"selling_point", "description"}
# a long text of which a sentence at a time is told
_KEEPS_CAPITAL = {"origin", "brand", "manufacturer", "certificate", "question", "colour"}
_REFUSES = re.compile(r"(?:not?|avoid|do not|don't|unsuitable|never)\b", re.IGNORECASE)
# a value that "it's for" may not stand before
_PLACES = ("one", "other", "third")
# slots of things said again


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
    names: Names
    trade: Trade
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
        full = self.step.move in _FULL_NAME
        name = self.names.full if full else self.rng.choice(self.names.others)
        self.slots["name"] = Slot(name)
        it = self.rng.choice(self.book.it).replace("{name}", name)
        it = it.replace("{noun}", self.names.noun)
        self.slots["it"] = Slot(in_number(it, self.names.noun) if self.language != "zh" else it)
        self.slots["goods"] = Slot(self.trade.goods(self.language))
        if self.product.ordinal:
            self.slots["ordinal"] = Slot(str(self.product.ordinal))
        if self.step.move == "offer":
            facts = usable(self.shop.facts_of(self.product.id), self.when)
            self.slots |= _offer(facts, self.language)
        elif self.step.move == "recap":
            for place, fact in zip(_PLACES, self.step.facts, strict=False):
                self.slots[place] = self._in_short(fact)
        elif self.step.move == "peek":
            self.slots["point"] = self._value(self.step.facts)
        elif self.step.facts:
            self._facts()
        return self.slots

    def _facts(self) -> None:
        facts = self.step.facts
        if self.step.move == "pair":
            first, second = self.rng.sample(facts[:2], 2)
            self._tell([first], "")
            self._tell([second], "2")
            self._reasons(first.field, second.field)
            return
        group = self.rng.sample(facts, len(facts))
        value = self._tell(group, "")
        self._reasons(facts[0].field, facts[0].field)
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
                asked = facts[0].label.rstrip("?？。. ") + mark
                self.slots["question"] = Slot(asked, value.fact_ids)
                self.slots["answer"] = value
            case "stock" if isinstance(facts[0].value, int | float):
                self.slots["stock"] = Slot(f"{facts[0].value:g}", value.fact_ids)

    def _tell(self, facts: list[Fact] | tuple[Fact, ...], suffix: str) -> Slot:
        """The slots value, label, ask, tell and told of a group of facts of one field.

        `told`, where there is one, stands for `tell` after the topic was named.
        """
        value = self._value(facts)
        label = self._label(facts[0])
        words = self.book.fields.get(facts[0].field, self.book.plain)
        ask = self._numbered(self._say(words.ask or self.book.plain.ask, label=label))
        told_so = words.tell or self.book.plain.tell
        if _REFUSES.match(value.text):
            told_so = self.book.plain.tell
        tell = self._numbered(self._say(told_so, label=label, value=value.text))
        self.slots[f"value{suffix}"] = value
        self.slots[f"label{suffix}"] = Slot(label)
        self.slots[f"ask{suffix}"] = ask
        self.slots[f"tell{suffix}"] = Slot(tell.text, value.fact_ids, (*tell.picks, *value.picks))
        # "returns: ..." only says what it is about, "made of ..." belongs to the sentence
        if tell.text.removesuffix(value.text).rstrip().endswith(("，", ",", ":")):
            self.slots[f"told{suffix}"] = value
        return value

    def _reasons(self, first: str, last: str) -> None:
        """Why one asks for it; when viewers did ask, that is the reason."""
        before, _ = self.book.reasons(first, self.trade.name)
        _, after = self.book.reasons(last, self.trade.name)
        if self.step.asked:
            self.slots["asked"] = self._say(
                self.book.parts["asked"],
                label=self.slots["label"].text, ask=self.slots["ask"].text,
                folks=self.slots["folks"].text,
            )  # fmt: skip
            self.slots["pre"] = self.slots["asked"]
        elif before:
            self.slots["pre"] = self._reason(before)
        if after:
            self.slots["post"] = self._reason(after)

    def _reason(self, texts: tuple[str, ...]) -> Slot:
        """One of the reasons, those given least first."""
        choice = Choice("\n".join(texts), tuple((text,) for text in texts))
        index = self.picker.pick(choice, self.rng)
        names = {name: self.slots[name].text for name in ("it", "folks", "call", "name", "goods")}
        said = self._numbered(self._say(texts[index], label=self.slots["label"].text, **names))
        return Slot(said.text, (), (*said.picks, (choice.key, index)))

    def _in_short(self, fact: Fact) -> Slot:
        """A fact told before, in few words."""
        value = self._value([fact])
        words = self.book.fields.get(fact.field, self.book.plain)
        if fact.field in {"selling_point", "texture"} or not words.tell:
            return value
        tell = self._numbered(self._say(words.tell, label=self._label(fact), value=value.text))
        return Slot(tell.text, value.fact_ids, (*tell.picks, *value.picks))

    def _say(self, template: str, **filled: str) -> Slot:
        text, picks = expand(template, self.book.parts, self.picker, self.rng)
        for name, words in filled.items():
            text = text.replace(f"{{{name}}}", words)
        return Slot(text, (), tuple(picks))

    def _numbered(self, said: Slot) -> Slot:
        """They come from Italy, when the thing is a plural."""
        if self.language == "zh":
            return said
        return Slot(in_number(said.text, self.names.noun), said.fact_ids, said.picks)

    def _value(self, facts: list[Fact] | tuple[Fact, ...]) -> Slot:
        limit = _LIMIT["zh" if self.language == "zh" else "en"]
        first, picks = facts[0], []
        ids = tuple(fact.id for fact in facts)
        if first.field in _IN_PARTS and isinstance(first.value, str):
            parts = as_parts(first.value, self.language)
            index = 0
            if len(parts) > 1:
                choice = Choice(first.id, tuple((part,) for part in parts))
                index = self.picker.pick(choice, self.rng)
                picks = [(first.id, index)]
            text = as_clause(lowered(parts[index], self._names()), self.language)
            texts = [text if self.language == "zh" else in_number(text, self.names.noun)]
        else:
            texts = [self._lower(told(fact, self.language, limit), fact) for fact in facts]
        text = joined(texts, self.language)
        text = with_particles(text, first.field, self.language, self.rng)
        return Slot(text, ids, tuple(picks))

    def _lower(self, text: str, fact: Fact) -> str:
        kept = self.language == "zh" or fact.field in _KEEPS_CAPITAL
        return text if kept else lowered(text, self._names())

    def _names(self) -> tuple[str, ...]:
        product = self.product
        return (
            (product.name_in(self.language), product.brand, *self.names.others) if product else ()
        )

    def _label(self, fact: Fact) -> str:
        """What staff call the field, when it is a short word of the language; else our own."""
        if self.language == "zh" and _PLAIN_LABEL.fullmatch(fact.label):
            return fact.label
        words = self.book.fields.get(fact.field)
        return words.label if words and words.label else fact.label.lower() or fact.field


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
