"""How well a fact fits a question: which of the things it names the fact speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from core.product import Fact
from script_engine.answers.question import Question, Unit, is_empty
from script_engine.answers.topics import topics, topics_of
from script_engine.glossary import named_at
from script_engine.lexicon import terms
from script_engine.quantities import quantities
from script_engine.text import CJK, HAN, fold

_LESSER = 0.5
# of a thing of which only a part is known in the fact: hot water, where it speaks of water
_SCATTERED = 0.75
# of a Chinese word whose characters all stand in a fact, but apart: 躺平 and 平躺
_TELLING_UNITS = frozenset({"watt", "decibel", "lumen", "volt"})
# units of one thing only: 300W says what the power is without saying so
_TIMES_OF = frozenset({"time", "month", "working day", "often"})
_BY_AMOUNT = 0.8
# of a measure that a fact gives without naming it
_SCANT = 0.55
# at most, of a question of which only single characters are met
_HEAD_ONLY = 0.5
# of a Chinese word of two characters whose last, the thing itself, stands in a fact: 笔尖 and EF尖
_TYPO = 86.0
# likeness of 100 from which a longer English word is taken for a mistyped one
_WITHOUT_FIGURES = re.compile(
    r"当天|次日|隔天|长期|永久|终身|随时|每[天周月日次年]|早晚|daily|weekly|monthly|once an? |"
    r"lifetime|"
    r"every (?:day|week|month|\d|few)|"
    r"\d{1,2}点|\d ?[ap]m\b|same day|next day|24/7|半(?:年|天|小时)|half a"
)
_ENDINGS = (
    "ations", "ation", "nesses", "ness", "ments", "ment", "ings", "ing", "ions", "ion", "ers",
    "ies", "ied", "es", "ed", "er", "ly", "s", "e", "y",
)  # fmt: skip
_BRITISH = (("colour", "color"), ("flavour", "flavor"), ("grey", "gray"), ("fibre", "fiber"),
            ("aluminium", "aluminum"), ("litre", "liter"), ("metre", "meter"),
            ("ise", "ize"))  # fmt: skip
_ASIDE = re.compile(r"\(.*?\)|（.*?）")
# of a header: where a program keeps it, in what unit it is
_CALORIES = re.compile(r"\d\s*(?:大卡|千卡|卡路里|kcal|calories)")
_LIMIT = re.compile(
    r"以[内下上]|最[大高多小低长]|不超过|至少|"
    r"\b(?:up to|max|min|at (?:least|most)|from|over|under)\b"
)
# an amount with one of these says more than itself
_CONTAINERS = "袋包盒罐瓶"
_LOOSE = "个颗粒枚片块张条支根只"
_MEALS = "餐顿"
_ANY_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|"
    r"[一二两三四五六七八九十](?=[个层档口枚片包人])"
)
_CLAUSES = re.compile(r"[;；,，。]")
_COUNTED_BY = {
    "drops": "滴", "drop": "滴", "pills": "粒片颗", "tablets": "粒片颗", "capsules": "粒颗",
    "times": "次遍回", "pieces": "个片块颗枚件", "packs": "包袋盒", "bags": "包袋",
    "sachets": "包袋", "cups": "杯", "people": "人", "persons": "人", "layers": "层",
    "tiers": "层", "speeds": "档", "settings": "档", "levels": "档级", "modes": "种档",
    "ports": "个口", "colours": "色种", "colors": "色种", "flavours": "种味", "flavors": "种味",
    "pumps": "泵下", "pages": "页", "meals": "餐顿", "seats": "座人", "sheets": "张抽",
    "pockets": "个", "compartments": "层格个",
}  # fmt: skip
# what the Chinese count these by
_TIMES = "次遍泡回"
# of each, one counts what another does: 一盒30包 are 30 sachets to who asks for 几袋


@dataclass(frozen=True, slots=True)
class Told:
    """What a fact's text speaks of."""

    text: str
    keys: frozenset[str]
    stems: frozenset[str]
    units: frozenset[str]
    # of its amounts
    figures: bool
    amounts: frozenset[tuple[str, float]]
    # its measures, as unit and value


@lru_cache(maxsize=60_000)
def told_by(label: str, value: str, field: str) -> Told:
    """What a fact speaks of, by its label, value and field."""
    label = _ASIDE.sub("", label)
    text = fold(f"{label}: {value}").text
    keys = set(topics_of(text, field)) | {f"={name}" for _, _, name in named_at(text)}
    keys |= {f"+{term.group}" for term in terms(text)}
    amounts = quantities(fold(value).text)
    measured = {q.unit for q in amounts if q.kind == "measure"} & _TELLING_UNITS
    keys |= {topic.key for topic in topics() if topic.units & measured}
    units = {q.unit for q in amounts if q.kind in {"measure", "percent"}}
    if any(q.unit in {"time", "month", "working day"} for q in amounts):
        units |= {"time", "month", "working day"}
    if _CALORIES.search(text):
        units.add("calorie")
    if _WITHOUT_FIGURES.search(text):
        units |= {"time", "month", "working day", "often"}
    if field == "shipping" and any(q.kind == "money" for q in amounts):
        keys.add("包邮")
    stems = frozenset(stem(word) for word in re.findall(r"[a-z]+|\d+(?:\.\d+)?", text))
    figures = bool(amounts) or bool(re.search(r"\d|大小|适量|少量|少许|pea-sized", value))
    same = frozenset((q.unit, round(q.value, 6)) for q in amounts if q.kind == "measure")
    return Told(text, frozenset(keys), stems, frozenset(units), figures, same)


