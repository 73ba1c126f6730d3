"""Finding the facts that answer: by field, by what is named, by a staff question, by its words."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from core.language import Language
from core.product import Fact, Product
from script_engine.answers.choices import names_version, variants_said
from script_engine.answers.comment import Comment
from script_engine.answers.counting import counts
from script_engine.answers.fitting import TIMES_OF, answers_kind, fits, is_own, shares
from script_engine.answers.question import Question, Unit, question, without_people
from script_engine.answers.stems import name_words
from script_engine.answers.told import told, told_by
from script_engine.answers.topics import topics_of
from script_engine.answers.words import content, content_of, coverage, mentions, overlap
from script_engine.evidence import WHOLE_SHOP
from script_engine.lexicon import Term, terms
from script_engine.readings import read, usable
from script_engine.shop import Shop
from script_engine.text import HAN, fold
from script_engine.variants import stands_in

SURE = 0.5
# share of a question's words that a fact found by its words must speak of
_STRICTER = 0.05
# more of it where one thing is asked to be so, or a measure is wanted: half is another thing
_WHETHER_IT = re.compile(
    r"[吗么不没嘛]\s*[?？]?$|有没有|是不是|能不能|会不会|"
    r"^(?:is|are|does|do|did|can|could|has|have|will|would)\b"
)
_NEAR = 0.3
_RULE = 0.1
# what a rule of the shop must be nearer than what is said of the product itself
_NAMED = 0.5
# what a rule of the shop gains by naming the kind of product
# share from which one fact of a list is nearer to a question than the others
_MET = 0.8
# share of each other's things that two questions name, from which they are one
_ALL = 0.95
# share of a question from which a fact speaks of all of it
_AHEAD = 0.25
# by which it must be ahead of what has the field that was asked for
_SPOKEN = 0.5
# share of a question that a fact in words must speak of besides its topic
_OF_GOODS = frozenset({"ingredient", "suitability", "effect"})
# kinds of things asked of the goods, not of the shop
_SAME, _ABROAD, _VERY_SAME = 0.55, 0.7, 0.85
# how alike a viewer's question must be to one that staff have answered; in another language; when
# it is known by its words to be about something else
ASKABLE = frozenset({"ingredient", "suitability", "effect", "certificate", "promise"})


class Lookup:
    """What a shop knows about one product at one moment, as a viewer's language needs it."""

    def __init__(
        self, shop: Shop, product: Product | None, language: Language, when: datetime
    ) -> None:
        self._shop, self._language, self._when = shop, language, when
        self.product = product
        self.own = usable(shop.facts_of(product.id), when) if product else []
        self.everything = [*self.own, *usable(shop.facts_of(WHOLE_SHOP), when)]
        self.called = name_words(all_names(product)) if product else frozenset()
        self._chinese_names = sorted(
            (name for name in self.called if len(name) > 1 and name[0] != "=" and HAN.search(name)),
            key=len,
            reverse=True,
        )
        # what it is called, by which a question says no more than which product it means

    def is_own(self, unit: Unit) -> bool:
        """Whether a thing in a question is only what the product is called."""
        return is_own(unit, self.called)

    def asked(self, comment: Comment) -> Question:
        """The comment as a question, without the product's names unless it says nothing else."""
        text = comment.text
        for name in self._chinese_names:
            text = text.replace(name, " ")
        bare = question(text)
        asked = bare if bare.units or bare.wants_amount else question(comment.text)
        if said := self.variants_said(comment):
            kept = tuple(u for u in asked.units if not names_version(u.text, said))
            asked = replace(asked, units=kept) if kept else asked
        return asked

    def outdoing(
        self, facts: Sequence[Fact], comment: Comment, units: Collection[str]
    ) -> Fact | None:
        """The fact that speaks of all that is asked where these speak of a part: 承重 for 重量.

        Args:
            facts: of the field that is asked for.
            comment: what is asked.
            units: of an amount, one of which the fact must have; none when any will do.
        """
        asked = self.asked(comment)
        best = self.by_words(comment)
        if best is None or best in facts or best.type == "policy":
            return None
        if units and not told(best).units & set(units):
            return None
        near = max((fits(asked, fact, self.called) for fact in facts), default=0.0)
        return best if fits(asked, best, self.called) >= near + _AHEAD else None

    def by_piece(self, comment: Comment) -> Fact | None:
        """The fact that says it of each, where a comment asks of one: 一包几克, 每包25克."""
        asked = self.asked(comment)
        one = _OF_ONE.search(comment.text)
        if one is None or not (asked.wants or asked.number):
            return None
        alike = next((kind for kind in _KINDS_OF_ONE if (one[1] or "") in kind), "")
        told_each = [
            f for f in self.own
            if isinstance(f.value, str) and (each := _EACH.search(read(f).text))
            and (not one[1] or not each[1] or each[1] in alike)
            and (not asked.wants or asked.wants & told(f).units)
        ]  # fmt: skip
        ranked = sorted(self.preferred(told_each), key=lambda f: -fits(asked, f, self.called))
        return ranked[0] if ranked else None

    def packed(self, comment: Comment) -> Fact | None:
        """The only version there is, when its name counts what is asked: 30包礼盒."""
        wanted = self.asked(comment).counted
        prices = [f for f in self.own if f.field == "price" and f.variant]
        if re.search(r"[一每][天日次顿]", comment.text):
            return None
        counted = wanted and len(prices) == 1 and counts(wanted, fold(prices[0].variant).text)
        return prices[0] if counted else None

    def by_pack(self) -> list[Fact]:
        """Names that say how many there are: "Glasses, 2-Pack", 六件套."""
        return [f for f in self.own if f.field == "name" and _PACK.search(str(f.value).lower())]

    def preferred(self, facts: Iterable[Fact]) -> list[Fact]:
        """Of each field those in the viewer's language; of one that has none, the others."""
        found = list(facts)
        native = {(f.product_id, f.field) for f in found if self._native(f)}
        return [f for f in found if self._native(f) or (f.product_id, f.field) not in native]

    def about(self, comment: Comment) -> frozenset[str]:
        """What the comment speaks of besides the product's own name."""
        asked = content(comment.text)
        if self.product is not None:
            asked -= content_of(" ".join(all_names(self.product)))
        return asked

    def by_fields(self, fields: Sequence[str], comment: Comment) -> list[Fact]:
        """Facts of these fields: the product's before the shop's, the nearest to the question
        first, then in the order of the fields."""
        asked, whole = self.about(comment), question(comment.text)
        said = set(self.variants_said(comment))

        def rank(fact: Fact) -> tuple[bool, bool, float, int]:
            near = coverage(asked, _words(fact))
            if not fact.product_id:
                said_there = told_by("", str(fact.value), "")
                near = max(near, shares(whole, said_there)) + _NAMED * self._is_named_in(fact)
            if fields[0] == "coupon":
                # what saves money comes before what is given along
                return False, fields.index(fact.field) > 1, -near, fields.index(fact.field)
            packed = bool(_PACKED.search(fact.label.lower())) and not _PACKED.search(comment.text)
            of_other = bool(said and fact.variant and fact.variant not in said)
            place = fields.index(fact.field)
            return not fact.product_id, of_other or packed, -near if near >= _NEAR else 0.0, place

        return sorted(self.preferred(f for f in self.everything if f.field in fields), key=rank)

    def _is_named_in(self, rule: Fact) -> bool:
        """Whether a rule of the shop names this kind of product: 牙刷拆封后不退."""
        spoken = told(rule)
        for name in self.called:
            if name.isascii() and len(name) > 3 and name in spoken.stems:
                return True
            if (
                not name.isascii()
                and name[:1] != "="
                and (name in spoken.text or name[-2:] in spoken.text)
            ):
                return True
        return False

    def of_kind(self, facts: Sequence[Fact], comment: Comment) -> list[Fact]:
        """Those of some facts that have the kind of amount the comment wants, if it wants one."""
        asked = self.asked(comment)
        if not asked.wants and not asked.counted:
            return list(facts)
        return [f for f in facts if f.type == "policy" or answers_kind(asked, told(f))]

    def by_question(self, comment: Comment, *, strict: bool) -> Fact | None:
        """The question staff have answered already that is the viewer's."""
        asked, enough = self.asked(comment), _VERY_SAME if strict else _SAME
        viewer = told_by("", comment.text, "")
        best: tuple[bool, float, Fact] | None = None
        for fact in self.own:
            if fact.type != "question":
                continue
            known = question(fold(fact.label).text)
            there = fits(asked, fact, self.called)
            back = shares(known, viewer, self.called)
            alike = overlap(content(comment.text), content_of(fact.label))
            met = (there + back) / 2
            likeness = max(alike, met if met >= _MET else 0.0)
            # an answer that need not be translated comes before one that is a little nearer
            native = self._native(fact)
            ranked = (native, likeness, fact)
            near = likeness >= (enough if native else max(enough, _ABROAD))
            if near and (best is None or ranked[:2] > best[:2]):
                best = ranked
        if best is None or (best[1] < _VERY_SAME and self._is_outdone(best[2], asked)):
            return None
        return best[2]

    def _is_outdone(self, answered: Fact, asked: Question) -> bool:
        """Whether a fact speaks of all that is asked, and an answered question of a part only."""
        if fits(asked, answered, self.called) >= _MET:
            return False
        return any(
            fits(asked, fact, self.called) >= _ALL
            for fact in self.own
            if fact.field not in _FRAGMENTS and fact.type not in {"question", "price", "stock"}
        )

    def by_label(self, comment: Comment) -> list[Fact]:
        """Facts whose header, as staff wrote it, stands in the comment: 吊牌价, 落差, "hopper"."""
        found = []
        for fact in self.own:
            label = _PLAIN.sub("", fold(fact.label).text).strip()
            if fact.type == "question" or fact.field in _FRAGMENTS or len(label) < 2:
                continue
            if stands_in(label, comment.text) if label.isascii() else label in comment.text:
                found.append(fact)
        return self.preferred(found)

    def asked_terms(self, comment: Comment) -> list[Term]:
        """Ingredients, people, effects and papers that the comment names."""
        named = " ".join(all_names(self.product)) if self.product else ""
        own = {term.group for term in terms(fold(named).text)}
        return [t for t in terms(comment.text) if t.kind in ASKABLE and t.group not in own]

    def by_terms(self, asked: Sequence[Term], comment: Comment) -> list[Fact]:
        """Facts that affirm or deny what the comment names, the most telling first."""
        keys = {(term.kind, term.group) for term in asked}
        of_goods = {kind for kind, _ in keys} <= _OF_GOODS
        words = self.about(comment)
        found = []
        for fact in self.everything:
            # a kind of thing in the name tells nothing
            if fact.field in _CALLED or (of_goods and fact.type == "policy"):
                continue
            if keys & mentions(f"{fact.label}: {fact.value}"):
                found.append(fact)
        return sorted(
            self.preferred(found),
            key=lambda fact: (-coverage(words, _words(fact)), _TELLING.get(fact.type, 5)),
        )

    def by_words(
        self,
        comment: Comment,
        least: float = SURE,
        *,
        rules_only: bool = False,
        careful: bool = False,
    ) -> Fact | None:
        """The fact that speaks of most of what is asked; None when none speaks of enough.

        Args:
            comment: what is asked.
            least: share of it that a fact must speak of, 0 to 1.
            rules_only: leave out what is said of the product.
            careful: only cautions and what is in it, whoever it is asked for.
        """
        asked = self.asked(comment)
        if careful:
            asked = without_people(asked)
        said = set(self.variants_said(comment))
        strict = _WHETHER_IT.search(comment.text) is not None
        best: tuple[float, Fact] | None = None
        for fact in self._candidates(comment):
            if fact.field in _FRAGMENTS or fact.type in {"price", "stock"}:
                continue
            if careful and fact.field not in _CAREFUL:
                continue
            if (fact.product_id and rules_only) or (not fact.product_id and asked.counted):
                continue
            score = fits(asked, fact, self.called)
            if score < least + _STRICTER and (strict or asked.wants - TIMES_OF):
                continue
            if not fact.product_id:
                score += 0.1 * self._is_named_in(fact) - _RULE
            if score < least:
                continue
            if said:
                score += 0.2 * (fact.variant in said) - 0.2 * (fact.variant not in {"", *said})
            score += 0.05 * _extreme(comment.text, fact)
            score += 0.1 * self._is_headed(fact, asked)
            score += 0.05 * (fact.type == "quantity" and bool(asked.wants))
            score += 0.1 * self._native(fact) + 0.05 * (fact.type == "question")
            if best is None or score > best[0]:
                best = (score, fact)
        return best[1] if best else None

    def by_pattern(self, pattern: re.Pattern[str], comment: Comment) -> list[Fact]:
        """What the product's facts in words say of a topic, the nearest to the question first."""
        asked = self.asked(comment)
        spoken = [
            fact
            for fact in self.own
            if fact.type in _IN_WORDS
            and fact.field not in _CALLED
            and pattern.search(read(fact).text)
            and answers_kind(asked, told(fact))
        ]
        ranked = sorted(self.preferred(spoken), key=lambda f: -fits(asked, f, self.called))
        enough = ranked and fits(asked, ranked[0], self.called) >= _SPOKEN
        return ranked[:1] if enough else []

    def by_count(self, comment: Comment) -> Fact | None:
        """The fact that counts what the comment asks the number of."""
        asked = self.asked(comment)
        if not asked.counted:
            return None
        facts = [f for f in self.own if f.type in _IN_WORDS or f.field in _COUNTING]
        found = [f for f in facts if counts(asked.counted, told(f).text)]
        named = [
            unit
            for unit in asked.units
            if unit.text not in asked.counted and asked.counted not in unit.text
        ]
        ranked = sorted(self.preferred(found), key=lambda f: -fits(asked, f, self.called))
        if ranked and (not named or fits(asked, ranked[0], self.called) >= _SPOKEN):
            return ranked[0]
        return None

    def _is_headed(self, fact: Fact, asked: Question) -> bool:
        """Whether a fact stands below a header of what is asked."""
        if fact.type == "question" or not fact.product_id:
            return False
        header = topics_of(fold(fact.label).text)
        return any(unit.keys & header for unit in asked.units)

    def _candidates(self, comment: Comment) -> Iterable[Fact]:
        if self.product is not None:
            return self.everything
        hits = self._shop.search(
            comment.text, product_id=None, language=None, limit=8, when=self._when
        )
        return usable((hit.fact for hit in hits if hit.fact.product_id == WHOLE_SHOP), self._when)

    def variants_said(self, comment: Comment) -> list[str]:
        """Variants of the product that the comment names."""
        return variants_said(self.product, comment.text) if self.product else []

    def _native(self, fact: Fact) -> bool:
        return not isinstance(fact.value, str) or fact.language == self._language


