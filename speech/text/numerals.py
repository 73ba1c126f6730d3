"""Numbers as words. Arguments are the digits as written: "129", "1,299", "0.5"."""

_ZH = "零一二三四五六七八九"
_ZH_PLACES = ("", "十", "百", "千")
_ZH_GROUPS = ("", "万", "亿", "万亿")

_EN_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_EN_TENS = (
    "", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_EN_GROUPS = ("", "thousand", "million", "billion", "trillion")
_EN_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_ROMAN = {"I": 1, "V": 5, "X": 10}

MAX_DIGITS = 15
"""Longer runs of digits are no amounts: they are read digit by digit."""


def plain(number: str) -> str:
    """The same digits without separators between thousands."""
    return number.replace(",", "").replace("，", "")


def zh_digits(digits: str) -> str:
    return "".join(_ZH[int(digit)] for digit in digits if digit.isdigit())


def zh_number(number: str, *, counting: bool = False) -> str:
    """A number in Chinese; `counting` says 两 for a lone 2, as before a measure word."""
    whole, _, fraction = plain(number).partition(".")
    if len(whole) > MAX_DIGITS or (len(whole) > 1 and whole[0] == "0"):
        spoken = zh_digits(whole)
    elif counting and whole == "2" and not fraction:
        spoken = "两"
    else:
        spoken = _zh_whole(int(whole or "0"))
    return f"{spoken}点{zh_digits(fraction)}" if fraction else spoken


def _zh_whole(value: int) -> str:
    if value == 0:
        return "零"
    groups: list[int] = []
    while value:
        value, low = divmod(value, 10_000)
        groups.append(low)
    spoken = ""
    gap = False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(spoken)
            continue
        if spoken and (gap or group < 1000):
            spoken += "零"
        lone_two = group == 2 and place > 0
        spoken += "两" if lone_two else _zh_group(group, leading=not spoken)
        spoken += _ZH_GROUPS[place]
        gap = False
    return spoken.removeprefix("一") if spoken.startswith("一十") else spoken


def _zh_group(value: int, *, leading: bool) -> str:
    """Four digits: 2000 is 两千, 200 两百, but 1200 一千二百."""
    spoken = ""
    gap = False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if not digit:
            gap = bool(spoken)
            continue
        if gap:
            spoken += "零"
            gap = False
        pair = digit == 2 and (place == 3 or (place == 2 and leading and not spoken))
        spoken += ("两" if pair else _ZH[digit]) + _ZH_PLACES[place]
    return spoken


def zh_money(number: str) -> str:
    """Yuan as a shop says them: 129.90 is 一百二十九块九, 0.50 is 五毛, 199 is 一百九十九元."""
    whole, _, fraction = plain(number).partition(".")
    fraction = fraction.rstrip("0")
    if len(fraction) > 2:
        return f"{zh_number(number)}元"
    if not fraction:
        return f"{zh_number(whole, counting=True)}元"
    tenths, cents = int(fraction[0]), int(fraction[1:] or "0")
    yuan = f"{zh_number(whole, counting=True)}块" if int(whole or "0") else ""
    if not cents:
        return yuan + _ZH[tenths] + ("" if yuan else "毛")
    if not tenths:
        return f"{yuan}零{_ZH[cents]}分" if yuan else f"{_ZH[cents]}分"
    return f"{yuan}{_ZH[tenths]}毛{_ZH[cents]}"


def en_digits(digits: str) -> str:
    return " ".join(_EN_SMALL[int(digit)] for digit in digits if digit.isdigit())


def en_number(number: str) -> str:
    """A number in English."""
    whole, _, fraction = plain(number).partition(".")
    if len(whole) > MAX_DIGITS or (len(whole) > 1 and whole[0] == "0"):
        spoken = en_digits(whole)
    else:
        spoken = _en_whole(int(whole or "0"))
    return f"{spoken} point {en_digits(fraction)}" if fraction else spoken


def _en_whole(value: int) -> str:
    if value < 20:
        return _EN_SMALL[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _EN_TENS[tens] + (f" {_EN_SMALL[ones]}" if ones else "")
    if value < 1000:
        hundreds, rest = divmod(value, 100)
        return f"{_EN_SMALL[hundreds]} hundred" + (f" {_en_whole(rest)}" if rest else "")
    words: list[str] = []
    for group in range(len(_EN_GROUPS) - 1, -1, -1):
        count = value // 1000**group % 1000
        if count:
            words.append(f"{_en_whole(count)} {_EN_GROUPS[group]}".strip())
    return " ".join(words)


def en_ordinal(number: str) -> str:
    head, _, last = en_number(number).rpartition(" ")
    if last in _EN_ORDINALS:
        last = _EN_ORDINALS[last]
    else:
        last = (last[:-1] + "ie" if last.endswith("y") else last) + "th"
    return f"{head} {last}".strip()


def en_year(digits: str) -> str:
    """2026 is twenty twenty six, 2005 two thousand five, 1900 nineteen hundred."""
    century, rest = int(digits[:2]), int(digits[2:])
    if century == 20 and rest < 10:
        return en_number(digits)
    if not rest:
        return f"{_en_whole(century)} hundred"
    return f"{_en_whole(century)} " + (f"oh {_EN_SMALL[rest]}" if rest < 10 else _en_whole(rest))


def en_paired(digits: str) -> str:
    """A model's number: 4090 is forty ninety, 3500 thirty five hundred, 750 seven fifty."""
    head, tail = digits[:-2], digits[-2:]
    if tail == "00":
        return (
            en_number(digits) if len(head) < 2 or head[-1] == "0" else f"{en_number(head)} hundred"
        )
    if tail[0] == "0" or head[0] == "0" or len(head) > 2:
        return en_digits(digits)
    return f"{en_number(head)} {en_number(tail)}"


def roman_value(numeral: str) -> int:
    """IV is 4."""
    values = [_ROMAN[char] for char in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def en_money(number: str, unit: tuple[str, str], cents: tuple[str, str] | None) -> str:
    """An amount: `unit` and `cents` in singular and plural; without cents a decimal is read."""
    whole, _, fraction = plain(number).partition(".")
    if fraction and set(fraction) == {"0"}:
        fraction = ""
    if fraction and (cents is None or len(fraction) != 2):
        return f"{en_number(whole)} point {en_digits(fraction.rstrip('0'))} {unit[1]}"
    amount = f"{en_number(whole)} {unit[int(whole or '0') != 1]}"
    if not fraction or cents is None:
        return amount
    small = f"{en_number(str(int(fraction)))} {cents[int(fraction) != 1]}"
    return f"{amount} and {small}" if int(whole or "0") else small
