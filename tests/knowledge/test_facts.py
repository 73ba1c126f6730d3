"""Rows of tables as drafts of facts."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.product import Money
from knowledge.draft import Draft
from knowledge.facts import Context, Found, facts_of_table
from knowledge.raw import Table
from knowledge.readers.grid import table_of


def table(*rows: list[str]) -> Table:
    return table_of(rows, 0, "商品")


def by_field(found: Found, field: str) -> list[Draft]:
    return [draft for draft in found.drafts if draft.field == field]


def test_cells_become_typed_drafts(context: Context) -> None:
    found = facts_of_table(
        table(
            ["货号", "商品名称", "直播价", "库存", "净含量(ml)", "成分", "卖点", "注意事项"],
            ["A1", "山茶皂", "￥２９", "１２0件", "30", "山茶油、1,2-己二醇，甘油",
             "1. 好起泡\n2. 不紧绷", "避光；防潮"],
        ),
        context,
    )  # fmt: skip
    assert by_field(found, "price")[0].value == Money(2900, "CNY")
    assert by_field(found, "stock")[0].value == 120.0
    volume = by_field(found, "volume")[0]
    assert (volume.value, volume.unit) == (30.0, "ml")
    assert [d.value for d in by_field(found, "ingredients")] == ["山茶油", "1,2-己二醇", "甘油"]
    assert [d.value for d in by_field(found, "selling_point")] == ["好起泡", "不紧绷"]
    assert [d.value for d in by_field(found, "caution")] == ["避光", "防潮"]
    assert str(by_field(found, "price")[0].place) == "商品 row 2, column 直播价"


def test_a_decimal_is_no_item_number(context: Context) -> None:
    found = facts_of_table(
        table(
            ["货号", "商品名称", "直播价", "卖点"],
            ["A1", "羊毛衫", "299", "19.5 微米羊毛\n2.不扎皮肤"],
        ),
        context,
    )
    points = [draft.value for draft in by_field(found, "selling_point")]
    assert points == ["19.5 微米羊毛", "不扎皮肤"]


def test_english_sentences_are_not_cut_at_semicolons(context: Context) -> None:
    found = facts_of_table(
        table(["id", "name", "usage"], ["A1", "Soap", "Lather well; rinse with warm water."]),
        context,
    )
    assert [d.value for d in by_field(found, "usage")] == ["Lather well; rinse with warm water"]


def test_specs_are_variants_with_their_own_price(context: Context) -> None:
    found = facts_of_table(
        table(
            ["货号", "商品名称", "规格", "直播价"],
            ["A1", "精华", "30ml", "199"],
            ["A1", "精华", "50ml", "289"],
        ),
        context,
    )
    assert [(d.variant, d.value) for d in by_field(found, "price")] == [
        ("30ml", Money(19900, "CNY")),
        ("50ml", Money(28900, "CNY")),
    ]
    assert [(d.variant, d.value) for d in by_field(found, "volume")] == [
        ("30ml", 30.0),
        ("50ml", 50.0),
    ]


def test_a_wrong_cell_is_refused_and_the_row_stays(context: Context) -> None:
    found = facts_of_table(
        table(
            ["货号", "商品名称", "直播价", "库存"],
            ["A1", "皂", "面议", "-3"],
            ["A2", "杯", "59", "2"],
        ),
        context,
    )
    refused = [entry for entry in found.entries if entry.outcome == "refused"]
    assert [(e.field, e.place.row, e.place.column) for e in refused] == [
        ("price", 2, "直播价"),
        ("stock", 2, "库存"),
    ]
    assert {d.product for d in by_field(found, "name")} == {"A1", "A2"}


def test_a_missing_price_and_a_missing_name_are_said(context: Context) -> None:
    found = facts_of_table(
        table(["货号", "商品名称", "直播价"], ["A1", "皂", ""], ["", "", "59"]), context
    )
    messages = [str(e) for e in found.entries if e.outcome == "refused"]
    assert "row 2, column 直播价: A1 has no price" in messages[0]
    assert "row 3: no id and no name" in messages[1]


def test_a_table_about_no_product_is_refused(context: Context) -> None:
    found = facts_of_table(table(["日期", "销量"], ["11-01", "30"]), context)
    (entry,) = [e for e in found.entries if e.outcome == "refused"]
    assert "no column with a product's id or name among: 日期, 销量" in entry.message


def test_guesses_and_unknown_columns_are_reported(context: Context) -> None:
    found = facts_of_table(
        table(["货号", "产品核心卖点描述", "运营状态码", "成本价"], ["A1", "好用", "7", "11"]),
        context,
    )
    guesses = {e.place.column: e.message for e in found.entries if e.outcome == "guessed"}
    assert "taken for 卖点 (selling_point)" in guesses["产品核心卖点描述"]
    assert '"运营状态码" = "<field>"' in guesses["运营状态码"]
    assert not any("11" in str(draft.value) for draft in found.drafts)


def test_the_mapping_file_corrects_a_column(context: Context) -> None:
    mapped = replace(context, saved={"福利": "price", "商品名称": "ignore"})
    found = facts_of_table(table(["货号", "商品名称", "福利"], ["A1", "皂", "59"]), mapped)
    assert by_field(found, "price")[0].value == Money(5900, "CNY")
    assert by_field(found, "name") == []


def test_offers_hold_between_the_dates_of_their_row(context: Context) -> None:
    found = facts_of_table(
        table(
            ["货号", "活动内容", "活动开始", "活动截止"],
            ["A1", "两件减十元", "2026-11-01", "2026-11-11"],
            ["A2", "两件减五元", "2026-11-01", "下周"],
        ),
        context,
    )
    zone = ZoneInfo("Asia/Shanghai")
    first, second = by_field(found, "promotion")
    assert first.valid_from == datetime(2026, 11, 1, tzinfo=zone)
    assert first.valid_until == datetime(2026, 11, 12, tzinfo=zone)
    assert second.valid_until == context.now  # an end that cannot be read must not mean for ever


def test_questions_in_a_table(context: Context) -> None:
    found = facts_of_table(
        table(["货号", "问题", "回答"], ["A1", "会掉色吗？", "不会。"], ["", "几天到？", ""]),
        context,
    )
    (draft,) = found.drafts
    assert (draft.product, draft.label, draft.value) == ("A1", "会掉色吗？", "不会。")
    assert [e.place.row for e in found.entries if e.outcome == "refused"] == [3]


def test_size_tables_speak_both_languages(context: Context) -> None:
    found = facts_of_table(
        table(["货号", "尺码", "身高(cm)", "体重(斤)"], ["A1", "M", "160-165", "100-115"]), context
    )
    assert [(d.language, d.label, d.value) for d in by_field(found, "size_table")] == [
        ("zh", "M", "M码：身高160-165cm，体重100-115斤"),
        ("en", "M", "Size M: height 160-165 cm, weight 50-57.5 kg"),
    ]
