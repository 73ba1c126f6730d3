"""Rows of a table as drafts of facts: each cell read for what its field is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from core.language import Language
from core.message import Message, Word, joined, message_of
from knowledge.amounts import parse_quantity, plain
from knowledge.columns import (
    IGNORED,
    PASSING_PRICE,
    Column,
    field_of_heading,
    map_columns,
    without_unit,
)
from knowledge.dates import parse_date, validity
from knowledge.draft import Draft, Mention
from knowledge.fields import BY_KEY, KEYS
from knowledge.language import language_of
from knowledge.raw import Cell, Row, Table
from knowledge.relative_days import relative_end
from knowledge.report import Entry, Place
from knowledge.rows import Shape, is_note, option_name, shape_of, with_points
from knowledge.sizes import describe, is_size_table, measure_of, size_column
from knowledge.specs import Known, rows_of_specs
from knowledge.values import plain_words, values_of

_EMPTY: Final = frozenset(
    {"", "-", "--", "—", "/", "\\", "无", "暂无", "待定", "未知", "n/a", "na", "none", "null",
     "nan", "tbd", "tba", "#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!"}
)  # fmt: skip
# cells that say nothing, errors of formulas among them
_SAMPLED: Final = 5_000
# cells of a table by which its columns and its language are told
_OFFERS: Final = frozenset({"price", "price_from", "coupon", "promotion", "gift"})
# what the dates in a row's validity columns hold for
_SIZES: Final = re.compile(r"X{0,3}[SL]|M|[2-5]XL|F|均码|ONE SIZE|FREE SIZE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What a file does not say itself."""

    file: str
    currency: str
    zone: tzinfo
    now: datetime
    saved: Mapping[str, str]
    # header to field, from the mapping file
    written: datetime | None = None
    # when the file was saved; None for now


@dataclass(slots=True)
class Found:
    """What the tables of a file gave."""

    drafts: list[Draft] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Understood:
    """A row of products, and what it was taken to say."""

    row: Row
    above: str
    # the product that the rows before it were about
    found: Found
    product: str


@dataclass(slots=True)
class Memory:
    """The rows of a table that are understood already. A changed row stands alone in its file."""

    scope: object = None
    # what else the rows' meaning hangs on: columns, language, currency
    rows: dict[Place, Understood] = field(default_factory=dict)


def facts_of_table(table: Table, context: Context, memory: Memory | None = None) -> Found:
    """Everything a table says. What cannot be read is an entry with outcome "refused".

    Args:
        table: as its reader gave it.
        context: what the file does not say itself.
        memory: of an earlier reading of the same table; kept up to date here.
    """
    found = Found()
    cells = [cell for row in table.rows for cell in row.cells]
    samples: dict[str, list[str]] = {header: [] for header in table.headers}
    for cell in cells[:_SAMPLED]:
        if cell.header in samples and len(samples[cell.header]) < 20:
            samples[cell.header].append(cell.text)
    columns = map_columns(table.headers, samples, context.saved)
    found.entries += _column_entries(columns, table, context)
    language = _main_language(cells[:_SAMPLED])
    fields = {column.field for column in columns.values()} | {c.field for c in cells if c.field}
    if {"question", "answer"} <= fields and "price" not in fields:
        _read_questions(table, columns, context, language, found)
    elif not {"id", "name"} & fields:
        message = Message(
            "no column with a product's id or name among: {headers}. Name one 货号 or 商品名称, or"
            " say which it is in .presenter/mapping.toml",
            headers=joined(table.headers, chinese="、"),
        )
        found.entries.append(Entry("refused", context.file, message, table.place))
    elif is_size_table(table.headers) and "price" not in fields:
        _read_sizes(table, columns, context, found)
    else:
        _read_products(table, columns, context, language, found, memory or Memory())
    return found


