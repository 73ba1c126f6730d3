"""What the clauses of facts say: numbers in words, terms and dates."""

import re
from datetime import datetime, timedelta

from script_engine.amounts import FIELD_WORDS, equal, fits, same
from script_engine.claims import Assertion, denies
from script_engine.crossing import foreign, in_common, in_other_words
from script_engine.dates import Day, relative_day
from script_engine.lexicon import terms
from script_engine.numbers import numbers
from script_engine.quantities import Quantity, quantities
from script_engine.readings import Part, Reading, topic_words
from script_engine.text import HAN, JOINED, content_words, fold

_STRIKING = 100
# an amount so large, in a unit, is met by chance in no other fact
_SIDES = {
    "height": re.compile(r"高(?![档清温压端频])|\b(?:tall|high(?! setting| mode)|height|drop)\b"),
    "width": re.compile(r"宽(?!松)|\b(?:wide|width)\b"),
    "length": re.compile(r"长(?![期途久按效])|\b(?:long|length)\b"),
    "thickness": re.compile(r"厚|\bthick(?:ness)?\b"),
    "depth": re.compile(r"深(?![色受])|\b(?:deep|depth)\b"),
    "weight": re.compile(r"重(?![复新要])|\bweigh|\bheavy\b"),
    "girth": re.compile(r"[胸腰臀领袖]围|周长|\b(?:chest|bust|waist|hips?|girth)\b"),
    "diameter": re.compile(r"直径|口径|\b(?:diameter|across)\b"),
}
_OR = re.compile(r"\b(?:and|or|while|but)\b|[和与及或、/]|以及|或者")
# parts one clause into what it says of several things
_PARTS_OF_IT = frozenset({"节", "页", "档", "格", "孔", "弦", "键", "层"})
# counted of one thing only
_OWN_UNITS = frozenset(
    {"g", "cm", "ml", "gsm", "watt", "mah", "volt", "lumen", "kelvin", "decibel"}
)
# what is measured of a thing itself, not of what it does


_WHOLE = re.compile(r"整[件个机台套把辆]|全部|通通|\b(?:whole|entire|everything|all of it)\b")
# said of all of a thing, what is told of a part of it does not back it


def number_in_text(
    assertion: Assertion, quantity: Quantity, readings: list[Reading], cited: frozenset[str]
) -> str:
    """A clause of a fact with the same number in the same unit, cited or on the same topic.

    A clause that shares more words with the line, but has another number, speaks against it: of
    40 hours at low light and 8 at full brightness each goes with its own.
    """
    told = {field for field, words in FIELD_WORDS.items() if words.search(assertion.clause)}
    about = _told_of(assertion, quantity)
    words, denied = topic_words(about), denies(about)
    beside = [q for q in quantities(assertion.clause) if not _equal_in_text(quantity, q)]
    best, found, against = -1, "", 0
    said = topic_words(assertion.sentence)
    measured = quantity.kind == "measure" and quantity.unit in _OWN_UNITS
    around = _around(assertion, quantity)
    written = assertion.clause[len(assertion.before) :][: assertion.end - assertion.start]
    sided = quantity.kind == "bare" and any(s.search(assertion.before) for s in _SIDES.values())
    # 直径四十五: nobody says the centimetres
    striking = quantity.kind == "measure" and any(n.value >= _STRIKING for n in numbers(written))
    for reading in readings:
        fact = reading.fact
        if assertion.kind == "stock" and fact.type != "policy":
            continue
        if not fits(assertion, fact, readings):
            continue
        if around and around in reading.text:
            return fact.id
        if assertion.before.endswith("满") and "满" not in reading.text:
            continue
        if quantity.kind == "bare" and _literal(assertion) and _literal(assertion) in reading.text:
            return fact.id
        if quantity.kind == "code":
            if any(equal(quantity, other) for other in reading.quantities):
                return fact.id
            continue
        own = fact.field in told or any(FIELD_WORDS[field].search(reading.text) for field in told)
        near = fact.id in cited or fact.field in told or bool(assertion.topics & reading.words)
        near = near or (striking and fact.type != "policy")
        near = near or (quantity.unit == "clock" and fact.type == "policy")
        near = near or in_common(words, about, reading.words, reading.text) > 0
        label = fold(fact.label).text
        for part in reading.parts:
            beside_too = sum(any(_equal_in_text(b, o) for o in part.quantities) for b in beside)
            held = any(
                _equal_in_text(quantity, other)
                # 18 cm tall and 19 across: the second has no unit of its own
                or (sided and other.unit == "cm" and same(quantity.value, other.value))
                or (beside_too and quantity.kind == "bare" and same(quantity.value, other.value))
                for other in part.quantities
            )
            shared = 2 * beside_too + in_common(
                words, about, part.words | reading.label, f"{label}: {part.text}"
            )
            held = held and _its_own(words, about, quantity, part)
            held = held and _right_side(about, quantity, part)
            held = held and not (_WHOLE.search(about) and part.words - words - reading.label)
            # A weight or a length is the product's own wherever it is told, unless it is another
            # one: thick is not tall. Any other number needs a word in common.
            parts = quantity.kind == "count" and quantity.unit in _PARTS_OF_IT
            listed = quantity.kind == "count" and not part.words
            # "48 pieces" alone is a fact of its own
            alike = in_common(said, assertion.sentence, part.words, part.text) > 0
            its = bool(fact.product_id) and (measured or parts or listed or alike)
            here = (near or beside_too or its) and not _another_side(about, part.text)
            free = measured and not (fact.field in FIELD_WORDS and fact.field not in told)
            if held and (own or free or not told or beside_too) and here and shared > best:
                best, found = shared, fact.id
            if part.denied and not part.quantities and not denied:
                # two years for the stand, none for the shade
                against = max(against, in_common(words, about, part.words, part.text))
            rivals = [q for q in part.quantities if _comparable(quantity, q)]
            if not held and any(not any(_equal_in_text(b, q) for b in beside) for q in rivals):
                against = max(against, shared)
    return found if best >= against else ""


