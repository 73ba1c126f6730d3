"""Answers in words: a template for each kind of answer, filled from facts."""

import random
import re
from collections.abc import Iterable
from functools import lru_cache

from core.config import Settings, load_settings
from core.language import Language
from script_engine.answers.folder import FOLDER
from script_engine.composer.grammar import Choice, parse

_SLOT = re.compile(r"\{(\w+)\}")


class Replies(Settings):
    """How answers are worded in one language."""

    price: tuple[str, ...]
    price_list: tuple[str, ...]
    prices: tuple[str, ...]
    list_price: tuple[str, ...]
    offered: tuple[str, ...]
    price_yes: tuple[str, ...]
    price_no: tuple[str, ...]
    stock: tuple[str, ...]
    stock_variant: tuple[str, ...]
    in_stock: tuple[str, ...]
    availability: tuple[str, ...]
    sold_out: tuple[str, ...]
    sold_out_variant: tuple[str, ...]
    fact: tuple[str, ...]
    labelled: tuple[str, ...]
    policy: tuple[str, ...]
    faq: tuple[str, ...]
    caution: tuple[str, ...]
    size: tuple[str, ...]
    size_ask: tuple[str, ...]
    size_outside: tuple[str, ...]
    listed: tuple[str, ...]
    suits: tuple[str, ...]
    measure: tuple[str, ...]
    quoted: tuple[str, ...]
    versions: tuple[str, ...]
    compare: tuple[str, ...]
    compare_price: tuple[str, ...]
    compare_equal: tuple[str, ...]
    compare_aspect: tuple[str, ...]
    compare_one: tuple[str, ...]
    recommend: tuple[str, ...]
    price_low: tuple[str, ...]
    price_high: tuple[str, ...]
    order: tuple[str, ...]
    about: tuple[str, ...]
    greeting: tuple[str, ...]
    thanks: tuple[str, ...]
    praise: tuple[str, ...]
    robot: tuple[str, ...]
    medical: tuple[str, ...]
    medical_fact: tuple[str, ...]
    careful: tuple[str, ...]
    unknown: tuple[str, ...]
    language: tuple[str, ...]
    labels: dict[str, str]
    # what fields are called in an answer


@lru_cache(maxsize=2)
def replies(language: Language) -> Replies:
    """The wording of a language; English stands in for one without."""
    name = "zh" if language == "zh" else "en"
    return load_settings(FOLDER / f"replies_{name}.toml", Replies)


def word(kind: str, slots: dict[str, str], language: Language, rng: random.Random) -> str:
    """One way to say an answer of this kind with these slots filled.

    Raises:
        KeyError: no template of the kind can do with these slots.
    """
    templates: tuple[str, ...] = getattr(replies(language), kind)
    fitting = [t for t in templates if set(_SLOT.findall(t)) <= set(slots)]
    if not fitting:
        raise KeyError(f"{kind}: no wording with {sorted(slots)}")
    text = _expand(parse(rng.choice(fitting)), rng)
    filled = _SLOT.sub(lambda match: slots[match[1]], text)
    return filled[:1].upper() + filled[1:] if language != "zh" else filled


def _expand(parts: Iterable[object], rng: random.Random) -> str:
    """One of the texts a template stands for."""
    return "".join(
        _expand(rng.choice(part.options), rng) if isinstance(part, Choice) else str(part)
        for part in parts
    )
