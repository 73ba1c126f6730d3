"""Size advice, computed from the shop's size table and the measures a viewer gives."""

import re
from dataclasses import dataclass

from core.language import Language
from core.product import Fact
from script_engine.numbers import numbers
from script_engine.spoken import told
from script_engine.text import fold

_NUMBER = r"(\d{2,3}(?:\.\d)?)"
_HEIGHT = re.compile(
    r"(?:身高|高|height|tall|i'm|im|i am)\s*(?:是|is|:|：)?\s*(1\.\d{1,2}|1[3-9]\d|2[0-1]\d)"
    r"|(1[3-9]\d|2[01]\d)\s*(?:cm|厘米|公分)|(1\.[3-9]\d)\s*(?:m|米)"
    r"|(?<!\d)(1[4-9]\d)(?=[\s,，、/]*\d{2,3})"
)
_KILOS = re.compile(rf"{_NUMBER}\s*(?:kg|公斤|千克|kilos?)")
_JIN = re.compile(rf"{_NUMBER}\s*斤")
_POUNDS = re.compile(rf"{_NUMBER}\s*(?:lbs?|pounds)")
_BARE_WEIGHT = re.compile(r"(?:体重|重|weigh[ts]?)\s*(?:是|is|:)?\s*(\d{2,3})")
_AFTER_HEIGHT = re.compile(r"1[4-9]\d\s*(?:cm|厘米|公分)?[\s,，、/]*(\d{2,3})(?!\d|\s*cm)")
_FEET = re.compile(
    r"(?<!\d)([4-7])\s*(?:'|’|′|ft|foot|feet)\s*(\d{1,2})?\s*(?:\"|”|″|in|inch|inches)?(?![\da-z])"
)
_RANGE = r"(\d+(?:\.\d+)?)\s*[-~～—到至]\s*(\d+(?:\.\d+)?)"
_TABLE_HEIGHT = re.compile(rf"(?:身高|height)\D{{0,3}}{_RANGE}")
_TABLE_WEIGHT = re.compile(rf"(?:体重|weight)\D{{0,3}}{_RANGE}\s*(斤|kg|公斤|千克|lbs?)")
_PARTS = {
    "胸围|chest|bust": "胸围|chest|bust", "腰围|腰多少|腰多大|waist": "腰围|waist",
    "臀围|hips?": "臀围|hips?",
    "肩宽|shoulders?": "肩宽|shoulders?", "袖长|sleeves?": "袖长|sleeves?",
    "多长|衣长|裙长|裤长|长度|how long|length": "长度|衣长|裙长|裤长|length",
}  # fmt: skip
# what viewers call a measure of the garment, and how a table heads it


@dataclass(frozen=True, slots=True)
class Body:
    """What a viewer says of their measures; 0 for what is not said."""

    height_cm: float
    weight_kg: float

    @property
    def known(self) -> bool:
        return self.height_cm > 0 or self.weight_kg > 0


@dataclass(frozen=True, slots=True)
class Size:
    """A row of a size table."""

    name: str
    fact: Fact
    height_cm: tuple[float, float]
    weight_kg: tuple[float, float]


def measures(comment: str) -> Body:
    """Height and weight in a folded comment: 165 110斤, 1米65, 168cm 52kg."""
    text = re.sub(r"1米([3-9]\d?)", lambda m: f"1{m[1]:0<2}cm", _in_digits(comment))
    text = _FEET.sub(lambda m: f" {round((int(m[1]) * 12 + int(m[2] or 0)) * 2.54)}cm ", text)
    height = 0.0
    if match := _HEIGHT.search(text):
        said = next(group for group in match.groups() if group)
        height = float(said) * 100 if "." in said and float(said) < 3 else float(said)
    weight = 0.0
    if match := _KILOS.search(text):
        weight = float(match[1])
    elif match := _JIN.search(text):
        weight = float(match[1]) / 2
    elif match := _POUNDS.search(text):
        weight = float(match[1]) * 0.4536
    elif match := _BARE_WEIGHT.search(text) or (_AFTER_HEIGHT.search(text) if height else None):
        # 80 and above is 斤 in Chinese; nobody types kilograms without the unit there.
        figure = float(match[1])
        weight = figure / 2 if figure >= 80 else figure
    return Body(height, weight)


def size_table(facts: list[Fact]) -> list[Size]:
    """The rows of a size table that give a height or a weight."""
    rows = []
    for fact in facts:
        if not isinstance(fact.value, str):
            continue
        text = fold(fact.value).text
        height = _TABLE_HEIGHT.search(text)
        weight = _TABLE_WEIGHT.search(text)
        if not height and not weight:
            continue
        name = fact.label or re.split(r"码|:|：", fact.value)[0].removeprefix("Size ").strip()
        factor = {"斤": 0.5, "lb": 0.4536, "lbs": 0.4536}.get(weight[3], 1.0) if weight else 1.0
        rows.append(
            Size(
                name,
                fact,
                (float(height[1]), float(height[2])) if height else (0.0, 0.0),
                (float(weight[1]) * factor, float(weight[2]) * factor) if weight else (0.0, 0.0),
            )
        )
    return rows


def advise(body: Body, table: list[Size]) -> Size | None:
    """The size that fits, weight deciding before height; None outside the table."""
    fitting = [
        size
        for size in table
        if _within(body.weight_kg, size.weight_kg) and _within(body.height_cm, size.height_cm)
    ]
    if fitting:
        return fitting[-1] if len(fitting) > 1 and body.weight_kg == 0 else fitting[0]
    by_weight = [
        size for size in table if body.weight_kg and _within(body.weight_kg, size.weight_kg)
    ]
    return by_weight[-1] if by_weight else None


def body_range(size: Size, language: Language) -> str:
    """The heights and weights a size is for, as the table writes them."""
    parts = re.split(r"[，,：:]\s*", told(size.fact, language))
    wanted = [part for part in parts if re.search(r"身高|体重|height|weight", part)]
    return ("，" if language == "zh" else ", ").join(wanted)


def measure_named(comment: str, table: list[Size], language: Language) -> tuple[Size, str] | None:
    """The size and the measure of the garment that a comment asks for: M and "胸围94cm"."""
    for asked, heading in _PARTS.items():
        if not re.search(asked, comment):
            continue
        for size in table:
            if not re.search(
                rf"(?<![a-z0-9'’]){re.escape(size.name.lower())}(?![a-z0-9])", comment
            ):
                continue
            parts = re.split(r"[，,：:]\s*", told(size.fact, language))
            found = [part for part in parts if re.search(heading, part)]
            if found:
                return size, found[0]
    return None


def _in_digits(text: str) -> str:
    """Numbers in Chinese characters written as digits: 一米六, 五十公斤."""
    for number in sorted(numbers(text), key=lambda n: n.start, reverse=True):
        if number.script == "zh":
            text = f"{text[: number.start]}{number.value:g}{text[number.end :]}"
    return text


def _within(value: float, limits: tuple[float, float]) -> bool:
    return value == 0 or limits == (0.0, 0.0) or limits[0] <= value <= limits[1]
