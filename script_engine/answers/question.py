"""A question taken apart: what it names, what kind of amount it wants, which parts it has."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from script_engine.answers.folder import FOLDER
from script_engine.answers.topics import topics
from script_engine.glossary import named_at
from script_engine.lexicon import terms
from script_engine.quantities import quantities
from script_engine.quantities import units as unit_words
from script_engine.text import CJK


@dataclass(frozen=True, slots=True)
class _Asking:
    """The words of asking."""

    filler: re.Pattern[str]
    empty: frozenset[str]
    vague: frozenset[str]
    companions: frozenset[str]
    wants: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    # with the kinds of amount that they want


@lru_cache(maxsize=1)
def _asking() -> _Asking:
    raw = tomllib.loads((FOLDER / "asking.toml").read_text(encoding="utf-8"))
    return _Asking(
        re.compile("|".join(raw["asking"])),
        frozenset(raw["empty"].split()),
        frozenset(raw["vague"].split()),
        frozenset(f"={name}" for name in raw["companions"].split()),
        tuple(
            (re.compile("|".join(each["words"])), frozenset(each["kinds"])) for each in raw["wants"]
        ),
    )


_KNOWN_TERMS = frozenset(
    {"ingredient", "suitability", "effect", "certificate", "material", "colour"}
)
_PART_END = re.compile(
    r"[。！!;；\n]+|[?？]+|[,，、]|(?<!\d)\.(?!\d)"
    r"|\s(?:and|also) (?=how|what|is|does|do|can|when|where)|(?<=多少钱)(?=.{3,})"
)
_COUNTED = re.compile(
    r"(?:几|多少)个(?P<of>[\u4e00-\u9fff])(?![月时])"
    r"|(?:几|多少)(?P<zh>[个袋片包块餐顿碗孔口码粒颗支条枚杯层档根张节针格抽贴种款件瓶罐盒页人面扇盏朵次遍泡回])(?!性)"
    r"|(?:几|多少)(?P<code>[a-z]{1,4})(?![a-z])"
    r"|how many (?P<en>[a-z]{3,}(?: [a-z]{3,})?)"
)
_NUMBER_WANTED = re.compile(r"多少(?!钱)|\bhow (?:many|much)\b|几(?=[a-z\u4e00-\u9fff])")
_YES_OR_NO = re.compile(r"(?:can|could|does|do|is|are|will|would) ")
# "can I see how much is left" wants no number
_ASIDE = re.compile(
    r"(?<=.{8}) (?:when|while|if|because|since|so that) (?:i|you|we|it|it's|its|my|they|the)\b"
)
# what comes behind tells when, and less of what is asked
_EITHER = re.compile(r"还是|\bor\b")
_MOST_OF = 0.6
# share of a longer known word that a shorter one inside it must have to stand for it
_SUBJECT = re.compile(
    r"\b(?:does|do) (?:the|this|your|these|its) (\w+(?: \w+)?) (?:have|come with|include|contain)\b"
)
# of what it is asked whether it has something
_JUDGED = re.compile(r"^(?:so |and |hi |hey )?(?:is|are) (?:the|this|your|its|these) (\w+) (?=\w)")
# of what it is asked how it is: it tells less than what is asked of it
_BEFORE_HEAD = re.compile(r"(?:什么|啥|哪种|几个|几种)$")
_DONE = re.compile(r"(?<=.)(?:[好完掉住着过里上下]|边上|旁边|附近)$")
# what tells that a thing is done, not what is done: 热好, 拿掉
_WHETHER = re.compile(r"(.)[不没]\1")
# 高不高, 有没有
_MOST_PARTS = 3
_HEAD, _MODIFIER, _KNOWN, _SINGLE, _LITTLE = 2.0, 1.0, 2.0, 1.0, 0.5
# weights of a word that stands last in its group, of one before it, of a known thing, of one
# Chinese character


class Unit(NamedTuple):
    """One thing that a question names."""

    text: str
    keys: frozenset[str]
    # of topics, glossary entries and terms that it is known as
    lesser: frozenset[str]
    # of known things inside it
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks."""

    text: str
    units: tuple[Unit, ...]
    wants: frozenset[str]
    # kinds of amount one of which an answer must have; none when it asks for none
    counted: str
    # what it asks the number of: 袋, "settings"
    number: bool
    # wants a number of any kind
    either: bool
    # offers two things to choose from
    amounts: frozenset[tuple[str, float]] = frozenset()
    # that it names itself, as unit and value

    @property
    def wants_amount(self) -> bool:
        """Whether an answer must have a number."""
        return bool(self.wants or self.counted or self.number)


