"""Staff's own sentences as somebody says them: split, joined, begun and broken up for the ear."""

import random
import re
from collections.abc import Iterable

from core.language import Language
from script_engine.lexicon import terms
from script_engine.text import HAN, fold, sentences

_LONG_PART = {"zh": 34, "en": 100}
# characters from which a text is told a sentence at a time
_SPOKEN_ZH = ("，", "，", "，", "啊，", "呢，", "，你看，", "，对，")
_SPOKEN_EN = (", ", ", ", ", ", ", you see, ", ", mind you, ", ", right, ")
_COMMA_EN = re.compile(r"(?<=[a-z]{3}), (?!and\b|or\b|but\b|which\b|so\b)(?=[a-z]+ [a-z]+ )")
# between clauses, not in a list
_STEPS_ZH = ("，", "，", "，然后", "，接着", "，好，")
_STEP_FIELDS = frozenset({"usage"})
_LOOSE_FIELDS = frozenset({"selling_point", "description", "texture", "scent", "fit", "question"})
_ORDERED = re.compile(
    r"再|然后|接着|最后|先|如|但|不过|否则|以免|避免|就|才|即|也|还|或|并|而|则|都|可|，"
)
# a clause that begins so takes no other word in front
_DEPENDS = re.compile(
    r"^(?:但|不过|而且|所以|因此|它|其|这|那|此|也|还|并|同时|另外|"
    r"(?:but|however|and|so|this|that|these|those|it|they|which|also|otherwise|then|if)\b)",
    re.IGNORECASE,
)
# a sentence that cannot stand without the one before
_VERBS_EN = (
    "absorbs adjusts adds allows blends blocks boils bounces breathes brews brings carries catches "
    "charges clamps cleans clicks clips closes comes connects contains cooks cools covers cuts "
    "delivers detaches dims dissolves does doubles drains dries drapes fades fastens feels fits "
    "folds freezes gives glides goes grips grows handles hangs has heats helps hides holds "
    "includes keeps lasts lays leaves lets lies lifts lights locks looks lowers makes measures "
    "melts mixes moves needs offers opens packs pairs pours protects provides pulls reaches reads "
    "recharges reduces refills releases removes requires resists rests rinses rolls runs saves "
    "seals sets shapes shows shuts sinks sits sleeps slides slips smells snaps softens spins "
    "spreads stacks stands starts stays sticks stops stores stretches suits supports switches "
    "takes tastes tells tightens tracks turns unlocks uses wakes warms washes weighs wicks wipes "
    "works wraps is isn't doesn't won't can can't"
)
_PLURALS = {"has": "have", "is": "are", "does": "do", "goes": "go", "was": "were"}
_NO_VERB_AFTER = "are were have do keep make give let stay hold sit can will is"
# after a plural noun that looks like a verb: Hooks are light


def as_parts(text: str, language: Language) -> list[str]:
    """The sentences of a text that can be told by themselves; the whole text when it is short."""
    pieces = [
        part.strip().rstrip("。！!；;.…?？，, ")
        for sentence in sentences(text)
        for part in re.split(r"[；;]\s*", sentence)
    ]
    pieces = [" ".join(piece.split()) for piece in pieces if len(piece.strip()) > 1]
    if language != "zh":
        pieces = [piece.replace(": ", ", ") for piece in pieces]
    whole = len(text) <= _LONG_PART["zh" if language == "zh" else "en"]
    if len(pieces) < 2 or (whole and not re.search(r"[；;]", text)):
        comma = "，" if language == "zh" else "; "
        return [comma.join(pieces)] if pieces else [text.strip()]
    alone = [piece for piece in pieces if not _DEPENDS.match(piece)]
    return alone or pieces[:1]


def as_clause(text: str, language: Language) -> str:
    """A note without its subject becomes a clause: "Melts at skin heat", it melts at skin heat."""
    if language == "zh":
        return text
    first, _, rest = text.partition(" ")
    following = rest.split(" ", 1)[0].lower()
    if first.lower() in _VERBS_EN.split() and following not in _NO_VERB_AFTER.split():
        return f"it {first.lower()} {rest}".strip()
    if first.lower() == "no" and rest:
        return f"there's no {rest}"
    return text


def lowered(text: str, names: Iterable[str]) -> str:
    """English notes begin with a capital; inside a sentence only names do."""
    word = re.match(r"[A-Z][a-z']*\b(?!-[A-Z])", text)
    if word is None or word.group() == "I" or HAN.search(text[:1]):
        return text
    near = re.findall(r"[^\s,]+", text[word.end() :])[:2]
    titled = any(re.fullmatch("[A-Z][a-z]+", each) for each in near)
    # Xinjiang and Tibet, Hong Kong
    brands = any(term.kind in {"origin", "brand"} for term in terms(fold(word.group()).text))
    named = any(text.startswith(" ".join(name.split()[:2])) for name in names if name)
    return text if titled or brands or named else text[0].lower() + text[1:]


def in_number(text: str, noun: str) -> str:
    """They weigh, these earrings: what is said of it, in the number of its noun."""
    if not noun.endswith("s") or noun.endswith(("ss", "us", "is")):
        return text
    text = re.sub(rf"\bthis {re.escape(noun)}\b", f"these {noun}", text)
    text = re.sub(r"\bthis one\b", "these", text)
    text = re.sub(r"\b([Ii])t's\b", lambda m: ("They" if m[1] == "I" else "they") + "'re", text)
    return re.sub(
        r"\b([Ii])t ([a-z]+s)\b",
        lambda m: f"{'They' if m[1] == 'I' else 'they'} {_PLURALS.get(m[2]) or _plural(m[2])}",
        text,
    )


def _plural(verb: str) -> str:
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("ches", "shes", "sses", "xes", "zes")) else verb[:-1]


def with_particles(text: str, field: str, language: Language, rng: random.Random) -> str:
    """Clauses joined as in speech, another way each time."""
    if language != "zh":
        commas = list(_COMMA_EN.finditer(text)) if field in _LOOSE_FIELDS else []
        if not commas:
            return text
        comma = rng.choice(commas)
        return text[: comma.start()] + rng.choice(_SPOKEN_EN) + text[comma.end() :]
    text = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=\d)", "、", text)
    ways: tuple[str, ...]
    if field in _STEP_FIELDS:
        ways = _STEPS_ZH
    elif field in _LOOSE_FIELDS:
        ways = _SPOKEN_ZH
    else:
        return text

    places = [match.start() for match in re.finditer("，", text)]
    chosen = rng.choice(places) if places else -1

    def join(match: re.Match[str]) -> str:
        if match.start() != chosen:
            return "，"
        bound = _ORDERED.match(text, match.end()) or not HAN.match(text[match.start() - 1])
        plain = [way for way in ways if way[-1] == "，"] if bound else list(ways)
        if field in _STEP_FIELDS and bound:
            plain = ["，"]
        short = match.start() < 4 or text[match.start() - 1] in "啊呢吧了的时候"
        if short:
            plain = [way for way in plain if way[0] == "，"]
        return rng.choice(plain)

    return re.sub("，", join, text)
