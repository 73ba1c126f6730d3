"""Whether a text says how many there are of something."""

import re
from functools import lru_cache

from script_engine.answers.stems import stem
from script_engine.answers.topics import topics_of
from script_engine.quantities import quantities
from script_engine.text import CJK, HAN

_CONTAINERS = "袋包盒罐瓶"
_LOOSE = "个颗粒枚片块张条支根只"
_MEALS = "餐顿"
_TIMES = "次遍泡回"
# of each, one counts what another does: 一盒30包 are 30 sachets to who asks for 几袋
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


@lru_cache(maxsize=20_000)
def numbers_of(topical: frozenset[str], text: str) -> bool:
    """Whether a clause speaks of these and has a number: "Sleeps 2" to "how many people"."""
    return bool(topical) and any(
        topical & topics_of(clause) and _ANY_NUMBER.search(clause)
        for clause in _CLAUSES.split(text)
    )
