"""Product names as they are said: short, without search words, codes and brackets."""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from core.language import Language
from core.product import Product
from script_engine.composer.trades import Trade, trade_of_product
from script_engine.gate import Gate
from script_engine.glossary import goods_in_english
from script_engine.lexicon import phrases, terms
from script_engine.shop import Shop
from script_engine.text import HAN, fold

_BRACKETED = re.compile(r"[【\[（(「『《<][^】\]）)」』》>]*[】\]）)」』》>]")
_CODE = re.compile(
    r"(?<![A-Za-z\d])(?=[A-Za-z\d./*×x-]*\d)[A-Za-z\d]+(?:[./*×x-][A-Za-z\d]+)*"
    r"(?:\s?(?:Pro|Max|Plus|Mini))?"
)
# model numbers, years, sizes and volumes: whatever mixes in a digit
_COUNTED = re.compile(
    r"\d+(?:\.\d+)?\s*(?:毫升|克|公斤|千克|斤|片|支|只|个|件|包|袋|盒|瓶|双|条|枚|米|厘米|寸|升|年)装?"
)
_TAIL_EN = re.compile(r"\s+[-–—|/]\s+.*|\s*[,;:].*|\s+(?:for|with|by|in|of)\s+.*", re.IGNORECASE)
_NEW_EN = re.compile(
    r"\b(?:new(?: model| arrival)?|hot sale|best ?seller|official|premium|upgraded|genuine)\b",
    re.IGNORECASE,
)
_LONG = {"zh": 12, "en": 5}
# characters, or words, from which a title is shortened
_MOST_ZH = 9
_MOST_EN = 4
_LEAST_ALIAS = 2
_DOUBTFUL = frozenset({"effect", "certificate", "promise", "suitability"})
# what a shortened name may not assert: the full name is the shop's own, a short one is ours


@dataclass(frozen=True, slots=True)
class Names:
    """What a product is called on air."""

    full: str
    # for its first mention in a pitch, and with its price
    others: tuple[str, ...]
    # all that may stand for it, the full one among them
    noun: str
    # the bare thing: lamp, 台灯; in Chinese "" when that is not clear


class Namer:
    """Names the products of a shop as they may be called on air."""

    def __init__(self, shop: Shop, gate: Gate) -> None:
        self._shop, self._gate = shop, gate
        self._known: dict[tuple[str, str, Language], Names] = {}
        # by what a product is called in the shop

    def names(self, product_id: str, language: Language, when: datetime) -> Names:
        """Names that the gate lets by, the shop's own first.

        Raises:
            KeyError: the shop has no such product.
        """
        product = self._shop.product(product_id)
        key = (product_id, product.name_in(language), language)
        if key not in self._known:
            trade = trade_of_product(self._shop, product_id)
            possible = [
                name
                for name in candidates(product, language, trade)
                if self._gate.check(name, language, product_id, when).ok
            ]
            full = possible[0] if possible else trade.noun(language)
            nicknames = (name for name in possible if name in product.aliases)
            noun = head_noun(full, language)
            if not noun and language != "zh":
                noun = trade.noun(language)
            self._known[key] = Names(full, tuple(dict.fromkeys((full, *nicknames))), noun)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Titles:
    heads: tuple[str, ...]
    stuffing: re.Pattern[str]


@lru_cache(maxsize=1)
def _titles() -> _Titles:
    raw = tomllib.loads((Path(__file__).parent / "titles.toml").read_text(encoding="utf-8"))
    stuffing = sorted(raw["stuffing_zh"].split(), key=len, reverse=True)
    return _Titles(
        tuple(dict.fromkeys(raw["heads"].split())), re.compile("|".join(map(re.escape, stuffing)))
    )


