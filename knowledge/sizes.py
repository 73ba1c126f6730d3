"""Size tables: one fact for each size, with its measures, in Chinese and in English.

What is measured differs by trade: heights and weights for clothes, foot lengths for shoes, the
girth of a finger for rings, months for babies. A table may also give the size in the systems of
several countries.
"""

import re
from collections.abc import Sequence
from typing import Final

from core.language import Language
from knowledge.amounts import plain

# what is measured: words in headers, how it is said, the unit where the header gives none
_MEASURES: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    ("height", r"身高|\bheight|\bstature", "身高", "height", "cm"),
    ("weight", r"体重|\b(?:body ?)?weight", "体重", "weight", ""),
    ("age", r"年龄|月龄|岁数|\bage\b|\bages\b|\bmonths\b", "年龄", "age", ""),
    ("foot", r"脚长|足长|\bfoot\b|\bfeet length", "脚长", "foot", "cm"),
    ("insole", r"内长|\binsole", "内长", "insole", "cm"),
    ("finger", r"指围|内?周长|手指.?围|circumference|finger", "周长", "circumference", "mm"),
    ("diameter", r"内?直径|内径|diameter", "直径", "diameter", "mm"),
    ("wrist", r"手围|腕围|手腕|\bwrist", "手围", "wrist", "cm"),
    ("head", r"头围|帽围|\bhead", "头围", "head", "cm"),
    ("neck", r"颈围|脖围|领围|\bneck|\bcollar", "颈围", "neck", "cm"),
    ("underbust", r"下胸围|under ?bust", "下胸围", "underbust", "cm"),
    ("bust", r"胸围|\bbust|\bchest", "胸围", "chest", "cm"),
    ("waist", r"腰围|\bwaist", "腰围", "waist", "cm"),
    ("hips", r"臀围|\bhips?\b", "臀围", "hips", "cm"),
    ("thigh", r"大?腿围|\bthigh", "腿围", "thigh", "cm"),
    ("shoulder", r"肩宽|\bshoulder", "肩宽", "shoulders", "cm"),
    ("sleeve", r"袖长|\bsleeve", "袖长", "sleeve", "cm"),
    ("back", r"背长|身长|\bback length", "背长", "back", "cm"),
    ("length", r"[衣裤裙全]长|\b(?:out|in)seam|\blength", "长度", "length", "cm"),
)
_SYSTEMS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("cn", r"中国码|国码|国标|^\s*cn\b|china|chinese", "中国码", "CN"),
    ("eu", r"欧码|欧洲码|\beur?\b|european?", "欧码", "EU"),
    ("us", r"美码|美国码|\bus[am]?\b|american", "美码", "US"),
    ("uk", r"英码|英国码|\buk\b|british", "英码", "UK"),
    ("jp", r"日本?码|\bjpn?\b|japan", "日码", "JP"),
    ("kr", r"韩国?码|\bkr\b|korea", "韩码", "KR"),
    ("intl", r"国际码|通用码|international|\bint(?:'?l)?\b", "国际码", "international"),
)
_UNIT = re.compile(
    r"[(（/]\s*(cm|厘米|公分|mm|毫米|m|米|in|inch|英寸|寸|ft|kg|公斤|千克|斤|市斤|lb|磅|岁|月|个月|"
    r"years?|months?)(?:e?s)?\s*[)）]?\s*$",
    re.IGNORECASE,
)
_SIZE_HEADER = re.compile(
    r"尺码|码数|号型|尺寸号|圈号|戒指号|^\s*(?:号|码|大小|型号)\s*$|^\s*sizes?\s*$|"
    r"^\s*(?:\w+\s+)?size\b(?!.*(chart|guide))",
    re.IGNORECASE,
)
_UNITS: Final = {
    "厘米": "cm", "公分": "cm", "毫米": "mm", "米": "m", "公斤": "kg", "千克": "kg", "市斤": "斤",
    "inch": "in", "英寸": "in", "寸": "in", "磅": "lb", "year": "岁", "years": "岁",
    "month": "个月", "months": "个月", "月": "个月",
}  # fmt: skip
_ENGLISH: Final = {"岁": "years", "个月": "months"}
_CHINESE_UNIT: Final = re.compile(
    r"(市斤|公斤|千克|斤|厘米|公分|毫米|岁|个月|月)(?=$|\s|[以及至到~-])"
)
_NUMBERS: Final = re.compile(r"\d+(?:\.\d+)?")
_LATIN_SIZE: Final = re.compile(r"[A-Za-z0-9./\-+ ]{1,8}")


