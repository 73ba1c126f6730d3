"""Manuals, FAQ and policies as drafts of facts: which product, which field, what is said.

A document is about the product that its title, a heading or a line such as 适用商品：BT1001 names;
without one it is about the whole shop. A heading says the field of what stands below it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from core.language import Language
from core.message import Message, joined
from knowledge.amounts import parse_quantity
from knowledge.columns import field_of_heading
from knowledge.draft import Draft
from knowledge.facts import Context, Found, facts_of_table, limits_of, size_drafts
from knowledge.fields import BY_KEY
from knowledge.language import language_of
from knowledge.raw import Block, Row
from knowledge.readers.grid import header_index, table_of
from knowledge.report import Entry
from knowledge.size_tables import sizes_in
from knowledge.values import items, plain_words

_TITLES: Final = re.compile(
    r"项目|名称|参数名称?|参数|参数值|内容|说明|规格|指标|属性|属性值|值|数值|详情|描述|序号|"
    r"items?|names?|parameters?|specifications?|specs?|values?|details?|description|property|"
    r"attribute|features?|methods?|time|no\.?|#",
    re.IGNORECASE,
)
# above the columns of a table of names and values
Namer = Callable[[str], str | None]
"""The id of the product a text names by id, name or alias; None when it names none."""
Kinds = Callable[[str], Sequence[str]]
"""The ids of the products whose category a text names; none when it names no category."""

_PRODUCT_LINE: Final = re.compile(
    r"^(?:适用商品|适用产品|适用型号|商品|产品|货号|商品编号|product|sku|item)\s*[:：]\s*(.+)$",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    r"^(?:问|Q|Question)\s*\d*\s*[:：.、]\s*(?P<marked>.+)$|"
    r"^(?:\d{1,2}[.、]\s*)?(?P<plain>[^\n]{2,80}[?？])\s*$",
    re.IGNORECASE | re.DOTALL,
)
_ASKS: Final = re.compile(
    r"[吗呢么嘛]$|^(?:怎么|如何|为什么|什么|哪|能不能|可不可以|是否|有没有|多久|多少|几)|"
    r"(?:多久|多少|几天|怎么办|怎么弄|怎么选|怎么洗|怎么用|能不能用|行不行|是什么)$|"
    r"^(?:how|what|when|where|why|which|who|can|could|do|does|did|is|are|will|would|should)\b.{6,}",
    re.IGNORECASE,
)
# a heading that asks though it has no question mark
_ANSWER: Final = re.compile(r"^(?:答|A|Answer)\s*\d*\s*[:：.、]\s*(.+)$", re.IGNORECASE | re.DOTALL)
_OWN_BUSINESS: Final = re.compile(
    r"内部|备注|成本|供应商|采购|话术|禁止|排班|待办|internal|private|cost|supplier|todo|script",
    re.IGNORECASE,
)
# headings of what staff write for themselves
_BROKEN: Final = 36
# letters of a line that may have been broken to fit a page
_PAIR: Final = re.compile(r"^([^:：\n，。,.]{1,16})[:：]\s*(\S[^\n]*)$")


@dataclass(slots=True)
class _Here:
    """Where the walk through a document stands."""

    product: str = ""
    product_level: int = 0
    # heading level at which the product was named; 0 for the whole document
    field: str = ""
    field_level: int = 0
    heading: str = ""
    under_heading: bool = False
    # below one that is no title of the whole document and is not the shop's own business
    question: str = ""
    kin: Sequence[str] = ()
    # products of the kind that the last heading named: 女装尺码表


def facts_of_document(
    blocks: Sequence[Block], context: Context, named: Namer, kind_of: Kinds = lambda _: ()
) -> Found:
    """Everything a document says, with entries for what was guessed.

    Args:
        blocks: as its reader gave them.
        context: what the file does not say itself.
        named: which product a text names.
        kind_of: which products are of the kind that a text names.
    """
    found = Found()
    here = _Here()
    language = _language(blocks)
    for block in _questions_apart(blocks):
        if block.kind == "heading":
            _enter(block, here, named)
            here.kin = kind_of(block.text) or here.kin
        elif block.kind == "table":
            _read_table(block, here, context, language, named, found)
        else:
            _read_text(block, here, context, language, named, found)
    if not found.drafts:
        message = Message("no facts found; give it headings such as 使用方法, 发货, 常见问题")
        found.entries.append(Entry("guessed", context.file, message))
    return found


def _language(blocks: Sequence[Block]) -> Language:
    return language_of(" ".join(block.text for block in blocks), "zh")


def _questions_apart(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with each question and each answer that share a paragraph made one of its own."""
    apart: list[Block] = []
    for block in blocks:
        lines = block.text.split("\n")
        if block.kind not in ("text", "item") or len(lines) < 2:
            apart.append(block)
            continue
        pieces = [lines[0]]
        for before, line in pairwise(lines):
            asks = _QUESTION.match(line.strip())
            begins = (asks and asks["marked"]) or _ANSWER.match(line.strip())
            if begins or (before == lines[0] and _QUESTION.match(before.strip())):
                pieces.append(line)
            else:
                pieces[-1] = f"{pieces[-1]}\n{line}"
        apart += [replace(block, text=piece.strip()) for piece in pieces if piece.strip()]
    return apart


