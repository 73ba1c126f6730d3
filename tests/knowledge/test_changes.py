"""Messages of other programs: which fact of which product becomes what."""

import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SystemClock
from core.errors import ContentError
from core.product import Money, Product, Variant
from knowledge.changes import changes_in
from knowledge.shop import load_shop
from knowledge.view import View
from tests.knowledge.conftest import write

CUP = Product("A1", "云雾杯", (("zh", "云雾杯"),), "", "", (), (), 1, "")
SHIRT = Product(
    "B2", "Oxford Shirt", (("en", "Oxford Shirt"),), "", "", (),
    (Variant("S / White", "OX-S"), Variant("M / White", "OX-M")), 2, "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"sku": "A1", "price": 59}, [("A1", "price", "59", "")]),
        ([{"商品编码": "a1", "库存": 12}], [("A1", "stock", "12", "")]),
        ({"data": {"items": [{"id": "A1", "salePrice": "9.90"}]}}, [("A1", "price", "9.90", "")]),
        ({"event": "stock", "sku": "OX-M", "qty": 0}, [("B2", "stock", "0", "M / White")]),
        ({"product_id": "B2", "sku": "OX-S", "price": 1.5}, [("B2", "price", "1.5", "S / White")]),
        ({"商品名称": "云雾杯", "库存": False}, [("A1", "stock", "out of stock", "")]),
        ({"name": "Oxford Shirt", "variant": "S / White", "stock": 3},
         [("B2", "stock", "3", "S / White")]),
    ],
)  # fmt: skip
def test_a_message_is_understood(message: object, expected: list[tuple[str, ...]]) -> None:
    changes, refused = changes_in(message, (CUP, SHIRT), {})
    assert [(c.product_id, c.field, c.value, c.variant) for _, c in changes] == expected
    assert refused == []


def test_the_mapping_file_names_keys(folder: Path) -> None:
    changes, _ = changes_in([{"sku": "A1", "amt": "7"}], (CUP,), {"amt": "price"})
    assert [(change.field, change.value) for _, change in changes] == [("price", "7")]


def test_what_names_nobody_is_told_item_by_item() -> None:
    message = [{"sku": "A1", "price": 5}, {"sku": "X", "price": 5}, {"sku": "A1", "colour": "red"}]
    changes, refused = changes_in(message, (CUP,), {})
    assert [number for number, _ in changes] == [1]
    assert [one.item for one in refused] == [2, 3]


def test_a_name_inside_a_longer_one_is_another_product() -> None:
    _, refused = changes_in({"name": "云雾杯礼盒", "price": 5}, (CUP,), {})
    assert len(refused) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["sku", "price", "库存", "x", "data"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_taken_or_refused_in_words(message: object) -> None:
    with suppress(ContentError):
        changes, refused = changes_in(message, (CUP, SHIRT), {})
        assert changes or refused


def test_changes_are_kept_over_a_restart_until_the_file_says_otherwise(folder: Path) -> None:
    shop = load_shop(folder, SystemClock())
    facts, refused = shop.take_changes(
        [{"sku": "A1", "price": "45", "stock": 3}, {"sku": "A2", "原价": "99"}], "webhook"
    )
    assert refused == []
    assert {fact.id for fact in facts} == {"A1.price", "A1.stock", "A2.list_price"}
    again = load_shop(folder, SystemClock())
    assert again.facts_of("A1", "price")[0].value == Money(4500, "CNY")
    # a fact that no file gives
    assert again.facts_of("A2", "list_price")[0].value == Money(9900, "CNY")
    write(
        folder, "商品.csv", "货号,商品名称,直播价,原价,库存\nA1,云雾杯,58,,10\nA2,山茶皂,29,88,20\n"
    )
    again.reload([folder / "商品.csv"])
    assert again.facts_of("A1", "price")[0].value == Money(5800, "CNY")
    assert again.facts_of("A2", "list_price")[0].value == Money(8800, "CNY")


def test_a_change_made_while_files_load_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = load_shop(folder, SystemClock())
    made = View.made

    def made_slowly(*parts: Any) -> View:
        view = made(*parts)
        thread = threading.Thread(target=shop.patch, args=("A1", "price", "33"))
        thread.start()
        thread.join()
        return view

    monkeypatch.setattr(View, "made", made_slowly)
    write(folder, "商品.csv", "货号,商品名称,直播价,库存\nA1,云雾杯,59,10\nA2,山茶皂,28,20\n")
    shop.reload([folder / "商品.csv"])
    assert shop.facts_of("A1", "price")[0].value == Money(3300, "CNY")
    assert shop.facts_of("A2", "price")[0].value == Money(2800, "CNY")


@pytest.mark.parametrize("value", ["in stock", "有货"])
def test_stock_in_words_does_not_say_how_many(folder: Path, value: str) -> None:
    shop = load_shop(folder, SystemClock())
    shop.take_changes({"sku": "A1", "stock": "售罄"}, "webhook")
    assert shop.facts_of("A1", "stock")[0].value == 0.0
    _, refused = shop.take_changes({"sku": "A1", "stock": value}, "webhook")
    assert "send a number" in refused[0].reason


def test_a_guessed_column_is_put_right(folder: Path) -> None:
    write(folder, "b.csv", "货号,商品名称,直播价,发货时长\nA3,松木勺,9,两天\n")
    shop = load_shop(folder, SystemClock())
    assert shop.facts_of("A3", "feature")[0].label == "发货时长"
    shop.map_column("b.csv", "发货时长", "shipping")
    assert shop.facts_of("A3", "shipping")[0].value == "两天"
    assert not shop.facts_of("A3", "feature")
    shop.map_column("b.csv", "发货时长", "ignore")
    assert not shop.facts_of("A3", "shipping")
    with pytest.raises(ContentError, match="no such file"):
        shop.map_column("c.csv", "x", "price")
