"""What a pitch says in which order: rhetorical moves, each with the facts it leans on."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.language import Language
from core.product import Fact
from script_engine.composer.fields import FIELDS, NEEDS_FACTS, PROOF
from script_engine.composer.formats import Beat
from script_engine.composer.interests import Interests
from script_engine.composer.phrases import Move
from script_engine.composer.tellable import sold_out, sold_out_versions, tellable
from script_engine.composer.trades import UNKNOWN, trade_of, trade_of_product
from script_engine.evidence import WHOLE_SHOP
from script_engine.readings import usable
from script_engine.shop import Shop
from script_engine.spoken import told

SMALL_TALK: tuple[Move, ...] = ("talk", "story", "ask", "beat")
# moves that can stand in for each other when one has been heard too often
_AT_ONCE = {"scene": 3, "ingredients": 3, "colour": 4, "size": 4}
# facts of these fields are short; so many are told together
_PAIRED = {"zh": 24, "en": 70}
# characters of a fact that stands beside another in one sentence
_FADES: dict[Move, float] = {"offer": 0.1, "recap": 0.2, "policy": 0.35, "extra": 0.35}
# how much less a move is wanted after each time in one pitch
_MOST: dict[Move, int] = {"offer": 1, "recap": 2, "peek": 2, "size": 1}
# how often a move comes in the body of a pitch
_LONG_REST, _SHORT_REST = timedelta(minutes=75), timedelta(minutes=25)
_REST: dict[Move, timedelta] = {
    "objection": _LONG_REST, "size": _LONG_REST, "caution": _SHORT_REST, "extra": _SHORT_REST,
}  # fmt: skip
# Questions with their answers and rows of a table are long: not in every pitch. Where one product
# is pitched over and over, its warnings come less often.
_VERSIONS = frozenset({"colour", "size"})
_DRAWS = 12
_RECAPPED = {"zh": 18, "en": 60}
# characters of a fact that is said again in passing
_RECAP_AFTER = 6
# facts told before there is something to sum up
_NEIGHBOURS = 4
# other products looked at for something to say
_FEW, _TALKED = 12, 3
# so few facts were told, and then so many moves without one
ASKED_LATELY = 0.4
# interest from which a field is taken up at once: a question of the last quarter of an hour
SHOP_WIDE_AGAIN = timedelta(minutes=60)
# shipping and coupons are the same for every product; nobody wants them with each one


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a pitch and the facts it may use."""

    move: Move
    facts: tuple[Fact, ...] = ()
    asked: bool = False
    # viewers asked about this lately


