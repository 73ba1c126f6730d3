"""A shop as the room sees it: what bad files leave alone, reloads, live changes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import ContentError
from core.product import Money
from knowledge.report import Entry
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import DEMO, write

HEADER = "货号,商品名称,直播价,库存\n"


def price(shop: Shop, product: str) -> Money | None:
    facts = shop.facts_of(product, "price")
    assert all(isinstance(fact.value, Money) for fact in facts)
    return facts[0].value if facts else None  # type: ignore[return-value]


def refused(shop: Shop, file: str) -> list[Entry]:
    return [entry for entry in shop.report.of(file) if entry.outcome == "refused"]


# the demo shop


def test_the_demo_shop_loads_without_a_complaint(demo: Shop) -> None:
    assert demo.report.refused == ()
    assert [p.ordinal for p in demo.products()] == list(range(1, 15))
    assert {p.category for p in demo.products()} == {"beauty", "apparel", "home"}


def test_every_demo_product_can_be_presented_in_both_languages(demo: Shop) -> None:
    for product in demo.products():
        assert {"zh", "en"} <= {language for language, _ in product.names}, product.id
        assert (demo.folder / product.image).is_file(), product.id
        assert demo.facts_of(product.id, "price") or demo.facts_of(product.id, "price_from")
        assert demo.facts_of(product.id, "stock")
        for language in ("zh", "en"):
            points = demo.facts_of(product.id, "selling_point")
            assert sum(fact.language == language for fact in points) >= 3, (product.id, language)


def test_the_manual_and_the_faq_are_tied_to_their_products(demo: Shop) -> None:
    labels = {fact.label for fact in demo.facts_of("HM3001", "question")}
    assert {"有没有遥控器？", "Does it have a remote control?"} <= labels
    assert demo.facts_of("HM3001", "battery")[0].value == 4000.0
    assert {f.language for f in demo.facts_of("linen-shirt-dress", "size_table")} == {"zh", "en"}
    assert demo.facts_of("", "shipping")


def test_full_width_prices_and_merged_specs_of_the_demo_shop(demo: Shop) -> None:
    assert price(demo, "BT1004") == Money(12900, "CNY")
    assert price(demo, "BT1003") == Money(7900, "CNY")
    variants = {f.variant: f.value for f in demo.facts_of("BT1005", "stock")}
    assert variants == {"豆沙色": 180.0, "正红色": 95.0, "枫叶色": 0.0, "": 275.0}


def test_a_load_says_how_far_it_is(folder: Path) -> None:
    told: list[tuple[str, float]] = []
    load_shop(folder, VirtualClock(), lambda label, share: told.append((label, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert told[0][0] == "reading 商品.csv"


def test_guessed_columns_say_where_to_correct_them(folder: Path) -> None:
    write(folder, "more.csv", "货号,商品名称,直播间专享价格,福利\nB1,新茶,88,送杯\n")
    guessed = [entry.message for entry in load_shop(folder, VirtualClock()).report.guessed]
    assert sum(".presenter/mapping.toml" in message for message in guessed) == 2


# bad files


def test_bad_files_never_stop_the_good_ones(folder: Path) -> None:
    write(folder, "cut.json", '{"@type": "Product", "sku": "B')
    write(folder, "empty.csv", "")
    write(folder, "sales.csv", "日期,销量\n11-01,30\n")
    (folder / "locked.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99)
    (folder / "old.xls").write_bytes(b"x")
    shop = load_shop(folder, VirtualClock())
    assert [product.id for product in shop.products()] == ["A1", "A2"]
    for name in ("cut.json", "empty.csv", "sales.csv", "locked.xlsx", "old.xls"):
        assert len(refused(shop, name)) == 1, name


def test_wrong_settings_and_mappings_are_said(folder: Path) -> None:
    write(folder, "shop.toml", 'curency = "CNY"\n')
    write(folder, ".presenter/mapping.toml", '[columns]\n"福利" = "prise"\n')
    write(folder, ".presenter/overrides.json", "[{]")
    shop = load_shop(folder, VirtualClock())
    assert "did you mean 'currency'?" in refused(shop, "shop.toml")[0].message
    assert "no field is called 'prise'" in refused(shop, ".presenter/mapping.toml")[0].message
    assert "damaged" in refused(shop, ".presenter/overrides.json")[0].message
    assert price(shop, "A1") == Money(5900, "CNY")


def test_a_shop_can_sell_in_another_currency_and_zone(folder: Path) -> None:
    write(folder, "shop.toml", 'currency = "USD"\ntimezone = "America/New_York"\n')
    assert price(load_shop(folder, VirtualClock()), "A1") == Money(5900, "USD")
    write(folder, "shop.toml", 'timezone = "Mars/Olympus"\n')
    assert "unknown time zone" in refused(load_shop(folder, VirtualClock()), "shop.toml")[0].message


def test_no_folder_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such shop folder"):
        load_shop(tmp_path / "gone", VirtualClock())
    shop = load_shop(tmp_path, VirtualClock())
    assert (shop.products(), shop.search("多少钱"), shop.facts_of("A1")) == ((), (), ())
    with pytest.raises(ContentError, match="no product has the id 'A1'; there are: none"):
        shop.product("A1")


def test_scripts_and_leftovers_are_no_product_files(folder: Path) -> None:
    write(folder, "scripts/opening.md", "# 开场\n## 发货\n- 永远免费\n")
    write(folder, "~$商品.csv", "x")
    write(folder, ".hidden.csv", "x")
    shop = load_shop(folder, VirtualClock())
    assert shop.facts_of("", "shipping") == ()
    assert {entry.file for entry in shop.report.entries} == {"商品.csv"}


# reloads


def test_a_changed_price_is_taken_in(folder: Path) -> None:
    shop = load_shop(folder, VirtualClock())
    path = write(folder, "商品.csv", HEADER + "A1,云雾杯,49,10\nA2,山茶皂,29,20\n")
    shop.reload([path])
    assert price(shop, "A1") == Money(4900, "CNY")


def test_a_broken_file_keeps_its_last_good_facts(folder: Path) -> None:
    shop = load_shop(folder, VirtualClock())
    path = write(folder, "商品.csv", "")
    report = shop.reload([path])
    assert price(shop, "A1") == Money(5900, "CNY")
    assert "last known of it is kept" in report.refused[0].message
    write(folder, "商品.csv", "货号,商品名称,直播价\nA1,云雾杯,39\n")
    shop.reload([path])
    assert price(shop, "A1") == Money(3900, "CNY")
    assert [product.id for product in shop.products()] == ["A1"]


@pytest.mark.parametrize(
    "row",
    ["A1,云雾杯,面议,10", "A1,云雾杯,,10", "A1,云雾杯,9和19,10", "A1,云雾杯,49,10,oops", ",,49,10"],
)
def test_a_broken_row_keeps_its_last_good_facts(folder: Path, row: str) -> None:
    shop = load_shop(folder, VirtualClock())
    path = write(folder, "商品.csv", f"{HEADER}{row}\nA2,山茶皂,25,20\n")
    report = shop.reload([path])
    assert price(shop, "A1") == Money(5900, "CNY")
    assert price(shop, "A2") == Money(2500, "CNY")
    assert shop.product("A1").name == "云雾杯"
    assert [entry.place.row for entry in report.refused] == [2]


def test_a_broken_cell_keeps_only_that_field(folder: Path) -> None:
    shop = load_shop(folder, VirtualClock())
    path = write(folder, "商品.csv", HEADER + "A1,云雾杯,面议,3\nA2,山茶皂,29,20\n")
    shop.reload([path])
    assert price(shop, "A1") == Money(5900, "CNY")
    assert shop.facts_of("A1", "stock")[0].value == 3.0


def test_a_deleted_file_takes_its_facts_with_it(folder: Path) -> None:
    extra = write(folder, "more.csv", "货号,商品名称,直播价\nB1,新茶,88\n")
    shop = load_shop(folder, VirtualClock())
    assert len(shop.products()) == 3
    extra.unlink()
    shop.reload([extra])
    assert len(shop.products()) == 2


def test_a_manual_is_tied_to_a_product_that_comes_later(folder: Path) -> None:
    write(folder, "新茶.md", "# 新茶\n## 使用方法\n- 八十度水冲泡\n")
    shop = load_shop(folder, VirtualClock())
    assert shop.facts_of("B1") == ()
    shop.reload([write(folder, "more.csv", "货号,商品名称,直播价\nB1,新茶,88\n")])
    assert shop.facts_of("B1", "usage")[0].value == "八十度水冲泡"


def test_the_mapping_file_is_taken_in(folder: Path) -> None:
    write(folder, "more.csv", "货号,商品名称,福利\nB1,新茶,88\n")
    shop = load_shop(folder, VirtualClock())
    assert price(shop, "B1") is None
    mapping = write(folder, ".presenter/mapping.toml", '[files."more.csv"]\n"福利" = "price"\n')
    shop.reload([mapping])
    assert price(shop, "B1") == Money(8800, "CNY")


# time


def test_offers_end_while_the_room_runs(folder: Path) -> None:
    write(folder, "政策.md", "# 政策\n## 优惠券\n- 满100减10，截止2026年11月22日\n")
    clock = VirtualClock()  # 2026-11-22 23:00 UTC is past midnight in Shanghai
    shop = load_shop(folder, clock)
    assert shop.facts_of("", "coupon") == ()
    clock.start = clock.start.replace(hour=15)
    assert len(shop.facts_of("", "coupon")) == 1
    assert "满100减10，截止2026年11月22日" in [hit.fact.value for hit in shop.search("有券吗")]
    clock.t = 3600.0
    assert shop.facts_of("", "coupon") == ()
    assert shop.search("有券吗 满100减10") == () or all(
        hit.fact.field != "coupon" for hit in shop.search("有券吗 满100减10")
    )


# live changes


def test_a_patched_price_is_said_at_once_and_after_a_restart(folder: Path) -> None:
    shop = load_shop(folder, VirtualClock())
    shop.patch("A1", "price", "49.9", by="api")
    assert price(shop, "A1") == Money(4990, "CNY")
    hit = shop.search("多少钱", product_id="A1", limit=1)[0]
    assert hit.fact.value == Money(4990, "CNY")
    assert (hit.fact.source.file, hit.fact.source.place) == (".presenter/overrides.json", "api")
    again = load_shop(folder, VirtualClock())
    assert price(again, "A1") == Money(4990, "CNY")


def test_a_newer_file_beats_an_older_patch(folder: Path) -> None:
    shop = load_shop(folder, VirtualClock())
    shop.patch("A1", "price", 49)
    shop.patch("A2", "stock", 0)
    path = write(folder, "商品.csv", HEADER + "A1,云雾杯,39,10\nA2,山茶皂,29,20\n")
    report = shop.reload([path])
    assert price(shop, "A1") == Money(3900, "CNY")
    assert shop.facts_of("A2", "stock")[0].value == 0.0
    assert any("the live change is dropped" in entry.message for entry in report.guessed)
    stored = json.loads((folder / ".presenter" / "overrides.json").read_text("utf-8"))
    assert [row["fact_id"] for row in stored] == ["A2.stock"]


def test_patches_of_variants(tmp_path: Path) -> None:
    write(tmp_path, "p.csv", "货号,名称,规格,直播价,库存\nA,口红,红色,89,5\nA,口红,粉色,89,6\n")
    shop = load_shop(tmp_path, VirtualClock())
    shop.patch("A", "stock", 1, variant="粉色")
    stock = {fact.variant: fact.value for fact in shop.facts_of("A", "stock")}
    assert stock == {"红色": 5.0, "粉色": 1.0, "": 6.0}
    shop.patch("A", "price", Money(7900, "CNY"))
    assert {f.value for f in shop.facts_of("A", "price")} == {Money(7900, "CNY")}
    with pytest.raises(ContentError, match="say which variant the stock is of: 红色, 粉色"):
        shop.patch("A", "stock", 3)
    shop.patch("A", "stock", 0)
    assert {f.value for f in shop.facts_of("A", "stock")} == {0.0}


@pytest.mark.parametrize(
    ("product", "field", "value", "variant", "message"),
    [
        ("ZZ", "price", 1, "", "no product has the id"),
        ("A1", "power", 1, "", "the files give no power"),
        ("A1", "price", "面议", "", "is not one price"),
        ("A1", "price", -5, "", "is not one price|no possible price"),
        ("A1", "stock", -1, "", "cannot be"),
        ("A1", "stock", "很多", "", "not a whole number"),
        ("A1", "price", 5, "红色", "no price of 红色"),
    ],
)
def test_impossible_patches_change_nothing(
    folder: Path, product: str, field: str, value: str | float, variant: str, message: str
) -> None:
    shop = load_shop(folder, VirtualClock())
    with pytest.raises(ContentError, match=message):
        shop.patch(product, field, value, variant)
    assert price(shop, "A1") == Money(5900, "CNY")
    assert not (folder / ".presenter" / "overrides.json").exists()


def test_the_demo_scripts_still_write_the_same_files(demo: Shop, tmp_path: Path) -> None:
    """The binary product files say what make_shop.toml says."""
    for name in ("make_shop.py", "make_shop.toml"):
        shutil.copy(DEMO / name, tmp_path / name)
    subprocess.run([sys.executable, str(tmp_path / "make_shop.py")], check=True)
    fresh = load_shop(tmp_path, VirtualClock())
    for file in ("商品表.xlsx", "尺码表.csv", "服饰中文资料.csv", "小月亮台灯说明书.docx"):
        assert (tmp_path / file).is_file()
    for field in ("price", "selling_point", "ingredients"):
        assert [f.value for f in fresh.facts_of("BT1001", field)] == [
            f.value for f in demo.facts_of("BT1001", field)
        ]