def _enter(block: Block, here: _Here, named: Namer) -> None:
    """A heading: it asks a question, names a product or names a field."""
    here.question = ""
    asked = _QUESTION.match(block.text)
    if asked or _ASKS.search(block.text):
        asked_for = (asked["marked"] or asked["plain"]) if asked else block.text
        here.question = plain_words(asked_for)
        return
    if here.product_level and block.level <= here.product_level:
        here.product, here.product_level = "", 0
    if here.field_level and block.level <= here.field_level:
        here.field, here.field_level = "", 0
    here.heading = block.text
    here.under_heading = block.level > 1 and not _OWN_BUSINESS.search(block.text)
    exact = field_of_heading(block.text, exactly=True)
    product = None if exact else named(block.text)
    field = exact or field_of_heading(block.text)
    if product:
        here.product = product
        # a title speaks for the whole document, whatever headings follow
        here.product_level = 0 if block.level == 1 else block.level
        here.field, here.field_level = "", 0
    if field and not (product and block.level == 1):
        here.field, here.field_level = field, block.level
    elif block.level > 1:
        here.field, here.field_level = "", 0


def _read_text(
    block: Block,
    here: _Here,
    context: Context,
    language: Language,
    named: Namer,
    found: Found,
) -> None:
    about = _PRODUCT_LINE.match(block.text)
    if about:
        product = named(about[1])
        if product is None:
            message = Message(
                "no product is called {name!r}; what follows is kept for the whole shop",
                name=about[1],
            )
            found.entries.append(Entry("guessed", context.file, message, block.place))
        here.product, here.product_level = product or "", 0
        return
    asked = _QUESTION.match(block.text)
    if asked and (asked["marked"] or here.field == "question" or not here.field):
        here.question = plain_words(asked["marked"] or asked["plain"])
        return
    if here.question:
        _answer(block, here, context, language, named, found)
        return
    pair = _PAIR.match(block.text)
    pair_field = field_of_heading(pair[1]) if pair else None
    if pair and pair_field:
        found.drafts += _drafts(pair[2], pair_field, pair[1], block, here, context, language, found)
    elif here.field and here.field != "question":
        found.drafts += _drafts(
            block.text, here.field, here.heading, block, here, context, language, found
        )
    elif here.product or block.kind == "item" or here.under_heading:
        found.drafts += _drafts(
            block.text, "note", here.heading, block, here, context, language, found
        )


def _answer(
    block: Block,
    here: _Here,
    context: Context,
    language: Language,
    named: Namer,
    found: Found,
) -> None:
    marked = _ANSWER.match(block.text)
    answer = plain_words(marked[1] if marked else block.text)
    last = found.drafts[-1] if found.drafts else None
    if last is not None and last.field == "question" and last.label == here.question:
        # a second paragraph of the same answer
        found.drafts[-1] = replace(last, value=f"{last.value} {answer}")
        return
    product = here.product or named(here.question) or ""
    starts, ends = limits_of(answer, "question", context, block.place, product, found.entries)
    found.drafts.append(
        Draft(
            product, "question", "question", answer, language_of(answer, language), context.file,
            block.place, label=here.question, valid_from=starts, valid_until=ends,
        )
    )  # fmt: skip


