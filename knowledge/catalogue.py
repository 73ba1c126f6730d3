"""Drafts of all files put together: products in order, facts with their ids."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Final

from core.language import Language
from core.message import Message, Word
from core.product import Fact, Money, Product, Source, Variant
from knowledge.amounts import plain
from knowledge.draft import Draft, Mention
from knowledge.fields import BY_KEY
from knowledge.report import Entry, Place

SHOP: Final = "shop"
# stands in fact ids where a product's id would
LATER: Final = "later"
# ends the id of a price that holds when the first is over
_PICTURE_FOLDERS: Final = ("pictures", "images", "图片", "主图", ".")
_PICTURE_ENDINGS: Final = (".png", ".jpg", ".jpeg", ".webp")
_CATEGORIES: Final[dict[str, str]] = {
    "beauty": r"美妆|护肤|彩妆|化妆|个护|精华|面霜|口红|洁面|防晒|beauty|skin ?care|make-?up|"
    r"cosmetic",
    "apparel": r"服饰|服装|女装|男装|童装|鞋|连衣裙|衬衫|针织|裤|apparel|cloth|dress|shirt|shoe|"
    r"trouser|cardigan|knit|fashion",
    "home": r"家居|家纺|家装|灯具|餐具|床品|厨房|香氛|收纳|日用|home|kitchen|furniture|"
    r"bedding|decor|lamp",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One product of a catalogue, or the whole shop, with what it was made of."""

    drafts: tuple[Draft, ...]
    mentions: tuple[Mention, ...]
    ordinal: int
    facts: tuple[Fact, ...]
    product: Product | None
    # None for the whole shop
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the files of a shop say, before live changes."""

    products: tuple[Product, ...] = ()
    # in ordinal order
    parts: dict[str, Part] = field(default_factory=dict)
    # by product id; "" has that of the whole shop
    entries: tuple[Entry, ...] = ()
    pictures: dict[str, str] = field(default_factory=dict)

    def facts_of(self, product_id: str) -> tuple[Fact, ...]:
        part = self.parts.get(product_id)
        return part.facts if part else ()


def build_catalogue(
    drafts: Sequence[Draft],
    mentions: Sequence[Mention],
    pictures: Mapping[str, str],
    earlier: Catalogue | None = None,
) -> Catalogue:
    """Products and facts of everything the files say.

    The first file that says a single-valued field wins; a different value in a later one is
    reported. Drafts and mentions come in the order of files.

    Args:
        drafts: of all files.
        mentions: of all files.
        pictures: `pictures_in` the shop's folder.
        earlier: a catalogue made before: products of which the files say the same are taken over.
    """
    entries: list[Entry] = []
    ids = _ids(mentions, drafts, entries)
    said: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        product = ids.get(draft.product, draft.product)
        said[product].append(draft if product == draft.product else replace(draft, product=product))
    named: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        named[ids.get(mention.product, mention.product)].append(mention)
    for product in [product for product in said if product and product not in named]:
        said[""] += [replace(draft, product="") for draft in said.pop(product)]
    ordinals = _ordinals(named, entries)
    known = earlier.parts if earlier is not None and earlier.pictures == pictures else {}
    parts = {}
    for product in (*named, ""):
        made_of = (tuple(said[product]), tuple(named.get(product, ())), ordinals.get(product, 0))
        part = known.get(product)
        if part is None or (part.drafts, part.mentions, part.ordinal) != made_of:
            part = _part(product, *made_of, pictures)
        parts[product] = part
        entries += part.entries
    products = (part.product for part in parts.values() if part.product is not None)
    ordered = tuple(sorted(products, key=lambda product: product.ordinal))
    return Catalogue(ordered, parts, tuple(entries), dict(pictures))


def pictures_in(folder: Path) -> dict[str, str]:
    """The pictures of a shop: by path inside the folder, and by name where names are ids."""
    root = folder.resolve()
    found: dict[str, str] = {}
    named: dict[str, tuple[tuple[int, int], str]] = {}
    for path in root.rglob("*"):
        inside = path.relative_to(root)
        if path.suffix.lower() not in _PICTURE_ENDINGS or path.is_symlink():
            continue
        found[inside.as_posix()] = inside.as_posix()
        place = inside.parent.as_posix()
        if place in _PICTURE_FOLDERS:
            rank = (_PICTURE_FOLDERS.index(place), _PICTURE_ENDINGS.index(path.suffix.lower()))
            named[path.stem] = min(named.get(path.stem, (rank, inside.as_posix())),
                                   (rank, inside.as_posix()))  # fmt: skip
    return {stem: inside for stem, (_, inside) in named.items()} | found


def derive(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of one product with those that follow from its variants.

    `price` and `list_price` of the product when all variants have the same, else `price_from`;
    `stock` as the sum. What the files say of the product itself is never replaced.
    """
    out = list(facts)
    said = {fact.field for fact in out if not fact.variant}
    for key in ("price", "list_price"):
        variants = [
            fact
            for fact in out
            if fact.field == key and fact.variant and not fact.id.endswith(f".{LATER}")
        ]
        amounts = [fact.value for fact in variants if isinstance(fact.value, Money)]
        if not amounts or key in said:
            continue
        lowest = min(variants, key=lambda fact: fact.value.minor)  # type: ignore[union-attr]
        name = key if len(set(amounts)) == 1 else f"{key}_from"
        if name in BY_KEY:
            out.append(replace(lowest, id=f"{lowest.product_id}.{name}", variant="", field=name))
    stocks = [fact for fact in out if fact.field == "stock" and fact.variant]
    if stocks and "stock" not in said:
        total = sum(fact.value for fact in stocks if isinstance(fact.value, float))
        first = stocks[0]
        out.append(replace(first, id=f"{first.product_id}.stock", variant="", value=float(total)))
    return tuple(out)


