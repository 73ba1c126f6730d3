"""Numbers with what they count: 30 ml, 199 元, 八折, 25-30 °C, size codes such as SPF50."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from script_engine.numbers import ZH_DIGITS, Number, numbers
from script_engine.text import HAN

QuantityKind = Literal["money", "percent", "tenths", "measure", "count", "ordinal", "code", "bare"]

_DATA = Path(__file__).parent / "lexicon"
_CODE = re.compile(
    r"(?<![a-z0-9])(?=[a-z0-9+-]*\d)(?=[a-z0-9+-]*[a-z])[a-z][a-z0-9+-]*\d[a-z0-9+]*"
)
_SIZE_CODE = re.compile(r"(?<![a-z0-9])\d{1,2}x*[sl](?![a-z0-9])|(?<![a-z0-9])\d{1,2}xl(?![a-z])")
# 一 counts nothing in 看一看 and 一款, nor "one" in "one reason", unless such words lead up to it.
_COUNTED = re.compile(
    r"(?:剩|还有|库存|限购?|送|赠|减|只有|每人|每单|(?<!满)满(?!满)|第)[^，。！？,.!?]{0,3}$"
    r"|\b(?:only|just|last|limit|free|get|extra|buy|per|link|number)\b[^.,!?]{0,8}$"
)
_PAID = re.compile(r"(?:[只就才需]要|[价省减卖付花退抵补收每少]|多少)[^，。！？]{0,2}$")
_PAYS = re.compile(r"[一二三四五六七八九零两\d]|钱|包邮|[拿带]|到手|起")
# 一块 is a price with such words about it
_RANGE = re.compile(r"\s*(?:by|乘以?|-|–|—|~|～|到|至|to|or|或|、|x|×|\*)\s*")


_HOUR = re.compile(
    r":(?P<minute>[0-5]\d)(?!\d)(?:\s?(?:[ap]m|[ap]\.m\.))?|"
    r"\s?(?P<pm>pm\b|p\.m\.|o.clock|in the (?:morning|afternoon|evening))|\s?(?P<am>am\b|a\.m\.)|"
    r"点(?:钟|整)?(?P<half>半)?(?=(?:之|以)?[前后]|钟|整|开|到|截|发|下单|拍|准时)"
)
_TALL = re.compile(r"零?[一二三四五六七八九\d][一二三四五六七八九\d]?(?![十百千\d厘分毫个号])")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text and what it counts."""

    kind: QuantityKind
    value: float
    # in the base unit of its group
    unit: str
    # base unit, counted thing, currency, the code itself; "link" or "nth" for ordinals
    start: int
    end: int
    # including the unit


@dataclass(frozen=True, slots=True)
class Unit:
    kind: QuantityKind
    name: str
    factor: float


@lru_cache(maxsize=1)
def units() -> tuple[dict[str, Unit], re.Pattern[str]]:
    """Every way to write a unit, and a pattern that finds the longest of them."""
    raw = tomllib.loads((_DATA / "units.toml").read_text(encoding="utf-8"))
    table: dict[str, Unit] = {}
    for word, currency in (raw["money"] | raw["marks"]).items():
        table[word] = Unit("money", currency, 1.0)
    for word in raw["tenths"]:
        table[word] = Unit("tenths", "tenths", 1.0)
    for word in raw["percent"]:
        table[word] = Unit("percent", "%", 1.0)
    for group in raw["count"]:
        for word in group["words"]:
            table[word] = Unit("count", group["words"][0], 1.0)
    for group in raw["measure"]:
        for word, factor in group["words"].items():
            table[word] = Unit("measure", group["name"], float(factor))
    longest_first = sorted(table, key=len, reverse=True)
    bounds = {word: f"(?![{after}])" for word, after in raw["bounds"].items()}
    words = "|".join(
        re.escape(word)
        + ("(?![a-z])" if word[-1].isascii() and word[-1].isalpha() else bounds.get(word, ""))
        for word in longest_first
    )
    return table, re.compile(rf"\s?-?(?P<unit>{words})")


