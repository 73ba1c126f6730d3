"""Which versions of a product a comment means: the 5 quart one, 大罐, 粉的M, 8的."""

import re
from collections.abc import Collection
from functools import lru_cache

from core.product import Product
from script_engine.answers.body import in_digits
from script_engine.glossary import concepts
from script_engine.quantities import quantities
from script_engine.text import CJK, HAN, fold
from script_engine.variants import stands_in, variant_parts

_THING = "瓶包袋罐盒桶支杯号份的装款码箱板片"
_LARGE = re.compile(
    rf"[大厚长](?:一?点)?(?:号)?[{_THING}]|加[大厚长][{_THING}]?"
    r"|\b(?:large|larger|largest|big|bigger|biggest|thick|thicker|long|longer)"
    r"(?: (?:one|ones|bottle|pack|bag|size|box|version))\b|\bthe (?:bigger|larger|thicker|longer)\b"
)
_SMALL = re.compile(
    rf"[小薄短](?:一?点)?(?:号)?[{_THING}]"
    r"|\b(?:small|smaller|smallest|thin|thinner|short|shorter)"
    r"(?: (?:one|ones|bottle|pack|bag|size|box|version))\b|\bthe (?:smaller|thinner|shorter)\b"
)
_LETTERS = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "2xl", "xxxl", "3xl")
_MODEL = re.compile(
    r"([a-z]{4,}|[\u4e00-\u9fff]{2,4})[ -]?(\d{1,3})(?![\d.])(?! ?(?:cm|mm|ml|g|kg|w|v|%|寸|码|斤))"
)
# a series and its number
_COLOURS = "black|white|silver|gold|grey|gray|red|blue|green|pink|navy|brown|beige|cream"
_COUNTS = re.compile(
    r"\s*(?:块|元|折|件|号|个(?!色)|天|小时|分钟|年|月|%|bucks|dollars|yuan|percent|days?|hours?)"
)
# what stands behind a number that counts something else than the version


def variants_said(product: Product, comment: str) -> list[str]:
    """The product's variants that a folded comment names, by every part of a name it says."""
    names = [variant.name for variant in product.variants]
    comment = in_digits(comment)
    if any(re.search(r"\d[枚个片包颗粒块支条只袋]", name) for name in names):
        # 十二个装 and 12枚
        comment = re.sub(r"(?<=\d)[个枚片颗粒块](?=装|的|盒|$|多|价|怎|还|剩|有|呢)", "", comment)
    if names_absent(product, comment):
        return []
    if len(names) < 2:
        return [name for name in names if _says_whole(name, comment)]
    parts = {name: variant_parts(name) for name in names}
    shared = frozenset.intersection(*(frozenset(each) for each in parts.values()))
    said: list[tuple[int, str]] = []
    for name in names:
        hits = sum(_says(part, comment, names) for part in parts[name] if part not in shared)
        if hits:
            said.append((hits, name))
    most = max((hits for hits, _ in said), default=0)
    return [name for hits, name in said if hits == most] or _by_extent(names, comment)


def names_absent(product: Product, comment: str) -> bool:
    """Whether a comment names a version that there is not: "iPhone 13" of "iPhone 15"."""
    names = [fold(variant.name).text for variant in product.variants]
    models = {match.groups() for name in names for match in _MODEL.finditer(name)}
    if not models:
        return False
    series = {word for word, _ in models}
    named = {m.groups() for m in _MODEL.finditer(comment) if m[1] in series}
    return bool(named) and not named & models


def carried(product: Product, earlier: str, comment: str) -> str:
    """Parts of variants named in an earlier comment that this one leaves as they were.

    "黑色40码有吗", then "那灰色的呢": still 40.
    """
    names = [variant.name for variant in product.variants]
    kept: dict[int, str] = {}
    now: set[int] = set()
    for name in names:
        for place, part in enumerate(variant_parts(name)):
            if _says(part, comment, names):
                now.add(place)
            elif _says(part, earlier, names):
                kept[place] = part
    return " ".join(part for place, part in sorted(kept.items()) if place not in now)


def names_version(word: str, said: Collection[str]) -> bool:
    """Whether a word only says which of the versions is meant: 小号, 大瓶, M码."""
    if re.fullmatch(rf"[大中小加厚薄长短]+[{_THING}]", word):
        return True
    parts = {part for name in said for part in variant_parts(name)}
    return any(word == part or word.rstrip("码号装款色的") == part.rstrip("色") for part in parts)


def without_variants(product: Product, comment: str) -> str:
    """An earlier comment without the versions it named."""
    for variant in product.variants:
        for part in variant_parts(variant.name):
            comment = comment.replace(part, " ")
    return re.sub(f"[{CJK}]{{1,2}}色|(?<![a-z])(?:{_COLOURS})(?![a-z])", " ", comment)


def _says_whole(name: str, comment: str) -> bool:
    return any(HAN.search(part) and part in comment for part in variant_parts(name))


@lru_cache(maxsize=50_000)
def _amounts(text: str) -> frozenset[tuple[str, float]]:
    return frozenset((q.unit, round(q.value, 9)) for q in quantities(text) if q.kind == "measure")


def _says(part: str, comment: str, names: list[str]) -> bool:
    """Whether a comment names a part of a variant's name."""
    core = part.rstrip("码号装款")
    if core != part and core.isascii() and core:
        part = core
    if part.isascii() and len(part) == 1 and not part.isdigit():
        return bool(re.search(rf"(?<![a-z0-9'’]){part}(?![a-z0-9])", comment))
    if (amounts := _amounts(part)) and amounts & _amounts(comment):
        return True
    if (number := re.match(r"\d+(?:\.\d+)?", part)) is not None:
        return _says_number(number.group(), comment, names)
    if stands_in(part, comment) or bool(set(concepts(part)[0]) & set(concepts(comment)[0])):
        return True
    if len(part) >= 3 and part[-1] in "色款装" and part[:-1] in comment:
        return True
    return any(_says_letter(letter, comment, names) for letter in re.findall(f"[{CJK}]", part))


def _says_number(number: str, comment: str, names: list[str]) -> bool:
    """Whether a bare number tells this variant from others: 8的呢 of 6mm and 8mm."""
    if all(
        re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.])", fold(name).text) for name in names
    ):
        return False
    return any(
        not _COUNTS.match(comment, match.end())
        for match in re.finditer(rf"(?<![\d.]){re.escape(number)}(?![\d.])", comment)
    )


def _says_letter(letter: str, comment: str, names: list[str]) -> bool:
    """Whether one character tells a variant from the others: 辣的 of 香辣 and 原味."""
    with_it = {part for name in names for part in variant_parts(name) if letter in part}
    if len(with_it) != 1:
        return False
    return bool(re.search(rf"{letter}(?:[的色味款码]|那)|那个?{letter}", comment))


def _by_extent(names: list[str], comment: str) -> list[str]:
    """The largest or the smallest variant, when the comment says 大瓶 or "the big one"."""
    sized = []
    for name in names:
        text = fold(name).text
        amounts = [q.value for q in quantities(text) if q.kind == "measure"]
        number = re.search(r"\d+(?:\.\d+)?", text)
        if amounts or number:
            sized.append((amounts[0] if amounts else float(number.group() if number else 0), name))
    if len(sized) < 2:
        sized = [
            (float(_LETTERS.index(fold(name).text)), name)
            for name in names
            if fold(name).text in _LETTERS
        ]
    if len(sized) < 2:
        return []
    if _LARGE.search(comment):
        return [max(sized)[1]]
    return [min(sized)[1]] if _SMALL.search(comment) else []