def simplified(text: str) -> str:
    """A name as it is compared: full-width made ordinary, lower case, without spaces and marks."""
    return re.sub(r"[\W_]+", "", plain(text).lower())


def _ids(
    mentions: Sequence[Mention], drafts: Sequence[Draft], entries: list[Entry]
) -> dict[str, str]:
    """The id that each name in a file stands for. A name without an id is its own."""
    with_id = {mention.product for mention in mentions if not mention.by_name}
    names: dict[str, str] = {}
    for draft in drafts:
        if draft.field == "name" and draft.product in with_id and isinstance(draft.value, str):
            names.setdefault(simplified(draft.value), draft.product)
    for mention in mentions:
        for alias in mention.aliases if mention.product in with_id else ():
            names.setdefault(simplified(alias), mention.product)
    ids: dict[str, str] = {}
    for mention in mentions:
        if not mention.by_name or mention.product in ids or mention.product in with_id:
            continue
        known = names.get(simplified(mention.product))
        ids[mention.product] = known or plain(mention.product)
        if known is None:
            message = Message(
                "{product} has no id in any file; its name is used as its id",
                product=mention.product,
            )
            entries.append(
                Entry("guessed", mention.file, message, mention.place, mention.product, "id")
            )
    return ids


def _settled(drafts: Sequence[Draft], entries: list[Entry]) -> list[Draft]:
    """One draft for each thing said: repeats dropped, the first of two different values kept."""
    kept: list[Draft] = []
    first: dict[tuple[str, str, str], Draft] = {}
    seen: set[tuple[object, ...]] = set()
    for draft in drafts:
        kind = BY_KEY[draft.field]
        same = (draft.field, draft.variant, draft.language, draft.value, draft.unit,
                draft.valid_from,
                draft.label if draft.field in ("question", "feature", "note") else "")  # fmt: skip
        if same in seen:
            continue
        seen.add(same)
        if kind.many:
            kept.append(draft)
            continue
        language = draft.language if isinstance(draft.value, str) else ""
        key = (draft.field, draft.variant, language)
        earlier = first.setdefault(key, draft)
        if earlier is draft:
            kept.append(draft)
        elif draft.valid_from and earlier.valid_until and draft.valid_from >= earlier.valid_until:
            kept.append(draft)  # what holds when the earlier one is over
        elif (earlier.value, earlier.unit) != (draft.value, draft.unit):
            message = Message(
                "says {later} where {file}, {place} says {earlier}; the earlier one is used",
                later=_shown(draft), file=earlier.file, place=earlier.place,
                earlier=_shown(earlier),
            )  # fmt: skip
            entries.append(
                Entry("guessed", draft.file, message, draft.place, draft.product, draft.field)
            )
    return kept


def _shown(draft: Draft) -> str:
    if isinstance(draft.value, Money):
        amount = f"{draft.value.minor / 100:g}"
        chinese = f"{amount} 元" if draft.value.currency == "CNY" else ""
        english = f"{amount} {draft.value.currency}"
        return Word(english, chinese or english)
    if isinstance(draft.value, float):
        return f"{draft.value:g}{draft.unit}"
    return Word(repr(draft.value), f"“{draft.value}”")


