"""Advice: which size fits, how two products differ, what to look at."""

import re
from datetime import datetime

from core.language import Language
from core.product import Fact, Money, Product
from script_engine.answers.body import measures
from script_engine.answers.comment import Comment
from script_engine.answers.fitting import fits, is_own
from script_engine.answers.intents import Intent
from script_engine.answers.lookup import ASKABLE, SURE, Lookup, all_names
from script_engine.answers.question import question
from script_engine.answers.short_names import ShortNames
from script_engine.answers.sizes import (
    Size,
    advise,
    asked_measures,
    body_range,
    measure_named,
    size_table,
)
from script_engine.answers.stems import name_words
from script_engine.answers.telling import Answer, Teller
from script_engine.answers.words import content, content_of, coverage, mentions
from script_engine.composer.tellable import sold_out
from script_engine.lexicon import Term, terms
from script_engine.readings import read, usable
from script_engine.shop import Shop
from script_engine.spoken import told
from script_engine.text import fold

_MEASURES = {
    "height": ("身高", "height"), "weight": ("体重", "weight"), "age": ("年龄", "age"),
    "foot": ("脚长", "foot length"), "insole": ("脚长", "foot length"),
    "finger": ("手指周长", "finger circumference"),
    "diameter": ("戒指内径", "ring's inner diameter"),
    "wrist": ("手围", "wrist size"), "head": ("头围", "head circumference"),
    "neck": ("颈围", "neck size"), "underbust": ("下胸围", "underbust"), "bust": ("胸围", "chest"),
    "waist": ("腰围", "waist"), "hips": ("臀围", "hips"), "thigh": ("大腿围", "thigh"),
    "shoulder": ("肩宽", "shoulder width"), "sleeve": ("袖长", "sleeve length"),
    "back": ("背长", "back length"), "cn": ("平时的中国码", "usual Chinese size"),
    "eu": ("平时的欧码", "usual EU size"), "us": ("平时的美码", "usual US size"),
    "uk": ("平时的英码", "usual UK size"), "jp": ("平时的日码", "usual Japanese size"),
    "kr": ("平时的韩码", "usual Korean size"),
}  # fmt: skip
# how a viewer is asked for a measure, in Chinese and in English
_MOST_VERSIONS = 3
_HEAVY = 1.5
# weight of what a comparison must name to be about more than price
_FEW = 500
# products of a shop small enough to look for short names anew
_JUDGED = re.compile(r"哪[个款一]|哪|更|\b(?:which|one|than|more|less|better|vs)\b")
# words of judging, which name nothing to compare
_SURE = 0.5
# score from which a product is taken to be named in a comparison
_OF_KIND = 0.6
# score from which a name is of the kind that is looked for
_CHEAP = re.compile(
    r"价格|多少钱|差价|便宜|贵|价格低|划算|省钱|cheap|expensive|price|cost|affordable"
)
_LOOKED_AT = 40
# facts that are weighed for a recommendation
_SILENT = frozenset({"name", "brand", "category"})
_PLAIN = frozenset({"question", "caution", "usage"})


def size(lookup: Lookup, teller: Teller, comment: Comment) -> Answer | None:
    """The size for the measures the viewer gives, or a question for them."""
    rows = size_table(lookup.by_fields(("size_table",), comment))
    if not rows:
        sizes = lookup.by_fields(("size",), comment)
        return teller.say("fact", sizes[:8]) if sizes else None
    body = measures(comment.text)
    if not body.known:
        if found := measure_named(comment.text, rows, teller.language):
            row, value = found
            return teller.worded("measure", {"size": row.name, "value": value}, [row.fact])
        return _ask(rows, teller)
    used = [key for key in body.said if any(key in row.limits for row in rows)]
    if not used:
        return _ask(rows, teller)
    fitting = advise(body, rows)
    if fitting is None:
        return teller.worded("size_outside", {}, [])
    sizes_told = {
        "size": _named(fitting.name),
        "size_fact": body_range(fitting, teller.language, used),
    }
    return teller.worded("size", sizes_told, [fitting.fact])


def _ask(rows: list[Size], teller: Teller) -> Answer:
    """A question for the measures that the table goes by."""
    names = [_MEASURES[key][teller.language != "zh"] for key in asked_measures(rows)]
    joined = ("和" if teller.language == "zh" else " and ").join(names)
    return teller.worded("size_ask", {"measures": joined}, [])


