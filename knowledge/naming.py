"""Which product a viewer means: by number, id, name, nickname, kind, brand, or the one in focus."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float32
from rapidfuzz import fuzz, process

from core.product import Product
from knowledge.amounts import plain
from knowledge.catalogue import simplified
from knowledge.numerals import NUMBER, ORDINAL_WORDS, number_of

_WORD = "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True))
_THING = r"(?:one|item|product|link|thing|piece)\b"
_ALONE = r"(?<![月0-9零一二两三四五六七八九十百])"
_AND = r"\s*(?:和|跟|与|还是|对比|比|vs\.?|、)\s*"
_ORDINALS: Final = (
    # 一号链接, 3号链接, 2号宝贝, 链接5, 一号; not 11月3号, not 3号发货
    re.compile(rf"{_ALONE}({NUMBER})\s*号\s*(?:链接|宝贝|商品|品|款)"),
    re.compile(rf"链接\s*({NUMBER})"),
    re.compile(rf"{_ALONE}({NUMBER})\s*号(?!\s*(?:发|到|前|之前|后|开|下午|上午|晚|色))"),
    re.compile(
        rf"(?<!倒数)第\s*({NUMBER})\s*(?:个|款|件|样|号|瓶|支|条|只|盏|链接|宝贝|商品|产品)"
    ),
    # 1和3号, 一跟三哪个好
    re.compile(rf"{_ALONE}({NUMBER}){_AND}(?:{NUMBER})\s*(?:号|哪|有什么区别|的区别|比)"),
    re.compile(rf"(?:(?:{NUMBER})\s*号?|这个){_AND}({NUMBER})\s*(?:哪|有什么区别|的区别|比)"),
    re.compile(rf"\b(?:number|no\.?|link|item|product)\s*#?\s*([0-9]{{1,4}}|{_WORD})\b"),
    re.compile(r"#\s*([0-9]{1,4})\b"),
    re.compile(rf"\b({_WORD})\s+{_THING}"),
    # the first and the third one, 1 vs 3
    re.compile(rf"\b({_WORD})\s+(?:and|or|vs\.?|versus)\s+(?:the\s+)?(?:{_WORD})\s+{_THING}"),
    re.compile(r"\b([0-9]{1,3})\s*(?:vs\.?|versus)\s*[0-9]{1,3}\b"),
    re.compile(r"\b[0-9]{1,3}\s*(?:vs\.?|versus)\s*([0-9]{1,3})\b"),
)
_FROM_LAST: Final = re.compile(rf"倒数第\s*({NUMBER})\s*(?:个|款|件|号|样)")
_LAST = re.compile(rf"最后一?(?:个|款|件|号|样)|\blast\s+{_THING}")
_THIS = re.compile(
    r"这(?:个|款|件|瓶|支|条|只|盏|盒)|现在(?:这|讲|播)|手上|\bthis\s+(?:one|item|product)?|\bit\b"
)
_NEXT = re.compile(r"下一?(?:个|款|件)|\bnext\s+(?:one|item|product)")
_BEFORE = re.compile(r"(?:上|前)一?(?:个|款|件)|刚才(?:那|的)|\bprevious\b|\bthe\s+one\s+before")
_KIND: Final = 2
# characters at the end of a Chinese name that say what kind of thing it is: 精华, 面霜, 口红
_LONGEST: Final = 6
# words of a name in Latin letters that are looked up as one
_TYPO: Final = 84.0
# of 100: how like a word of a name a longer word must be to be taken for it
MOST: Final = 50
# products that a text may mean


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
        self._ids = [product.id for product in products]
        self._at = {product.id: at for at, product in enumerate(products)}
        self._by_ordinal = {product.ordinal: product.id for product in products}
        self._names = [name for product in products for name in _names(product)]
        self._brands: dict[str, list[str]] = defaultdict(list)
        for product in products:
            if len(simplified(product.brand)) >= 2:
                self._brands[simplified(product.brand)].append(product.id)
        # names in Latin letters by their words, all others by their pairs of characters
        whole: dict[str, list[int]] = defaultdict(list)
        parts: dict[str, list[int]] = defaultdict(list)
        kinds: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(self._names):
            if name.text.isascii():
                whole[name.text].append(row)
            else:
                kinds[name.text[-_KIND:]].append(row)
            for part in _parts(name):
                parts[part].append(row)
        self._whole = dict(whole)
        self._parts = {part: np.array(rows, np.int32) for part, rows in parts.items()}
        self._kinds = {kind: np.array(rows, np.int32) for kind, rows in kinds.items()}
        self._sizes = np.array([max(1, len(_parts(name))) for name in self._names], np.float32)
        self._latin = np.array([name.text.isascii() for name in self._names], bool)
        self._words = sorted(part for part in parts if part.isascii() and len(part) >= 5)

    def named(self, text: str) -> str | None:
        """The id of the one product whose id, name or alias stands in the text; else None."""
        best: tuple[int, str] | None = None
        for row in self._said(text):
            name = self._names[row]
            long_enough = len(name.text) >= (4 if name.text.isascii() else 2)
            if long_enough and (best is None or len(name.text) > best[0]):
                best = (len(name.text), name.product_id)
        return best[1] if best else None

    def find(self, text: str, focus: str | None = None) -> list[tuple[str, float]]:
        """Products a text may mean, the likeliest first, with scores from 0 to 1.

        1.0 number, id or full name; about 0.9 a nickname; 0.5 to 0.8 part of a name or its kind;
        0.55 "this one", 0.3 its brand. `focus` is the product on air: "this one" is it, "the next
        one" follows it. A comparison names several. At most 50 are given.
        """
        plainly = plain(text).lower()
        scores: dict[str, float] = {}

        def take(found: Iterable[tuple[str, float]]) -> None:
            for product, score in found:
                scores[product] = max(scores.get(product, 0.0), score)

        take(self._by_number(plainly, focus))
        take((self._names[row].product_id, self._names[row].weight) for row in self._said(text))
        take(self._by_part(text))
        whole = simplified(text)
        for brand, products in self._brands.items():
            if brand in whole:
                take((product, 0.3) for product in products)
        ranked = sorted(
            scores.items(), key=lambda item: (-item[1], item[0] != focus, self._at[item[0]])
        )
        return ranked[:MOST]

    def _said(self, text: str) -> list[int]:
        """The names that stand in a text as a whole."""
        said = []
        words = _latin_words(text)
        for first in range(len(words)):
            for last in range(first + 1, min(first + _LONGEST, len(words)) + 1):
                joined = "".join(words[first:last])
                if len(joined) >= 3:
                    said += self._whole.get(joined) or self._whole.get(joined.removesuffix("s"), [])
        whole = simplified(text)
        hits = self._hits(_pairs(whole))
        complete = np.flatnonzero((hits >= self._sizes) & ~self._latin)
        said += [row for row in complete.tolist() if self._names[row].text in whole]
        return said

    def _by_part(self, text: str) -> Iterable[tuple[str, float]]:
        """Products of whose name a part, or the kind of thing at its end, stands in a text."""
        whole = simplified(text)
        pairs = _pairs(whole)
        hits = self._hits(pairs)
        scores = np.zeros(len(self._names), np.float32)
        share = hits / self._sizes
        alike = ~self._latin & (share >= 0.25)
        scores[alike] = (0.4 + 0.4 * share)[alike]
        for pair in pairs:
            rows = self._kinds.get(pair)
            if rows is not None:
                close = (hits[rows] - 1) / np.maximum(1, self._sizes[rows] - 1)
                scores[rows] = np.minimum(0.85, 0.6 + 0.25 * close)
        hits = self._hits(self._known_words(text))
        share = hits / self._sizes
        latin = self._latin & (share >= 0.3)
        scores[latin] = (0.5 + 0.35 * share)[latin]
        for row in np.argsort(-scores, kind="stable")[: 4 * MOST].tolist():
            if scores[row] > 0:
                yield self._names[row].product_id, float(scores[row])

    def _hits(self, parts: Iterable[str]) -> Float32[np.ndarray, " names"]:
        """How many of the parts each name has."""
        hits = np.zeros(len(self._names), np.float32)
        for part in parts:
            rows = self._parts.get(part)
            if rows is not None:
                hits[rows] += 1
        return hits

    def _known_words(self, text: str) -> set[str]:
        """The words of a text as names have them, typing errors mended."""
        words = {_stem(word) for word in _latin_words(text) if len(word) >= 3}
        for word in [word for word in words if word not in self._parts and len(word) >= 5]:
            like = process.extractOne(word, self._words, scorer=fuzz.ratio, score_cutoff=_TYPO)
            if like:
                words.add(like[0])
        return words

    def _by_number(self, text: str, focus: str | None) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        for pattern in _ORDINALS:
            for match in pattern.finditer(text):
                product = self._by_ordinal.get(number_of(match[1]) or 0)
                if product:
                    found.append((product, 1.0))
        if self._ids and _LAST.search(text):
            found.append((self._ids[-1], 1.0))
        behind = _FROM_LAST.search(text)
        if behind and 0 < (number_of(behind[1]) or 0) <= len(self._ids):
            found.append((self._ids[-(number_of(behind[1]) or 1)], 1.0))
        if focus in self._at:
            at = self._at[focus]
            if _NEXT.search(text):
                found.append((self._ids[(at + 1) % len(self._ids)], 1.0))
            elif _BEFORE.search(text):
                found.append((self._ids[at - 1], 1.0))
            elif _THIS.search(text):
                found.append((focus, 0.55))
        return found


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


def _parts(name: _Name) -> frozenset[str]:
    return name.words if name.text.isascii() else _pairs(name.text)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _latin_words(text: str) -> list[str]:
    return re.findall(r"[a-z]+|[0-9]+", plain(text).lower())


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word