def measure_of(header: str) -> str | None:
    """Which measure, or which country's sizes, a header names."""
    text = plain(header).lower()
    for key, pattern, *_ in (*_MEASURES, *_SYSTEMS):
        if re.search(pattern, text):
            return key
    return None


def is_size_table(headers: Sequence[str], least: int = 2) -> bool:
    """Whether a table gives measures for sizes: a size column and some measures."""
    sizes = size_column(headers)
    measures = sum(measure_of(header) is not None for header in headers if header != sizes)
    return measures >= least and sizes is not None


def size_column(headers: Sequence[str]) -> str | None:
    """The column that names the size; without one, that of a country's sizes beside measures."""
    named = next((header for header in headers if _SIZE_HEADER.search(plain(header))), None)
    if named is not None:
        return named
    keys = {header: measure_of(header) for header in headers}
    systems = {key for key, *_ in _SYSTEMS}
    if not set(keys.values()) - systems - {None}:
        return None
    return next((header for header, key in keys.items() if key in systems), None)


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
        if key is None or not value or value in ("-", "/", "—"):
            continue
        words = _words(key)
        unit = _unit_of(key, header, value)
        if language == "zh":
            parts.append(f"{words[0]}{_in_chinese(value)}{unit}")
        else:
            shown, spoken = _in_english(value, unit)
            parts.append(f"{words[1]} {shown} {spoken}".strip())
    if language == "zh":
        named = f"{size}码" if _LATIN_SIZE.fullmatch(size) else size
        return f"{named}：{'，'.join(parts)}"
    return f"Size {size}: {', '.join(parts)}"


def _words(key: str) -> tuple[str, str]:
    for known, _, zh, en, *_ in (*_MEASURES, *((*system, "") for system in _SYSTEMS)):
        if known == key:
            return zh, en
    raise KeyError(key)


def _unit_of(key: str, header: str, value: str) -> str:
    """The unit that belongs behind a value; "" where it has its own, or needs none.

    A weight without any unit is told by its size: nobody's smallest size begins at 70 kg, and no
    grown-up's ends at 70 斤.
    """
    if re.search(r"[a-z㐀-鿿'\"′″]", re.sub(r"\bto\b|[至到以上下及约和起]", "", value.lower())):
        return ""
    found = _UNIT.search(plain(header))
    if found:
        unit = found[1].lower()
        return _UNITS.get(unit, _UNITS.get(unit.removesuffix("es").removesuffix("s"), unit))
    numbers = [float(number) for number in _NUMBERS.findall(value)]
    if not numbers or key in {system[0] for system in _SYSTEMS}:
        return ""
    if key == "weight":
        return "斤" if min(numbers) >= 70 else "kg"
    if key == "age":
        return "个月" if "月" in header or "month" in header.lower() else "岁"
    if key in ("foot", "insole") and min(numbers) >= 90:
        return "mm"
    if key == "height" and max(numbers) < 2.5:
        return "m"
    return next(unit for known, *_, unit in _MEASURES if known == key)


def _in_chinese(value: str) -> str:
    value = re.sub(r"\s*(?:years?(?: old)?|yrs?)\b", "岁", value, flags=re.IGNORECASE)
    value = re.sub(r"\s*(?:months?|mos?)\b", "个月", value, flags=re.IGNORECASE)
    return re.sub(r"\s*\bto\b\s*", "-", value)


def _in_english(value: str, unit: str) -> tuple[str, str]:
    """A value and its unit in English: a 斤 is half a kilogram."""
    found = _CHINESE_UNIT.search(value)
    if found and not unit:
        unit = _UNITS.get(found[1], found[1])
        value = _CHINESE_UNIT.sub("", value).strip()
    value = re.sub(r"[至到~～]", "-", value)
    value = re.sub(r"(\d[\d.]*)\s*(?:及以上|以上)", r"over \1", value)
    value = re.sub(r"(\d[\d.]*)\s*(?:及以下|以下)", r"up to \1", value)
    if unit == "斤":
        return _NUMBERS.sub(lambda number: f"{float(number[0]) / 2:g}", value), "kg"
    return value, _ENGLISH.get(unit, unit)