def _named(size: str) -> str:
    """A size as wordings take it: they say 码 themselves."""
    return size.removesuffix("码")


def versions(
    lookup: Lookup, teller: Teller, comment: Comment, intents: list[Intent]
) -> Answer | None:
    """Two or three versions of one product side by side; None when the comment names fewer."""
    said = lookup.variants_said(comment)
    if not 2 <= len(said) <= _MOST_VERSIONS:
        return None
    fields = [field for intent in intents for field in intent.fields if intent.name != "compare"]
    parts: list[str] = []
    used: list[Fact] = []
    for name in said:
        own = [fact for fact in lookup.own if fact.variant == name]
        asked = [f for f in own if f.field in fields] or [f for f in own if f.field == "price"]
        if not asked:
            return None
        used.append(asked[0])
        verb = "是" if teller.language == "zh" else " is "
        parts.append(f"{name}{verb}{teller.told(asked[0])}")
    value = ("，" if teller.language == "zh" else ", ").join(parts)
    return teller.worded("versions", {"value": value}, used)


def compare(
    shop: Shop,
    teller: Teller,
    comment: Comment,
    focused: Product | None,
    intents: list[Intent],
    asked: list[Term],
    when: datetime,
) -> Answer | None:
    """Two products side by side on what is asked; None when two are not named."""
    found = shop.find_product(comment.text, None)
    named = [product_id for product_id, score in found if score >= _SURE][:2]
    if len(named) < 2:
        shorts = (
            ShortNames(shop.products()).find(comment.text) if len(shop.products()) < _FEW else []
        )
        named = list(dict.fromkeys([*named, *shorts]))[:2]
    if len(named) == 1 and focused is not None and focused.id not in named:
        named.append(focused.id)
    pair = [product for product in shop.products() if product.id in named]
    if len(pair) != 2:
        return None
    sides = [_Side(product, shop, teller.language, when) for product in pair]
    if not any(side.price for side in sides):
        return None
    aspect = _aspect(sides, comment, intents, asked)
    slots: dict[str, str] = {}
    used: list[Fact] = []
    if _CHEAP.search(comment.text) and all(side.price for side in sides):
        sides.sort(key=lambda side: side.minor)
    for place, side in zip(("first", "second"), sides, strict=True):
        slots[place] = side.product.name_in(teller.language)
        if side.price is not None:
            slots[f"{place}_price"] = told(side.price, teller.language)
        fact = aspect.get(side.product.id) or side.point
        if fact is not None:
            slots[f"{place}_point"] = teller.told(fact)
    if _CHEAP.search(comment.text) and all(side.price for side in sides):
        used = [side.price for side in sides if side.price is not None]
        equal = sides[0].minor == sides[1].minor
        return teller.worded("compare_equal" if equal else "compare_price", slots, used)
    if aspect:
        facts = [aspect.get(side.product.id) for side in sides]
        used = [fact for fact in facts if fact is not None]
        for place, fact in zip(("first", "second"), facts, strict=True):
            slots.pop(f"{place}_point", None)
            if fact is not None:
                slots[f"{place}_point"] = teller.told(fact)
        wording = "compare_aspect" if len(used) == 2 else "compare_one"
        if len(used) == 1:
            winner = next(side for side in sides if aspect.get(side.product.id))
            other = next(side for side in sides if not aspect.get(side.product.id))
            slots = {
                "first": winner.product.name_in(teller.language),
                "second": other.product.name_in(teller.language),
                "first_point": teller.told(used[0]),
            }
        return teller.worded(wording, slots, used)
    if any(side.price is None or side.point is None for side in sides):
        return None
    used = [fact for side in sides for fact in (side.price, side.point) if fact is not None]
    return teller.worded("compare", slots, used)


class _Side:
    """One of two products that are compared."""

    def __init__(self, product: Product, shop: Shop, language: Language, when: datetime) -> None:
        self.product = product
        self.facts = Lookup(shop, product, language, when).preferred(
            usable(shop.facts_of(product.id), when)
        )
        offers = [f for f in self.facts if f.field in {"price", "price_from"} and not f.variant]
        self.price = offers[0] if offers else None
        self.minor = offers[0].value.minor if offers and isinstance(offers[0].value, Money) else 0
        points = [f for f in self.facts if f.field in {"selling_point", "description"}]
        self.point = min(points, key=lambda fact: len(str(fact.value))) if points else None