def share_of(assertion: Assertion, quantity: Quantity, readings: list[Reading]) -> str | None:
    """The fact that gives a material this percentage; None when no material is spoken of."""
    length = assertion.end - assertion.start
    wanted = _component(assertion.clause, len(assertion.before) + length)
    if quantity.kind != "percent" or wanted is None:
        return None
    for reading in readings:
        for other in reading.quantities:
            alike = other.kind == "percent" and same(other.value, quantity.value)
            if alike and _component(reading.text, other.end) == wanted:
                return reading.fact.id
    return ""


def dated(day: Day, readings: list[Reading]) -> str:
    """A fact that names the day, or holds from or until it."""
    for reading in readings:
        fact = reading.fact
        if any(day.agrees(other) for other in reading.days):
            return fact.id
        # an offer until midnight holds until the day before
        last = fact.valid_until and fact.valid_until - timedelta(seconds=1)
        for limit in (fact.valid_from, fact.valid_until, last):
            if limit and day.agrees(Day(limit.year, limit.month, limit.day, 0, 0)):
                return fact.id
    return ""


def term(assertion: Assertion, readings: list[Reading]) -> str:
    """A fact that affirms or denies the term, or a synonym, of the same thing as the line."""
    key = (assertion.what, assertion.group)
    words = topic_words(assertion.clause)
    if _WHOLE.search(assertion.clause) and any(
        key in (r.positive if assertion.negative else r.negative) for r in readings
    ):
        return ""
    for reading in readings:
        if key not in (reading.negative if assertion.negative else reading.positive):
            continue
        parts = [
            p for p in reading.parts if key in (p.negative if assertion.negative else p.positive)
        ]
        told = not parts and key not in reading.conditional
        if told or any(not _of_another(assertion, words, part, reading) for part in parts):
            return reading.fact.id
    return ""


def spoken_of(assertion: Assertion, readings: list[Reading]) -> str:
    """A clause that says of the same words the same, yes or no."""
    words = content_words(assertion.group)
    found = terms(assertion.group)
    meant = {(term.kind, term.group) for term in found}
    # a word of the lexicon is backed by its like in another language: Zhejiang by 浙江
    rest = assertion.group
    for term in reversed(found):
        rest = rest[: term.start] + rest[term.end :]
    listed = bool(found) and not rest.strip()
    alone = re.compile(rf"(?<![\u4e00-\u9fff])(?:.*[和与含有加无])?{re.escape(assertion.group)}")
    for reading in readings:
        for part in reading.parts:
            if part.denied != assertion.negative:
                continue
            if listed and meant <= part.positive:
                return reading.fact.id
            known = reading.words
            if foreign(assertion.group, part.text):
                known = content_words(f"{part.text} ; {in_other_words(part.text)}")
            shared = len(words & known)
            if any(word.isascii() and word not in known for word in words):
                continue  # "foam tips" is not backed by "silicone tips"
            if words and (2 * shared >= len(words) or (meant and meant <= part.positive)):
                return reading.fact.id
            if not words and alone.search(part.text):
                return reading.fact.id
    return ""


def hurry(assertion: Assertion, readings: list[Reading], when: datetime) -> str:
    """An offer that ends when the line says, today or on a day it names."""
    today = re.search(r"今[天晚日]|下播|[点时]|最后|hour|today|tonight|last", assertion.group)
    for reading in readings:
        until = reading.fact.valid_until
        if until is None or reading.fact.type not in {"price", "policy"}:
            continue
        day = relative_day(assertion.clause, when.astimezone(until.tzinfo).date())
        if day is not None and until.date() not in {day, day + timedelta(days=1)}:
            continue
        if not today or (until - when).total_seconds() <= 24 * 3600:
            return reading.fact.id
    return verbatim(assertion, readings)


