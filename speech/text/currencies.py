"""What moneys are called."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Currency:
    chinese: str
    one: str
    many: str
    cent: tuple[str, str] | None
    # in English, one and many; None where a hundredth is not spoken of


_CENT = ("cent", "cents")
_YUAN = Currency("元", "yuan", "yuan", None)
_DOLLAR = Currency("美元", "dollar", "dollars", _CENT)
_EURO = Currency("欧元", "euro", "euros", _CENT)
_POUND = Currency("英镑", "pound", "pounds", ("penny", "pence"))
_YEN = Currency("日元", "yen", "yen", None)


def _dollar(chinese: str, english: str) -> Currency:
    return Currency(chinese, f"{english} dollar", f"{english} dollars", _CENT)


BY_SIGN: Final = {
    "¥": _YUAN, "￥": _YUAN, "RMB": _YUAN, "CNY": _YUAN, "yuan": _YUAN,
    "$": _DOLLAR, "US$": _DOLLAR, "USD": _DOLLAR,
    "€": _EURO, "EUR": _EURO, "£": _POUND, "GBP": _POUND, "JPY": _YEN, "JP¥": _YEN,
    "A$": _dollar("澳元", "Australian"), "AU$": _dollar("澳元", "Australian"),
    "AUD": _dollar("澳元", "Australian"),
    "C$": _dollar("加元", "Canadian"), "CA$": _dollar("加元", "Canadian"),
    "CAD": _dollar("加元", "Canadian"),
    "HK$": _dollar("港币", "Hong Kong"), "HKD": _dollar("港币", "Hong Kong"),
    "NT$": _dollar("新台币", "Taiwan"), "TWD": _dollar("新台币", "Taiwan"),
    "S$": _dollar("新加坡元", "Singapore"), "SGD": _dollar("新加坡元", "Singapore"),
    "NZ$": _dollar("纽元", "New Zealand"), "NZD": _dollar("纽元", "New Zealand"),
    "₩": Currency("韩元", "won", "won", None), "KRW": Currency("韩元", "won", "won", None),
    "₹": Currency("卢比", "rupee", "rupees", None),
    "INR": Currency("卢比", "rupee", "rupees", None),
    "฿": Currency("泰铢", "baht", "baht", None), "THB": Currency("泰铢", "baht", "baht", None),
    "₫": Currency("越南盾", "dong", "dong", None), "VND": Currency("越南盾", "dong", "dong", None),
    "₽": Currency("卢布", "rouble", "roubles", None),
    "RM": Currency("令吉", "ringgit", "ringgit", None),
    "MYR": Currency("令吉", "ringgit", "ringgit", None),
    "₱": Currency("比索", "peso", "pesos", None), "PHP": Currency("比索", "peso", "pesos", None),
    "R$": Currency("雷亚尔", "real", "reais", None),
    "BRL": Currency("雷亚尔", "real", "reais", None),
    "CHF": Currency("瑞士法郎", "Swiss franc", "Swiss francs", None),
}  # fmt: skip
