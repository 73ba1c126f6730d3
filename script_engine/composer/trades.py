"""Which trade a product belongs to: it decides what small talk and which reasons fit."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.language import Language
from script_engine.shop import Shop


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of goods."""

    name: str
    # "" when no trade is known
    goods_zh: str
    goods_en: str
    # what one shops for
    noun_zh: str
    noun_en: str
    # one of its goods, when it has no name that can be said
    pattern: re.Pattern[str]

    def noun(self, language: Language) -> str:
        return self.noun_zh if language == "zh" else self.noun_en

    def goods(self, language: Language) -> str:
        return self.goods_zh if language == "zh" else self.goods_en


@lru_cache(maxsize=1)
def trades() -> tuple[Trade, ...]:
    """Every trade of `trades.toml`, in the order they are asked."""
    raw = tomllib.loads((Path(__file__).parent / "trades.toml").read_text(encoding="utf-8"))
    return tuple(
        Trade(
            name,
            each["goods_zh"],
            each["goods_en"],
            each["noun_zh"],
            each["noun_en"],
            _any_of(each["words"].split("|")),
        )
        for name, each in raw.items()
    )


UNKNOWN = Trade("", "东西", "things", "东西", "item", re.compile(r"(?!)"))


@lru_cache(maxsize=4096)
def trade_of(texts: tuple[str, ...]) -> Trade:
    """The trade that the first telling text names.

    Args:
        texts: what is known, the surest first: category, what staff wrote there, names.
    """
    for text in texts:
        found = [(m.start(), t) for t in trades() if (m := t.pattern.search(text.lower()))]
        if found:
            return min(found, key=lambda each: each[0])[1]
    return UNKNOWN


def trade_of_product(shop: Shop, product_id: str) -> Trade:
    """The trade of a product: by its category as staff wrote it, else by its names."""
    product = shop.product(product_id)
    written = [str(fact.value) for fact in shop.facts_of(product_id, "category")]
    names = [name for _, name in product.names]
    found = trade_of((*written, product.category, product.name, *names))
    last = trade_of(tuple(re.split(r"[/>|]", text)[-1] for text in written))
    # of home and kettle the second says more
    return last if found.name == "home" and last is not UNKNOWN else found


def known_trades() -> frozenset[str]:
    return frozenset(trade.name for trade in trades())


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Chinese words stand anywhere; English ones as words, plural or not."""
    parts = [
        rf"(?<![a-z]){re.escape(word.strip())}(?:e?s)?(?![a-z])"
        if word.strip().isascii()
        else re.escape(word.strip())
        for word in words
    ]
    return re.compile("|".join(parts))