def _column_entries(
    columns: Mapping[str, Column], table: Table, context: Context
) -> Iterable[Entry]:
    for column in columns.values():
        place = replace(table.place, column=column.header)
        known = BY_KEY.get(column.field)
        meaning = Word(f"{known.zh} ({known.key})", known.zh) if known else _key(column.field)
        if column.field == IGNORED and column.how == "likeness":
            message = Message(
                "another column says the same or asks less; passed over. If it is not, correct it"
                " under [columns] in .presenter/mapping.toml"
            )
        elif column.how == "kept" and measure_of(column.header) is None:
            message = Message(
                "of no field, kept as what the product is like under {header!r}; to leave it out"
                ' add "{header}" = "ignore" under [columns] in .presenter/mapping.toml',
                header=column.header,
            )
        elif column.how == "likeness" and column.field != "private":
            message = Message(
                "taken for {meaning} because the words are alike; if it is not, correct it under"
                " [columns] in .presenter/mapping.toml",
                meaning=meaning,
            )
        elif column.how == "content":
            message = Message(
                "taken for {meaning} because of what stands below it; if it is not, correct it"
                " under [columns] in .presenter/mapping.toml",
                meaning=meaning,
            )
        elif column.how == "unknown" and measure_of(column.header) is None:
            message = Message(
                'not known, passed over; to use it add "{header}" = "<field>" under [columns] in'
                " .presenter/mapping.toml",
                header=column.header,
            )
        else:
            continue
        yield Entry("guessed", context.file, message, place, field=column.field)


def _key(field: str) -> str:
    """A key that is no field of a fact, as it is called: id, question."""
    return Word(field, KEYS[field].split()[0]) if field in KEYS else field


def _main_language(cells: Iterable[Cell]) -> Language:
    texts = [cell.text for cell in cells if re.search(r"[^\W\d_]", cell.text)]
    chinese = sum(language_of(text, "en") == "zh" for text in texts)
    return "zh" if chinese * 2 >= len(texts) else "en"


def _known(row: Row, columns: Mapping[str, Column]) -> Known:
    """The row's filled cells with what they mean, ready to read."""
    known = []
    for cell in row.cells:
        column = columns.get(cell.header)
        if cell.field:
            column = Column(cell.header, cell.field, "header", cell.language)
        elif column is not None and cell.language:
            column = replace(column, language=cell.language)
        if column is not None and column.field and plain(cell.text).lower() not in _EMPTY:
            known.append((cell, column))
    return known


def _texts(known: Known, key: str) -> list[str]:
    return [plain(cell.text) for cell, column in known if column.field == key]


def _read_products(
    table: Table,
    columns: Mapping[str, Column],
    context: Context,
    language: Language,
    found: Found,
    memory: Memory,
) -> None:
    shape = shape_of(table.rows, columns)
    fields = {header: column.field for header, column in columns.items()}
    scope = (tuple(columns.values()), language, context.currency, context.zone, shape)
    known = memory.rows if memory.scope == scope else {}
    memory.scope, memory.rows = scope, {}
    above = ""
    for row in table.rows:
        if is_note(row, shape, fields):
            message = Message("a remark or a sum, no product; passed over")
            found.entries.append(Entry("guessed", context.file, message, row.place))
            continue
        done = known.get(row.place)
        if done is None or done.above != above or done.row != row:
            done = _understood(row, above, columns, shape, context, language)
        memory.rows[row.place] = done
        found.drafts += done.found.drafts
        found.mentions += done.found.mentions
        found.entries += done.found.entries
        above = done.product


def _understood(
    row: Row,
    above: str,
    columns: Mapping[str, Column],
    shape: Shape,
    context: Context,
    language: Language,
) -> Understood:
    """One row of products."""
    found = Found()
    known = _with_price(row, _known(row, columns), columns)
    ids, names = _texts(known, "id"), _texts(known, "name")
    product = (ids or names or [""])[0]
    option = option_name(row, shape)
    specs = [known] if option else rows_of_specs(known)
    skus = (product or above) in shape.several
    variants = [option or _variant(spec, skus=skus) for spec in specs]
    if not product and any(variants):
        product = above  # specs listed below their product, which is named once
    if not product:
        message = Message("no id and no name in this row; fill 货号 or 商品名称")
        found.entries.append(Entry("refused", context.file, message, row.place))
        return Understood(row, above, found, above)
    for spec, variant in zip(specs, variants, strict=True):
        found.mentions.append(_mention(row, spec, product, not ids, variant, context))
        _read_spec(row, spec, product, variant, shape, language, context, found)
    called = " ".join(dict.fromkeys([product, *names[:1], *filter(None, variants)]))
    message = Message("{called}: {count} facts", called=called, count=len(found.drafts))
    found.entries.append(Entry("read", context.file, message, row.place))
    priced = next((column for column in columns.values() if column.field == "price"), None)
    if priced and not _texts(known, "price"):
        place = replace(row.place, column=priced.header)
        message = Message(
            "{product} has no price here; the presenter will name none until it has",
            product=product,
        )
        found.entries.append(Entry("refused", context.file, message, place, product, "price"))
    return Understood(row, above, found, product)


