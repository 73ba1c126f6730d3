"""Text that reads like an order to a machine: in a product file it is no fact."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from core.product import Fact
from script_engine.text import fold

_TRIAGE = Path(__file__).parent / "answers" / "triage.toml"


@lru_cache(maxsize=100_000)
def gives_orders(fact: Fact) -> bool:
    """Whether somebody put an order for a model where a fact belongs."""
    if not isinstance(fact.value, str):
        return False
    return any(_orders().search(fold(text).text) for text in (fact.value, fact.label))


@lru_cache(maxsize=1)
def _orders() -> re.Pattern[str]:
    """The same turns of phrase by which a comment is known as one."""
    kinds = tomllib.loads(_TRIAGE.read_text(encoding="utf-8"))["kind"]
    patterns = [each for kind in kinds if kind["name"] == "injection" for each in kind["patterns"]]
    return re.compile("|".join(patterns))
