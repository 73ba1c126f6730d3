"""A phrase with its slots filled, its marks in order and its cues in place."""

import re
from dataclasses import dataclass

from core.language import Language
from core.line import Cue
from script_engine.composer.grammar import Pick
from script_engine.composer.phrases import SLOT, Move, Template
from script_engine.composer.slots import Slot
from script_engine.cues import cue

_ASKS = re.compile("(吗|有没有|是不是)。")
# a question that somebody's own words end in
_SENTENCE = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")
_DOUBLED_ZH = re.compile(r"([？！])[。，；]|([，；：])(?=[。？！，])")
_DOUBLED_EN = re.compile(r"([?!])[.,;]|([,;:])(?=[.?!,;])")
_ARTICLE = re.compile(r"\b([Aa])(?=( )[aeiou])(?! (?:one|uni|use|usu|eu))")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to word a step."""

    text: str
    move: Move
    template: Template
    places: dict[str, int]
    # where each slot begins in the text
    fact_ids: tuple[str, ...]
    picks: tuple[Pick, ...]


def worded(
    move: Move,
    template: Template,
    expanded: str,
    picks: list[Pick],
    slots: dict[str, Slot],
    language: Language,
) -> Wording:
    """The words with every slot filled."""
    text = ""
    places: dict[str, int] = {}
    fact_ids: list[str] = []
    all_picks = list(picks)
    position = 0
    named: set[str] = set()
    for match in SLOT.finditer(expanded):
        text += expanded[position : match.start()]
        slot = _slot(match[1], slots, named)
        places.setdefault(match[1], len(text))
        text += slot.text
        fact_ids += slot.fact_ids
        all_picks += slot.picks
        position = match.end()
    text = finished(text + expanded[position:], language)
    return Wording(text, move, template, places, tuple(dict.fromkeys(fact_ids)), tuple(all_picks))


def _slot(name: str, slots: dict[str, Slot], named: set[str]) -> Slot:
    """The slot's words; a fact whose topic was named just before does not name it again."""
    if name in ("ask", "label") or (name == "pre" and "asked" in slots):
        named.add("tell")
    elif name in ("ask2", "label2"):
        named.add("tell2")
    if name in named:
        return slots.get(name.replace("tell", "told"), slots[name])
    return slots[name]


def finished(text: str, language: Language) -> str:
    """Every question gets its mark, every English sentence its capital; no mark stands twice."""
    if language == "zh":
        text = _DOUBLED_ZH.sub(lambda match: match[1] or "", text)
        return _ASKS.sub(lambda match: match[1] + "？", text)
    text = _DOUBLED_EN.sub(lambda match: match[1] or "", text)
    text = _ARTICLE.sub(lambda match: match[1] + ("n" if match[2] else ""), text)
    return _SENTENCE.sub(lambda match: match.group().upper(), text)


def cues_of(wording: Wording) -> tuple[Cue, ...]:
    found = []
    for written in wording.template.cues:
        name, _, slot = written.partition("@")
        if not slot or slot in wording.places:
            at = min(wording.places.get(slot, 0), len(wording.text))
            found.append(cue(name, at))
    return tuple(sorted(found, key=lambda each: each.at))
