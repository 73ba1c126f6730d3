"""A live change of one product as overrides of its facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.message import Message, Word, in_chinese, joined
from core.product import Fact, Money, Product
from knowledge.amounts import is_availability
from knowledge.changes import CHANGED
from knowledge.fields import BY_KEY
from knowledge.overrides import (
    Override,
    fact_id_of,
    fingerprint,
    new_value,
    refused_value,
    typed_value,
)


@dataclass(frozen=True, slots=True)
class ChangeDesk:
    """Knows what a product's facts are, to say what a change means."""

    product: Product
    filed: Sequence[Fact]
    # as the files have them
    live: Sequence[Fact]
    # with the changes made before
    now: datetime
    currency: str
    by: str
    # who changes

    def overrides(self, field: str, value: str | float | Money, variant: str) -> list[Override]:
        """A change as overrides of facts. Raises ContentError."""
        product = self.product
        if field in ("stock", "availability") and isinstance(value, str):
            field, value = self._stock_said(value, variant)
        targets = self._targets(field, variant)
        if field == "stock" and len(targets) > 1 and typed_value(targets[0], value) != 0.0:
            names = joined((v.name for v in product.variants), chinese="、")
            message = Message("say which variant the stock is of: {names}", names=names)
            raise refused_value(message, product.id, field)
        if targets:
            return [
                Override(target.id, typed_value(target, value), self.by, fingerprint(target))
                for target in targets
            ]
        if field not in CHANGED or (variant and variant not in (v.name for v in product.variants)):
            known = BY_KEY.get(field)
            what = Word(field, known.zh) if known else field
            if variant:
                what = Word(f"{field} of {variant}", f"{variant} 的{in_chinese(what)}")
            message = Message("the files give no {what} that could be changed", what=what)
            raise refused_value(message, product.id, field)
        if isinstance(value, str):
            value = new_value(product.id, field, value, self.currency)
        fact_id = fact_id_of(product.id, field, variant)
        return [Override(fact_id, value, self.by, "", product.id, field, variant)]

    def _stock_said(self, value: str, variant: str) -> tuple[str, str]:
        """The field that a stock in words is of: "out of stock" is a stock of 0."""
        if not is_availability(value):
            return "stock", value
        stocks = [f for f in self.live if f.field == "stock"]
        if any(fact.value == 0.0 and fact.variant in (variant, "") for fact in stocks):
            message = Message(
                "{text!r} does not say how many there are now; send a number", text=value
            )
            raise refused_value(message, self.product.id, "stock")
        return "availability", value

    def _targets(self, field: str, variant: str) -> list[Fact]:
        """The facts, as the files have them, that a change is about."""
        if field in BY_KEY and BY_KEY[field].many:
            message = Message("is a list; change it in its file")
            raise refused_value(message, self.product.id, field)
        facts = [f for f in self.filed if f.field == field]
        if variant:
            targets = [fact for fact in facts if fact.variant == variant]
        else:
            targets = [fact for fact in facts if not fact.variant] or facts
        return [fact for fact in targets if fact.valid_at(self.now)] or targets
