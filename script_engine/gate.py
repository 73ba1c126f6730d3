"""The gate every line passes: facts back what it asserts, and no rule forbids it."""

import uuid
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.language import Language
from core.line import Claim, ClaimKind, Cue, Line, LineKind
from script_engine.claims import Assertion, cut
from script_engine.directory import Directory
from script_engine.disguise import unmask
from script_engine.evidence import WHOLE_SHOP, Evidence
from script_engine.novelty import talk_words
from script_engine.policy import Policy, Violation, check_text, rewrite
from script_engine.shop import Shop
from script_engine.text import Folded, fold

_KINDS_ZH: dict[ClaimKind, str] = {
    "price": "价格", "discount": "优惠", "quantity": "数字", "stock": "库存", "date": "日期或期限",
    "brand": "品牌或产地", "ingredient": "成分", "material": "材质", "certificate": "认证",
    "suitability": "适用", "comparison": "比较", "superlative": "最高级", "effect": "功效",
    "promise": "承诺", "feature": "功能或特点",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """Words somebody wants to say, before the gate."""

    text: str
    language: Language
    kind: LineKind
    product_id: str = ""
    fact_ids: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    interruptible: bool = True
    move: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found in a text."""

    ok: bool
    text: str
    # as it may be said: rules of tier "rewrite" have been obeyed
    claims: tuple[Claim, ...]
    violations: tuple[Violation, ...]
    stale: tuple[str, ...] = ()
    # facts the writer leant on that do not hold now

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules it breaks, each with its reason."""
        return _rules(self.violations)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it may not be said, in words."""
        unbacked = [f"{c.text}: {c.reason}" for c in self.claims if c.reason]
        expired = [f"{fact_id}: this fact does not hold now" for fact_id in self.stale]
        return (*unbacked, *self.rules, *expired)


@dataclass(frozen=True, slots=True)
class Blocked:
    """A line that does not leave, with the reasons."""

    draft: Draft
    reasons: tuple[str, ...]
    claims: tuple[Claim, ...] = ()
    violations: tuple[Violation, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules it breaks, each with its reason."""
        return _rules(self.violations)


class Gate:
    """Checks lines against a shop's facts and the room's policy packs."""

    def __init__(self, shop: Shop, policies: Sequence[Policy], talk: Sequence[str] = ()) -> None:
        """A gate.

        Args:
            shop: whose facts count.
            policies: rules to obey.
            talk: phrases of the room's own, such as its show formats', whose words assert nothing.
        """
        self._shop = shop
        self._talk = talk_words(talk)
        self._policies = tuple(policies)
        self._directory = Directory(())

    def check(
        self,
        text: str,
        language: Language,
        product_id: str,
        when: datetime,
        fact_ids: tuple[str, ...] = (),
    ) -> Verdict:
        """What a text asserts, with the facts that back it, and the rules it breaks.

        Args:
            text: what is to be said.
            language: of the text and of the reasons.
            product_id: the product it is about, "" for none; products it names count too.
            when: facts must hold at this moment.
            fact_ids: facts the writer says it used; one that does not hold fails the text.
        """
        directory = self._known()
        product = directory.by_id.get(product_id)
        category = product.category if product else ""
        first = check_text(text, self._policies, language=language, category=category)
        said = rewrite(text, first)
        violations = first
        if said != text:
            violations = check_text(said, self._policies, language=language, category=category)
        folded = unmask(fold(said))
        evidence = Evidence(
            self._shop, directory, folded.text, product_id, when, fact_ids, self._talk
        )
        about = product_id or evidence.named_before(len(folded.text))
        standing = tuple(
            violation
            for violation in violations
            if not (
                violation.tier == "needs_evidence" and _proved(violation, folded, evidence, about)
            )
        )
        asserted = cut(folded.text)
        quotes = list(evidence.quoted())
        claims = [self._claim(a, folded, said, language, evidence, quotes) for a in asserted]
        for start, end, kind, fact_id in evidence.contradictions():
            if _quoting(start, end, quotes):
                continue
            span = folded.span(start, end)
            claims.append(Claim(kind, said[slice(*span)], *span, "", _contrary(fact_id, language)))
        for new in evidence.novelties():
            taken = any(new.start < a.end and a.start < new.end for a in asserted)
            if not taken and not _quoting(new.start, new.end, quotes):
                span = folded.span(new.start, new.end)
                reason = _no_fact("feature", language)
                claims.append(Claim("feature", said[slice(*span)], *span, "", reason))
        stale = self._stale(fact_ids, evidence)
        ok = not standing and not stale and all(claim.fact_id for claim in claims)
        return Verdict(ok, said, tuple(claims), standing, stale)

    def admit(self, draft: Draft, when: datetime) -> Line | Blocked:
        """The draft as a line that may be said, or the reasons why not."""
        if not draft.text.strip():
            return Blocked(draft, ("there is nothing to say",))
        verdict = self.check(draft.text, draft.language, draft.product_id, when, draft.fact_ids)
        if not verdict.ok:
            return Blocked(draft, verdict.reasons, verdict.claims, verdict.violations)
        used = dict.fromkeys((*draft.fact_ids, *(claim.fact_id for claim in verdict.claims)))
        at_most = len(verdict.text)
        return Line(
            id=uuid.uuid4().hex[:12],
            text=verdict.text,
            language=draft.language,
            kind=draft.kind,
            fact_ids=tuple(used),
            product_id=draft.product_id,
            cues=tuple(replace(cue, at=min(cue.at, at_most)) for cue in draft.cues),
            claims=verdict.claims,
            interruptible=draft.interruptible
            and not any(claim.kind in {"price", "discount"} for claim in verdict.claims),
            move=draft.move,
        )

    def _known(self) -> Directory:
        """The shop's products by name, listed anew when they have changed."""
        products = self._shop.products()
        if products != self._directory.products:
            self._directory = Directory(products)
        return self._directory

    def _claim(
        self,
        assertion: Assertion,
        folded: Folded,
        said: str,
        language: Language,
        evidence: Evidence,
        quotes: Sequence[tuple[int, int, str]],
    ) -> Claim:
        named = evidence.named_before(assertion.end)
        fact_id = evidence.inside_name(assertion.start, assertion.end)
        fact_id = fact_id or evidence.support(assertion, named)
        fact_id = fact_id or evidence.inside_variant(assertion.start, assertion.end, assertion.kind)
        fact_id = fact_id or _quoting(assertion.start, assertion.end, quotes)
        start, end = folded.span(assertion.start, assertion.end)
        reason = "" if fact_id else _no_fact(assertion.kind, language)
        return Claim(assertion.kind, said[start:end], start, end, fact_id, reason)

    def _stale(self, fact_ids: tuple[str, ...], evidence: Evidence) -> tuple[str, ...]:
        if not fact_ids:
            return ()
        by_id = self._directory.by_id
        owners = {fact_id: _owner(fact_id, by_id) for fact_id in fact_ids}
        holding = {
            reading.fact.id
            for product in {*owners.values(), WHOLE_SHOP}
            for reading in evidence.readings(product)
        }
        return tuple(
            fact_id
            for fact_id, owner in owners.items()
            if fact_id not in holding and not (owner and fact_id == f"{owner}.name")
        )


def _rules(violations: tuple[Violation, ...]) -> tuple[str, ...]:
    return tuple(f"{v.rule}: {v.text}: {v.reason}" for v in violations)


def _owner(fact_id: str, product_ids: Container[str]) -> str:
    """The product a fact id belongs to: "BT1001/30ml.price" is BT1001's."""
    stem = fact_id.split("/")[0].split(".")[0]
    return stem if stem in product_ids else WHOLE_SHOP


def _quoting(start: int, end: int, quotes: Sequence[tuple[int, int, str]]) -> str:
    """The fact that a stretch says word for word, "" for none."""
    return next((fact for first, last, fact in quotes if first <= start and end <= last), "")


def _proved(violation: Violation, folded: Folded, evidence: Evidence, product_id: str) -> bool:
    """Whether the product spoken of, or one whose very name breaks the rule, has the evidence."""
    words = fold(violation.text).text
    if evidence.speaks_of(words, product_id):
        return True
    first, last = violation.span
    for start, end, owner in evidence.named():
        begins, stops = folded.span(start, end)
        if begins <= first and last <= stops and evidence.speaks_of(words, owner):
            return True
    return False


def _no_fact(kind: ClaimKind, language: Language) -> str:
    if language == "zh":
        return f"{_KINDS_ZH[kind]}没有依据：资料里没有现在有效的事实支持它"
    return f"no fact valid now backs this {kind}"


def _contrary(fact_id: str, language: Language) -> str:
    if language == "zh":
        return f"与资料相反：{fact_id} 说的不是这样"
    return f"the data says the contrary: {fact_id}"
