"""Live changes of single facts, kept in the shop's .presenter/overrides.json."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from core.errors import ContentError
from core.message import Message, Word, message_of
from core.product import Fact, Money, Source
from knowledge.amounts import parse_count, parse_money
from knowledge.fields import BY_KEY
from knowledge.language import language_of
from knowledge.settings import STATE

FILE: Final = f"{STATE}/overrides.json"


@dataclass(frozen=True, slots=True)
class Override:
    """A fact's value as somebody changed it while the room ran."""

    fact_id: str
    value: str | float | Money
    by: str
    # "console", "api"
    replaced: str
    # what the files said then: once they say something else, the files are newer and win
    product_id: str = ""
    field: str = ""
    variant: str = ""
    # of a fact that the files do not give; "" for others


def load_overrides(folder: Path) -> dict[str, Override]:
    """The changes by fact id. Raises ContentError when the file is damaged."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        overrides = [Override(**{**row, "value": _value(row["value"])}) for row in rows]
    except (json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        message = Message("is damaged; live changes are not applied. Delete it or mend it")
        raise ContentError(message, file=FILE) from error
    return {override.fact_id: override for override in overrides}


def save_overrides(folder: Path, overrides: Iterable[Override]) -> None:
    """Write the changes so that a crash in the middle leaves the earlier file."""
    path = folder / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(override) for override in overrides]
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(path)


def apply_overrides(
    facts: Iterable[Fact], overrides: Mapping[str, Override], added: Iterable[Override] = ()
) -> tuple[Fact, ...]:
    """The facts of a product with live changes in place of what the files say.

    Args:
        facts: as the files give them.
        overrides: by fact id.
        added: changes of this product that give it a fact which the files do not.
    """
    known = [_applied(fact, overrides.get(fact.id)) for fact in facts]
    ids = {fact.id for fact in known}
    return (*known, *(_new_fact(one) for one in added if one.fact_id not in ids))


def additions(overrides: Iterable[Override]) -> dict[str, list[Override]]:
    """Changes that give facts which the files do not, by product."""
    found: dict[str, list[Override]] = {}
    for override in overrides:
        if override.product_id:
            found.setdefault(override.product_id, []).append(override)
    return found


def is_outdated(override: Override, fact: Fact | None, products: Container[str]) -> bool:
    """Whether the files have changed since the change was made.

    Args:
        override: the change.
        fact: what the files say now, None when nothing.
        products: ids of all products.
    """
    if override.product_id:
        return fact is not None or override.product_id not in products
    return fact is None or fingerprint(fact) != override.replaced


def fact_id_of(product_id: str, field: str, variant: str) -> str:
    return f"{product_id}/{variant}.{field}" if variant else f"{product_id}.{field}"


def fingerprint(fact: Fact) -> str:
    return repr(fact.value)


def _applied(fact: Fact, override: Override | None) -> Fact:
    if override is None or override.product_id or fingerprint(fact) != override.replaced:
        return fact
    return replace(fact, value=override.value, source=Source(FILE, override.by))


def _new_fact(override: Override) -> Fact:
    kind = BY_KEY[override.field]
    return Fact(
        override.fact_id, override.product_id, override.variant, override.field, kind.type,
        override.value, "", language_of(str(override.value), "zh"), Source(FILE, override.by),
        kind.zh,
    )  # fmt: skip


def _value(stored: object) -> str | float | Money:
    if isinstance(stored, dict):
        return Money(int(stored["minor"]), str(stored["currency"]))
    if isinstance(stored, int | float):
        return float(stored)
    return str(stored)


def new_value(product_id: str, field: str, value: str, currency: str) -> str | float | Money:
    """A value for a fact that the files do not give. Raises ContentError."""
    try:
        if BY_KEY[field].type == "price":
            return parse_money(value, currency)
        if BY_KEY[field].type == "stock":
            count = parse_count(value)
            if count < 0:
                raise ValueError(Message("a stock of {count} cannot be", count=count))
            return float(count)
    except ValueError as error:
        raise refused_value(message_of(error), product_id, field) from error
    return value


def typed_value(fact: Fact, value: str | float | Money) -> str | float | Money:
    """A value of the fact's own type. Raises ContentError."""
    try:
        if isinstance(fact.value, Money):
            if isinstance(value, Money):
                return value
            return parse_money(str(value), fact.value.currency)
        if fact.type == "stock":
            count = parse_count(f"{value:g}" if isinstance(value, float) else str(value))
            if count < 0:
                raise ValueError(Message("a stock of {count} cannot be", count=count))
            return float(count)
        if isinstance(fact.value, float):
            return _number(str(value))
    except ValueError as error:
        raise refused_value(message_of(error), fact.product_id, fact.field) from error
    return str(value)


def refused_value(message: Message, product_id: str, field: str) -> ContentError:
    """Why a fact of a product cannot be changed so."""
    known = BY_KEY.get(field)
    return ContentError(message, file=product_id, field=Word(field, known.zh) if known else field)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ValueError(Message("{text!r} is no number", text=text)) from None
