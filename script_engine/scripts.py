"""Scripts that staff write in Markdown: said word for word, with fields filled when spoken.

    # 玻尿酸精华 开场
    [product: BT1001] [scene: soft-daylight] [smile]
    姐妹们看过来，今天这瓶精华直播间只要 {price}。 [show: card]

A paragraph is a line of speech; cues stand in brackets where they begin; `{field}` is a field of
the product's facts. A pause inside a paragraph parts it: the silence comes before what follows.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from core.errors import ContentError
from core.language import Language
from core.line import Cue, Line
from core.message import Message, Word
from core.product import Fact
from script_engine.gate import Blocked, Draft, Gate
from script_engine.readings import usable
from script_engine.script_markup import (
    Field,
    Part,
    at_pauses,
    blocks_of,
    has_words,
    nearest,
    parts_of,
    tidy,
)
from script_engine.shop import Shop
from script_engine.spoken import told
from script_engine.text import detect_language

_ITEM = re.compile(r"^(?:[-*+]|\d+\.)\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of speech as staff wrote it."""

    parts: tuple[Part, ...]
    product_id: str
    line: int
    # in the file, where it begins


@dataclass(frozen=True, slots=True)
class Script:
    """A staff script, checked for cues, fields and products."""

    title: str
    path: Path
    paragraphs: tuple[Paragraph, ...]
    _shop: Shop
    _gate: Gate

    def about(self, product_id: str) -> tuple[Paragraph, ...]:
        """What it says of one product; of none for ""."""
        return tuple(each for each in self.paragraphs if each.product_id == product_id)

    def lines(
        self, when: datetime, on_blocked: Callable[[Blocked], None] = lambda blocked: None
    ) -> Iterator[Line]:
        """The script's lines as they may be said now.

        Args:
            when: fields are filled with, and claims held against, the facts of this moment.
            on_blocked: told of each paragraph that may not be said; the rest goes on.
        """
        for paragraph in self.paragraphs:
            line = self.line(paragraph, when)
            if isinstance(line, Line):
                yield line
            else:
                on_blocked(line)

    def line(self, paragraph: Paragraph, when: datetime) -> Line | Blocked:
        """One paragraph filled and checked."""
        plain = "".join(part for part in paragraph.parts if isinstance(part, str))
        language = detect_language(plain)
        text = ""
        cues: list[Cue] = []
        fact_ids: list[str] = []
        missing: list[str] = []
        for part in paragraph.parts:
            if isinstance(part, str):
                text += part
            elif isinstance(part, Cue):
                cues.append(Cue(part.kind, part.value, len(text)))
            elif fact := _fact(self._shop, paragraph.product_id, part.name, language, when):
                text += told(fact, language)
                fact_ids.append(fact.id)
            else:
                missing.append(part.name)
        draft = Draft(
            text=text.strip(),
            language=language,
            kind="pitch",
            product_id=paragraph.product_id,
            fact_ids=tuple(dict.fromkeys(fact_ids)),
            cues=tuple(cues),
            move="script",
        )
        if missing:
            place = f"{self.path.name}, line {paragraph.line}"
            return Blocked(draft, tuple(f"{place}: no valid {name} now" for name in missing))
        return self._gate.admit(draft, when)


def load_script(path: Path, shop: Shop, gate: Gate, scenes: Sequence[str] = ()) -> Script:
    """A script from its file. See `parse_script`.

    Raises:
        ContentError: the file cannot be read, or holds a wrong cue, field or product; names the
            file and the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = Message("cannot be read as UTF-8 text: {error}", error=error)
        raise ContentError(message, file=str(path)) from error
    return parse_script(text, path, shop, gate, scenes)


def parse_script(
    text: str, path: Path, shop: Shop, gate: Gate, scenes: Sequence[str] = ()
) -> Script:
    """A script from its text.

    Args:
        text: Markdown as staff wrote it.
        path: named in errors.
        shop: whose products and fields it speaks of.
        gate: which each line must pass when it is spoken.
        scenes: the scenes there are; empty when that is not known.

    Raises:
        ContentError: it holds a wrong cue, field or product; names the file and the line.
    """
    title = path.stem
    paragraphs: list[Paragraph] = []
    product_id = ""
    waiting: list[Part] = []
    # cues that stand alone belong to the next words
    for number, block in blocks_of(text):
        if heading := re.match(r"#+\s+(.*)", block):
            title = heading[1].strip() if not paragraphs else title
            continue
        parts: list[Part] = []
        for offset, line in enumerate(block.split("\n")):
            where = number + offset
            for part in parts_of(_ITEM.sub("", line.strip()), path, where):
                if isinstance(part, tuple):
                    product_id = _known_product(part[1], shop, path, where)
                elif isinstance(part, Cue) and part.kind == "scene":
                    _check_scene(part.value, scenes, path, where)
                    parts.append(part)
                elif isinstance(part, Field):
                    _check_field(part, product_id, shop, path, where)
                    parts.append(part)
                else:
                    parts.append(part)
        for piece in at_pauses(parts):
            if has_words(piece):
                paragraphs.append(Paragraph(tuple(tidy([*waiting, *piece])), product_id, number))
                waiting = []
            else:
                waiting += [part for part in piece if isinstance(part, Cue)]
    return Script(title, path, tuple(paragraphs), shop, gate)


def _check_scene(name: str, scenes: Sequence[str], path: Path, number: int) -> None:
    if scenes and name not in scenes:
        message = Message("no scene {name!r}; {hint}", name=name, hint=nearest(name, scenes))
        raise ContentError(message, file=str(path), row=f"line {number}")


def _known_product(product_id: str, shop: Shop, path: Path, number: int) -> str:
    ids = [product.id for product in shop.products()]
    if product_id in ids:
        return product_id
    message = Message(
        "no product {name!r} in the shop; {hint}", name=product_id, hint=nearest(product_id, ids)
    )
    raise ContentError(message, file=str(path), row=f"line {number}")


def _check_field(field: Field, product_id: str, shop: Shop, path: Path, number: int) -> None:
    own = shop.facts_of(product_id) if product_id else ()
    known = sorted({fact.field for fact in (*own, *shop.facts_of(""))})
    if field.name in known or (field.name == "price" and "price_from" in known):
        return
    about = product_id or Word(
        "the shop (no [product: ...] stands before it)", "店铺（前面没有写 [product: 货号]）"
    )
    message = Message(
        "{about} has no {{{name}}}; {hint}",
        about=about, name=field.name, hint=nearest(field.name, known),
    )  # fmt: skip
    raise ContentError(message, file=str(path), row=f"line {number}", field=field.name)


def _fact(
    shop: Shop, product_id: str, field: str, language: Language, when: datetime
) -> Fact | None:
    """The product's own fact, else the one price its variants start at, else the shop's.

    Of words in several languages those in the paragraph's.
    """
    own = usable(shop.facts_of(product_id), when) if product_id else []
    names = ("price", "price_from") if field == "price" else (field,)
    for name in names:
        found = [fact for fact in own if fact.field == name and not fact.variant]
        if found:
            return _in_language(found, language)
    whole = [fact for fact in usable(shop.facts_of(""), when) if fact.field == field]
    return _in_language(whole, language) if whole else None


def _in_language(facts: list[Fact], language: Language) -> Fact:
    return next((fact for fact in facts if fact.language == language), facts[0])
