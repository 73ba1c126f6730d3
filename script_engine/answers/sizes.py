"""Size advice, computed from the shop's size table and the measures a viewer gives."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from core.language import Language
from core.product import Fact
from script_engine.answers.body import INCH_CM, POUND_KG, Body
from script_engine.spoken import told
from script_engine.text import fold

Limits = tuple[float, float]
"""From and to, both included: cm, kg, years, or a size of a country's."""

_LABELS: Final[dict[str, str]] = {
    "height": r"身高|height", "weight": r"体重|weight", "age": r"年龄|月龄|age",
    "foot": r"脚长|足长|foot", "insole": r"内长|insole", "finger": r"周长|指围|circumference",
    "diameter": r"内?直径|内径|diameter", "wrist": r"手围|腕围|wrist", "head": r"头围|head",
    "neck": r"颈围|neck", "underbust": r"下胸围|underbust", "bust": r"胸围|chest|bust",
    "waist": r"腰围|waist", "hips": r"臀围|hips?", "thigh": r"大?腿围|thigh",
    "shoulder": r"肩宽|shoulders?", "sleeve": r"袖长|sleeve", "back": r"背长|身长|back",
    "cn": r"中国码|cn", "eu": r"欧码|eu", "us": r"美码|us", "uk": r"英码|uk", "jp": r"日码|jp",
    "kr": r"韩码|kr",
}  # fmt: skip
_PART: Final = {key: re.compile(rf"(?:{label})\s*(.*)") for key, label in _LABELS.items()}
_SYSTEMS: Final = frozenset({"cn", "eu", "us", "uk", "jp", "kr"})
_N: Final = r"(\d+(?:\.\d+)?)"
_UNIT: Final = (
    r"\s*(mm|cm|m\b|in(?:ch(?:es)?)?\b|\"|″|kg|lbs?|斤|岁|个月|years?|months?|尺|寸|厘米|毫米|米|"
    r"公斤|千克)?"
)
_RANGE: Final = re.compile(rf"{_N}{_UNIT}\s*[-~～—–到至]\s*{_N}{_UNIT}")
_OVER: Final = re.compile(
    rf"(?:over|above|from|≥|>=?|大于|不低于)\s*{_N}{_UNIT}|"
    rf"{_N}{_UNIT}\s*(?:\+|及?以上|and (?:up|over|above))"
)
_UNDER: Final = re.compile(
    rf"(?:up to|under|below|≤|<=?|小于|不超过)\s*{_N}{_UNIT}|"
    rf"{_N}{_UNIT}\s*(?:及?以[下内]|and (?:under|below))"
)
_ONE: Final = re.compile(rf"{_N}{_UNIT}")
_FEET: Final = re.compile(r"(\d)\s*['′’]\s*(\d{1,2})?\s*[\"″”]?")
_FOR_BODY: Final = re.compile(
    rf"{_N}{_UNIT}\s*[-~～—–到至]\s*{_N}\s*(斤|kg|公斤|千克|lbs?|cm|厘米)"
)
_FACTORS: Final[dict[str, float]] = {
    "mm": 0.1, "毫米": 0.1, "m": 100, "米": 100, "寸": INCH_CM, '"': INCH_CM, "″": INCH_CM,
    "尺": 100 / 3, "斤": 0.5, "lb": POUND_KG, "lbs": POUND_KG, "个月": 1 / 12, "month": 1 / 12,
    "months": 1 / 12,
}  # fmt: skip
_FAR: Final = 1e9
_ASKED: Final = {
    "胸围|chest|bust": "胸围|chest|bust", "腰围|腰多少|腰多大|waist": "腰围|waist",
    "臀围|hips?": "臀围|hips?", "肩宽|shoulders?": "肩宽|shoulders?",
    "袖长|sleeves?": "袖长|sleeves?",
    "脚长|foot": "脚长|foot", "内径|直径|diameter": "直径|diameter",
    "周长|circumference": "周长|circumference", "欧码|\\beu\\b": "欧码|eu",
    "美码|\\bus\\b": "美码|us",
    "多长|衣长|裙长|裤长|长度|how long|length": "长度|衣长|裙长|裤长|length",
}  # fmt: skip
# what viewers call a measure of the garment, and how a table heads it


@dataclass(frozen=True, slots=True)
class Size:
    """A row of a size table."""

    name: str
    fact: Fact
    limits: Mapping[str, Limits]
    # by measure; what the row does not give is not there


def size_table(facts: list[Fact]) -> list[Size]:
    """The rows of a size table that say whom a size is for."""
    rows = []
    for fact in facts:
        if not isinstance(fact.value, str):
            continue
        limits = _limits(fold(fact.value).text)
        if limits:
            name = fact.label or re.split(r"码|:|：", fact.value)[0].removeprefix("Size ").strip()
            rows.append(Size(name, fact, limits))
    return rows


def asked_measures(table: Sequence[Size]) -> tuple[str, ...]:
    """What a viewer has to say for advice by this table."""
    given = {key for size in table for key in size.limits}
    wanted: list[str] = [key for key in ("height", "weight") if key in given]
    if not wanted:
        wanted = [key for key in _LABELS if key in given and key not in _SYSTEMS][:1]
    return tuple(wanted or [key for key in _LABELS if key in given][:1])


