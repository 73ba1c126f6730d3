"""What headers are taken for."""

import pytest

from knowledge.columns import field_of_heading, is_known_header, map_columns
from knowledge.fields import FIELDS, KEYS


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("货号", "id"),
        ("商品 名称", "name"),
        ("商品", "name"),
        ("直播间价格", "price"),
        ("到手价", "price"),
        ("划线价", "list_price"),
        ("库存数量", "stock"),
        ("Compare At Price", "list_price"),
        ("Selling Points", "selling_point"),
        ("卖点3", "selling_point"),
        ("Bullet 2", "selling_point"),
        ("适用肤质", "skin_type"),
        ("Colour", "colour"),
        ("color", "colour"),
    ],
)
def test_known_words_map_exactly(header: str, field: str) -> None:
    column = map_columns([header], {}, {})[header]
    assert (column.field, column.how) == (field, "header")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("产品核心卖点描述", "selling_point"),
        ("本场直播间价格", "price"),
        ("Ingrediants", "ingredients"),
        ("大促活动价", "price"),
    ],
)
def test_alike_words_are_guessed(header: str, field: str) -> None:
    column = map_columns([header], {}, {})[header]
    assert (column.field, column.how) == (field, "likeness")


@pytest.mark.parametrize(
    "header", ["成本价", "Cost per item", "佣金率", "供应商名称", "内部备注", "Margin"]
)
def test_private_columns_never_pass_for_public_ones(header: str) -> None:
    assert map_columns([header], {}, {})[header].field == "private"


@pytest.mark.parametrize("header", ["运营状态码", "xyz", "批次", "Foo", "承重", "Load capacity"])
def test_unknown_headers_stay_unknown(header: str) -> None:
    assert map_columns([header], {}, {})[header].field == ""


def test_marks_in_headers_are_understood() -> None:
    columns = map_columns(
        ["卖点（英文）", "英文名", "Price (USD)", "净含量(ml)", "name_zh"], {}, {}
    )
    assert columns["卖点（英文）"].field == "selling_point"
    assert columns["卖点（英文）"].language == "en"
    assert (columns["英文名"].field, columns["英文名"].language) == ("name", "en")
    assert columns["Price (USD)"].currency == "USD"
    assert columns["净含量(ml)"].unit == "ml"
    assert (columns["name_zh"].field, columns["name_zh"].language) == ("name", "zh")


def test_content_tells_what_words_do_not() -> None:
    samples = {"福利": ["¥59", "¥79"], "号": ["12", "13"], "Foo": ["30ml", "50 ml"]}
    columns = map_columns(["福利", "号", "Foo"], samples, {})
    assert (columns["福利"].field, columns["福利"].how) == ("price", "content")
    assert (columns["Foo"].field, columns["Foo"].how) == ("volume", "content")
    assert columns["号"].field == ""


def test_the_saved_mapping_wins() -> None:
    columns = map_columns(["库存", "暗号"], {}, {"库存": "ignore", "暗号": "price"})
    assert columns["库存"].field == "ignore"
    assert (columns["暗号"].field, columns["暗号"].how) == ("price", "saved")


def test_sku_beside_an_id_tells_variants_apart() -> None:
    columns = map_columns(["商品ID", "SKU"], {}, {})
    assert columns["商品ID"].field == "id"
    assert columns["SKU"].field == "sku"
    assert map_columns(["SKU", "名称"], {}, {})["SKU"].field == "id"


def test_headings_name_fields() -> None:
    assert field_of_heading("三、使用方法") == "usage"
    assert field_of_heading("Shipping & Delivery") == "shipping"
    assert field_of_heading("货号") is None
    assert field_of_heading("关于我们的故事") is None


def test_every_word_means_one_thing() -> None:
    meanings: dict[str, set[str]] = {}
    for field in FIELDS:
        for word in {field.zh, field.en.replace(" ", ""), *field.words.split()}:
            meanings.setdefault(word, set()).add(field.key)
    for key, words in KEYS.items():
        for word in words.split():
            meanings.setdefault(word, set()).add(key)
    assert {word: those for word, those in meanings.items() if len(those) > 1} == {}


def test_values_do_not_read_as_headers() -> None:
    assert is_known_header("直播价")
    assert not is_known_header("玻尿酸保湿精华")
    assert not is_known_header("199")
