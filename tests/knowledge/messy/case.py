"""Files as staff have them, with the facts that a careful person reads in them, and a score.

Each case was written before it was known how the readers take it. A fact is a line
`product | variant | field | value`; money is `129.00 CNY`, a number `30ml`, text as it stands.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from core.product import Fact, Money
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
_UNITS = {
    "毫升": "ml", "克": "g", "千克": "kg", "公斤": "kg", "厘米": "cm", "毫米": "mm", "瓦": "w",
    "个月": "months", "month": "months", "year": "years", "年": "years", "天": "days",
    "day": "days",
}  # fmt: skip
_WHOLE_SHOP = "shop"


@dataclass(frozen=True, slots=True)
class Case:
    """One shop's files and what is to be known from them."""

    name: str
    write: Callable[[Path], None]
    facts: str
    # a line each: product | variant | field | value
    products: str = ""
    # ids, or names where the file has no ids; all there are
    tolerated: str = ""
    # fields whose facts are neither asked for nor wrong
    never: Sequence[str] = ()
    # words that no fact may hold
    settings: str = ""
    # shop.toml


@dataclass(slots=True)
class Score:
    """What was found of what is there, and what is known that is not there."""

    wanted: int = 0
    found: int = 0
    produced: int = 0
    right: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / max(self.wanted, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.produced, 1)

    def add(self, other: "Score") -> None:
        self.wanted += other.wanted
        self.found += other.found
        self.produced += other.produced
        self.right += other.right
        self.missing += other.missing
        self.wrong += other.wrong


def load_case(case: Case, folder: Path) -> Shop:
    case.write(folder)
    if case.settings:
        (folder / "shop.toml").write_text(case.settings, encoding="utf-8")
    return load_shop(folder, VirtualClock(NOW))


def score_case(case: Case, shop: Shop) -> Score:
    """Counts a product that should not be as wrong, one that is missing as not found."""
    score = Score()
    wanted = [_parse(line) for line in case.facts.strip().splitlines() if line.strip()]
    keys = {part.strip() for part in case.products.split(";") if part.strip()}
    keys |= {one[0] for one in wanted if one[0] != _WHOLE_SHOP}
    key_of, facts = {}, list(shop.facts_of(""))
    single = {product.id for product in shop.products() if len(product.variants) <= 1}
    for product in shop.products():
        names = {plain(product.id), plain(product.name), *(plain(n) for _, n in product.names)}
        key = next((key for key in keys if plain(key) in names), "")
        score.produced += 1
        if key:
            score.right += 1
            key_of[product.id] = key
        else:
            score.wrong.append(f"{case.name}: product {product.id} {product.name}")
        facts += shop.facts_of(product.id)
    for key in sorted(keys):
        score.wanted += 1
        if key in key_of.values():
            score.found += 1
        else:
            score.missing.append(f"{case.name}: product {key}")
    tolerated = set(case.tolerated.split()) | {"name", "brand", "category", "colour", "size"}
    met: set[int] = set()
    for fact in facts:
        key = key_of.get(fact.product_id, "" if fact.product_id else _WHOLE_SHOP)
        only = fact.product_id in single
        hits = [n for n, want in enumerate(wanted) if _meets(fact, key, want, is_only=only)]
        met |= set(hits)
        if not hits and (not key or fact.field in tolerated or _is_derived(fact, key, wanted)):
            continue
        score.produced += 1
        if hits:
            score.right += 1
        else:
            score.wrong.append(f"{case.name}: {_shown(fact, key)}")
        for word in case.never:
            if _says(fact, word):
                score.wrong.append(f"{case.name}: NEVER {_shown(fact, key)}")
                score.produced += 1
    score.wanted += len(wanted)
    score.found += len(met)
    score.missing += [
        f"{case.name}: {' | '.join(want)}" for n, want in enumerate(wanted) if n not in met
    ]
    return score


def _says(fact: Fact, word: str) -> bool:
    if isinstance(fact.value, Money):
        return f"{fact.value.minor / 100:.2f}" == word
    return isinstance(fact.value, str) and plain(word) in plain(fact.value)


def plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s,，。.;；:：、'\"“”‘’()/|*#-]+", "", text)


def _parse(line: str) -> tuple[str, str, str, str]:
    product, variant, name, value = (part.strip() for part in line.split("|", 3))
    return product, variant, name, value


def _meets(fact: Fact, key: str, want: tuple[str, str, str, str], *, is_only: bool) -> bool:
    """`is_only`: the product has one variant at most, so that both are the same."""
    product, variant, name, value = want
    if value == "in stock":
        name = f"{name}/availability"
    if key != product or fact.field not in name.split("/"):
        return False
    if not is_only and _tokens(fact.variant) != _tokens(variant):
        return False
    if value.startswith("["):
        # [from..until] of the shop's zone: when it holds
        span, _, value = value[1:].partition("] ")
        starts, _, ends = span.partition("..")
        if _day(fact.valid_from) != starts or _day(fact.valid_until) != ends:
            return False
    if value == "in stock":
        return fact.value not in (0.0, "0")
    if isinstance(fact.value, Money):
        return f"{fact.value.minor / 100:.2f} {fact.value.currency}" == value
    if fact.field == "size_table":
        return all(plain(part) in plain(str(fact.value)) for part in value.split())
    mine, theirs = _number(fact) or plain(_dotted(str(fact.value))), plain(_dotted(value))
    labelled = plain(fact.label) + mine
    return theirs in (mine, labelled) or (theirs in mine and len(theirs) * 2 >= len(mine))


def _number(fact: Fact) -> str:
    if not isinstance(fact.value, float):
        return ""
    unit = _UNITS.get(fact.unit, fact.unit).casefold()
    return plain(_dotted(f"{fact.value:g}{unit}"))


def _dotted(text: str) -> str:
    return re.sub(r"(?<=\d)\.(?=\d)", "·", text)


def _day(when: datetime | None) -> str:
    return when.strftime("%Y-%m-%d") if when else ""


def _tokens(variant: str) -> frozenset[str]:
    parts = re.split(r"\s*[/,，;；]\s*|\s+", unicodedata.normalize("NFKC", variant).casefold())
    return frozenset(part.split(":")[-1] for part in parts if part and part != "-")


def _is_derived(fact: Fact, key: str, wanted: list[tuple[str, str, str, str]]) -> bool:
    """Whether a product's price or stock follows from what its variants are to have."""
    if fact.variant or fact.field not in ("price", "list_price", "price_from", "stock"):
        return False
    name = "price" if fact.field == "price_from" else fact.field
    values = [w[3] for w in wanted if w[0] == key and w[1] not in ("", "-") and w[2] == name]
    if not values:
        return fact.field == "price_from" and any(w[:1] == (key,) and w[2] == name for w in wanted)
    if isinstance(fact.value, Money):
        amounts = sorted(float(value.split()[0]) for value in values)
        mine = fact.value.minor / 100
        return mine == amounts[0] and (fact.field == "price_from" or mine == amounts[-1])
    counts = [float(value) for value in values if value.replace(".", "").isdigit()]
    return fact.value == sum(counts) or len(counts) < len(values)


def _shown(fact: Fact, key: str) -> str:
    value = fact.value
    text = f"{value.minor / 100:.2f} {value.currency}" if isinstance(value, Money) else value
    where = f"{fact.source.file} {fact.source.place}"
    return f"{key} | {fact.variant} | {fact.field} | {text}{fact.unit}  ({where})"
