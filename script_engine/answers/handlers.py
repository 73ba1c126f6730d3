"""One answer for each thing viewers ask about, put together from the facts that were found."""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.language import Language
from core.product import Fact, Product
from script_engine.answers import advice, offers, price_ends
from script_engine.answers.body import measures
from script_engine.answers.choices import names_version
from script_engine.answers.comment import Comment
from script_engine.answers.fitting import met_by, shares
from script_engine.answers.intents import Intent, intents
from script_engine.answers.lookup import SURE, Lookup
from script_engine.answers.question import Unit, question
from script_engine.answers.sizes import measure_named, size_table
from script_engine.answers.telling import Answer, Teller
from script_engine.answers.told import told, told_by
from script_engine.answers.topics import topics
from script_engine.answers.wording import word
from script_engine.answers.words import content, content_of, coverage
from script_engine.lexicon import terms
from script_engine.readings import read
from script_engine.shop import Shop
from script_engine.variants import variant_parts

EXACT = frozenset(
    {
        "size_advice", "compare", "price_end", "recommend", "gift", "coupon", "list_price",
        "price", "stock",
        "overseas", "arrival", "returns", "warranty", "invoice", "authenticity", "payment",
        "price_check", "service", "limit", "order", "volume", "opened", "shelf_life", "lasts",
        "origin", "weight",
        "charging", "storage", "own_order", "restock", "age",
    }
)  # fmt: skip
# asked by name: a fact that happens to share words must not get in between
GENERAL = frozenset({"care", "usage", "material", "runtime", "dimensions", "colour"})
# a thing named in the question may be met by what the field says in general
_SHOP_WIDE = frozenset(
    {"shipping", "returns", "invoice", "authenticity", "coupon", "gift", "payment", "service",
     "promotion", "warranty"}
)  # fmt: skip
_AT_ONCE = {"ingredients": 8, "colour": 8, "size": 8, "scene": 3, "caution": 2, "care": 2,
            "usage": 2, "certificate": 2}  # fmt: skip
_SAFETY = frozenset({"孕妇", "宝宝", "过敏体质", "糖尿病", "敏感肌"})
_SPOKEN_OF = frozenset(
    {"care", "usage", "storage", "texture", "scent", "power", "battery", "runtime", "charging",
     "material", "fit", "certificate", "dimensions", "scene", "gift", "weight", "volume"}
)  # fmt: skip
# where no fact has the field, staff may have said it among the selling points
_SKINS = frozenset({"敏感肌", "干皮", "油皮", "混油", "痘痘肌"})
_CARES = frozenset({"skin_type", "audience", "usage"})
_LISTS = frozenset({"material", "colour", "care", "size", "skin_type", "audience"})
_BEYOND = frozenset({"=动物实验", "=有机", "=可持续", "=纯素", "=无铅"})
# what a list of materials or colours does not tell
_MEASURES = frozenset("码号色款双件个套盒包袋瓶支")
# words that count versions and name nothing
_PART = re.compile(r"([\u4e00-\u9fff]{2,6}?)(?:是|用的?|的)?(?:什么|啥)")
# what stands before 什么 in a question for a material
_ABROAD = re.compile(r"\b(?:international|overseas|worldwide|abroad)\b|海外|国际|境外")
_AGAINST = re.compile(
    r"(?:跟|和|与|比)([a-z]{3,}|[\u4e00-\u9fff]{2,5}?)(?:的|家的?)?(?:比|相比|哪个|怎么样|呢)|"
    r"\b(?:vs\.?|versus|compared? (?:to|with)|than) (?:the |an? )?([a-z]{3,})"
)
# what a product is compared with
_VERSIONS = re.compile(
    r"(?:几|哪|什么|有多少)(?:种|个|些|款)?(?:口味|味道|规格|款式|型号|版本)|"
    r"\b(?:what|which|how many) (?:flavou?rs|versions|options|models|lengths|sizes)\b"
)
# what asks for all versions of a product
_ONLY = re.compile(r"\bonly\b|\b(?:do not|don't) (?:ship|deliver)|\belsewhere\b|仅|只发|不发|暂不")
_IN_A_PACK = re.compile(
    r"how many .{0,16}\bin (?:a|one|the|each) (?:pack|box|set)|"
    r"[一1](?:套|包|盒|组|份)(?:是|有|里|共)*(?:几|多少)"
)
_PARTLY = 0.5
# share of a part's name that must stand in a fact about it
_ALSO = 0.2
# share of a question that a second rule of the shop must speak of to be told too
_MANY, _LONG = 3, 48
# things in a list, and its characters, from which only those asked about are told
_MEASURED = {
    "weight": ("g",), "dimensions": ("cm",), "volume": ("ml", "g"), "power": ("watt",),
    "warranty": ("time", "month"), "material": (),
}  # fmt: skip
# asked with words that may be asked of a part or a limit too: how heavy a phone may be
_THING, _HEAVY = 1.5, 2.0
# weight from which a unit of a question is a thing of its own
_CHARGED = 0.75
# share of a question about a price that a rule of the shop must speak of
_BY_WEIGHT = re.compile(r"[重克斤净]|多少g|\b(?:g|grams?|oz|ounces?|net|weighs?|kg)\b|^多少")
# what asks how much there is by its weight
_YES_NO = re.compile(
    r"[吗么不没]\s*[?？]?$|有没有|是不是|能不能|会不会|^(?:is|are|does|do|did|can|has|have|will)\b"
)