@lru_cache(maxsize=1)
def _idioms() -> re.Pattern[str]:
    raw = tomllib.loads((_DATA / "idioms.toml").read_text(encoding="utf-8"))
    return re.compile("|".join([*raw["zh"], *raw["en"], *raw["countdown"]]))


@lru_cache(maxsize=8192)
def quantities(folded: str) -> tuple[Quantity, ...]:
    """Every number of a folded text that counts something, in order.

    Idioms (一下, 十分, "one of") and countdowns count nothing and are left out.
    """
    found: list[Quantity] = []
    codes = [m.span() for pattern in (_CODE, _SIZE_CODE) for m in pattern.finditer(folded)]
    for start, end in codes:
        found.append(Quantity("code", 0.0, folded[start:end], start, end))
    idioms = [match.span() for match in _idioms().finditer(folded)]
    plain = [
        number for number in numbers(folded) if not any(_overlaps(number, span) for span in codes)
    ]
    for index, number in enumerate(plain):
        following = plain[index + 1] if index + 1 < len(plain) else None
        quantity = _measured(folded, number, following)
        if found and found[-1].end > quantity.start and found[-1].kind in {"money", "measure"}:
            continue  # the 9 of 199块9 and the 62 of 一米六二 are spent
        if any(_excuses(span, number, quantity) for span in idioms):
            continue
        one = number.text in {"一", "one"} and _weak(quantity)
        if one and not _COUNTED.search(folded[: number.start]):
            continue
        found.append(quantity)
    return tuple(sorted(_ranges(folded, found), key=lambda quantity: quantity.start))


@lru_cache(maxsize=20_000)
def without_amounts(folded: str) -> str:
    """A folded text without its numbers and what they count."""
    for quantity in reversed(quantities(folded)):
        folded = f"{folded[: quantity.start]} {folded[quantity.end :]}"
    return folded


def _overlaps(number: Number, span: tuple[int, int]) -> bool:
    return number.start < span[1] and span[0] < number.end


def _excuses(idiom: tuple[int, int], number: Number, quantity: Quantity) -> bool:
    """Whether an idiom holds the whole quantity, or a number that counts nothing hard."""
    start, end = idiom
    if start <= quantity.start and quantity.end <= end:
        return True
    return _weak(quantity) and start <= number.start and number.end <= end


def _weak(quantity: Quantity) -> bool:
    """Counts nothing that can be checked: 一次 and 一款, unlike 一元 and 一年."""
    if quantity.kind in {"bare", "count", "ordinal"}:
        return True
    return quantity.kind == "measure" and quantity.unit == "times"


