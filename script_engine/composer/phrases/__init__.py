"""What the built-in writer can say, kept as data: a folder of TOML files for each language.

    [parts]
    noted = "<，记一下|，先放心里>"
    [fields.material]
    label = "材质"
    ask = "是什么料子"
    tell = "<料子用的是|面料是>{value}"
    [[point]]
    cues = ["open_palm", "card@point"]
    texts = ["<先说|先看>这一点：{point}[noted]。"]
    [[reason]]
    fields = ["material"]
    pre = ["隔着屏幕摸不着"]
    post = ["<洗的时候|换季收起来>也省心"]

See `composer.grammar` for the brackets, `SLOTS` for what stands in braces. A reason says why one
asks for a fact, before it or after it; it asserts nothing by itself.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from rapidfuzz import process

from core.config import Settings, parse_settings
from core.errors import ConfigError
from core.language import Language
from script_engine.composer.grammar import count
from script_engine.composer.trades import known_trades

LANGUAGES: tuple[Language, ...] = ("zh", "en")
Move = Literal[
    "hook", "need", "story", "talk", "point", "pair", "proof", "demonstration", "size", "objection",
    "caution", "policy", "offer", "extra", "stock", "call", "ask", "recap", "peek", "beat",
    "opening", "notice", "evergreen", "bridge", "resume",
]  # fmt: skip
MOVES: tuple[Move, ...] = get_args(Move)
Moment = Literal[
    "morning", "noon", "afternoon", "evening", "night", "spring", "summer", "autumn", "winter",
    "weekday", "weekend",
]  # fmt: skip
SLOT = re.compile(r"\{(\w+)\}")
SLOTS = frozenset(
    {
        "call", "folks", "name", "it", "ordinal", "description", "scenes", "scene", "skin_type",
        "skin_label", "point", "value", "value2", "label", "label2", "tell", "tell2", "ask", "ask2",
        "usage", "care", "feel", "question", "answer", "price", "list_price", "saving", "prices",
        "stock", "before", "pre", "post", "goods", "asked", "one", "other", "third",
        "neighbour", "neighbour_link",
    }
)  # fmt: skip


class Phrases(Settings):
    """Ways to make one move, a sentence or two each, with choices, parts and slots."""

    texts: tuple[str, ...]
    cues: tuple[str, ...] = ()
    # "card@price": show the card when the price is said
    at: tuple[Moment, ...] = ()
    # said only then; empty: always
    trades: tuple[str, ...] = ()
    # of the goods it suits, as `composer.trades` names them; empty: of all


class Template(Settings):
    """One way to make a move."""

    text: str
    cues: tuple[str, ...] = ()
    at: tuple[Moment, ...] = ()
    trades: tuple[str, ...] = ()
    flavour: bool = False
    # belongs to the show format and is preferred to what everybody says

    @property
    def slots(self) -> set[str]:
        return set(SLOT.findall(self.text))


class Address(Settings):
    """Whom the presenter speaks to."""

    category: str = ""
    # a word in the product's category; "" for all
    call: tuple[str, ...]
    folks: tuple[str, ...]


class FieldWords(Settings):
    """How a field is called, asked for and told."""

    label: str
    ask: str = ""
    # a viewer's question without its mark; "" when the label must do
    tell: str = ""
    # with {value}; "" when the label must do


class Reason(Settings):
    """Why one asks for facts of some fields: words to say before and after them."""

    fields: tuple[str, ...]
    trades: tuple[str, ...] = ()
    # empty: whatever the goods
    pre: tuple[str, ...] = ()
    post: tuple[str, ...] = ()


class Book(Settings):
    """The phrase book of a language."""

    address: tuple[Address, ...]
    it: tuple[str, ...]
    # words for the product beside its names
    plain: FieldWords
    # for fields without words of their own, with {label}
    fields: dict[str, FieldWords]
    parts: dict[str, str]
    reason: tuple[Reason, ...]
    moves: dict[Move, tuple[Phrases, ...]]

    @property
    def labels(self) -> dict[str, str]:
        return {field: words.label for field, words in self.fields.items()}

    def templates(self, move: Move) -> tuple[Template, ...]:
        return templates_of(self.moves.get(move, ()))

    def reasons(self, field: str, trade: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What may be said before and after a fact of the field."""
        fitting = [
            each
            for each in self.reason
            if field in each.fields and (not each.trades or trade in each.trades)
        ]
        return (
            tuple(text for each in fitting for text in each.pre),
            tuple(text for each in fitting for text in each.post),
        )


@lru_cache(maxsize=512)
def templates_of(groups: tuple[Phrases, ...], *, flavour: bool = False) -> tuple[Template, ...]:
    """Each text of the groups with what holds for its group."""
    return tuple(
        Template(text=text, cues=group.cues, at=group.at, trades=group.trades, flavour=flavour)
        for group in groups
        for text in group.texts
    )


@lru_cache(maxsize=len(LANGUAGES))
def book(language: Language) -> Book:
    """The phrase book of a language; English stands in for a language without one."""
    folder = Path(__file__).parent / (language if language in LANGUAGES else "en")
    raw: dict[str, Any] = {"moves": {}, "parts": {}, "fields": {}, "reason": []}
    for path in sorted(folder.glob("*.toml")):
        for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in MOVES:
                raw["moves"].setdefault(key, []).extend(value)
            elif key in ("parts", "fields"):
                raw[key].update(value)
            elif key == "reason":
                raw[key].extend(value)
            else:
                raw[key] = value
    found = parse_settings(raw, Book, file=str(folder))
    for move in MOVES:
        check_phrases(found.moves.get(move, ()), found, str(folder))
    for each in found.reason:
        _check_trades(each.trades, str(folder))
        for text in (*each.pre, *each.post):
            _check_text(text, found, str(folder))
    return found


def check_phrases(groups: tuple[Phrases, ...], book: Book, file: str) -> None:
    """Raises ConfigError for a bracket left open, or a part, slot or trade that does not exist."""
    for group in groups:
        _check_trades(group.trades, file)
        for text in group.texts:
            _check_text(text, book, file)


def _check_text(text: str, book: Book, file: str) -> None:
    try:
        count(text, book.parts)
    except ValueError as error:
        raise ConfigError(str(error), file=file) from error
    except KeyError as error:
        name = str(error.args[0])
        raise ConfigError(
            f"{text!r}: no part [{name}]{_near(name, book.parts)}", file=file
        ) from None
    for slot in SLOT.findall(text):
        if slot not in SLOTS:
            raise ConfigError(f"{text!r}: no slot {{{slot}}}{_near(slot, SLOTS)}", file=file)


def _check_trades(names: tuple[str, ...], file: str) -> None:
    for name in names:
        if name not in known_trades():
            raise ConfigError(f"no trade {name!r}{_near(name, known_trades())}", file=file)


def _near(name: str, known: Any) -> str:
    best = process.extractOne(name, sorted(known), score_cutoff=60)
    return f"; did you mean {best[0]!r}?" if best else ""
