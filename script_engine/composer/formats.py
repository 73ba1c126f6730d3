"""Show formats: which moves a pitch makes, how long it lasts, and words of its own.

A format is a TOML file in `configs/formats/`; the product's category chooses it.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from core.config import Settings, load_settings
from core.errors import ConfigError
from core.language import Language
from script_engine.composer.phrases import (
    Move,
    Phrases,
    Template,
    book,
    check_phrases,
    templates_of,
)


class Beat(Settings):
    """A move of the body of a pitch."""

    move: Move
    weight: Annotated[float, Field(gt=0)] = 1.0
    fields: tuple[str, ...] = ()
    # of the facts it leans on; empty: those the move takes by itself


class OwnPhrases(Phrases):
    """Words that only this format has."""

    language: Language
    move: Move


class ShowFormat(Settings):
    """How a pitch is built. Left as it is, it is the plain pitch."""

    title: str = "plain pitch"
    categories: tuple[str, ...] = ()
    # words in the category of the products it is for; empty: for those no other format takes
    minutes: Annotated[float, Field(gt=0, le=60)] = 3.5
    opening: tuple[Move, ...] = ("hook", "need")
    body: tuple[Beat, ...] = (
        Beat(move="point", weight=4.0),
        Beat(move="pair", weight=2.0),
        Beat(move="proof", weight=2.5),
        Beat(move="demonstration", weight=2.0),
        Beat(move="objection", weight=1.5),
        Beat(move="caution", weight=0.8),
        Beat(move="policy", weight=1.0),
        Beat(move="extra", weight=0.8),
        Beat(move="recap", weight=0.8),
        Beat(move="peek", weight=0.5),
        Beat(move="story", weight=0.8),
        Beat(move="talk", weight=0.7),
        Beat(move="ask", weight=0.7),
        Beat(move="offer", weight=0.5),
    )
    closing: tuple[Move, ...] = ("offer", "stock", "call", "ask")
    phrase: tuple[OwnPhrases, ...] = ()

    def fits(self, category: str) -> bool:
        named = category.lower()
        return any(word.lower() in named for word in self.categories)

    def small_talk(self, moves: tuple[Move, ...]) -> tuple[Move, ...]:
        """Of some moves the ones that this format makes; talk and short reactions belong to all."""
        own = {*self.opening, *self.closing, *(beat.move for beat in self.body), "talk", "beat"}
        return tuple(move for move in moves if move in own)

    def templates(self, move: Move, language: Language) -> tuple[Template, ...]:
        """The format's own ways to make a move in a language."""
        return templates_of(_own(self.phrase, move, language), flavour=True)


@lru_cache(maxsize=512)
def _own(phrases: tuple[OwnPhrases, ...], move: Move, language: Language) -> tuple[Phrases, ...]:
    return tuple(group for group in phrases if group.move == move and group.language == language)


PLAIN = ShowFormat()


def load_formats(folder: Path) -> dict[str, ShowFormat]:
    """All formats of a folder by name.

    Raises:
        ConfigError: a file has a wrong key, move, bracket, part or slot.
    """
    found = {}
    for path in sorted(folder.glob("*.toml")):
        found[path.stem] = loaded = load_settings(path, ShowFormat)
        for phrases in loaded.phrase:
            check_phrases((phrases,), book(phrases.language), str(path))
    return found


def words_of(formats: Sequence[ShowFormat]) -> tuple[str, ...]:
    """Every phrase of the formats."""
    return tuple(text for each in formats for group in each.phrase for text in group.texts)


def choose_format(formats: Sequence[ShowFormat], categories: Sequence[str]) -> ShowFormat:
    """The first format for one of the categories, else one for all, else the plain pitch."""
    for category in categories:
        for each in formats:
            if each.fits(category):
                return each
    return next((each for each in formats if not each.categories), PLAIN)


def named_format(formats: dict[str, ShowFormat], name: str, file: str = "") -> ShowFormat:
    """The format of that name. Raises ConfigError that names what there is."""
    if name not in formats:
        known = ", ".join(formats) or "none"
        raise ConfigError(f"no show format {name!r}; there are: {known}", file=file)
    return formats[name]
