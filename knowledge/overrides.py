"""Live changes of single facts, kept in the shop's .presenter/overrides.json."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from core.errors import ContentError
from core.product import Fact, Money, Source
from knowledge.amounts import parse_count, parse_money
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


def load_overrides(folder: Path) -> dict[str, Override]:
    """The changes by fact id. Raises ContentError when the file is damaged."""
    path = folder / FILE
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        overrides = [
            Override(row["fact_id"], _value(row["value"]), row["by"], row["replaced"])
            for row in rows
        ]
    except (json.JSONDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        message = "is damaged; live changes are not applied. Delete it or mend it"
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


def apply_overrides(facts: Iterable[Fact], overrides: Mapping[str, Override]) -> tuple[Fact, ...]:
    """The facts with live changes in place of what the files say."""
    return tuple(_applied(fact, overrides.get(fact.id)) for fact in facts)


def is_outdated(override: Override, fact: Fact | None) -> bool:
    """Whether the files have changed since the change was made."""
    return fact is None or fingerprint(fact) != override.replaced


def fingerprint(fact: Fact) -> str:
    return repr(fact.value)


def _applied(fact: Fact, override: Override | None) -> Fact:
    if override is None or is_outdated(override, fact):
        return fact
    return replace(fact, value=override.value, source=Source(FILE, override.by))


def _value(stored: object) -> str | float | Money:
    if isinstance(stored, dict):
        return Money(int(stored["minor"]), str(stored["currency"]))
    if isinstance(stored, int | float):
        return float(stored)
    return str(stored)


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
                raise ValueError(f"a stock of {count} cannot be")
            return float(count)
        if isinstance(fact.value, float):
            return float(str(value))
    except ValueError as error:
        raise ContentError(str(error), file=fact.product_id, field=fact.field) from error
    return str(value)
