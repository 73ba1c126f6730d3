"""What the built-in writer can say, kept as data: one book for each language."""

from functools import lru_cache
from pathlib import Path

from core.config import Settings, load_settings
from core.language import Language
from script_engine.composer.grammar import parse

LANGUAGES: tuple[Language, ...] = ("zh", "en")
MOVES = (
    "hook", "need", "point", "proof", "demonstration", "objection", "caution", "policy", "offer",
    "extra", "stock", "call", "ask", "opening", "notice", "evergreen", "bridge", "resume",
)  # fmt: skip


class Template(Settings):
    """One sentence or two with choices and slots."""

    text: str
    cues: tuple[str, ...] = ()
    # "card@price": show the card when the price is said


class Words(Settings):
    """How the presenter speaks to people."""

    call: tuple[str, ...]
    folks: tuple[str, ...]
    it: tuple[str, ...] = ()
    joiner: str = ", "


class Address(Settings):
    """What is different for one category of products."""

    call: tuple[str, ...]
    folks: tuple[str, ...]


class Book(Settings):
    """The phrase book of a language."""

    words: Words
    categories: dict[str, Address]
    labels: dict[str, str]
    hook: tuple[Template, ...]
    need: tuple[Template, ...]
    point: tuple[Template, ...]
    proof: tuple[Template, ...]
    demonstration: tuple[Template, ...]
    objection: tuple[Template, ...]
    caution: tuple[Template, ...]
    policy: tuple[Template, ...]
    offer: tuple[Template, ...]
    extra: tuple[Template, ...]
    stock: tuple[Template, ...]
    call: tuple[Template, ...]
    ask: tuple[Template, ...]
    opening: tuple[Template, ...]
    notice: tuple[Template, ...]
    evergreen: tuple[Template, ...]
    bridge: tuple[Template, ...]
    resume: tuple[Template, ...]

    def templates(self, move: str) -> tuple[Template, ...]:
        found: tuple[Template, ...] = getattr(self, move)
        return found


@lru_cache(maxsize=len(LANGUAGES))
def book(language: Language) -> Book:
    """The phrase book of a language; English stands in for a language without one."""
    spoken = language if language in LANGUAGES else "en"
    found = load_settings(Path(__file__).parent / f"{spoken}.toml", Book)
    for move in MOVES:
        for template in found.templates(move):
            parse(template.text)
    return found