class Planner:
    """Plans pitches. Facts that viewers ask about come first, then those used least."""

    def __init__(self, shop: Shop, rng: random.Random, interests: Interests) -> None:
        self._shop = shop
        self._rng = rng
        self._interests = interests
        self._uses: Counter[str] = Counter()
        self._told: set[str] = set()
        # facts of the pitch in the making
        self._last_told: dict[str, datetime] = {}
        self._retold: dict[str, Fact] = {}
        # of these, the ones short enough to be said again
        self._asked: set[str] = set()
        # fields of this pitch that were taken up because viewers asked
        self._made: Counter[Beat] = Counter()
        self._last: Move | None = None
        self._talked, self._again = 0, False
        # moves without a fact in a row, and whether facts may be told a second time

    def begin(self) -> None:
        """A new pitch: everything may be told again."""
        self._told.clear()
        self._retold.clear()
        self._asked.clear()
        self._made.clear()
        self._last, self._talked, self._again = None, 0, False

    def sellable(self, product_id: str, when: datetime) -> bool:
        """Whether the product may be pitched: it is not sold out."""
        self._shop.product(product_id)
        return not sold_out(usable(self._shop.facts_of(product_id), when))

    def draw(
        self, body: Iterable[Beat], product_id: str, language: Language, when: datetime
    ) -> Step:
        """The next move of a pitch's body; small talk when there is nothing left to tell.

        What viewers asked about lately comes first.
        """
        if (asked := self._asked_about(product_id, language, when)) is not None:
            return asked
        beats = list(body)
        if not self._again and len(self._told) <= _FEW and self._talked >= _TALKED:
            # Of a product of which little is known the same is told once more, in other words.
            self._again = True
            self._told.clear()
        for _ in range(_DRAWS):
            weights = [self._weight(beat, when) for beat in beats]
            if not any(weights):
                break
            beat = self._rng.choices(beats, weights)[0]
            step = self.step(beat.move, product_id, language, when, beat.fields)
            if step is not None:
                self._made[beat] += 1
                self._last = beat.move
                self._talked = 0 if step.facts else self._talked + 1
                return step
            beats.remove(beat)
        self._last = "talk"
        return Step("talk")

    def step(
        self,
        move: Move,
        product_id: str,
        language: Language,
        when: datetime,
        fields: tuple[str, ...] = (),
    ) -> Step | None:
        """A move with its facts; None when it needs some and there are none."""
        own = usable(self._shop.facts_of(product_id), when)
        if move == "offer":
            facts = [fact for fact in own if fact.type == "price"]
        elif move == "stock":
            facts = [fact for fact in own if fact.type == "stock" and not fact.variant][:1]
        elif move == "recap":
            facts = self._recapped(own)
        elif move == "peek":
            facts = self._next_door(product_id, language, when)
        else:
            whole = self._due(product_id, when) if move in _SHOP_WIDE else []
            gone = sold_out_versions(own)
            facts = [
                fact
                for fact in tellable([*own, *whole], language)
                if not (fact.field in _VERSIONS and fact.value in gone)
            ]
            facts = self._take(move, facts, fields or FIELDS.get(move, ()), language, when)
        if move in NEEDS_FACTS and (not facts or (move == "pair" and len(facts) < 2)):
            return None
        asked = any(self._open_question(fact, when) for fact in facts)
        if move not in {"recap", "peek"}:
            self._tell(facts, language, when)
        return Step(move, tuple(facts), asked)

    def _tell(self, facts: list[Fact], language: Language, when: datetime) -> None:
        ids = [fact.id for fact in facts]
        self._uses.update(ids)
        self._told.update(ids)
        self._last_told |= dict.fromkeys(ids, when)
        most = _RECAPPED["zh" if language == "zh" else "en"]
        for fact in facts:
            if fact.field in _SUMMED_UP and len(told(fact, language)) <= most:
                self._retold[fact.id] = fact

    def _open_question(self, fact: Fact, when: datetime) -> bool:
        """Whether viewers asked about a fact's field lately, and it was not told since."""
        told, asked = self._last_told.get(fact.id), self._interests.last(fact.field)
        lately = self._interests.of(fact.field, when) >= ASKED_LATELY
        return lately and asked is not None and (told is None or told <= asked)

    def _asked_about(self, product_id: str, language: Language, when: datetime) -> Step | None:
        """A step with the fact that viewers asked about most and that this pitch has not told."""
        fields = {field for fields in FIELDS.values() for field in fields} - self._asked
        wanted = sorted(fields, key=lambda field: -self._interests.of(field, when))
        for field in wanted:
            if self._interests.of(field, when) < ASKED_LATELY:
                return None
            self._asked.add(field)
            if not self._is_open(field, product_id, when):
                continue
            move = next(move for move in _HOME_MOVES if field in FIELDS[move])
            if step := self.step(move, product_id, language, when, (field,)):
                self._last = move
                return step
        return None

    def _next_door(self, product_id: str, language: Language, when: datetime) -> list[Fact]:
        """What another product of the shop is praised for; nothing when there is no other."""
        others = [
            each.id for each in self._shop.products() if each.id != product_id and each.ordinal
        ]
        for other in self._rng.sample(others, min(len(others), _NEIGHBOURS)):
            own = usable(self._shop.facts_of(other), when)
            points = [f for f in tellable(own, language) if f.field == "selling_point"]
            if points and not sold_out(own):
                return [self._rng.choice(points)]
        return []

    def _is_open(self, field: str, product_id: str, when: datetime) -> bool:
        """Whether nothing of a field was told since viewers asked for it."""
        facts = [f for f in self._shop.facts_of(product_id) if f.field == field]
        facts += [f for f in self._shop.facts_of(WHOLE_SHOP) if f.field == field]
        return bool(facts) and all(self._open_question(fact, when) for fact in facts)

    def _recapped(self, own: list[Fact]) -> list[Fact]:
        """Two or three things told in this pitch that still hold."""
        holding = {fact.id for fact in own}
        kept = [fact for fact in self._retold.values() if fact.id in holding]
        if len(self._told) < _RECAP_AFTER or len(kept) < 2:
            return []
        chosen = self._rng.sample(kept, min(len(kept), self._rng.choice((2, 3))))
        for fact in chosen:
            del self._retold[fact.id]
        return chosen

    def _of_another_trade(self, fact: Fact, product_id: str) -> bool:
        """Whether a rule of the shop is for other goods: opened cosmetics, said of trousers."""
        meant = trade_of((str(fact.value),))
        return meant not in {UNKNOWN, trade_of_product(self._shop, product_id)}

    def _due(self, product_id: str, when: datetime) -> list[Fact]:
        """What holds for the whole shop and was not told lately, unless viewers ask for it."""
        due = []
        for fact in usable(self._shop.facts_of(WHOLE_SHOP), when):
            if fact.field in _BY_TRADE and self._of_another_trade(fact, product_id):
                continue
            last = self._last_told.get(fact.id)
            asked = self._is_open(fact.field, product_id, when)
            if last is None or asked or when - last >= SHOP_WIDE_AGAIN:
                due.append(fact)
        return due

    def _weight(self, beat: Beat, when: datetime) -> float:
        """How much a beat is wanted: less each time it came, more when viewers ask for it."""
        asked = sum(
            self._interests.of(field, when) for field in beat.fields or FIELDS.get(beat.move, ())
        )
        again = 0.0 if beat.move == self._last else 1.0
        fade = _FADES.get(beat.move, 0.7 if beat.move in NEEDS_FACTS else 0.4)
        made = self._made[beat]
        again *= made < _MOST.get(beat.move, made + 1)
        return again * beat.weight * (1 + asked) * fade**made

    def _take(
        self,
        move: Move,
        facts: Iterable[Fact],
        fields: tuple[str, ...],
        language: Language,
        when: datetime,
    ) -> list[Fact]:
        """The fact wanted most among these fields, and others told with it."""
        fitting = [f for f in facts if f.field in fields and f.id not in self._told]
        if move in _REST:
            fitting = [fact for fact in fitting if self._rested(fact, _REST[move], when)]
        if move == "pair":
            most = _PAIRED["zh" if language == "zh" else "en"]
            fitting = [fact for fact in fitting if len(told(fact, language)) <= most]
        if not fitting:
            return []
        self._rng.shuffle(fitting)
        fitting.sort(key=lambda fact: self._wanted(fact, when))
        first = fitting[0]
        if move == "pair":
            return [first, *[fact for fact in fitting if fact.field != first.field][:1]]
        alike = [fact for fact in fitting if fact.field == first.field]
        return alike[: _AT_ONCE.get(first.field, 1)]

    def _rested(self, fact: Fact, rest: timedelta, when: datetime) -> bool:
        last = self._last_told.get(fact.id)
        return last is None or self._open_question(fact, when) or when - last >= rest

    def _wanted(self, fact: Fact, when: datetime) -> float:
        """Least first: how often it was told, less how much it is asked about."""
        return self._uses[fact.id] - 2 * self._interests.of(fact.field, when)


_BY_TRADE = frozenset({"returns", "warranty"})
_SHOP_WIDE = frozenset({"policy", "extra"})
_HOME_MOVES: tuple[Move, ...] = (
    "proof", "demonstration", "point", "size", "need", "policy", "extra", "caution", "objection",
    "hook",
)  # fmt: skip
# where a field is told when viewers ask for it
_SUMMED_UP = frozenset({*PROOF, "selling_point", "texture", "fit"})
