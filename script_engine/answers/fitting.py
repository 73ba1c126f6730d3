"""How well a fact fits a question: which of the things it names the fact speaks of."""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.product import Fact
from script_engine.answers.counting import counts, numbers_of
from script_engine.answers.question import Question, Unit, is_empty
from script_engine.answers.stems import HEAD_ONLY, shared, stem, word_in
from script_engine.answers.told import Told, told
from script_engine.answers.topics import topics
from script_engine.text import HAN

_LESSER = 0.5
# of a thing of which only a part is known in the fact: hot water, where it speaks of water
TIMES_OF = frozenset({"time", "month", "working day", "often"})
_BY_AMOUNT = 0.8
# of a measure that a fact gives without naming it
_SCANT = 0.55
# at most, of a question of which only single characters are met
_LIMIT = re.compile(
    r"以[内下上]|最[大高多小低长]|不超过|至少|"
    r"\b(?:up to|max|min|at (?:least|most)|from|over|under)\b"
)
# an amount with one of these says more than itself


def shares(asked: Question, spoken: Told, own: frozenset[str] = frozenset()) -> float:
    """How much of what a question names a text speaks of, whatever amount it wants."""
    named = [unit for unit in asked.units if not is_own(unit, own)]
    weight = sum(unit.weight for unit in named)
    return sum(unit.weight * met_by(unit, spoken) for unit in named) / weight if weight else 0.0


_ANY_GOODS = frozenset({"returns", "warranty"})
_POLICY_WEIGHT = 0.5
# of a thing that a rule of the shop does not name: 茶罐 where it speaks of anything broken


def fits(asked: Question, fact: Fact, own: frozenset[str] = frozenset()) -> float:
    """How much of what a question names a fact speaks of, 0 to 1.

    Args:
        asked: the question.
        fact: a fact in words or numbers.
        own: words of the product's name, which tell one fact from another no more.
    """
    spoken = told(fact)
    if not answers_kind(asked, spoken):
        return 0.0
    named = [unit for unit in asked.units if not is_own(unit, own)]
    if all(unit.weight < 1 for unit in named):
        named = list(asked.units) if fact.product_id else []
    only_own = all(is_own(unit, own) for unit in asked.units)
    if only_own and asked.wants and fact.product_id:
        return _BY_AMOUNT
    if not named and asked.number:
        named = [unit for unit in asked.units if unit.weight >= 1]  # 烟酰胺浓度多少
    if not named:
        return 0.0
    met = [max(met_by(unit, spoken), _by_amount(unit, asked, spoken)) for unit in named]
    said = [unit.text for unit, share in zip(named, met, strict=True) if share >= 1.0]
    met = [
        0.0 if share == HEAD_ONLY and _in_another(unit, said) else share
        for unit, share in zip(named, met, strict=True)
    ]
    wanted = {topic.key for topic in topics() if topic.units & asked.wants}
    if any(unit.keys & wanted and not share for unit, share in zip(named, met, strict=True)):
        return 0.0  # an amount, but of something else
    if not any(met) and not asked.amounts & spoken.amounts:
        return 0.0  # an amount of the right kind, but nothing says of what
    if asked.either and max(met) >= 1.0:
        return 1.0
    weight = sum(
        unit.weight
        * (_POLICY_WEIGHT if fact.field in _ANY_GOODS and not unit.keys and not share else 1)
        for unit, share in zip(named, met, strict=True)
    )
    score = sum(unit.weight * share for unit, share in zip(named, met, strict=True))
    if asked.amounts & spoken.amounts:
        # "65W" where the fact has 65 W too
        weight, score = weight + 1.0, score + 1.0
    elif _is_other_amount(asked, spoken):
        weight += 1.0
    scant = not any(share for unit, share in zip(named, met, strict=True)
                    if unit.keys or len(unit.text) > 1 or unit.weight > 1)  # fmt: skip
    if scant and not (asked.counted or asked.wants):
        return min(_SCANT, score / weight)
    if asked.counted or asked.wants:
        # a length or weight tells more of what it is of than a time does
        telling = 2.0 if asked.wants and not asked.wants & TIMES_OF else 1.0
        weight, score = weight + telling, score + telling
    return score / weight


def _is_other_amount(asked: Question, spoken: Told) -> bool:
    """Whether a fact has one amount of the kind that is named, another one, and no limit."""
    named = {unit for unit, _ in asked.amounts}
    alike = [value for unit, value in spoken.amounts if unit in named]
    return len(alike) == 1 and not _LIMIT.search(spoken.text)


def _in_another(unit: Unit, said: Sequence[str]) -> bool:
    """Whether all that is met of a word is a character of another one: 转头 by 镜头."""
    return len(unit.text) == 2 and any(unit.text[-1] in other for other in said)


def answers_kind(asked: Question, spoken: Told) -> bool:
    """Whether a fact has the kind of amount that a question wants, if it wants one."""
    if asked.wants:
        return bool(asked.wants & spoken.units)
    if asked.counted:
        what = asked.counted.split()[0]
        of_it = [unit.keys for unit in asked.units if what in unit.text]
        return counts(asked.counted, spoken.text) or numbers_of(
            frozenset().union(*of_it), spoken.text
        )
    return spoken.figures or not asked.number


@lru_cache(maxsize=100_000)
def met_by(unit: Unit, spoken: Told) -> float:
    """How much of one thing a fact speaks of, 0 to 1."""
    if unit.keys & spoken.keys:
        return 1.0
    if HAN.search(unit.text):
        share = shared(unit.text, spoken.text)
        lesser = _LESSER if unit.lesser & spoken.keys else 0.0
        return max(share, lesser)
    words = re.findall(r"[a-z]+|\d+(?:\.\d+)?", unit.text)
    words = [word for word in words if not is_empty(word)] or words
    hits = sum(word_in(word, spoken.stems) for word in words)
    share = hits / len(words) if words else 0.0
    return max(share, _LESSER if unit.lesser & spoken.keys else 0.0)


def _by_amount(unit: Unit, asked: Question, spoken: Told) -> float:
    """Whether a wanted amount of a fact says what it is an amount of: 多重 and "9克"."""
    for topic in topics():
        if topic.key in unit.keys and topic.units & asked.wants & spoken.units:
            others = {each.key for each in topics() if each.units & topic.units} - unit.keys
            # "Cord length 75 cm" tells nobody how tall it is
            return 0.0 if others & spoken.keys else _BY_AMOUNT
    return 0.0


def is_own(unit: Unit, own: frozenset[str]) -> bool:
    """Whether a thing is what the product is called: 垫子 of a 瑜伽垫."""
    if any(key in own for key in unit.keys):
        return True
    if HAN.search(unit.text):
        kind = unit.text[0] if len(unit.text) == 2 and unit.text[1] in "子儿" else ""
        return any(unit.text in name or (kind and name.endswith(kind)) for name in own)
    return all(stem(word) in own for word in re.findall("[a-z0-9]+", unit.text))
