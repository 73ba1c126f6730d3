"""What a fact's text speaks of: topics, things, stems, kinds of amount."""

import re
from dataclasses import dataclass
from functools import lru_cache

from core.product import Fact
from script_engine.answers.stems import stem
from script_engine.answers.topics import topics, topics_of
from script_engine.glossary import named_at
from script_engine.lexicon import terms
from script_engine.quantities import quantities
from script_engine.text import fold

_TELLING_UNITS = frozenset({"watt", "decibel", "lumen", "volt"})
# units of one thing only: 300W says what the power is without saying so
_WITHOUT_FIGURES = re.compile(
    r"当天|次日|隔天|长期|永久|终身|随时|每[天周月日次年]|早晚|daily|weekly|monthly|once an? |"
    r"lifetime|"
    r"every (?:day|week|month|\d|few)|"
    r"\d{1,2}点|\d ?[ap]m\b|same day|next day|24/7|半(?:年|天|小时)|half a"
)
_ASIDE = re.compile(r"\(.*?\)|（.*?）")
# of a header: where a program keeps it, in what unit it is
_CALORIES = re.compile(r"\d\s*(?:大卡|千卡|卡路里|kcal|calories)")


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