def verbatim(assertion: Assertion, readings: list[Reading]) -> str:
    """A fact that has the very words."""
    for reading in readings:
        if assertion.group in reading.text:
            return reading.fact.id
    return ""


def _literal(assertion: Assertion) -> str:
    """A number with the character after it, where that is Chinese: 七速."""
    at, length = len(assertion.before), assertion.end - assertion.start
    following = assertion.clause[at + length : at + length + 1]
    return assertion.clause[at : at + length + 1] if HAN.match(following or " ") else ""


def _another_side(clause: str, told: str) -> bool:
    """Whether one is about the height, say, and the other about the thickness."""
    sides, known = (
        {side for side, words in _SIDES.items() if words.search(text)} for text in (clause, told)
    )
    return bool(sides and known and not sides & known)


def _its_own(words: frozenset[str], about: str, quantity: Quantity, part: Part) -> bool:
    """Whether a number that a part tells beside others of its kind goes with these words there.

    "4 mm needles or 3.5 mm hooks": the hook is not of 4 mm.
    """
    alike = [q for q in part.quantities if _comparable(quantity, q)]
    if len({q.value for q in alike}) < 2:
        return True
    own = others = 0
    for text in _OR.split(part.text):
        told = quantities(text)
        shared = in_common(words, about, topic_words(text), text)
        if any(_equal_in_text(quantity, q) for q in told):
            own = max(own, shared)
        elif any(_comparable(quantity, q) for q in told):
            others = max(others, shared)
    return own >= others


def _right_side(about: str, quantity: Quantity, part: Part) -> bool:
    """Whether one of several unnamed sides may be this one: what is thick is the least of them."""
    sides = [q.value for q in part.quantities if q.kind == "measure" and q.unit == "cm"]
    named = any(words.search(part.text) for words in _SIDES.values())
    if named or len(sides) < 2:
        return True
    if _SIDES["thickness"].search(about):
        return same(quantity.value, min(sides))
    return not _SIDES["length"].search(about) or same(quantity.value, max(sides))


def _told_of(assertion: Assertion, quantity: Quantity) -> str:
    """The words a number stands among: of a clause that tells several of its kind, its own part."""
    clause, at = assertion.clause, len(assertion.before)
    alike = [q for q in quantities(clause) if (q.kind, q.unit) == (quantity.kind, quantity.unit)]
    if len(alike) < 2:
        return clause
    ends = [m.start() for m in JOINED.finditer(clause)]
    first = max((end for end in ends if end <= at), default=0)
    last = min((end for end in ends if end >= at + assertion.end - assertion.start), default=None)
    return clause[first:last]


def _around(assertion: Assertion, quantity: Quantity) -> str:
    """A number inside a word with a character on either side: 三 in 乙基己基三嗪酮."""
    length = assertion.end - assertion.start
    at = len(assertion.before)
    around = assertion.clause[max(at - 1, 0) : at + length + 1]
    inside = quantity.kind == "bare" and length == 1 and len(around) == 3
    return around if inside and HAN.match(around[0]) and HAN.match(around[2]) else ""


def _comparable(quantity: Quantity, other: Quantity) -> bool:
    """Whether two numbers count the same kind of thing."""
    if {quantity.kind, other.kind} == {"bare", "money"}:
        return True
    times = {"time", "month"}
    if quantity.kind == other.kind == "measure" and {quantity.unit, other.unit} <= times:
        return True
    return quantity.kind == other.kind and quantity.unit == other.unit


def _component(folded: str, at: int) -> tuple[str, str] | None:
    """The material or ingredient that a percentage is of: what comes right after it."""
    following = re.match(r"\s*(?:的|of )?\s*", folded[at:])
    start = at + (following.end() if following else 0)
    for term in terms(folded[start : start + 24]):
        if term.kind in {"material", "ingredient"} and term.start <= 4:
            return term.kind, term.group
    return None


def _equal_in_text(quantity: Quantity, other: Quantity) -> bool:
    """As `_equal`; the unit of money may be left out, as in 满299."""
    if {quantity.kind, other.kind} == {"bare", "money"}:
        return same(quantity.value, other.value)
    return equal(quantity, other)


def _of_another(assertion: Assertion, words: frozenset[str], part: Part, reading: Reading) -> bool:
    """Whether a fact says it of one thing and the line of another: the lid and the flask."""
    said = content_words(assertion.group)
    subject = {word for word in part.words if not any(word in s or s in word for s in said)}
    others = {w for other in reading.parts if other is not part for w in other.words} - part.words
    return bool(subject) and bool(words & others) and not words & subject