_FRAGMENTS = frozenset({"name", "category", "brand", "size", "colour", "size_table"})
# too short to answer a question that does not ask for them
_IN_WORDS = frozenset({"selling_point", "usage", "caution", "question", "text"})
_CAREFUL = frozenset({"caution", "ingredients"})
_CALLED = frozenset({"name", "category", "brand"})
_COUNTING = frozenset({"feature", "volume", "weight", "gift", "dimensions", "audience"})
# fields beside those in words that may count parts
_PACKED = re.compile(r"pack|fold|stow|收纳|折叠|包装|收起")
# headers of a measure that is of the thing put away
_PACK = re.compile(
    r"\d+[- ]?(?:pack|pcs|pieces?|count|ct\b|set)|"
    r"[\d一二两三四五六七八九十]+[件片只支条包袋个双]套?装?"
)
_KINDS_OF_ONE = ("包袋", "片块张", "个枚颗粒只块", "支条根", "瓶罐", "盒箱", "份")
# of each, one is said for another: 一个 and 每枚
_OF_ONE = re.compile(
    r"[一每1单](?:小)?([包片个枚颗粒块支条只袋瓶盒份])(?!装)|"
    r"\b(?:each|per (?:piece|pack|bag|bar|sachet|serving)|apiece)\b"
)
_EACH = re.compile(
    r"[每单](?:小)?([包片个枚颗粒块支条只袋瓶盒份])|"
    r"\b(?:each|per (?:piece|pack|bag|bar|sachet|serving)|apiece)\b"
)
_PLAIN = re.compile(r"\(.*?\)|（.*?）|[:：*]")
# what stands beside the words of a header
_TELLING = {"question": 0, "caution": 1, "selling_point": 2, "ingredients": 3, "policy": 3}


def all_names(product: Product) -> tuple[str, ...]:
    """All that a product is called."""
    return (product.name, *(name for _, name in product.names), *product.aliases)


def _words(fact: Fact) -> frozenset[str]:
    value = fact.value if isinstance(fact.value, str) else ""
    return content_of(f"{fact.label} {value}")


def _extreme(comment: str, fact: Fact) -> float:
    """How far a fact's largest number leads where the most is asked for, 0 to 1."""
    if not re.search(r"最[大高长重多]|\bmax|\bhighest|\blongest|\bat most", comment):
        return 0.0
    figures = [float(figure) for figure in re.findall(r"\d+(?:\.\d+)?", str(fact.value))]
    return min(1.0, max(figures, default=0.0) / 1000)