def _aspect(
    sides: list[_Side], comment: Comment, intents: list[Intent], asked: list[Term]
) -> dict[str, Fact]:
    """For each product the fact that speaks of what the comparison is about."""
    rest = comment.text
    for side in sides:
        for name in all_names(side.product):
            rest = rest.replace(fold(name).text, " ")
    # what one of the names says too is asked all the same: 保湿精华 and 面霜, 哪个更保湿
    judged = [term for term in terms(rest) if term.kind in ASKABLE]
    keys = {(term.kind, term.group) for term in (*asked, *judged)}
    found: dict[str, Fact] = {}
    for side in sides:
        for fact in side.facts:
            if (
                fact.field not in _SILENT
                and (keys & mentions(str(fact.value))) - read(fact).negative
            ):
                found.setdefault(side.product.id, fact)
    fields = [f for intent in intents if intent.name not in {"compare", "price"}
              for f in intent.fields]  # fmt: skip
    if found or not fields:
        return found or _by_words(sides, comment)
    words = content(comment.text)
    for side in sides:
        of_field = [f for f in side.facts if f.field in fields]
        if of_field:
            of_field.sort(key=lambda f: (fields.index(f.field),
                                         -coverage(words, content_of(str(f.value)))))  # fmt: skip
            found[side.product.id] = of_field[0]
    return found or _by_words(sides, comment)


def _by_words(sides: list[_Side], comment: Comment) -> dict[str, Fact]:
    """For each product the fact that speaks of what is asked beside the two names."""
    asked = question(_JUDGED.sub(" ", comment.text))
    called = name_words(tuple(name for side in sides for name in all_names(side.product)))
    if sum(unit.weight for unit in asked.units if not is_own(unit, called)) < _HEAVY:
        return {}
    found: dict[str, Fact] = {}
    for side in sides:
        ranked = [(fits(asked, f, called), f) for f in side.facts if f.field not in _SILENT]
        best = max(ranked, key=lambda pair: pair[0], default=None)
        if best is not None and best[0] >= SURE:
            found[side.product.id] = best[1]
    return found


def recommend(
    shop: Shop, teller: Teller, comment: Comment, asked: list[Term], when: datetime
) -> Answer | None:
    """A product in stock whose facts speak of what the viewer looks for."""
    keys = {(term.kind, term.group) for term in asked}
    words = content(comment.text)
    best: tuple[float, Fact] | None = None
    hits = shop.search(
        comment.text, product_id=None, language=teller.language, limit=_LOOKED_AT, when=when
    )
    for hit in hits:
        fact = hit.fact
        if not fact.product_id or not isinstance(fact.value, str) or not teller.speaks(fact):
            continue
        if fact.type in _PLAIN or fact.field in _SILENT:
            continue
        score = coverage(words, content_of(fact.value)) + 2.0 * len(
            (keys & mentions(fact.value)) - read(fact).negative
        )
        enough = score >= _SURE and (best is None or score > best[0])
        if enough and not sold_out(usable(shop.facts_of(fact.product_id), when)):
            best = (score, fact)
    chosen = best[1] if best else _first_of_kind(shop, teller, comment, when)
    if chosen is None:
        return None
    product = shop.product(chosen.product_id)
    slots = {"name": product.name_in(teller.language), "value": teller.told(chosen)}
    if product.ordinal:
        slots["ordinal"] = str(product.ordinal)
    answer = teller.worded("recommend", slots, [chosen])
    return Answer(answer.text, answer.fact_ids, answer.kinds, product)


def _first_of_kind(shop: Shop, teller: Teller, comment: Comment, when: datetime) -> Fact | None:
    """A point of the first product in stock whose name says that it is of the kind looked for."""
    for product_id, score in shop.find_product(comment.text, None):
        facts = usable(shop.facts_of(product_id), when)
        points = [f for f in facts if f.field == "selling_point" and teller.speaks(f)]
        if score >= _OF_KIND and points and not sold_out(facts):
            return points[0]
    return None


def _affirmed(fact: Fact) -> frozenset[tuple[str, str]]:
    """Kind and group of what a fact in words names and does not deny."""
    return mentions(str(fact.value)) - read(fact).negative
