"""Size tables: one fact for each size, with its measures, in Chinese and in English."""

import re
from collections.abc import Sequence
from typing import Final

from core.language import Language
from knowledge.amounts import plain

# what is measured: words in headers, then how it is said
_MEASURES: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("height", r"身高|height", "身高", "height"),
    ("weight", r"体重|weight", "体重", "weight"),
    ("shoulder", r"肩宽|shoulder", "肩宽", "shoulders"),
    ("bust", r"胸围|bust|chest", "胸围", "chest"),
    ("waist", r"腰围|waist", "腰围", "waist"),
    ("hips", r"臀围|hips?", "臀围", "hips"),
    ("length", r"衣长|裤长|裙长|length", "长度", "length"),
    ("sleeve", r"袖长|sleeve", "袖长", "sleeve"),
    ("foot", r"脚长|foot", "脚长", "foot"),
)
_UNIT = re.compile(r"[(（]\s*(cm|厘米|mm|in|inch|kg|公斤|千克|斤|lb)s?\s*[)）]", re.IGNORECASE)
_SIZE_HEADER = re.compile(
    r"尺码|码数|号型|^\s*sizes?\s*$|^\s*size\b(?!.*(chart|guide))", re.IGNORECASE
)
_UNITS: Final = {"厘米": "cm", "公斤": "kg", "千克": "kg", "inch": "in"}


def measure_of(header: str) -> str | None:
    """Which body or garment measure a header names."""
    text = plain(header).lower()
    for key, pattern, _, _ in _MEASURES:
        if re.search(pattern, text):
            return key
    return None


def is_size_table(headers: Sequence[str]) -> bool:
    """Whether a table gives measures for sizes: a size column and two measures or more."""
    measures = sum(measure_of(header) is not None for header in headers)
    return measures >= 2 and size_column(headers) is not None


def size_column(headers: Sequence[str]) -> str | None:
    return next((header for header in headers if _SIZE_HEADER.search(plain(header))), None)


def describe(size: str, cells: Sequence[tuple[str, str]], language: Language) -> str:
    """One size in words.

    Args:
        size: "M".
        cells: header and value of each measure: ("身高(cm)", "160-165").
        language: "zh" for Chinese, English otherwise. 斤 becomes kg in English.
    """
    parts = []
    for header, value in cells:
        key = measure_of(header)
        if key is None or not value:
            continue
        found = _UNIT.search(plain(header))
        unit = _UNITS.get(found[1].lower(), found[1].lower()) if found else ""
        words = next((zh, en) for known, _, zh, en in _MEASURES if known == key)
        if language == "zh":
            parts.append(f"{words[0]}{value}{unit}")
        else:
            shown, unit = _half(value) if unit == "斤" else (value, unit)
            parts.append(f"{words[1]} {shown} {unit}")
    if language == "zh":
        return f"{size}码：{'，'.join(parts)}"
    return f"Size {size}: {', '.join(part.strip() for part in parts)}"


def _half(value: str) -> tuple[str, str]:
    """斤 as kilograms: a 斤 is half a kilogram."""
    return re.sub(r"\d+(?:\.\d+)?", lambda n: f"{float(n[0]) / 2:g}", value), "kg"
