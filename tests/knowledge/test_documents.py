"""Manuals, FAQ and policies as drafts of facts."""

from knowledge.documents import facts_of_document
from knowledge.facts import Context, Found
from knowledge.raw import Block, BlockKind
from knowledge.report import Place

PRODUCTS = {"小月亮台灯": "L1", "口红": "K1", "l1": "L1"}


def named(text: str) -> str | None:
    return next((found for name, found in PRODUCTS.items() if name in text.lower()), None)


def block(kind: BlockKind, text: str, level: int = 0) -> Block:
    return Block(kind, text, Place(path="line 1"), level)


def read(context: Context, *blocks: Block) -> Found:
    return facts_of_document(blocks, context, named)


def said(found: Found) -> list[tuple[str, str, str, object]]:
    return [(d.product, d.field, d.label, d.value) for d in found.drafts]


def test_the_title_names_the_product_of_a_manual(context: Context) -> None:
    found = read(
        context,
        block("heading", "小月亮台灯 使用说明书", 1),
        block("heading", "一、使用方法", 2),
        block("item", "轻触开灯。"),
        block("heading", "保修", 2),
        block("text", "整灯质保一年。"),
    )
    assert said(found) == [
        ("L1", "usage", "一、使用方法", "轻触开灯"),
        ("L1", "warranty", "保修", "整灯质保一年"),
    ]


def test_a_line_names_the_product_and_pairs_are_fields(context: Context) -> None:
    found = read(
        context,
        block("text", "适用商品：L1"),
        block("text", "额定功率：5W"),
        block("text", "随便写的一句话。"),
    )
    assert said(found) == [("L1", "power", "额定功率", 5.0), ("L1", "note", "", "随便写的一句话")]


def test_an_unknown_product_line_is_reported(context: Context) -> None:
    found = read(context, block("text", "适用商品：ZZ9"), block("heading", "发货", 2),
                 block("item", "当天发"))  # fmt: skip
    assert said(found) == [("", "shipping", "发货", "当天发")]
    assert "no product is called 'ZZ9'" in found.entries[0].message


def test_headings_of_products_hold_until_the_next(context: Context) -> None:
    found = read(
        context,
        block("heading", "常见问题", 1),
        block("heading", "口红", 2),
        block("heading", "会沾杯吗？", 3),
        block("text", "比较轻。"),
        block("text", "抿一下更好。"),
        block("heading", "其他", 2),
        block("heading", "几天到？", 3),
        block("text", "三天左右。"),
    )
    assert said(found) == [
        ("K1", "question", "会沾杯吗？", "比较轻。 抿一下更好。"),
        ("", "question", "几天到？", "三天左右。"),
    ]


def test_questions_in_every_shape(context: Context) -> None:
    found = read(
        context,
        block("text", "问：防水吗？"),
        block("text", "答：不防水。"),
        block("text", "Q1: Is it heavy?"),
        block("text", "A: Not at all."),
        block("text", "Does it fold?\nYes, twice."),
        block("text", "口红掉色吗？"),
        block("text", "不掉色。"),
    )
    assert said(found) == [
        ("", "question", "防水吗？", "不防水。"),
        ("", "question", "Is it heavy?", "Not at all."),
        ("", "question", "Does it fold?", "Yes, twice."),
        ("K1", "question", "口红掉色吗？", "不掉色。"),
    ]
    assert [draft.language for draft in found.drafts] == ["zh", "en", "en", "zh"]


def test_a_rule_below_a_heading_of_its_own_is_kept_and_what_staff_tell_each_other_is_not(
    context: Context,
) -> None:
    found = read(
        context,
        block("heading", "店铺须知", 1),
        block("text", "欢迎光临。"),
        block("heading", "尺寸改动", 2),
        block("text", "餐桌可以改尺寸，加300元。"),
        block("heading", "内部话术", 2),
        block("text", "先问预算。"),
        block("heading", "邮费", 2),
        block("text", "满49元包邮。"),
    )
    assert said(found) == [
        ("", "note", "尺寸改动", "餐桌可以改尺寸，加300元"),
        ("", "shipping", "邮费", "满49元包邮"),
    ]


def test_coupons_end_when_they_say(context: Context) -> None:
    found = read(
        context, block("heading", "优惠券", 2), block("item", "满300减50，截止2026年11月11日。")
    )
    (draft,) = found.drafts
    assert draft.valid_until is not None
    assert draft.valid_until < context.now


def test_prices_in_prose_are_no_price_facts(context: Context) -> None:
    found = read(context, block("text", "适用商品：L1"), block("text", "价格：99元"))
    assert said(found) == [("L1", "note", "价格", "99元")]


def test_tables_of_parameters_and_of_sizes(context: Context) -> None:
    parameters = Block("table", "", Place(path="line 9"), rows=(("功率", "5W"), ("色温", "2700K")))
    sizes = Block("table", "", Place(path="line 20"),
                  rows=(("尺码", "身高(cm)", "胸围(cm)"), ("S", "155", "84")))  # fmt: skip
    found = read(context, block("text", "适用商品：L1"), parameters, sizes)
    assert said(found) == [
        ("L1", "power", "功率", 5.0),
        ("L1", "feature", "色温", "2700K"),
        ("L1", "size_table", "S", "S码：身高155cm，胸围84cm"),
        ("L1", "size_table", "S", "Size S: height 155 cm, chest 84 cm"),
    ]
    assert found.drafts[0].place.column == "功率"


def test_a_document_without_facts_says_so(context: Context) -> None:
    found = read(context, block("text", "今天天气很好。"))
    assert found.drafts == []
    assert "no facts found" in found.entries[0].message