def _drafts(
    text: str,
    key: str,
    label: str,
    block: Block,
    here: _Here,
    context: Context,
    language: Language,
    found: Found,
) -> list[Draft]:
    """A paragraph or list item as facts of one field."""
    kind = BY_KEY[key]
    if kind.type in ("price", "stock", "date", "size_table"):
        # prices and stock come from product tables, where each has its own cell
        kind, key = BY_KEY["note"], "note"
    if kind.type == "quantity":
        quantity = parse_quantity(text)
        if quantity:
            return [
                Draft(here.product, key, kind.type, quantity[0], language, context.file,
                      block.place, unit=quantity[1], label=label)
            ]  # fmt: skip
    if key == "ingredients":
        pieces = items(text, words=True)
    else:
        pieces = [piece.rstrip("。.") for piece in _sentences(text)]
    return [
        Draft(
            here.product, key, kind.type, plain_words(piece), language_of(piece, language),
            context.file, block.place, "", "", label,
            *limits_of(piece, key, context, block.place, here.product, found.entries),
        )
        for piece in pieces
    ]  # fmt: skip


def _sentences(text: str) -> list[str]:
    """The lines of a paragraph that each say something whole; broken lines are one."""
    pieces: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        whole = pieces and re.search(r"[。.!！?？;；]$", pieces[-1])
        if pieces and not whole and (line[0].islower() or len(pieces[-1]) > _BROKEN):
            pieces[-1] = f"{pieces[-1]} {line}"
        else:
            pieces.append(line)
    return pieces


def _read_table(
    block: Block,
    here: _Here,
    context: Context,
    language: Language,
    named: Namer,
    found: Found,
) -> None:
    """A table: measures for sizes, products in rows, or names and values side by side."""
    rows = block.rows
    if not rows:
        return
    sized = sizes_in(rows)
    if sized is not None:
        products = [here.product] if here.product else here.kin
        if not products:
            message = Message(
                "a size table of which product? Name it in the heading above or in the title"
            )
            found.entries.append(Entry("refused", context.file, message, block.place))
        elif not here.product:
            message = Message(
                "a size table for all of its kind: {products}",
                products=joined(products, chinese="、"),
            )
            found.entries.append(Entry("guessed", context.file, message, block.place))
        row = Row((), block.place)
        for product in products:
            for size, cells in sized:
                found.drafts += size_drafts(product, size, cells, row, context)
        return
    if len(rows[0]) > 2 and header_index(rows[:1], _names_key) is not None:
        table = table_of(rows, 0, block.place.path)
        inner = facts_of_table(table, context)
        found.drafts += [replace(d, product=named(d.product) or d.product) for d in inner.drafts]
        found.mentions += inner.mentions
        found.entries += inner.entries
        return
    for label, value in _pairs(rows):
        field = field_of_heading(label) or here.field or "feature"
        if field == "question" or BY_KEY[field].type == "size_table":
            field = "feature"
        for draft in _drafts(value, field, label, block, here, context, language, found):
            place = replace(block.place, column=label)
            found.drafts.append(replace(draft, place=place))


def _pairs(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Names and values that stand side by side, once or twice in a row, without their titles."""
    for number, row in enumerate(rows):
        if number == 0 and len(row) >= 2 and all(_TITLES.fullmatch(text) for text in row if text):
            continue
        if len(row) == 4 and all(field_of_heading(row[at], exactly=True) for at in (0, 2)):
            yield from ((row[at], row[at + 1]) for at in (0, 2) if row[at + 1])
        elif len(row) >= 2 and row[0] and row[1]:
            yield row[0], "，".join(dict.fromkeys(text for text in row[1:] if text))


def _names_key(text: str) -> bool:
    from knowledge.columns import map_columns

    return map_columns([text], {}, {})[text].field in ("id", "name", "question", "answer")