@lru_cache(maxsize=4096)
def candidates(product: Product, language: Language, trade: Trade) -> tuple[str, ...]:
    """What a product may be called on air, best first; whoever asks tries each at the gate."""
    nicknames = tuple(
        alias
        for alias in product.aliases
        if bool(HAN.search(alias)) == (language == "zh") and _sayable(alias)
    )
    title = product.name_in(language)
    own: tuple[str, ...]
    if HAN.search(title) and language != "zh":
        own = (goods_in_english(title),)
    elif HAN.search(title):
        own = (*_short_zh(title), *nicknames, _bare_head(title))
    else:
        own = (_short_en(title), *nicknames)
    return tuple(dict.fromkeys(filter(None, (*own, *nicknames, trade.noun(language)))))


def head_noun(name: str, language: Language) -> str:
    """The bare thing a name ends in: the serum, 台灯; "" when that is not clear."""
    if language == "zh" and HAN.search(name):
        ends = [h for h in _titles().heads if name.endswith(h) and len(h) > 1]
        return max(ends, key=len) if ends else ""
    last = name.split()[-1] if name.split() else ""
    return last.lower() if re.fullmatch(r"[A-Z]?[a-z]{3,}", last) else ""


def _sayable(alias: str) -> bool:
    return len(alias) > _LEAST_ALIAS and not re.search(r"\d{3,}", alias)


def _short_zh(title: str) -> tuple[str, ...]:
    """The thing a Chinese title is about; the title itself when it is short already."""
    bare = _BRACKETED.sub(" ", title)
    bare = re.sub(r"\s+", " ", _CODE.sub(" ", _COUNTED.sub(" ", bare))).strip(" -_·,，")
    short = len(bare) <= _LONG["zh"] and " " not in bare and not _boasts(bare)
    stripped = _titles().stuffing.sub(" ", bare).split()
    heads = [_first_head(piece) for piece in stripped]
    careful = [_first_head(_without_claims(piece)) for piece in stripped]
    pieces = [_without_claims(piece).replace(" ", "")[:_MOST_ZH] for piece in stripped]
    long_enough = [name for name in (*heads, *careful, *pieces) if len(name) > 1]
    return (bare, *long_enough) if short else tuple(long_enough)


def _bare_head(title: str) -> str:
    """The bare noun of a Chinese title: the trousers, whatever they are made of."""
    folded = fold(title).text
    found = [(folded.find(h), -len(h), h) for h in _titles().heads if len(h) > 1 and h in folded]
    return min(found)[2] if found else ""


def _first_head(piece: str) -> str:
    """A title up to the end of its first noun of goods, with what stands right before it."""
    heads = _titles().heads
    found = [(at + len(h), at) for h in heads if len(h) > 1 and (at := piece.find(h)) >= 0]
    found = found or [(at + 1, at) for h in heads if len(h) == 1 and (at := piece.find(h, 1)) > 0]
    if not found:
        return ""
    end, _ = min(found)
    singles = {head for head in heads if len(head) == 1}
    while end < len(piece) and piece[end] in singles:
        end += 1
    longer = [h for h in heads if len(h) > 1 and piece.startswith(h, end - 1)]
    end = max([end, *(end - 1 + len(head) for head in longer)])
    words = piece[:end].rsplit(" ", 1)[-1]
    return words[-_MOST_ZH:] if len(words) > _MOST_ZH + 3 else words


def _without_claims(piece: str) -> str:
    """A piece of a title without words that assert what no fact backs."""
    folded = fold(piece)
    spans = [t for t in terms(folded.text) if t.kind in _DOUBTFUL] + list(phrases(folded.text))
    for term in sorted(spans, key=lambda term: -term.start):
        start, end = folded.span(term.start, term.end)
        piece = f"{piece[:start]} {piece[end:]}"
    return piece.strip()


def _boasts(text: str) -> bool:
    folded = fold(text).text
    return any(True for _ in phrases(folded))


def _short_en(title: str) -> str:
    """The thing an English title is about, in four words at most."""
    bare = _CODE.sub(" ", _NEW_EN.sub(" ", _BRACKETED.sub(" ", title)))
    first = re.sub(r"\s+", " ", _TAIL_EN.sub("", bare.strip(" -–|,"))).strip(" -–|,")
    words = (first or re.sub(r"\s+", " ", bare).strip()).split()
    return " ".join(words[-_MOST_EN:] if len(words) > _LONG["en"] else words)