def parts(folded: str) -> list[str]:
    """The parts of a comment between marks, at most three, the fragments joined to a neighbour."""
    found = [part.strip() for part in _PART_END.split(folded) if part and part.strip()]
    return found[:_MOST_PARTS] or [folded]


def whole_parts(folded: str) -> list[str]:
    """The parts of a comment; one that names nothing goes with the part before it.

    "do you ship to Canada, how long" asks how long that takes.
    """
    whole: list[str] = []
    for part in parts(folded):
        if whole and question(part).wants and not question(part).units:
            whole[-1] = f"{whole[-1]} {part}"
        else:
            whole.append(part)
    return whole


@lru_cache(maxsize=8192)
def question(folded: str) -> Question:
    """A folded comment as a question."""
    spans = _known_spans(folded)
    subjects = [match.span(1) for match in _SUBJECT.finditer(folded)]
    subjects_judged = not subjects
    if subjects_judged:
        subjects = [match.span(1) for match in _JUDGED.finditer(folded)]
    wants: set[str] = set()
    asked = folded
    wanted_at: list[tuple[int, int]] = []
    for pattern, kinds in _asking().wants:
        if match := pattern.search(asked):
            wants |= kinds
            asked = _blanked(asked, match.start(), match.end())
            wanted_at.append(match.span())
    units: list[tuple[int, Unit]] = []
    covered = list(folded)
    for start, end, keys, lesser in spans:
        weight = _LITTLE if keys & _light() else _KNOWN
        if keys & _asking().companions:
            weight = _MODIFIER
        if keys & {topic.key for topic in topics() if topic.units & wants}:
            weight = _MODIFIER  # the amount that is wanted says as much
        if any(a <= start < b for a, b in subjects):
            weight = min(weight, _MODIFIER if subjects_judged else _LITTLE)
        units.append((start, Unit(folded[start:end], keys, lesser, weight)))
        covered[start:end] = "\x00" * (end - start)
    rest = "".join(covered)
    for start, end in wanted_at:
        rest = _blanked(rest, start, end)
    for match in _unit_asked().finditer(asked):
        word = match["zh"] or match["en"]
        wants.add(unit_words()[0][word].name)
        rest = _blanked(rest, match.start(), match.end())
        units = [(at, unit) for at, unit in units if not match.start() <= at < match.end()]
    if wants & {"time", "month"}:
        wants |= {"time", "month", "working day"}
    counted = ""
    if not wants and (match := _COUNTED.search(folded)):
        counted = match["of"] or match["zh"] or match["en"] or f"#{match['code']}"
    said = quantities(folded)
    amounts = frozenset((q.unit, round(q.value, 6)) for q in said if q.kind == "measure")
    for quantity in said:
        # what a viewer measures of their own names nothing in a fact
        if quantity.kind in {"measure", "money"}:
            rest = _blanked(rest, quantity.start, quantity.end)
    for match in _WHETHER.finditer(folded):
        rest = _blanked(rest, match.start(), match.end())
    units += _chinese_units(rest) + _english_units(rest)
    aside = _ASIDE.search(folded)
    if aside and any(at < aside.start() and unit.weight >= 1 for at, unit in units):
        units = [
            (at, unit._replace(weight=min(unit.weight, _LITTLE)) if at > aside.start() else unit)
            for at, unit in units
        ]
    units.sort(key=lambda pair: pair[0])
    number = bool(_NUMBER_WANTED.search(folded)) and not _YES_OR_NO.match(folded)
    return Question(
        folded, tuple(unit for _, unit in units), frozenset(wants), counted, number,
        bool(_EITHER.search(folded)), amounts,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _unit_asked() -> re.Pattern[str]:
    """Asking for an amount in a unit: 多少瓦, "how many watts"."""
    measures = [word for word, unit in unit_words()[0].items() if unit.kind == "measure"]
    words = sorted((w for w in measures if len(w) > 1 or not w.isascii()), key=len, reverse=True)
    chinese = "|".join(
        re.escape(word) for word in words if not word.isascii() and word not in "次遍回倍"
    )
    english = "|".join(re.escape(word) for word in words if word.isascii() and word != "times")
    return re.compile(
        rf"(?:多少|几)(?:个)?(?P<zh>{chinese}|(?:{english})(?![a-z]))"
        rf"|how many (?P<en>{english})(?![a-z])"
    )


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(topic.key for topic in topics() if topic.light)


def is_empty(word: str) -> bool:
    """Whether an English word names nothing."""
    return word in _asking().empty


def _blanked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _known_spans(folded: str) -> list[tuple[int, int, frozenset[str], frozenset[str]]]:
    """Known things in a text, the longest first where they overlap."""
    matches: list[tuple[int, int, str]] = []
    for topic in topics():
        matches += [(m.start(), m.end(), topic.key) for m in topic.pattern.finditer(folded)]
    matches += [(start, end, f"={name}") for start, end, name in named_at(folded)]
    matches += [(t.start, t.end, f"+{t.group}") for t in terms(folded) if t.kind in _KNOWN_TERMS]
    found: list[tuple[int, int, frozenset[str], frozenset[str]]] = []
    taken = [False] * (len(folded) + 1)
    for start, end in sorted({(s, e) for s, e, _ in matches}, key=lambda span: span[0] - span[1]):
        if end == start or any(taken[start:end]):
            continue
        keys = frozenset(key for s, e, key in matches if (s, e) == (start, end))
        keys |= frozenset(
            k for s, e, k in matches
            if start <= s and e <= end and (e - s) >= _MOST_OF * (end - start)
        )  # fmt: skip
        inside = frozenset(k for s, e, k in matches if start <= s and e <= end) - keys
        found.append((start, end, keys, inside))
        taken[start:end] = [True] * (end - start)
    return sorted(found)


def _chinese_units(text: str) -> list[tuple[int, Unit]]:
    found: list[tuple[int, Unit]] = []
    blanked = _asking().filler.sub(lambda match: " " * len(match.group()), text)
    for run in re.finditer(f"[{CJK}]+", blanked):
        word = run.group()
        if len(word) > 1 and word not in _asking().vague:
            word = _DONE.sub("", word)
        weight = _LITTLE if word in _asking().vague else _SINGLE if len(word) == 1 else _HEAD
        if len(word) == 1 and _BEFORE_HEAD.search(text[: run.start()]):
            weight = _HEAD  # 什么弦, 几个孔: the thing itself
        found.append((run.start(), Unit(word, frozenset(), frozenset(), weight)))
    return found


def _english_units(text: str) -> list[tuple[int, Unit]]:
    words = [m for m in re.finditer(r"[a-z0-9]+(?:[.'-][a-z0-9]+)*", text)
             if m.group() not in _asking().empty and len(m.group()) > 1]  # fmt: skip
    found: list[tuple[int, Unit]] = []
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        joined = after is not None and text[word.end() : after.start()].strip(" ") == ""
        weight = _MODIFIER if joined else _HEAD
        if re.fullmatch(r"[\d.]+", word.group()):
            weight = _MODIFIER
        if word.group() in _asking().vague:
            weight = _LITTLE
        found.append((word.start(), Unit(word.group(), frozenset(), frozenset(), weight)))
    return found


def without_people(asked: Question) -> Question:
    """A question without whom it is asked for: 里面有芝麻吗，我过敏."""
    kept = tuple(unit for unit in asked.units if not unit.keys & _PEOPLE)
    return replace(asked, units=kept)


_PEOPLE = frozenset({"敏感", "孕妇", "小孩", "老人", "+过敏体质", "+敏感肌", "+孕妇", "+宝宝"})
