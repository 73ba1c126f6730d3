"""What a model wrote, believed only as far as our own code can check it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.language import Language
from core.line import Claim, Cue, Line, Reply
from core.product import Fact, Product
from script_engine.answers.comment import read_comment
from script_engine.answers.triage import sort_comment
from script_engine.composer.memory import Said
from script_engine.composer.plan import Step
from script_engine.cues import cue
from script_engine.evidence import WHOLE_SHOP
from script_engine.gate import Blocked, Draft, Gate
from script_engine.readings import read, usable
from script_engine.shop import Shop
from script_engine.text import LATIN_WORD, content_words, fold, sentences
from script_engine.writers.briefs import CUES, say_most
from script_engine.writers.contrary import contradicted
from script_engine.writers.grounding import pretended, ungrounded
from script_engine.writers.plain import warm_up
from script_engine.writers.reader import Written

REPEATED = "it was said within the hour"
_UNSPEAKABLE = re.compile(
    r"https?:|www\.|[{}\[\]<>|\\^`#@_=]|\bF\d{1,2}\b|BEGIN-DATA|END-DATA", re.I
)
_STAGE = re.compile(r"[（(【\[][^（()）】\]]{0,30}[)）】\]]|\*+|~+")
_SPEAKER = re.compile(r"^(?:主播|旁白|host|presenter)\s*[:：]\s*", re.IGNORECASE)
_AT_HOME = {"ai", "ok", "app", "vip", "pk", "diy", "get", "no", "yes", "cp"}
# Latin words that are Chinese by now
_MOST_SENTENCES = 5
_FEWEST_LETTERS = 3
_LIES_ABOUT = {"injection", "contact", "spam", "abuse", "gibberish"}
_MONEY = re.compile(r"[元块¥￥$€£折]|yuan|rmb|dollar|euro|pound", re.IGNORECASE)
_PRICED = {"price", "policy"}
# types of facts that back an amount of money: one in a selling point is no price
_LEGAL = {"offer", "stock", "caution", "policy", "notice"}
_EXACT = {"price", "discount", "stock", "quantity", "date"}
_ENGLISH = re.compile(
    r"\b(?:the|and|is|it|you|your|for|to|of|with|this|that|we|our|so|if|at|are|can|have|here|what|"
    r"how|just|be|not|or|from|by|all|there|they|will|let's|now|when|more)\b"
)


class Vetter:
    """Turns what a model wrote into lines. Whatever it is told, each passes the gate."""

    def __init__(self, shop: Shop, gate: Gate) -> None:
        self._shop, self._gate = shop, gate
        self._said = Said()
        warm_up()

    def line(
        self,
        written: Written,
        step: Step,
        facts: Mapping[str, Fact],
        product: Product,
        language: Language,
        when: datetime,
    ) -> Line | Blocked:
        """A line of a pitch, or why it is none.

        Args:
            written: by the model.
            step: of the pitch that it was asked for.
            facts: by the short ids that the model knows.
            product: the pitch is about.
            language: it was asked to write in.
            when: facts must hold at this moment.
        """
        draft = Draft(
            text=tidy(written.say),
            language=language,
            kind="pitch",
            product_id=product.id,
            cues=_cues(written, step),
            interruptible=step.move not in _LEGAL,
            move=step.move,
        )
        leant = [facts[short] for short in written.facts if short in facts]
        checked = self._admit(draft, [f for f in leant if f in step.facts], product, when)
        if isinstance(checked, Line) and not self._said.fresh(checked.text, when):
            return Blocked(draft, (REPEATED,))
        return checked

    def spoken(self, line: Line, when: datetime) -> None:
        """The line is said; it does not come again within the hour."""
        self._said.remember(line.text, when)

    def answer(
        self,
        written: Written,
        reply: Reply,
        facts: Sequence[Fact],
        product: Product,
        when: datetime,
    ) -> Line | Blocked:
        """Other words for a reply, which say neither more nor less than its own line.

        Raises:
            ValueError: the reply says nothing.
        """
        own = reply.line
        if own is None:
            raise ValueError("a reply without a line cannot be put in other words")
        draft = Draft(
            tidy(written.say), own.language, own.kind, own.product_id, (), own.cues,
            own.interruptible, own.move,
        )  # fmt: skip
        checked = self._admit(draft, facts, product, when, only=True)
        if isinstance(checked, Blocked):
            return checked
        lost = _exact(own.claims) ^ _exact(checked.claims)
        if lost:
            return Blocked(draft, (f"it does not say what was found: {', '.join(sorted(lost))}",))
        ids = dict.fromkeys((*own.fact_ids, *checked.fact_ids))
        return replace(checked, fact_ids=tuple(ids))

    def still_holds(self, line: Line, step: Step, when: datetime) -> bool:
        """Whether a line written ahead may be said now: its facts unchanged, its words fresh."""
        now = self._facts(line.product_id, when)
        leant = [fact for fact in step.facts if fact.id in line.fact_ids]
        if any(fact not in now for fact in leant) or not self._said.fresh(line.text, when):
            return False
        return self._gate.check(line.text, line.language, line.product_id, when).ok

    def _admit(
        self,
        draft: Draft,
        leant: Sequence[Fact],
        product: Product,
        when: datetime,
        *,
        only: bool = False,
    ) -> Line | Blocked:
        """The gate's verdict with what is asked of a model besides.

        Args:
            draft: what the model wrote.
            leant: facts it says it used.
            product: it is about.
            when: facts must hold at this moment.
            only: whether it may lean on no others.
        """
        known = self._facts(product.id, when)
        faults = _faults(draft, known)
        line = self._gate.admit(draft, when)
        if isinstance(line, Blocked):
            return replace(line, reasons=(*line.reasons, *faults))
        ground = leant if only else known
        strange = ungrounded(line.text, product, ground)
        faults += [f"{word}: no fact speaks of it" for word in strange]
        faults += [
            f"{word}: the facts say otherwise" for word in contradicted(line.text, product, known)
        ]
        faults += [f"{words}: the presenter has no such life" for words in pretended(line.text)]
        faults += _misbacked(line.claims, known)
        if faults:
            return Blocked(draft, tuple(faults), line.claims)
        words = content_words(fold(line.text).text)
        used = [fact.id for fact in leant if fact in known and words & read(fact).words]
        return replace(line, fact_ids=tuple(dict.fromkeys((*used, *line.fact_ids))))

    def _facts(self, product_id: str, when: datetime) -> list[Fact]:
        own = self._shop.facts_of(product_id) if product_id else ()
        return usable((*own, *self._shop.facts_of(WHOLE_SHOP)), when)


def tidy(text: str) -> str:
    """Words to say, without emoji, stage directions and marks of markup."""
    plain = _STAGE.sub("", _SPEAKER.sub("", unicodedata.normalize("NFC", text).strip()))
    spoken = "".join(
        c for c in plain if unicodedata.category(c) not in {"So", "Cf", "Co", "Cs", "Sk"}
    )
    return re.sub(r"\s+", " ", spoken).strip(" \"'“”")


def in_language(text: str, language: Language, known: str = "") -> bool:
    """Whether a text is in a language; what `known` has is foreign to none."""
    names = [unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in text if c.isalpha()]
    strangers = [
        c for c, name in zip(filter(str.isalpha, text), names, strict=True)
        if name not in {"CJK", "LATIN"} and c not in known
    ]  # fmt: skip
    han, latin = names.count("CJK"), names.count("LATIN")
    if language == "zh":
        return not strangers and han * 2 >= latin
    if language != "en":
        return True
    english = [w for w in LATIN_WORD.findall(text.lower()) if _ENGLISH.fullmatch(w)]
    strange = [w for w in LATIN_WORD.findall(text.lower()) if w not in known and w not in english]
    return not strangers and not han and (len(strange) < 4 or len(english) * 5 >= len(strange))


def _faults(draft: Draft, facts: Sequence[Fact]) -> list[str]:
    """What is wrong with a text before anybody looks at what it says."""
    text, faults = draft.text, []
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        faults.append("there are no words in it")
    if len(text) > say_most(draft.language) or len(sentences(text)) > _MOST_SENTENCES:
        faults.append("it is too long to say in one breath")
    if marks := _UNSPEAKABLE.search(text):
        faults.append(f"{marks.group()}: cannot be spoken")
    known = " ".join(f"{read(fact).text} {fact.variant}" for fact in facts)
    if not in_language(text, draft.language, known):
        faults.append("it is in another language")
    elif draft.language == "zh" and (foreign := _foreign(text, known)):
        faults.append(f"{foreign}: neither Chinese nor in the facts")
    kind = sort_comment(read_comment(text), frozenset()).kind
    if kind in _LIES_ABOUT:
        faults.append(f"it reads like {kind}")
    return faults


def _misbacked(claims: Sequence[Claim], facts: Sequence[Fact]) -> list[str]:
    """Amounts of money that only product copy speaks of."""
    by_id = {fact.id: fact for fact in facts}
    backed = [(claim, by_id[claim.fact_id]) for claim in claims if claim.fact_id in by_id]
    return [
        f"{claim.text}: {fact.label or fact.field} is no price"
        for claim, fact in backed
        if claim.kind in {"price", "discount"}
        and _MONEY.search(claim.text)
        and fact.type not in _PRICED
        and fact.field != "name"
    ]


def _foreign(text: str, known: str) -> str:
    """The first word or rare character in a Chinese line that no viewer would understand."""
    words = (w for w in re.findall(r"[a-z]{2,}", fold(text).text) if w not in known)
    rare = (c for c in text if unicodedata.category(c) == "Lo" and not "\u4e00" <= c <= "\u9fa5")
    return next((w for w in words if w not in _AT_HOME), "") or next(rare, "")


def _cues(written: Written, step: Step) -> tuple[Cue, ...]:
    names = ["card", "point_left"] if step.move == "offer" else []
    if written.cue and written.cue in CUES:
        names.append(written.cue)
    return tuple(cue(name) for name in dict.fromkeys(names))


def _exact(claims: Sequence[Claim]) -> frozenset[str]:
    """Facts whose figures a text gives."""
    return frozenset(claim.fact_id for claim in claims if claim.kind in _EXACT)