def _with_price(row: Row, known: Known, columns: Mapping[str, Column]) -> Known:
    """The row as it is, or with the list price as the price where nothing is on offer."""
    offered = next((c.header for c in columns.values() if c.field == "price"), "")
    said = next((plain(cell.text) for cell in row.cells if cell.header == offered), "")
    if not PASSING_PRICE.search(offered) or said not in ("", "-", "/", "无"):
        return known
    return [
        (cell, replace(column, field="price") if column.field == "list_price" else column)
        for cell, column in known
    ]


def _variant(known: Known, *, skus: bool) -> str:
    """The variant that a row names; by its SKU only where `skus` tell a product's rows apart."""
    return (_texts(known, "variant") or (_texts(known, "sku") if skus else []) or [""])[0]


def _read_spec(
    row: Row,
    known: Known,
    product: str,
    variant: str,
    shape: Shape,
    language: Language,
    context: Context,
    found: Found,
) -> None:
    """The drafts of one spec of a row."""
    starts, ends = _row_validity(known, context, product, found)
    before = len(found.drafts)
    for cell, column in known:
        _read_cell(cell, column, product, variant, shape, language, context, found)
    for index in range(before, len(found.drafts)):
        draft = found.drafts[index]
        if draft.field in _OFFERS and (starts or ends):
            limits = {"valid_from": starts, "valid_until": ends}
            found.drafts[index] = replace(draft, **limits)  # type: ignore[arg-type]
    if ends:
        _after_offer(found, before, ends)
    found.drafts += _variant_drafts(row, variant, product, language, context)


def _after_offer(found: Found, first: int, ends: datetime) -> None:
    """When an offer is over, what was the list price is the price."""
    for index in range(first, len(found.drafts)):
        draft = found.drafts[index]
        if draft.field == "list_price":
            found.drafts[index] = replace(draft, valid_until=ends)
            found.drafts.append(replace(draft, field="price", valid_from=ends))


def _mention(
    row: Row,
    known: Known,
    product: str,
    by_name: bool,
    variant: str,
    context: Context,
) -> Mention:
    aliases = [
        alias
        for text in _texts(known, "alias")
        for alias in re.split(r"[、，,;；/|\n]+\s*", text)
        if alias
    ]
    digits = re.sub(r"\D", "", "".join(_texts(known, "ordinal")[:1]))
    return Mention(
        product, by_name, context.file, row.place, tuple(aliases),
        int(digits) if digits and int(digits) < 10_000 else 0,
        "".join(_texts(known, "image")[:1]), variant, "".join(_texts(known, "sku")[:1]),
    )  # fmt: skip


def _row_validity(
    known: Known, context: Context, product: str, found: Found
) -> tuple[datetime | None, datetime | None]:
    """When the row's offer begins and ends, from its validity columns."""
    limits: dict[str, datetime] = {}
    for cell, column in known:
        if column.field not in ("valid_from", "valid_until"):
            continue
        ends = column.field == "valid_until"
        try:
            limits[column.field] = parse_date(cell.text, context.zone, end_of_day=ends)
        except ValueError as error:
            found.entries.append(_refused(error, cell, column, product, context))
            # without a readable end the offer would be said for ever
            limits["valid_until"] = context.now
    return limits.get("valid_from"), limits.get("valid_until")


def _read_cell(
    cell: Cell,
    column: Column,
    product: str,
    variant: str,
    shape: Shape,
    language: Language,
    context: Context,
    found: Found,
) -> None:
    """Add the drafts of one cell, or the entry that says why there are none."""
    kind = BY_KEY.get(column.field)
    if kind is None or column.field == "question":
        return
    differs = column.how == "kept" and cell.header in shape.varying
    own_variant = variant if kind.per_variant or differs else ""
    text = with_points(cell.text, column.field, shape)
    try:
        for key, value, unit in values_of(text, column, context.currency, context.zone):
            label = without_unit(cell.header) if column.unit else cell.header
            if key == "feature" and column.how != "kept" and isinstance(value, str):
                key, label, value = _attribute(value, label)
            worded = language_of(value, language) if isinstance(value, str) else language
            spoken = column.language or worded
            starts, ends = None, None
            if isinstance(value, str) and kind.type == "policy":
                starts, ends = limits_of(value, key, context, cell.place, product, found.entries)
            found.drafts.append(
                Draft(
                    product, key, BY_KEY[key].type, value, spoken, context.file, cell.place,
                    own_variant, unit, label, starts, ends,
                )
            )  # fmt: skip
    except ValueError as error:
        found.entries.append(_refused(error, cell, column, product, context))


