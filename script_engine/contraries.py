"""Clauses of a line that say the opposite of a fact, or of one thing what is true of another."""

import re
import tomllib
from collections import Counter
from functools import lru_cache

from core.product import Fact
from script_engine.claims import NEGATIVE
from script_engine.crossing import foreign, in_common, meanings
from script_engine.lexicon import FOLDER, terms
from script_engine.quantities import quantities
from script_engine.readings import FUNCTION, Reading, topic_words
from script_engine.text import HAN, JOINED, fold

_NO_STATEMENT = frozenset({"name", "brand", "category", "scene", "description"})
# fields that say nothing that a line could contradict
_COUNTED = frozenset({"price", "stock", "size_table"})
_REASSURES = re.compile(
    r"放心|也能|也可以|照样|照用|照穿|没问题|不怕|无惧|没关系|不影响|随便|尽管|也行|都行|没事|"
    r"不用担心|随意|\b(?:safe|fine|no problem|no worries|go ahead|okay|ok|suitable|don't worry|"
    r"even (?:in|for|with|during)|perfect for|great for|you can)\b"
)
# says that nothing speaks against it
_INCLUDES = re.compile(r"[配附带含送备]|包括|有|includ|comes? with|in the box|provided|supplied")
_APART = re.compile(
    r"另外?[卖买购售配]|单独?[卖买购售]|自备|不[含配带附送包]|separately|not included|without"
)
_MADE_OF = re.compile(r"是|做|用|材质|\b(?:is|are|made)\b")
_NOT_SO = re.compile(r"[不没无未别勿]")
_EMPTY = frozenset("的了是有也都就能可以会吗呢啊吧哦呀这那它个一下用再")
_FEW = 3
# characters that a clause must have to be held against a fact one by one
_AGREES = 0.6
# share of words that two clauses have in common when they speak of the same
_CAUTION_BONUS = 0.2
# what must not be done is worth a looser reading
_ONE = re.compile(
    r"(?:一|\bone )(?P<unit>[步滴泵档层片团支根节包袋瓶盒页孔格勺杯粒颗]|pumps?|drops?|steps?|"
    r"levels?|layers?|sheets?|balls?|skeins?|sections?|pages?|scoops?|cups?|sticks?|bags?|packs?)"
    r"(?![一-鿿]?一[步滴层片团支])(?!起|边|面|路|定|般)"
)


def contrary(words: frozenset[str], denied: bool, own: list[Reading], clause: str) -> Fact | None:
    """The fact that says the opposite of a clause, when none says the same.

    What one of the two denies the other must speak of: "look at the ingredients" says nothing
    against "there is no grain in the ingredients".
    """
    agrees, differs, contrary = 0.0, 0.0, None
    agreed, broken = frozenset[str](), frozenset[str]()
    alike = unlike = ""
    reassures = not denied and bool(_REASSURES.search(clause))
    parts = [p for r in own if r.fact.type not in _COUNTED for p in r.parts]
    often = Counter(word for part in parts for word in part.words)
    things = Counter(m for p in parts for m in meanings(p.text)) if reassures else Counter[str]()
    for reading in own:
        fact = reading.fact
        if fact.type in _COUNTED or fact.field in _NO_STATEMENT:
            continue
        for part in reading.parts:
            rare = often
            said, told = words, part.words
            refused = denied_words(clause if denied else part.text)
            if foreign(clause, part.text):
                said, told, rare = meanings(clause), meanings(part.text), things
                refused = meanings(_refusal(clause if denied else part.text))
                if len(said & told) < 2 and not (reassures or _INCLUDES.search(clause)):
                    continue  # one thing that both name is met by chance
            shared = len(said & told)
            if not shared or (part.careful and not (reassures and fact.type == "caution")):
                continue
            if part.denied != denied and not refused & (told if denied else said):
                continue
            share = shared / len(said if denied else told)
            if len(told) <= 2 * len(said):
                share = max(share, shared / len(said))
            if fact.type == "caution" and shared >= 2:
                share += _CAUTION_BONUS
            if part.denied != denied and reassures and any(rare[w] == 1 for w in said & told):
                share = max(share, _AGREES)
            if not denied and _INCLUDES.search(clause) and _APART.search(part.text):
                share = max(share, _AGREES)
            if part.denied == denied:
                close = shared / min(len(said), len(told))
                close += _CAUTION_BONUS if fact.type == "caution" and shared >= 2 else 0
                agreed |= words if foreign(clause, part.text) else said & told
                if close > agrees:
                    agrees, alike = close, part.text
            elif share > differs:
                differs, contrary, broken = share, fact, said & told
                unlike = _refusal(part.text) if part.denied else ""
    # an exception to a rule: its condition stands in no clause that agrees
    named = {c for c in FUNCTION.sub("", clause) if HAN.match(c)} & set(unlike) - set(alike)
    # 调 of 色温可以调, which is too short for words of its own
    excepted = agrees == differs and (not agreed & broken or bool(named))
    return contrary if differs >= _AGREES and (agrees < differs or excepted) else None


