"""Facts in words: amounts, quantities and staff's own sentences as a presenter says them."""

import re
from collections.abc import Sequence

from core.language import Language
from core.product import Fact, Money
from script_engine.glossary import render
from script_engine.readings import major
from script_engine.text import HAN, sentences

_MARKS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_UNITS_ZH = {
    "ml": "毫升", "l": "升", "g": "克", "kg": "公斤", "cm": "厘米", "mm": "毫米", "month": "个月",
    "months": "个月", "year": "年", "years": "年", "day": "天", "days": "天", "hour": "小时",
    "hours": "小时", "h": "小时", "w": "瓦", "piece": "件", "pieces": "件", "pcs": "件", "": "",
}  # fmt: skip
_UNITS_EN = {
    "毫升": "ml", "升": "litres", "克": "g", "公斤": "kg", "千克": "kg", "厘米": "cm", "毫米": "mm",
    "个月": "months", "月": "months", "年": "years", "天": "days", "小时": "hours", "瓦": "W",
    "件": "pieces", "个": "pieces", "month": "months", "day": "days", "year": "years",
    "hour": "hours", "piece": "pieces",
}  # fmt: skip
_TOLD_ABROAD = 40
# characters of a value that is put into the other language


def money(amount: Money, language: Language) -> str:
    """199元 in Chinese, ¥199 elsewhere."""
    figure = f"{major(amount):.2f}".removesuffix(".00")
    if language == "zh" and amount.currency == "CNY":
        return f"{figure.rstrip('0') if '.' in figure else figure}元"
    return f"{_MARKS.get(amount.currency, amount.currency + ' ')}{figure}"


def quantity(value: float, unit: str, language: Language) -> str:
    """30毫升 in Chinese, 30 ml elsewhere."""
    figure = f"{value:g}"
    if language == "zh":
        return f"{figure}{_UNITS_ZH.get(unit.lower(), unit)}"
    name = _UNITS_EN.get(unit, unit)
    return f"{figure}{name}" if name == "%" else f"{figure} {name}".rstrip()


def told(fact: Fact, language: Language, limit: int = 0) -> str:
    """A fact's value as part of a sentence: one stretch without a full stop.

    Args:
        fact: whose value is told.
        language: to tell amounts and units in; text stays as staff wrote it.
        limit: characters it may have; whole sentences are left out beyond it. 0 for all.
    """
    if isinstance(fact.value, Money):
        return money(fact.value, language)
    if not isinstance(fact.value, str):
        return quantity(float(fact.value), fact.unit, language)
    value = fact.value
    if fact.language != language:
        value = in_language(value, language) or value
    kept: list[str] = []
    for sentence in sentences(value):
        if limit and kept and sum(map(len, kept)) + len(sentence) > limit:
            break
        goes_on = kept and kept[-1].endswith((".", ";")) and _ordinary(sentence)
        kept.append(sentence[:1].lower() + sentence[1:] if goes_on else sentence)
    bare = [sentence.rstrip("。！!；;.…?？，, ") for sentence in kept]
    if HAN.search(value):
        return re.sub(r"\s*\n\s*", "，", "，".join(bare)).strip()
    return re.sub(r"\s+", " ", "; ".join(bare).replace(": ", ", ")).strip()


def in_language(value: str, language: Language) -> str | None:
    """A text in a language: itself when it is, else in known words; None when one is unknown."""
    if bool(HAN.search(value)) == (language == "zh") or (
        language == "zh" and not re.search("[A-Za-z]{2}", value)
    ):
        return value
    return render(value, language) if len(value) <= _TOLD_ABROAD else None


def _ordinary(sentence: str) -> bool:
    """Whether its first letter may be small: not HDMI, I, or Xinjiang and Tibet."""
    words = re.findall(r"[^\s,]+", sentence)[:3]
    plain = bool(words) and words[0] != "I" and bool(re.fullmatch("[A-Z][a-z']*", words[0]))
    return plain and not any(re.fullmatch("[A-Z][a-z]+", word) for word in words[1:])


def joined(parts: Sequence[str], language: Language) -> str:
    """a、b和c; a, b and c."""
    comma, last = ("、", "和") if language == "zh" else (", ", " and ")
    if len(parts) < 2:
        return "".join(parts)
    return comma.join(parts[:-1]) + last + parts[-1]
