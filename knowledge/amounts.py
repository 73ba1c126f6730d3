"""Prices, counts and quantities as staff type them: full-width digits, units, currency signs."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Final

from core.message import Message
from core.product import Money
from knowledge.numerals import with_digits

_WRITTEN: Final[dict[str, str]] = {
    "CNY": "元 圆 块 人民币 rmb cny cn¥",
    "USD": "usd us$ 美元",
    "EUR": "eur € 欧元",
    "GBP": "gbp £ 英镑",
    "JPY": "jpy 円 日元",
    "HKD": "hkd hk$ 港币 港元",
    "TWD": "twd nt$",
    "KRW": "krw ₩",
    "AUD": "aud",
    "CAD": "cad",
    "SGD": "sgd",
}
_SIGNS: Final = {sign: code for code, signs in _WRITTEN.items() for sign in signs.split()}
# Signs that several currencies share; the shop's own decides when it is one of them.
_SHARED: Final[dict[str, tuple[str, ...]]] = {
    "¥": ("CNY", "JPY"),
    "$": ("USD", "AUD", "CAD", "SGD", "HKD", "TWD"),
}
_NO_MINOR: Final = frozenset({"JPY", "KRW", "VND"})
_NUMBER = r"\d+(?:[.,'\u00a0 ]\d+)*"
_SIGN = "|".join(re.escape(sign) for sign in sorted((*_SIGNS, *_SHARED), key=len, reverse=True))
_MONEY = re.compile(
    rf"(?P<before>{_SIGN})?\s*(?P<number>{_NUMBER})\s*(?P<scale>[万千])?\s*"
    rf"(?P<after>{_SIGN})?\s*(?P<fen>\d)?(?:[角毛])?\s*(?:/\s*\w{{1,3}})?"
)
_COUNT = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<scale>[万千])?\s*(?P<unit>[^\W\d]{{0,6}})")
_QUANTITY = re.compile(rf"(?:约|大约|about|approx\.?|~)?\s*(?P<number>{_NUMBER})\s*"
                       r"(?P<unit>[^\W\d_]{1,8}|%|℃|°C)\.?")  # fmt: skip
_GONE = re.compile(
    r"(?:已|暂时?|全部)?(?:售罄|售完|卖完|卖光|无货|缺货|断货|没货|无库存|补货中|下架)(?:中|了)?|无现货|"
    r"sold[ _-]?out|out[ _-]?of[ _-]?stock|no stock|unavailable|discontinued|not available",
)
_THERE = re.compile(
    r"(?:有|现)货(?:充足|供应)?|有现货|现货|有库存|库?存?充足|紧张|库存紧张|少量|仅剩少量|大量|足量|正常|预售|预订|可预订|"
    r"(?:\d[\d,]*\+|[>≥]\s*\d[\d,]*|(?:大于|超过|\d+件?以上).*)|"
    r"in[ _-]?stock|available|yes|low stock|few left|limited(?: availability)?|plenty|"
    r"pre[ _-]?order|back[ _-]?order|made to order|ships? in .*",
)
_RANGE = re.compile(
    rf"(?P<sign>{_SIGN})?\s*(?P<low>{_NUMBER})\s*(?P<mid>{_SIGN})?\s*"
    rf"(?:(?:-|–|—|~|～|至|到|to)\s*(?:{_SIGN})?\s*(?P<high>{_NUMBER})\s*(?P<after>{_SIGN})?|"
    rf"(?P<last>{_SIGN})?\s*(?:起|\+|及以上))\s*(?:起)?|(?:from|starting at|最低|低至)\s*"
    rf"(?P<fromsign>{_SIGN})?\s*(?P<only>{_NUMBER})\s*(?P<fromafter>{_SIGN})?"
)
_SCALE: Final = {"万": 10_000, "千": 1_000}


def plain(text: str) -> str:
    """The text with full-width letters, digits and signs made ordinary, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def parse_money(text: str, currency: str) -> Money:
    """A price.

    Args:
        text: "199", "￥１９９.00", "1,299元", "19块9", "US$39.90", "1.2万".
        currency: taken when the text names none (ISO 4217).

    Raises:
        ValueError: no price, several prices, a range, or one that is not above zero.
    """
    found = _MONEY.fullmatch(plain(text).lower())
    if found is None:
        raise ValueError(Message("{text!r} is not one price", text=text))
    sign = found["before"] or found["after"] or ""
    if found["before"] and found["after"]:
        before = _currency_of(found["before"], currency)
        if before != _currency_of(found["after"], before):
            raise ValueError(Message("{text!r} names two currencies", text=text))
    if found["fen"] and found["after"] not in ("元", "块"):
        raise ValueError(Message("{text!r} is not one price", text=text))
    code = _currency_of(sign, currency)
    amount = _decimal(found["number"]) * _SCALE.get(found["scale"], 1)
    if found["fen"]:
        amount += Decimal(int(found["fen"])) / 10
    minor = amount if code in _NO_MINOR else amount * 100
    if minor != minor.to_integral_value():
        message = Message(
            "{text!r} has more decimals than {currency} has", text=text, currency=code
        )
        raise ValueError(message)
    if not 0 < minor < 10**12:
        raise ValueError(Message("{text!r} is no possible price", text=text))
    return Money(int(minor), code)