def other_count(clause: str, words: frozenset[str], own: list[Reading]) -> Fact | None:
    """The fact that counts more where a clause says one: one pump, one step, one drop."""
    match = _ONE.search(clause)
    if match is None or re.search(r"[每第同]$|\bper $|\beach $", clause[: match.start()]):
        return None
    said = quantities("2" + match["unit"])[0]
    clause = clause[: match.start()] + " " + clause[match.end() :]
    found = None
    for reading in own:
        for part in reading.parts:
            for quantity in part.quantities:
                if (quantity.kind, quantity.unit) != (said.kind, said.unit):
                    continue
                if quantity.value == 1:
                    return None
                about = f"{fold(reading.fact.label).text}: {part.text}"
                if in_common(words, clause, part.words | reading.label, about):
                    found = reading.fact
    return found


@lru_cache(maxsize=1)
def _opposites() -> tuple[tuple[tuple[re.Pattern[str], ...], bool], ...]:
    raw = tomllib.loads((FOLDER / "opposites.toml").read_text(encoding="utf-8"))
    return tuple(
        (tuple(re.compile(side) for side in each["sides"]), each.get("anywhere", False))
        for each in raw["among"]
    )


def _sides(text: str) -> dict[int, frozenset[int]]:
    """For each list of opposites that a text has a word of, which sides."""
    found = {
        place: frozenset(at for at, side in enumerate(sides) if side.search(text))
        for place, (sides, _) in enumerate(_opposites())
    }
    return {place: sides for place, sides in found.items() if sides}


def opposed(clause: str, words: frozenset[str], own: list[Reading]) -> Fact | None:
    """The fact of which a clause says the other of two things, such as the wrong way to turn."""
    said = _sides(clause)
    if not said:
        return None
    found = None
    for reading in own:
        if reading.fact.field in _NO_STATEMENT:
            continue
        for part in reading.parts:
            told = _sides(part.text)
            for place in said.keys() & told.keys():
                if said[place] & told[place]:
                    return None
                known = part.words | reading.label
                about = f"{fold(reading.fact.label).text}: {part.text}"
                named = in_common(words, clause, known, about)
                if named or _opposites()[place][1] or reading.fact.field == "audience":
                    found = reading.fact
    return found


def spelled_out(clause: str, own: list[Reading]) -> Fact | None:
    """The fact that denies what a clause affirms in the same characters: 用过有毛也能退.

    Words of one character each are no pairs by which topics compare.
    """
    plain = _REASSURES.sub("", clause)
    said = {c for c in plain if HAN.match(c)} - _EMPTY
    reassures = bool(_REASSURES.search(clause))
    for reading in own:
        if len(said) < (1 if reassures and reading.fact.type == "caution" else _FEW):
            continue
        for part in reading.parts:
            if part.denied and said <= set(part.text) and not _NOT_SO.search(plain):
                return reading.fact
    return None


def mixed(clause: str, own: list[Reading]) -> Fact | None:
    """The fact whose parts a clause mixes up: says of the handle what is true of the blade."""
    for reading in own:
        if reading.fact.field != "material" or len(reading.parts) < 2:
            continue
        for said in JOINED.split(clause):
            if _of_another_part(said, reading):
                return reading.fact
            shared = [len(meanings(said) & meanings(part.text)) for part in reading.parts]
            several = sum(map(bool, shared)) >= 2
            if several and max(shared) == 1 and _MADE_OF.search(said):
                return reading.fact
    return None


def _of_another_part(said: str, reading: Reading) -> bool:
    """Whether one part is said to be of the material that only another part is of."""
    materials = {term.group for term in terms(said) if term.kind == "material"}
    subject = _without_materials(said)
    of, other = False, False
    for part in reading.parts if materials else ():
        rest = _without_materials(part.text)
        named = in_common(topic_words(subject), subject, topic_words(rest), rest) > 0
        made = {group for kind, group in part.positive if kind == "material"}
        if named and made & materials:
            return False
        of = of or bool(made & materials)
        other = other or bool(named and made)
    return of and other


def _without_materials(folded: str) -> str:
    for term in reversed([term for term in terms(folded) if term.kind == "material"]):
        folded = f"{folded[: term.start]} {folded[term.end :]}"
    return folded


@lru_cache(maxsize=20_000)
def denied_words(clause: str) -> frozenset[str]:
    """What a clause says is not so: the words after its first negation, all when there are none."""
    return topic_words(_refusal(clause)) or topic_words(clause)


def _refusal(clause: str) -> str:
    """What of a clause follows its first negation, all of it when there is none."""
    first = NEGATIVE.search(clause)
    rest = clause[first.end() :] if first else ""
    return rest if rest.strip() else clause
