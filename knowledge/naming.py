"""Which product a viewer means: by number, id, name, nickname, kind, brand, or the one in focus."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from core.product import Product
from knowledge.amounts import plain
from knowledge.catalogue import simplified

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_ENGLISH: Final = {
    word: number
    for number, words in enumerate(
        ("first one 1st", "second two 2nd", "third three 3rd", "fourth four 4th",
         "fifth five 5th", "sixth six 6th", "seventh seven 7th", "eighth eight 8th",
         "ninth nine 9th", "tenth ten 10th", "eleventh eleven 11th", "twelfth twelve 12th",
         "thirteenth thirteen 13th", "fourteenth fourteen 14th", "fifteenth fifteen 15th"), 1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = r"[0-9]{1,4}|[零一二两三四五六七八九十百]{1,5}"
_WORD = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_THING = r"(?:one|item|product|link|thing|piece)\b"
_ORDINALS: Final = (
    # 一号链接, 3号链接, 2号宝贝, 链接5, 一号; not 11月3号, not 3号发货
    re.compile(
        rf"(?<![月0-9零一二两三四五六七八九十百])({_NUMBER})\s*号\s*(?:链接|宝贝|商品|品|款)"
    ),
    re.compile(rf"链接\s*({_NUMBER})"),
    re.compile(
        rf"(?<![月0-9零一二两三四五六七八九十百])({_NUMBER})\s*号(?!\s*(?:发|到|前|之前|后|开|下午|上午|晚|色))"
    ),
    re.compile(rf"第\s*({_NUMBER})\s*(?:个|款|件|样|号|瓶|支|条|只|盏|链接|宝贝|商品|产品)"),
    re.compile(rf"\b(?:number|no\.?|link|item|product)\s*#?\s*([0-9]{{1,4}}|{_WORD})\b"),
    re.compile(r"#\s*([0-9]{1,4})\b"),
    re.compile(rf"\b({_WORD})\s+{_THING}"),
)
_LAST = re.compile(rf"最后一?(?:个|款|件|号|样)|\blast\s+{_THING}")
_THIS = re.compile(
    r"这(?:个|款|件|瓶|支|条|只|盏|盒)|现在(?:这|讲|播)|手上|\bthis\s+(?:one|item|product)?|\bit\b"
)
_NEXT = re.compile(r"下一?(?:个|款|件)|\bnext\s+(?:one|item|product)")
_BEFORE = re.compile(r"(?:上|前)一?(?:个|款|件)|刚才(?:那|的)|\bprevious\b|\bthe\s+one\s+before")
_KINDS: Final = 2
# characters at the end of a Chinese name that say what kind of thing it is: 精华, 面霜, 口红


@dataclass(frozen=True, slots=True)
class _Name:
    product_id: str
    text: str
    # simplified
    words: frozenset[str]
    # of a name in Latin letters
    weight: float


class Namer:
    """Finds products by what people call them."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._products = tuple(products)
        self._by_ordinal = {product.ordinal: product.id for product in products}
        self._names = [name for product in products for name in _names(product)]
        self._brands = {
            simplified(product.brand): [p.id for p in products if p.brand == product.brand]
            for product in products
            if product.brand
        }

    def named(self, text: str) -> str | None:
        """The id of the one product whose id, name or alias stands in the text; else None."""
        whole = simplified(text)
        best: tuple[int, str] | None = None
        for name in self._names:
            long_enough = len(name.text) >= (4 if name.text.isascii() else 2)
            if long_enough and name.text in whole and (best is None or len(name.text) > best[0]):
                best = (len(name.text), name.product_id)
        return best[1] if best else None

    def find(self, text: str, focus: str | None = None) -> list[tuple[str, float]]:
        """Products a text may mean, the likeliest first, with scores from 0 to 1.

        1.0 number, id or full name; about 0.9 a nickname; 0.5 to 0.8 part of a name or its kind;
        0.55 "this one", 0.3 its brand. `focus` is the product on air: "this one" is it, "the next
        one" follows it.
        """
        plainly = plain(text).lower()
        scores: dict[str, float] = {}
        for product, score in self._by_number(plainly, focus):
            scores[product] = max(scores.get(product, 0.0), score)
        whole = simplified(text)
        words = frozenset(_stem(word) for word in re.findall(r"[a-z]{3,}", plainly))
        for name in self._names:
            score = _likeness(name, whole, words)
            if score > scores.get(name.product_id, 0.0):
                scores[name.product_id] = score
        for brand, products in self._brands.items():
            if len(brand) >= 2 and brand in whole:
                for product in products:
                    scores[product] = max(scores.get(product, 0.0), 0.3)
        order = {product.id: product.ordinal for product in self._products}
        return sorted(scores.items(), key=lambda item: (-item[1], item[0] != focus, order[item[0]]))

    def _by_number(self, text: str, focus: str | None) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        for pattern in _ORDINALS:
            for match in pattern.finditer(text):
                product = self._by_ordinal.get(number_of(match[1]) or 0)
                if product:
                    found.append((product, 1.0))
        if _LAST.search(text) and self._products:
            found.append((self._products[-1].id, 1.0))
        ids = [product.id for product in self._products]
        if focus in ids:
            at = ids.index(focus)
            if _NEXT.search(text):
                found.append((ids[(at + 1) % len(ids)], 1.0))
            elif _BEFORE.search(text):
                found.append((ids[at - 1], 1.0))
            elif _THIS.search(text):
                found.append((focus, 0.55))
        return found


def number_of(text: str) -> int | None:
    """3 of "3", "三", "third"; 12 of "十二"."""
    if text.isdigit():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            return None
    return total + digit


def _names(product: Product) -> list[_Name]:
    texts = [(product.id, 1.0), (product.name, 1.0)]
    texts += [(name, 1.0) for _, name in product.names]
    texts += [(alias, 0.92) for alias in product.aliases]
    texts += [(variant.sku, 0.9) for variant in product.variants if variant.sku]
    names = []
    for text, weight in dict.fromkeys(texts):
        words = frozenset(_stem(word) for word in re.findall(r"[a-z]{3,}", text.lower()))
        if simplified(text):
            names.append(_Name(product.id, simplified(text), words, weight))
    return names


def _likeness(name: _Name, whole: str, words: frozenset[str]) -> float:
    """How sure it is that a text means this name."""
    if name.text in whole and len(name.text) >= (3 if name.text.isascii() else 2):
        return name.weight
    if name.text.isascii():
        common = name.words & words
        if not common:
            return 0.0
        share = len(common) / len(name.words)
        return 0.5 + 0.35 * share if share >= 0.3 else 0.0
    kind = name.text[-_KINDS:]
    parts = [name.text[i : i + 2] for i in range(len(name.text) - 1)]
    hits = sum(part in whole for part in parts)
    if kind in whole:
        return min(0.85, 0.6 + 0.25 * (hits - 1) / max(1, len(parts) - 1))
    if hits:
        share = hits / len(parts)
        return 0.4 + 0.4 * share if share >= 0.25 else 0.0
    # a typo in a long name: 玻尿算保湿精华
    if len(name.text) >= 4 and fuzz.partial_ratio(name.text, whole, score_cutoff=80):
        return 0.6
    return 0.0


def _stem(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
