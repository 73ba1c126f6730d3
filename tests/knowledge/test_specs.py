"""Several specs in one row, as platforms' exports and busy people write them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.product import Money
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write


def shop_of(folder: Path, text: str) -> Shop:
    write(folder, "p.csv", text)
    return load_shop(folder, VirtualClock())


def yuan(shop: Shop, field: str = "price") -> dict[str, float]:
    facts = shop.facts_of("A", field)
    return {f.variant: f.value.minor / 100 for f in facts if isinstance(f.value, Money)}


@pytest.mark.parametrize(
    "row",
    [
        "A,精华,30ml/50ml,199/289,3/4",
        "A,精华,３０ml／５０ml,１９９／２８９,３／４",
        'A,精华,"30ml\n50ml","199\n289","3\n4"',
        "A,精华,30ml、50ml,199元、289元,3、4",
    ],
)
def test_specs_divided_by_slashes_commas_and_lines(tmp_path: Path, row: str) -> None:
    shop = shop_of(tmp_path, f"货号,商品名称,规格,直播价,库存\n{row}\n")
    assert shop.report.refused == ()
    assert [variant.name for variant in shop.product("A").variants] == ["30ml", "50ml"]
    assert yuan(shop) == {"30ml": 199, "50ml": 289}
    stock = {fact.variant: fact.value for fact in shop.facts_of("A", "stock")}
    assert stock == {"30ml": 3.0, "50ml": 4.0, "": 7.0}


def test_a_price_and_a_stock_given_once_are_of_all_sizes(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "货号,商品名称,规格,直播价,库存\nA,衬衫,S/M/L,189,30\n")
    assert [v.name for v in shop.product("A").variants] == ["S", "M", "L"]
    assert yuan(shop) == {"S": 189, "M": 189, "L": 189, "": 189}
    assert {fact.variant: fact.value for fact in shop.facts_of("A", "stock")} == {"": 30.0}


def test_prices_that_name_their_spec(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "货号,商品名称,直播价,库存\nA,精华,30ml：199元；50ml：289元,9\n")
    assert shop.report.refused == ()
    assert yuan(shop) == {"30ml": 199, "50ml": 289}
    assert {fact.variant: fact.value for fact in shop.facts_of("A", "stock")} == {"": 9.0}


def test_volumes_with_a_price_each_are_specs(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "货号,商品名称,净含量,直播价\nA,精华,30ml/50ml,199/289\n")
    assert yuan(shop) == {"30ml": 199, "50ml": 289}
    assert {f.variant: f.value for f in shop.facts_of("A", "volume")} == {
        "30ml": 30.0,
        "50ml": 50.0,
    }


def test_a_slash_inside_one_spec_divides_nothing(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "货号,商品名称,规格,直播价\nA,连衣裙,米白/长款,189\n")
    assert [v.name for v in shop.product("A").variants] == ["米白/长款"]


def test_prices_that_do_not_fit_the_specs_are_refused(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "货号,商品名称,规格,直播价\nA,精华,30ml/50ml,199/289/399\n")
    (entry,) = shop.report.refused
    assert (entry.field, entry.place.row) == ("price", 2)
    assert yuan(shop) == {}


def test_a_platform_export_with_merged_products_and_a_title(
    tmp_path: Path, workbook: Callable[..., Path]
) -> None:
    workbook(
        ["商品导出（2026年11月）", None, None, None, None, None],
        ["商品ID", "商品标题", "SKU编码", "销售规格", "售价（元）", "现货库存", "佣金率"],
        [3621001, "羊绒围巾", "YR-01", "颜色:燕麦色", "￥２９９.00", "１２", "20%"],
        [None, None, "YR-02", "颜色:炭灰色", 319, 0, "20%"],
        [3621002, "羊毛手套", "ST-01", "均码", 89, 40, "20%"],
        name="商品导出.xlsx",
        merge="A3:A4 B3:B4",
    )
    shop = load_shop(tmp_path, VirtualClock())
    assert shop.report.refused == ()
    assert [p.id for p in shop.products()] == ["3621001", "3621002"]
    assert [v.sku for v in shop.product("3621001").variants] == ["YR-01", "YR-02"]
    prices = {f.variant: f.value for f in shop.facts_of("3621001", "price")}
    assert set(prices.values()) == {Money(29900, "CNY"), Money(31900, "CNY")}
    stock = {fact.variant: fact.value for fact in shop.facts_of("3621001", "stock")}
    assert 0.0 in stock.values()
    everything = [f for p in shop.products() for f in shop.facts_of(p.id)]
    assert not any("20" in str(fact.value) and fact.unit == "%" for fact in everything)


def test_lines_inside_a_cell_are_items(tmp_path: Path) -> None:
    text = (
        '货号,商品名称,直播价,卖点\nA,杯,59,"①大耳把手\n②可进微波炉，也可进洗碗机\n③1280度烧制"\n'
    )
    shop = shop_of(tmp_path, text)
    points = [fact.value for fact in shop.facts_of("A", "selling_point")]
    assert points == ["大耳把手", "可进微波炉，也可进洗碗机", "1280度烧制"]


def test_numbers_in_words_are_quantities(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "货号,商品名称,直播价,保质期,质保\nA,锅,59,三年,整机十二个月质保\n")
    life = shop.facts_of("A", "shelf_life")[0]
    assert (life.value, life.unit) == (3.0, "年")
    assert shop.facts_of("A", "warranty")[0].value == "整机十二个月质保"