def _facts(product: str, drafts: Sequence[Draft]) -> Iterable[Fact]:
    """Drafts with ids: BT1001.price, BT1001/30ml.stock, BT1001.name.en, shop.shipping.2."""
    counted: Counter[tuple[str, str]] = Counter()
    used: set[str] = set()
    for draft in drafts:
        owner = product or SHOP
        owner = f"{owner}/{draft.variant}" if draft.variant else owner
        fact_id = f"{owner}.{draft.field}"
        if BY_KEY[draft.field].many:
            counted[draft.variant, draft.field] += 1
            fact_id = f"{fact_id}.{counted[draft.variant, draft.field]}"
        elif fact_id in used and draft.type == "price":
            fact_id = f"{fact_id}.{LATER}"
        elif fact_id in used:
            fact_id = f"{fact_id}.{draft.language}"
        used.add(fact_id)
        yield Fact(
            fact_id, product, draft.variant, draft.field, draft.type, draft.value, draft.unit,
            draft.language, Source(draft.file, str(draft.place)), draft.label, draft.valid_from,
            draft.valid_until,
        )  # fmt: skip


def _ordinals(named: dict[str, list[Mention]], entries: list[Entry]) -> dict[str, int]:
    """The number of each product: as the files say, the others behind in the order of files."""
    ordinals: dict[str, int] = {}
    taken: set[int] = set()
    for product, mentions in named.items():
        wanted = next((m for m in mentions if m.ordinal), None)
        if wanted is None:
            continue
        if wanted.ordinal in taken:
            message = Message(
                "link number {number} is taken; {product} comes behind the others",
                number=wanted.ordinal, product=product,
            )  # fmt: skip
            entries.append(Entry("guessed", wanted.file, message, wanted.place, product, "ordinal"))
            continue
        ordinals[product] = wanted.ordinal
        taken.add(wanted.ordinal)
    following = max(taken, default=0)
    for product in named:
        if product not in ordinals:
            following += 1
            ordinals[product] = following
    return ordinals


def _part(
    product: str,
    drafts: tuple[Draft, ...],
    mentions: tuple[Mention, ...],
    ordinal: int,
    pictures: Mapping[str, str],
) -> Part:
    entries: list[Entry] = []
    facts = tuple(_facts(product, _settled(drafts, entries)))
    if not product:
        return Part(drafts, mentions, ordinal, facts, None, tuple(entries))
    if not any(fact.field == "price" for fact in facts):
        first = mentions[0]
        message = Message(
            "{product} has no price in any file; the presenter will name none", product=product
        )
        place = Place(first.place.sheet, first.place.row)
        entries.append(Entry("guessed", first.file, message, place, product, "price"))
    known = _product(product, ordinal, mentions, facts, pictures)
    return Part(drafts, mentions, ordinal, facts, known, tuple(entries))


def _product(
    product: str,
    ordinal: int,
    mentions: Sequence[Mention],
    facts: tuple[Fact, ...],
    pictures: Mapping[str, str],
) -> Product:
    names: dict[Language, str] = {}
    texts: dict[str, str] = {}
    for fact in facts:
        if fact.field == "name" and isinstance(fact.value, str):
            names.setdefault(fact.language, fact.value)
        if fact.field in ("brand", "category") and isinstance(fact.value, str):
            texts.setdefault(fact.field, fact.value)
    priced = next((fact.source.file for fact in facts if fact.field == "price"), "")
    called = [fact for fact in facts if fact.field == "name"]
    own = (fact for fact in called if fact.source.file == priced)
    main = next(own, called[0] if called else None)
    name = str(main.value) if main else product
    aliases = dict.fromkeys(alias for mention in mentions for alias in mention.aliases)
    skus = {m.variant: m.sku for m in reversed(mentions) if m.variant}
    variants = tuple(
        Variant(variant, skus[variant])
        for variant in dict.fromkeys(m.variant for m in mentions if m.variant)
    )
    return Product(
        id=product,
        name=name,
        names=tuple(names.items()),
        category=_category(texts.get("category", ""), name),
        brand=texts.get("brand", ""),
        aliases=tuple(aliases),
        variants=variants,
        ordinal=ordinal,
        image=_image(product, next((m.image for m in mentions if m.image), ""), pictures),
    )


def _category(text: str, name: str) -> str:
    for spoken in (text, name):
        for category, pattern in _CATEGORIES.items():
            if spoken and re.search(pattern, spoken.lower()):
                return category
    return text


def _image(product: str, named: str, pictures: Mapping[str, str]) -> str:
    """The product's picture inside the shop folder: the one its file names, or one called by id."""
    inside = PurePosixPath(named.replace("\\", "/")).as_posix() if named else ""
    return pictures.get(inside) or pictures.get(product) or ""