def advise(body: Body, table: Sequence[Size]) -> Size | None:
    """The size whose row holds all that a viewer says; None when the table has none.

    Where the rows of single measures agree on no size, weight decides before height. A measure
    that no row holds is outside the table, whatever the others say. Of a table that gives one
    figure for each size (脚长 245), a size is for all above the figure before it.
    """
    keys = [key for key in body.said if any(key in size.limits for size in table)]
    if not keys:
        return None
    bounds = {key: _bounds(table, key) for key in keys}
    holding = {
        key: [n for n in range(len(table)) if _holds(bounds[key][n], body.said[key])]
        for key in keys
    }
    if not all(holding.values()):
        return None
    fitting = [n for n in range(len(table)) if all(n in those for those in holding.values())]
    if fitting:
        # on the border of two sizes by height alone, the larger one
        return table[fitting[-1] if "weight" not in keys and len(keys) == 1 else fitting[0]]
    return table[holding["weight"][-1]] if "weight" in keys else None


def body_range(size: Size, language: Language, keys: Sequence[str] = ()) -> str:
    """The measures a size is for, as the table writes them; those of `keys` when it has them."""
    parts = _parts(told(size.fact, language))
    wanted = keys or [key for key in ("height", "weight") if key in size.limits]
    labels = "|".join(_LABELS[key] for key in wanted if key in _LABELS)
    named = [part for part in parts if labels and re.match(labels, part.lower())]
    chosen = named or [part for part in parts[1:] if part] or parts
    return ("，" if language == "zh" else ", ").join(chosen)


def measure_named(comment: str, table: list[Size], language: Language) -> tuple[Size, str] | None:
    """The size and the measure of the garment that a comment asks for: M and "胸围94cm"."""
    for asked, heading in _ASKED.items():
        if not re.search(asked, comment):
            continue
        for size in table:
            if not re.search(
                rf"(?<![a-z0-9'’]){re.escape(size.name.lower())}(?![a-z0-9])", comment
            ):
                continue
            parts = _parts(told(size.fact, language))
            found = [part for part in parts if re.search(heading, part.lower())]
            if found:
                return size, found[0]
    return None


def _parts(text: str) -> list[str]:
    return re.split(r"[，,：:；;]\s*", text)


def _limits(text: str) -> dict[str, Limits]:
    """The measures that a row gives."""
    limits: dict[str, Limits] = {}
    for part in _parts(text):
        for key, pattern in _PART.items():
            found = pattern.match(part.strip())
            if found and (span := _span(found[1], key)):
                limits.setdefault(key, span)
                break
        else:
            # "M 160-165cm 100-110斤": told by their units
            for found in _FOR_BODY.finditer(part):
                key = "height" if found[4] in ("cm", "厘米") else "weight"
                if key == "weight" or 80 <= float(found[1]) <= 220:
                    factor = _factor(found[4])
                    span = (float(found[1]) * factor, float(found[3]) * factor)
                    limits.setdefault(key, span)
    return limits


def _span(text: str, key: str) -> Limits | None:
    if key == "height":
        text = _FEET.sub(lambda m: f"{(int(m[1]) * 12 + int(m[2] or 0)) * INCH_CM:.0f}cm", text)
    if found := _RANGE.search(text):
        last = found[4] or found[2]
        return float(found[1]) * _factor(found[2] or last), float(found[3]) * _factor(last)
    if found := _OVER.search(text):
        value, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
        return float(value) * _factor(unit), _FAR
    if found := _UNDER.search(text):
        value, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
        return 0.0, float(value) * _factor(unit)
    if found := _ONE.match(text):
        value = float(found[1]) * _factor(found[2])
        return value, value
    return None


def _factor(unit: str | None) -> float:
    if unit and unit.startswith("in"):
        return INCH_CM
    return _FACTORS.get(unit or "", 1.0)


def _bounds(table: Sequence[Size], key: str) -> list[Limits | None]:
    """For each row, the values above and up to which it is the size for one measure."""
    given = [size.limits.get(key) for size in table]
    spans = [span for span in given if span is not None]
    points = sorted({span[0] for span in spans})
    if key in _SYSTEMS or any(low != high for low, high in spans):
        highs = sorted({low for low, _ in spans})
        return [None if span is None else (span[0], _closed(span, highs)) for span in given]
    steps = [after - before for before, after in pairwise(points)]
    step = min(steps) if steps else 0.0
    bounds: list[Limits | None] = []
    for span in given:
        if span is None:
            bounds.append(None)
            continue
        at = points.index(span[0])
        before = points[at - 1] if at else span[0] - step
        bounds.append((before + 1e-3 if step else span[0], span[0]))
    return bounds


def _closed(span: Limits, lows: Sequence[float]) -> float:
    """The end of a range, up to the next one where they leave only a chink: 165, 166."""
    following = next((low for low in lows if low > span[1]), None)
    return following - 1e-6 if following is not None and following - span[1] <= 1 else span[1]


def _holds(span: Limits | None, value: float) -> bool:
    return span is not None and span[0] - 1e-6 <= value <= span[1] + 1e-6
