"""What a viewer says of their body: heights, weights, feet, girths and ages, in any usual unit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from script_engine.numbers import numbers

_NUMBER: Final = r"(\d{2,3}(?:\.\d)?)"
_HEIGHT: Final = re.compile(
    r"(?:身高|高|height|tall|i'm|im|i am)\s*(?:是|is|:|：)?\s*(1\.\d{1,2}|1[3-9]\d|2[0-1]\d)"
    r"(?!\s*(?:斤|kg|公斤|lb))"
    r"|(?:身高|height)\s*(?:是|is|:|：)?\s*(\d{2,3})|(?<!\d)(\d{2,3})\s*(?:cm|厘米|公分)(?:高|\s*tall)"
    r"|(1[3-9]\d|2[01]\d)\s*(?:cm|厘米|公分)|(1\.[3-9]\d)\s*(?:m|米)"
    r"|(?<!\d)(1[4-9]\d)(?=[\s,，、/]*\d{2,3})"
)
_KILOS: Final = re.compile(r"(\d{1,3}(?:\.\d)?)\s*(?:kg|公斤|千克|kilos?)")
_JIN: Final = re.compile(rf"{_NUMBER}\s*斤")
_POUNDS: Final = re.compile(rf"{_NUMBER}\s*(?:lbs?|pounds)")
_BARE_WEIGHT: Final = re.compile(r"(?:体重|重|weigh[ts]?)\s*(?:是|is|:)?\s*(\d{2,3})")
_AFTER_HEIGHT: Final = re.compile(r"1[4-9]\d\s*(?:cm|厘米|公分)?[\s,，、/]*(\d{2,3})(?!\d|\s*cm)")
_FEET: Final = re.compile(
    r"(?<!\d)([4-7])\s*(?:'|’|′|ft|foot|feet)\s*(\d{1,2})?\s*(?:\"|”|″|in|inch|inches)?(?![\da-z])"
)
_AMOUNT: Final = (
    r"(\d{1,3}(?:\.\d{1,2})?)\s*(cm|mm|in(?:ch(?:es)?)?\b|\"|厘米|毫米|公分|英寸|寸|尺\d?)?"
)
_IS: Final = r"\s*(?:是|为|大概|大约|about|around|is|are|of|:|：|=)?\s*"
_GIRTHS: Final[dict[str, str]] = {
    "underbust": r"下胸围|under ?bust", "bust": r"(?<!下)胸围|bust|chest",
    "waist": r"腰围|腰|waist",
    "hips": r"臀围|臀|hips?", "shoulder": r"肩宽|shoulders?",
    "foot": r"脚长|足长|脚|foot(?: length)?|feet",
    "head": r"头围|head", "neck": r"颈围|脖围|脖子|neck|collar",
    "wrist": r"手围|手腕围?|腕围|wrist",
    "finger": r"指围|手指围?|周长|circumference",
    "diameter": r"内径|直径|diameter",
    "back": r"背长|身长|back length", "thigh": r"大?腿围|thigh",
}  # fmt: skip
_SAID: Final = {
    key: (re.compile(rf"(?:{words}){_IS}{_AMOUNT}"), re.compile(rf"{_AMOUNT}\s*(?:的)?(?:{words})"))
    for key, words in _GIRTHS.items()
}
_YEARS: Final = re.compile(
    r"(\d{1,2}(?:\.5)?)\s*(?:周?岁(半)?|(?:years?|yrs?)\b(?:[ -]old)?|yo\b|-year-old)"
)
_MONTHS: Final = re.compile(r"(\d{1,2})\s*(?:个月(?!内|后|以内)|月龄|months?\b(?:[ -]old)?|mo\b)")
_SYSTEM: Final = re.compile(
    r"(?:(?P<before>eur?|us|uk|cn|jp|kr|欧码?|美码?|英码?|国码|中国码|日码|韩码)\s*(?:size)?\s*|(?<![a-z\d]))"
    r"(?P<size>\d{1,2}(?:\.5)?)(?:\s*(?P<after>eur?\b|us\b|uk\b|欧码|美码|英码|码))?"
)
_SYSTEMS: Final = {
    "eu": "eu", "eur": "eu", "欧": "eu", "欧码": "eu", "us": "us", "美": "us", "美码": "us",
    "uk": "uk", "英": "uk", "英码": "uk", "cn": "cn", "国码": "cn", "中国码": "cn", "码": "cn",
    "jp": "jp",
    "日码": "jp", "kr": "kr", "韩码": "kr",
}  # fmt: skip
INCH_CM: Final = 2.54
POUND_KG: Final = 0.4536


@dataclass(frozen=True, slots=True)
class Body:
    """What a viewer says of a body: lengths in cm, weight in kg, age in years, sizes as named."""

    said: Mapping[str, float] = field(default_factory=dict)
    # by the keys of measures: height, weight, age, foot, waist ...; eu, us, uk, cn for sizes

    @property
    def height_cm(self) -> float:
        """0 when it is not said."""
        return self.said.get("height", 0.0)

    @property
    def weight_kg(self) -> float:
        """0 when it is not said."""
        return self.said.get("weight", 0.0)

    @property
    def known(self) -> bool:
        return bool(self.said)


def measures(comment: str) -> Body:
    """The measures in a folded comment: 165 110斤, 1米65, 168cm 52kg, 脚长24.5, waist 30 inches."""
    text = re.sub(r"1米([3-9]\d?)", lambda m: f"1{m[1]:0<2}cm", in_digits(comment))
    text = _FEET.sub(lambda m: f" {round((int(m[1]) * 12 + int(m[2] or 0)) * INCH_CM)}cm ", text)
    said: dict[str, float] = {}
    for key, patterns in _SAID.items():
        for pattern in patterns:
            if found := pattern.search(text):
                said[key] = _centimetres(key, float(found[1]), found[2] or "")
                text = text[: found.start()] + " ; " + text[found.end() :]
                break
    if found := _MONTHS.search(text):
        said["age"] = float(found[1]) / 12
    if found := _YEARS.search(text):
        said["age"] = said.get("age", 0.0) + float(found[1]) + (0.5 if found[2] else 0.0)
    if found := _HEIGHT.search(text):
        height = next(group for group in found.groups() if group)
        metres = "." in height and float(height) < 3
        said["height"] = float(height) * 100 if metres else float(height)
    weight = _weight(text, tall="height" in said)
    if weight:
        said["weight"] = weight
    for found in _SYSTEM.finditer(text):
        key = _SYSTEMS.get(found["before"] or found["after"] or "", "")
        if key:
            said.setdefault(key, float(found["size"]))
    return Body(said)


def _weight(text: str, *, tall: bool) -> float:
    if found := _KILOS.search(text):
        return float(found[1])
    if found := _JIN.search(text):
        return float(found[1]) / 2
    if found := _POUNDS.search(text):
        return float(found[1]) * POUND_KG
    if found := _BARE_WEIGHT.search(text) or (_AFTER_HEIGHT.search(text) if tall else None):
        # 80 and above is 斤 in Chinese; nobody types kilograms without the unit there.
        figure = float(found[1])
        return figure / 2 if figure >= 80 else figure
    return 0.0


def _centimetres(key: str, value: float, unit: str) -> float:
    """A length in cm; without a unit, by what such a length can be."""
    if unit.startswith("尺"):
        # 2尺1: two 尺 and a tenth
        return (value + float(unit[1:] or 0) / 10) * 100 / 3
    if unit in ("mm", "毫米"):
        return value / 10
    if unit in ("寸", "英寸", '"') or unit.startswith("in"):
        return value * INCH_CM
    if not unit and key == "foot" and value >= 100:
        return value / 10  # 245 is in millimetres
    if not unit and key in ("diameter", "finger"):
        return value / 10
    return value


def in_digits(text: str) -> str:
    """Numbers in Chinese characters written as digits: 一米六, 五十公斤."""
    for number in sorted(numbers(text), key=lambda n: n.start, reverse=True):
        if number.script == "zh":
            text = f"{text[: number.start]}{number.value:g}{text[number.end :]}"
    return text