def _refused(
    error: ValueError, cell: Cell, column: Column, product: str, context: Context
) -> Entry:
    return Entry("refused", context.file, message_of(error), cell.place, product, column.field)


def limits_of(
    text: str, key: str, context: Context, place: Place, product: str, entries: list[Entry]
) -> tuple[datetime | None, datetime | None]:
    """From when until when words of a fact hold, with an entry where the day had to be guessed."""
    starts, ends = validity(text, context.zone, context.now)
    written = min(context.written or context.now, context.now)
    offer = key in _OFFERS
    bound = relative_end(text, context.zone, written, offer=offer) if ends is None else None
    if bound is None:
        return starts, ends
    if bound.until is None:
        message = Message(
            "{words!r} names no day; write one, such as 至2027-12-31", words=bound.words
        )
    else:
        last = bound.until - timedelta(seconds=1)
        message = Message(
            "{words!r} is taken as {last:%Y-%m-%d %H:%M}, from when the file was saved",
            words=bound.words, last=last,
        )  # fmt: skip
    entries.append(Entry("guessed", context.file, message, place, product, key))
    return starts, bound.until


def _attribute(text: str, label: str) -> tuple[str, str, str]:
    """A piece of a list of specifications as field, label and value: 材质：纯棉."""
    name, mark, value = re.sub("[:：]", ":", text, count=1).partition(":")
    if not mark or not value.strip() or len(name) > 12 or re.search(r"\d$", name):
        return "feature", label, text
    field = field_of_heading(name.strip(), exactly=True)
    told = field if field and BY_KEY[field].type in ("text", "material") else "feature"
    return told, name.strip(), value.strip()


def _variant_drafts(
    row: Row, variant: str, product: str, language: Language, context: Context
) -> list[Draft]:
    """What a variant's own name says: 豆沙色 is a colour, M a size, 30ml a volume."""
    quantity = parse_quantity(variant)
    if quantity and quantity[1].lower() in ("ml", "l", "g", "kg", "毫升", "克"):
        amount, unit = quantity
        return [Draft(product, "volume", "quantity", amount, language, context.file, row.place,
                      variant, unit)]  # fmt: skip
    key = "size" if _SIZES.fullmatch(variant) else "colour" if variant.endswith("色") else ""
    if not key or " / " in variant:
        return []
    return [Draft(product, key, "text", variant, language_of(variant, language), context.file,
                  row.place)]  # fmt: skip


def _read_questions(
    table: Table,
    columns: Mapping[str, Column],
    context: Context,
    language: Language,
    found: Found,
) -> None:
    for row in table.rows:
        known = _known(row, columns)
        questions = [c.text for c, column in known if column.field == "question"]
        answers = [c.text for c, column in known if column.field == "answer"]
        if not questions or not answers:
            message = Message("a question and its answer are needed in each row")
            found.entries.append(Entry("refused", context.file, message, row.place))
            continue
        product = (_texts(known, "id") or _texts(known, "name") or [""])[0]
        spoken = language_of(questions[0] + answers[0], language)
        starts, ends = limits_of(answers[0], "question", context, row.place, product, found.entries)
        found.drafts.append(
            Draft(product, "question", "question", plain_words(answers[0]), spoken, context.file,
                  row.place, label=plain_words(questions[0]), valid_from=starts, valid_until=ends)
        )  # fmt: skip


def _read_sizes(
    table: Table, columns: Mapping[str, Column], context: Context, found: Found
) -> None:
    size_header = size_column(table.headers)
    keeper = ""
    for row in table.rows:
        known = _known(row, columns)
        ids, names = _texts(known, "id"), _texts(known, "name")
        keeper = (ids or names or [keeper])[0]
        size = next((plain(c.text) for c in row.cells if c.header == size_header), "")
        if not keeper or not size:
            message = Message("a size table needs the product and the size in each row")
            found.entries.append(Entry("refused", context.file, message, row.place))
            continue
        found.mentions.append(Mention(keeper, not ids, context.file, row.place))
        found.drafts += size_drafts(
            keeper, size, [(c.header, plain(c.text)) for c in row.cells], row, context
        )


def size_drafts(
    product: str, size: str, cells: list[tuple[str, str]], row: Row, context: Context
) -> list[Draft]:
    """One size in both languages: numbers need no translator."""
    languages: tuple[Language, Language] = ("zh", "en")
    return [
        Draft(product, "size_table", "size_table", describe(size, cells, language), language,
              context.file, row.place, label=size)
        for language in languages
    ]  # fmt: skip
