"""What a pitch says in which order: rhetorical moves, each with the facts it leans on."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.language import Language
from core.product import Fact
from script_engine.evidence import WHOLE_SHOP
from script_engine.readings import usable
from script_engine.shop import Shop

PROOF = (
    "material", "ingredients", "certificate", "volume", "weight", "dimensions", "power", "runtime",
    "battery", "origin", "shelf_life", "colour", "scent", "season", "feature",
)  # fmt: skip
SHOWN = ("usage", "care", "texture", "fit", "storage")
PROMISES = ("shipping", "returns", "authenticity", "warranty", "invoice")
EXTRAS = ("coupon", "promotion", "gift")
_AT_ONCE = {"scene": 3, "ingredients": 3, "colour": 4}
# facts of these fields are short; so many are told together


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a pitch and the facts it may use."""

    move: str
    facts: tuple[Fact, ...] = ()
    index: int = 1
    # counts the selling points


class Planner:
    """Plans pitches; facts that were used least come first."""

    def __init__(self, shop: Shop, rng: random.Random) -> None:
        self._shop = shop
        self._rng = rng
        self._uses: Counter[str] = Counter()
        self._told: set[str] = set()
        # facts of the pitch in the making

    def plan(self, product_id: str, language: Language, when: datetime) -> list[Step]:
        """A pitch of ten to sixteen moves; none when the product is sold out."""
        own = usable(self._shop.facts_of(product_id), when)
        if sold_out(own):
            return []
        self._told.clear()
        told = [fact for fact in own if _tellable(fact, language)]
        shop = [f for f in usable(self._shop.facts_of(WHOLE_SHOP), when) if _tellable(f, language)]
        steps = [self._step("hook", told, ("description",)), self._need(told)]
        for index in range(1, 4):
            point = self._step("point", told, ("selling_point",), index=index)
            if point.facts:
                steps.append(point)
                steps += self._backing(told)
        if len(steps) < 5:
            steps += self._backing(told)
        steps.append(self._step("objection", told, ("question",)))
        if self._rng.random() < 0.5:
            steps.append(self._step("caution", told, ("caution",)))
        steps.append(Step("offer", tuple(f for f in own if f.type == "price")))
        steps.append(self._step("extra", [*told, *shop], EXTRAS))
        if self._rng.random() < 0.6:
            steps.append(self._step("policy", [*told, *shop], PROMISES))
        if self._rng.random() < 0.6:
            stock = [f for f in own if f.type == "stock" and not f.variant]
            steps.append(Step("stock", tuple(stock[:1])))
        steps += [Step("call"), Step("ask")]
        needs_facts = {"point", "proof", "demonstration", "objection", "caution", "policy", "offer",
                       "extra", "stock"}  # fmt: skip
        return [step for step in steps if step.facts or step.move not in needs_facts]

    def _need(self, told: list[Fact]) -> Step:
        fields = self._rng.choice((("scene",), ("skin_type", "audience", "season"), ("scene",)))
        return self._step("need", told, fields)

    def _backing(self, told: list[Fact]) -> list[Step]:
        """Proof or demonstration after a selling point, now the one, now the other."""
        proof = self._step("proof", told, PROOF)
        shown = self._step("demonstration", told, SHOWN)
        both = [step for step in (proof, shown) if step.facts]
        return [self._rng.choice(both)] if both else []

    def _step(
        self, move: str, facts: Iterable[Fact], fields: tuple[str, ...], index: int = 1
    ) -> Step:
        """The move with the fact used least among these fields, and others told with it."""
        fitting = [f for f in facts if f.field in fields and f.id not in self._told]
        if not fitting:
            return Step(move, (), index)
        self._rng.shuffle(fitting)
        first = min(fitting, key=lambda fact: self._uses[fact.id])
        group = [first]
        for fact in sorted(fitting, key=self._used):
            alike = fact.field == first.field and fact is not first
            if alike and len(group) < _AT_ONCE.get(first.field, 1):
                group.append(fact)
        self._uses.update(fact.id for fact in group)
        self._told.update(fact.id for fact in group)
        return Step(move, tuple(group), index)

    @property
    def _used(self) -> Callable[[Fact], int]:
        return lambda fact: self._uses[fact.id]


def sold_out(facts: Iterable[Fact]) -> bool:
    """Whether every stock figure of a product is nought."""
    stocks = [f.value for f in facts if f.type == "stock" and isinstance(f.value, int | float)]
    return bool(stocks) and not any(stocks)


def _tellable(fact: Fact, language: Language) -> bool:
    right = not isinstance(fact.value, str) or fact.language == language
    return right and not fact.variant