def parse_lowest(text: str, currency: str) -> Money | None:
    """Where a range of prices begins: "99-129元", "￥99起", "from $45"; None for anything else.

    Raises:
        ValueError: the range runs backwards, or its ends are no prices.
    """
    found = _RANGE.fullmatch(plain(text).lower())
    if found is None:
        return None
    signs = ("sign", "mid", "after", "last", "fromsign", "fromafter")
    sign = next((found[name] for name in signs if found[name]), "")
    lowest = parse_money(f"{sign}{found['low'] or found['only']}", currency)
    if found["high"]:
        highest = parse_money(f"{sign}{found['high']}", currency)
        if highest.minor < lowest.minor:
            raise ValueError(Message("{text!r} is no range of prices", text=text))
        if highest == lowest:
            return None
    return lowest


def is_availability(text: str) -> bool:
    """Whether words say that there is stock, without saying how much: 现货, 99+, "in stock"."""
    return _THERE.fullmatch(plain(text).lower()) is not None


def parse_count(text: str) -> int:
    """How many: "３２０", "1,200件", "1.2万". Raises ValueError."""
    plainly = plain(text).lower()
    if _GONE.fullmatch(plainly):
        return 0
    found = _COUNT.fullmatch(plainly.removeprefix("-"))
    if found is None:
        raise ValueError(Message("{text!r} is not a whole number", text=text))
    value = _decimal(found["number"]) * _SCALE.get(found["scale"], 1)
    if value != value.to_integral_value():
        raise ValueError(Message("{text!r} is not a whole number", text=text))
    return -int(value) if plainly.startswith("-") else int(value)


def parse_quantity(text: str) -> tuple[float, str] | None:
    """A number with its unit, (30.0, "ml") of "30 ml"; None when the text says more than that."""
    found = _QUANTITY.fullmatch(with_digits(plain(text)))
    if found is None:
        return None
    try:
        return float(_decimal(found["number"])), found["unit"]
    except ValueError:
        return None


def currency_in(text: str) -> str | None:
    """The currency a header names: "USD" of "Price (USD)"."""
    plainly = plain(text).lower()
    for sign, code in _SIGNS.items():
        if re.search(rf"(?<![a-z]){re.escape(sign)}(?![a-z])", plainly):
            return code
    return None


def _currency_of(sign: str, default: str) -> str:
    if not sign:
        return default
    if sign in _SHARED:
        return default if default in _SHARED[sign] else _SHARED[sign][0]
    return _SIGNS[sign]


def _decimal(number: str) -> Decimal:
    """A number with either kind of decimal mark and any thousands marks."""
    digits = re.sub(r"['\u00a0 ]", "", number)
    marks = [mark for mark in digits if mark in ".,"]
    if len(set(marks)) == 2:
        last = marks[-1]
        other = "," if last == "." else "."
        if marks.count(last) > 1:
            raise ValueError(Message("{text!r} is not one number", text=number))
        digits = digits.replace(other, "").replace(last, ".")
    elif marks and (len(marks) > 1 or (marks[0] == "," and re.fullmatch(r"\d{1,3},\d{3}", digits))):
        if not re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
            raise ValueError(Message("{text!r} is not one number", text=number))
        digits = digits.replace(marks[0], "")
    else:
        digits = digits.replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        raise ValueError(Message("{text!r} is not one number", text=number)) from None