def told(fact: Fact) -> Told:
    """What a fact speaks of."""
    value = fact.value
    if isinstance(value, float | int):
        value = f"{value:g}{fact.unit}"
    return told_by(fact.label, value if isinstance(value, str) else "", fact.field)


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
        0.0 if share == _HEAD_ONLY and _in_another(unit, said) else share
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
        telling = 2.0 if asked.wants and not asked.wants & _TIMES_OF else 1.0
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
        return counts(asked.counted, spoken.text) or _numbers(
            frozenset().union(*of_it), spoken.text
        )
    return spoken.figures or not asked.number


@lru_cache(maxsize=20_000)
def _numbers(topical: frozenset[str], text: str) -> bool:
    """Whether a clause speaks of these and has a number: "Sleeps 2" to "how many people"."""
    return bool(topical) and any(
        topical & topics_of(clause) and _ANY_NUMBER.search(clause)
        for clause in _CLAUSES.split(text)
    )


@lru_cache(maxsize=20_000)
def counts(what: str, text: str) -> bool:
    """Whether a text has a number of these: 袋, "settings"."""
    if what.startswith("#"):
        return bool(re.search(rf"\d\s*{what[1:]}(?![a-z])", text))
    if HAN.search(what) and not HAN.search(text):
        # 几粒 may be two drops; 几个工人 are not two of anything
        return what in _CONTAINERS + _LOOSE + _TIMES + _MEALS and bool(
            re.search(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", text)
        )
    if HAN.search(what):
        alike = next((g for g in (_CONTAINERS, _LOOSE, _TIMES, _MEALS) if what in g), what)
        number = r"(?:\d+|[二两三四五六七八九十百]|十?[一二三四五六七八九]十)"
        loose = "个" if what in _CONTAINERS + _LOOSE else ""
        if re.search(rf"{number}\s*(?:小|大|多|个)?[{alike}{loose}](?![邮月])", text):
            return True
        # 滤芯2个: the thing before its number
        thing = len(what) == 1 and what not in _CONTAINERS + _LOOSE + _TIMES + _MEALS
        return thing and bool(
            re.search(rf"{what}[{CJK}]?{number}[{_LOOSE}{_CONTAINERS}卷套]", text)
        )
    if HAN.search(text) and (by := _COUNTED_BY.get(what.split()[0])):
        return bool(re.search(rf"[\d一二两三四五六七八九十]\s*(?:小|大)?[{by}]", text))
    if HAN.search(text) and re.search(
        rf"(?:\d|[一二两三四五六七八九十])[{_CONTAINERS}{_LOOSE}{_TIMES}{_MEALS}层格档种孔页]", text
    ):
        return True
    wanted = {stem(word) for word in what.split()}
    number = r"(?<![\d.])(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    measured = {q.start for q in quantities(text) if q.kind in {"measure", "money"}}
    for match in re.finditer(rf"{number}[ -]?((?:[a-z]+[ -]?){{1,3}})", text):
        following = [stem(word) for word in re.findall("[a-z]+", match[1])]
        counted = match.start() not in measured
        if wanted & set(following) or (counted and topics_of(what) & topics_of(match[1].strip())):
            return True
    return False


@lru_cache(maxsize=100_000)
def met_by(unit: Unit, spoken: Told) -> float:
    """How much of one thing a fact speaks of, 0 to 1."""
    if unit.keys & spoken.keys:
        return 1.0
    if HAN.search(unit.text):
        share = _shared(unit.text, spoken.text)
        lesser = _LESSER if unit.lesser & spoken.keys else 0.0
        return max(share, lesser)
    words = re.findall(r"[a-z]+|\d+(?:\.\d+)?", unit.text)
    words = [word for word in words if not is_empty(word)] or words
    hits = sum(_word_in(word, spoken.stems) for word in words)
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


def _shared(part: str, text: str) -> float:
    """Share of the characters of a part that stand in a text beside the same neighbour."""
    if len(part) == 1:
        return 1.0 if part in text else 0.0
    if part in text:
        return 1.0
    if part.endswith("子"):
        # 铲子, 勺子筷子: the ending says nothing
        things = [each for each in part.split("子") if each]
        return sum(each in text for each in things) / len(things) if things else 0.0
    if len(part) == 2 and part[1] in "头儿" and part[0] in text:
        return _SCATTERED  # 骨头 and 去骨
    if all(letter in text for letter in part):
        return _SCATTERED
    met = [False] * len(part)
    if len(part) == 2 and part[-1] in text:
        return _HEAD_ONLY
    for i in range(len(part) - 1):
        if part[i : i + 2] in text:
            met[i] = met[i + 1] = True
    return sum(met) / len(part)


def _word_in(word: str, stems: frozenset[str]) -> bool:
    bare = stem(word)
    if bare in stems:
        return True
    if len(bare) < 5 or word.isdigit():
        return False
    return any(
        abs(len(other) - len(bare)) <= 2
        and other[0] == bare[0]
        and fuzz.ratio(bare, other) >= _TYPO
        for other in stems
    )


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """An English word without what changes with number, tense and use: brightness, brighter."""
    for british, american in _BRITISH:
        word = word.replace(british, american)
    for ending in _ENDINGS:
        if ending == "s" and word.endswith("ss"):
            continue
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word


def name_words(names: tuple[str, ...]) -> frozenset[str]:
    """What a product is called, to tell its name from what is asked of it."""
    found: set[str] = set()
    for name in names:
        text = fold(name).text
        found.update(f"={thing}" for _, _, thing in named_at(text))
        found.update(stem(word) for word in re.findall("[a-z0-9]+", text))
        found.update(re.findall(f"[{CJK}]+", text))
    return frozenset(found)