class Speech:
    """Answers about one product to one comment."""

    def __init__(
        self,
        shop: Shop,
        product: Product | None,
        comment: Comment,
        language: Language,
        rng: random.Random,
        when: datetime,
    ) -> None:
        self._shop, self._comment, self._rng, self._when = shop, comment, rng, when
        self.product, self.language = product, language
        self._lookup = Lookup(shop, product, language, when)
        self._teller = Teller(product, language, rng)
        self.asked = self._lookup.asked_terms(comment)

    @property
    def comment(self) -> Comment:
        return self._comment

    @property
    def text(self) -> str:
        """The comment, folded."""
        return self._comment.text

    @property
    def only_names_product(self) -> bool:
        """Whether the comment names a product and asks nothing particular of it."""
        if self.product is None:
            return False
        words = self._lookup.about(self._comment) - _NAMING
        return all(word.isdigit() for word in words)

    @property
    def names_variant(self) -> bool:
        return bool(self._lookup.variants_said(self._comment))

    @property
    def only_names_variant(self) -> bool:
        """Whether it names nothing besides the product and its versions."""
        said = {part for name in self._lookup.variants_said(self._comment)
                for part in variant_parts(name)}  # fmt: skip
        return not any(
            unit.weight >= 1
            and unit.text not in _MEASURES
            and not self._lookup.is_own(unit)
            and not any(
                unit.text in part or part in unit.text or unit.text[0] in part for part in said
            )
            for unit in question(self.text).units
        )

    @property
    def gives_measures(self) -> bool:
        """Whether it tells a height or weight, and the product has a size table."""
        rows = size_table(self._lookup.by_fields(("size_table",), self._comment))
        said = measures(self._comment.text).said
        return any(key in row.limits for row in rows for key in said)

    @property
    def asks_measure(self) -> bool:
        """Whether it asks for a measure of a size: "M码胸围多少"."""
        rows = size_table(self._lookup.by_fields(("size_table",), self._comment))
        known = measures(self._comment.text).known
        return not known and measure_named(self.text, rows, self.language) is not None

    @property
    def names_material(self) -> bool:
        """Whether it asks if something is made of a certain stuff: "灯罩是玻璃的吗"."""
        return any(term.kind == "material" for term in terms(self.text))

    @property
    def about_safety(self) -> bool:
        """Whether it asks for somebody who must be careful: only cautions may answer."""
        return bool(_SAFETY & {term.group for term in self.asked})

    def of(self, product: Product) -> "Speech":
        """The same comment taken to be about another product."""
        return Speech(self._shop, product, self._comment, self.language, self._rng, self._when)

    def to(self, comment: Comment) -> "Speech":
        """Another comment about the same product."""
        return Speech(self._shop, self.product, comment, self.language, self._rng, self._when)

    # by what is asked

    def intent(self, intent: Intent) -> Answer | None:
        """The answer to one intent, None when no fact gives it."""
        match intent.name:
            case "price" | "list_price" | "price_check":
                listed = intent.name == "list_price"
                if self.product is None:
                    return None
                return offers.price(
                    self.product, self._lookup, self._teller, self._comment, listed=listed
                )
            case "stock":
                return self.stock()
            case "size_advice":
                return self.size()
            case "price_end":
                return price_ends.at_end(self._shop, self._teller, self.text, self._when)
            case "recommend":
                return advice.recommend(
                    self._shop, self._teller, self._comment, self.asked, self._when
                )
            case "order":
                if self.product is None or not self.product.ordinal:
                    return None
                return self._teller.worded("order", self._teller.names(), [])
            case "about":
                return self.about()
            case "compare":
                return None
            case "sizes" | "colour" if self.names_variant:
                return self.stock()
            case "sizes" | "colour" if offers.asks_for_colour(self._comment):
                others = self._lookup.by_fields(("colour",), self._comment)[:8]
                if offers.come_in_colours(self.product) and len(others) < len(
                    self.product.variants if self.product else ()
                ):
                    return offers.versions(self._lookup, self._teller)
                return self._teller.say("offered", others) if others else None
        facts = self._lookup.by_fields(intent.fields, self._comment)
        if intent.name == "volume" and not _BY_WEIGHT.search(self.text):
            facts = [fact for fact in facts if fact.field != "weight"]
        if intent.must is not None:
            facts = [fact for fact in facts if intent.must.search(read(fact).text)]
        if facts and facts[0].field not in _SHOP_WIDE and self._misses(facts):
            return None
        spoken = intent.says or intent.pattern
        facts = [f for f in facts if f.field != "feature" or spoken.search(read(f).text)]
        if intent.name in {"sizes", "colour"}:
            return self._tell(facts) or offers.versions(self._lookup, self._teller)
        facts = self._lookup.of_kind(facts, self._comment)
        if intent.name == "material" and self._names_other_part(facts):
            return None
        if intent.name in _MEASURED:
            near = self._lookup.outdoing(facts, self._comment, _MEASURED[intent.name])
            if near is not None:
                return self._tell([near])
        if intent.name == "overseas":
            facts = self._reaching(facts)
        if not facts and intent.name in _SPOKEN_OF:
            said = intent.says or intent.pattern
            facts = self._lookup.by_pattern(said, self._comment)
        return self._tell(facts)

    def compare(self, intents: list[Intent], focused: Product | None) -> Answer | None:
        """Two products, or versions of one, side by side; None when the comment names no two."""
        if (
            sides := advice.versions(self._lookup, self._teller, self._comment, intents)
        ) is not None:
            return sides
        return advice.compare(
            self._shop, self._teller, self._comment, focused, intents, self.asked, self._when
        )

    def stock(self) -> Answer | None:
        """What is left."""
        return offers.stock(self._lookup, self._teller, self._comment)

    def size(self) -> Answer | None:
        """The size for the measures that are given, or a question for them."""
        return advice.size(self._lookup, self._teller, self._comment)

    def question(self, *, strict: bool) -> Answer | None:
        """The answer staff have written to this very question."""
        fact = self._lookup.by_question(self._comment, strict=strict)
        return self._teller.say("faq", [fact]) if fact else None

    def terms(self) -> Answer | None:
        """What the facts say of the ingredients, people and effects that are named."""
        facts = self._lookup.by_terms(self.asked, self._comment)
        if self.about_safety:
            spoken = [f for f in facts if f.type in {"caution", "question"} or f.field in _CARES]
            if spoken:
                return self._teller.say("caution", spoken[:1])
            near = self._lookup.by_words(self._comment, _CHARGED, careful=True)
            if near is not None:
                return self._teller.say("caution", [near])
        elif facts:
            return self._tell(facts[:1])
        if not _SKINS & {term.group for term in self.asked}:
            return None
        # whom it is for says enough: "油皮能用吗" of a cream for dry skin
        suits = self._lookup.by_fields(("skin_type",), self._comment)[:1]
        return self._teller.say("suits", suits) if suits else None

    def medical(self) -> Answer:
        """Never a promise: it is no medicine, what the cautions say, ask a doctor."""
        cautions = self._lookup.by_fields(("caution",), self._comment)
        asked = self._lookup.about(self._comment)
        fitting = [f for f in cautions if coverage(asked, content_of(str(f.value))) >= 0.4]
        if fitting and self._teller.speaks(fitting[0]):
            return self._teller.say("medical_fact", fitting[:1])
        return Answer(word("medical", {}, self.language, self._rng), ())

    def words(self, least: float = SURE) -> Answer | None:
        """The fact that speaks of what is asked, of at least this share of it."""
        fact = self._lookup.by_words(self._comment, least)
        return self._tell([fact]) if fact else None

    def charged(self) -> Answer | None:
        """The rule that says what something beside the goods costs: 到西藏加多少钱."""
        fact = self._lookup.by_words(self._comment, _CHARGED, rules_only=True)
        costs = fact is not None and any(q.kind in {"money", "bare"} for q in read(fact).quantities)
        return self._tell([fact]) if fact is not None and costs else None

    @property
    def names_unknown(self) -> bool:
        """Whether it names a thing of its own that no word list knows."""
        units = question(self.text).units
        return any(
            not unit.keys and unit.weight >= _HEAVY and not self._lookup.is_own(unit)
            for unit in units
        )

    @property
    def names_stranger(self) -> bool:
        """Whether it is held against something that no fact of the product speaks of."""
        if not (match := _AGAINST.search(self.text)):
            return False
        other = next(group for group in match.groups() if group)
        return not any(other in told(fact).text for fact in self._lookup.everything)

    @property
    def names_something(self) -> bool:
        """Whether it names a thing besides the product."""
        said = self._lookup.variants_said(self._comment)
        return any(
            unit.weight >= _THING
            and not self._lookup.is_own(unit)
            and not (said and names_version(unit.text, said))
            for unit in question(self.text).units
        )

    def counted(self) -> Answer | None:
        """How many of something there are: "一盒几袋", "how many charges"."""
        if (each := self._lookup.by_piece(self._comment)) is not None:
            return self._tell([each])
        fact = self._lookup.by_count(self._comment)
        if fact is None and (packed := self._lookup.packed(self._comment)) is not None:
            return self._teller.worded("offered", {"value": packed.variant}, [packed])
        if fact is None and _IN_A_PACK.search(self.text):
            return self._tell(self._lookup.by_pack()[:1])
        return self._tell([fact]) if fact else None

    def by_amount(self) -> Answer | None:
        """The versions that differ in what is asked for: an amount, a flavour."""
        if _VERSIONS.search(self.text) and (known := offers.versions(self._lookup, self._teller)):
            return known
        return offers.by_amount(self._lookup, self._teller, self._comment)

    def about(self) -> Answer | None:
        """What the product is, in a sentence."""
        facts = self._lookup.by_fields(("description", "selling_point"), self._comment)
        points = [fact for fact in facts if fact.field == "selling_point"]
        pool = [*facts[:1], *points]
        return self._teller.say("about", [self._rng.choice(pool)]) if pool else None

    @property
    def asks_stuff_of_part(self) -> bool:
        """Whether it asks what a part is made of: 轮子什么材质."""
        return bool(_PART.search(self.text)) and self._names_other_part(
            self._lookup.by_fields(("material",), self._comment)
        )

    def _names_other_part(self, facts: Sequence[Fact]) -> bool:
        """Whether it asks for a part of which no fact speaks: 轮子什么材质."""
        asked_of = [match[1] for match in _PART.finditer(self.text)]
        parts = [
            unit for unit in question(self.text).units
            if unit.weight >= _THING and not self._lookup.is_own(unit)
            and any(unit.text in part for part in asked_of)
        ]  # fmt: skip
        return any(all(met_by(unit, told(fact)) < _PARTLY for fact in facts) for unit in parts)

    def _reaching(self, facts: Sequence[Fact]) -> list[Fact]:
        """Of the rules of delivery those that name the place, else those that name where to."""
        places = [unit for unit in question(self.text).units if not unit.keys]
        named = [f for f in facts if any(met_by(unit, told(f)) >= 1 for unit in places)]
        return (
            named
            or [f for f in facts if places and _ABROAD.search(read(f).text)]
            or [f for f in facts if _ONLY.search(read(f).text)]
            or ([] if places else list(facts))
        )

    def _misses(self, facts: Sequence[Fact]) -> bool:
        """Whether a yes-or-no question names a thing that the facts do not speak of."""
        if not _YES_NO.search(self.text):
            return False
        named = [unit for unit in question(self.text).units if not self._lookup.is_own(unit)]
        field = facts[0].field
        if field in _LISTS:
            # "is it cotton?" is answered by what it is made of instead
            named = [
                unit
                for unit in named
                if unit.keys & _BEYOND or (field == "material" and _is_quality(unit))
            ]
        elif field == "ingredients":
            named = [unit for unit in named if unit.weight >= 1]
        else:
            named = [unit for unit in named if any(key[0] in "=+" for key in unit.keys)]
        return any(all(met_by(unit, told(fact)) < 1 for fact in facts) for unit in named)

    def labelled(self) -> Answer | None:
        """The fact whose header the comment says as staff wrote it."""
        facts = self._lookup.of_kind(self._lookup.by_label(self._comment), self._comment)
        if facts and facts[0].type == "price":
            return self.intent_named("list_price" if facts[0].field == "list_price" else "price")
        if not facts or facts[0].type == "stock" or self._misses(facts):
            return None
        return self._tell(facts)

    def intent_named(self, name: str) -> Answer | None:
        return self.intent(next(intent for intent in intents() if intent.name == name))

    def _nearest_part(self, fact: Fact) -> Fact:
        """A fact that lists many things, cut down to those that are asked about."""
        if not isinstance(fact.value, str) or fact.type == "question":
            return fact
        listed = [part.strip() for part in re.split(r"[;；\n]", fact.value) if part.strip()]
        if len(listed) < _MANY or len(fact.value) < _LONG:
            return fact
        asked = self._lookup.asked(self._comment)
        near = [(shares(asked, told_by("", part, "")), part) for part in listed]
        most = max(share for share, _ in near)
        kept = [part for share, part in near if share == most]
        return replace(fact, value="; ".join(kept)) if most >= _PARTLY else fact

    def _tell(self, facts: Sequence[Fact]) -> Answer | None:
        if not facts:
            return None
        facts = [self._nearest_part(facts[0]), *facts[1:]]
        first = facts[0]
        if first.field in _SHOP_WIDE:
            wording = "fact" if first.product_id else "policy"
            asked = content(self.text)
            offers_too = first.field in {"coupon", "promotion"}
            near = [
                f for f in facts[1:2]
                if offers_too or coverage(asked, content_of(str(f.value))) > _ALSO
            ]  # fmt: skip
            return self._teller.say(wording, [first, *near])
        if first.type == "question":
            return self._teller.say("faq", [first])
        group = [f for f in facts if f.field == first.field][: _AT_ONCE.get(first.field, 1)]
        return self._teller.say("caution" if first.type == "caution" else "fact", group)


def _is_quality(unit: Unit) -> bool:
    """Whether it names what a thing is like, and neither a stuff nor what stuff it is of."""
    topical = {key for key in unit.keys if key[0] not in "=+"}
    return bool(topical) and topical == unit.keys and not any(
        "material" in topic.fields or topic.told is not None
        for topic in topics() if topic.key in topical
    )  # fmt: skip


_NAMING = frozenset("讲说播看介绍链接号啥第产品商宝贝二三四五六七八九十") | frozenset(
    ["link", "number", "next", "second", "third", "first", "last", "previou", "show", "item"]
)
# words with which a product is asked for, and no more