def _measured(folded: str, number: Number, following: Number | None) -> Quantity:
    """The number with the unit after it, or the mark before it."""
    start, end, value = number.start, number.end, number.value
    before = folded[:start].rstrip()
    if before.endswith("第"):
        return Quantity("ordinal", value, "nth", start, end)
    if re.search(r"(?:\bno\.?|\bnumber|#)$", before):
        return Quantity("ordinal", value, "link", start, end)
    if before.endswith("百分之"):
        return Quantity("percent", value, "%", start - 3, end)
    if 1 <= value <= 9 and re.match(r"成(?![分熟员人品团功为了都本交套双对])", folded[end:]):
        return Quantity("percent", value * 10, "%", start, end + 1)  # 占三成
    table, pattern = units()
    mark = table.get(before[-1:])
    if mark is not None and mark.kind == "money" and before[-1] not in "元块":
        return Quantity("money", value, mark.name, len(before) - 1, end)
    if re.match(r"\s?号(?:链接|宝贝|商品|品|$|[^a-z0-9\d码色])", folded[end:] + "$"):
        return Quantity("ordinal", value, "link", start, end)
    if re.match(r"(?:st|nd|rd|th)(?![a-z])", folded[end:]):
        return Quantity("ordinal", value, "nth", start, end + 2)
    if half := re.match(r" and a half\b", folded[end:]):
        value, end = value + 0.5, end + half.end()
    if half := re.match(r"个?半(?=个?(?:小时|钟头|月|星期|分钟))", folded[end:]):
        value, end = value + 0.5, end + half.end()
    if folded.startswith("分半钟", end):
        return Quantity("measure", (value + 0.5) * 60, "time", start, end + 3)
    hour = _HOUR.match(folded, end) if value <= 24 else None
    if hour is not None:  # 16点前, 4 pm, 16:00: told on a dial of twelve hours
        value += int(hour["minute"] or 0) / 60 + (0.5 if hour["half"] else 0)
        return Quantity("measure", value % 12, "clock", start, hour.end())
    match = pattern.match(folded, end)
    if match is None:
        return Quantity("bare", value, "", start, end)
    unit = table[match["unit"]]
    piece = match["unit"] == "块" and number.text == "一"
    if piece and not (_PAID.search(folded, 0, start) or _PAYS.match(folded, match.end())):
        return Quantity("count", value, "块儿", start, match.end())  # 掰一块: a piece
    one_letter = match["unit"] in {"m", "s", "l", "k", "x"}
    if match["unit"] == "k" and number.script == "zh" and value >= 1000:
        one_letter = False  # 三千K
    if one_letter and (number.script != "digits" or re.match(r"\s?x\s?\d", folded[end:])):
        return Quantity("bare", value, "", start, end)
    if unit.kind == "money" and match["unit"] in {"块", "元"} and following is not None:
        joined = following.start == match.end() and following.value < 100
        each = following.text in {"一", "1"} and HAN.match(folded[following.end :])
        # 89元一袋 is 89 a bag, not 89.1
        if joined and not each and following.end - following.start <= 2:
            tail = f"{int(following.value)}"
            return Quantity("money", value + float(f"0.{tail}"), "CNY", start, following.end)
    if match["unit"] in {"pounds", "dollars", "euros", "pound", "dollar"} and following is not None:
        between = folded[match.end() : following.start]
        pence = between in {" ", " and "} and 10 <= following.value < 100
        if pence and pattern.match(folded, following.end) is None:
            total = value + following.value / 100  # nine pounds fifty
            return Quantity("money", total, unit.name, start, following.end)
    tall = _TALL.match(folded, match.end()) if match["unit"] == "米" else None
    if tall is not None:  # 一米六二, 一米四五
        digits = [ZH_DIGITS.get(c, 0) if not c.isdigit() else int(c) for c in tall.group()]
        centimetres = digits[0] * 10 + (digits[1] if len(digits) > 1 else 0)  # 一米零八: 108
        return Quantity("measure", value * 100 + centimetres, unit.name, start, tall.end())
    if match["unit"] in {"米", "m"} and following is not None and following.start == match.end():
        rest = following.value if following.value >= 10 else following.value * 10
        if rest < 100:  # 1米7
            return Quantity("measure", value * 100 + rest, unit.name, start, following.end)
    stop = match.end()
    if match["unit"] == "斤" and (tael := re.match(r"([一二三四五六七八九\d])两", folded[stop:])):
        value += (ZH_DIGITS.get(tael[1]) or int(tael[1])) / 10  # 二十九斤六两
        stop += 2
    if unit.kind == "measure" and re.match(r"半(?![价天夜身])", folded[stop:]):
        value, stop = value + 0.5, stop + 1  # 一年半
    return Quantity(unit.kind, value * unit.factor, unit.name, start, stop)


def _ranges(folded: str, found: list[Quantity]) -> list[Quantity]:
    """In 25-30 °C and 2 到 3 滴 the first number takes the unit of the second."""
    found = sorted(found, key=lambda quantity: quantity.start)
    for index in reversed(range(len(found) - 1)):
        first, second = found[index], found[index + 1]
        between = folded[first.end : second.start]
        takes = first.kind == "bare" and second.kind not in {"bare", "code", "ordinal"}
        if takes and (not between or _RANGE.fullmatch(between)):
            value = first.value * _factor(folded, second)
            found[index] = replace(first, kind=second.kind, unit=second.unit, value=value)
    return found


def _factor(folded: str, quantity: Quantity) -> float:
    table, _ = units()
    written = re.sub(r"^[\d.,\s-]+", "", folded[quantity.start : quantity.end]).strip()
    return table[written].factor if written in table else 1.0
