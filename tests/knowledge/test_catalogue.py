"""Files put together: who a name means, which value counts, which number a product has."""

from pathlib import Path

from core.product import Fact, Money
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write


def load(folder: Path) -> Shop:
    return load_shop(folder, VirtualClock())


def value(shop: Shop, fact_id: str) -> object:
    fact: Fact | None = shop.fact(fact_id)
    return fact.value if fact else None


def test_files_about_one_product_are_put_together(folder: Path) -> None:
    write(folder, "more.csv", "货号,英文名,卖点\nA1,Cloud Mug,好看\n")
    shop = load(folder)
    assert shop.product("A1").name == "云雾杯"
    assert dict(shop.product("A1").names) == {"zh": "云雾杯", "en": "Cloud Mug"}
    assert shop.product("A1").name_in("en") == "Cloud Mug"
    assert value(shop, "A1.origin") is None
    assert len(shop.products()) == 2


def test_a_file_without_ids_means_products_by_name(folder: Path) -> None:
    write(folder, "z.csv", "商品名称,产地\n云雾杯,景德镇\n新茶,杭州\n")
    shop = load(folder)
    assert value(shop, "A1.origin") == "景德镇"
    assert value(shop, "新茶.origin") == "杭州"
    assert any("its name is used as its id" in e.message for e in shop.report.guessed)


def test_a_row_below_its_product_has_the_id_of_it(tmp_path: Path) -> None:
    write(tmp_path, "p.csv", "货号,商品名称,规格,直播价\nA,精华,30ml,199\n,,50ml,289\n")
    shop = load(tmp_path)
    assert [variant.name for variant in shop.product("A").variants] == ["30ml", "50ml"]
    assert not [e for e in shop.report.guessed if e.field == "id"]


def test_the_first_file_wins_and_the_other_is_reported(folder: Path) -> None:
    write(folder, "商品2.csv", "货号,商品名称,直播价\nA1,云雾杯,55\n")
    shop = load(folder)
    assert value(shop, "A1.price") == Money(5900, "CNY")
    (entry,) = [e for e in shop.report.guessed if e.field == "price"]
    assert "says 55 CNY where 商品.csv, row 2, column 直播价 says 59 CNY" in entry.message


def test_link_numbers_order_the_products(tmp_path: Path) -> None:
    write(
        tmp_path, "p.csv", "货号,商品名称,链接号,直播价\nA,甲,3号,1\nB,乙,1,1\nC,丙,,1\nD,丁,3,1\n"
    )
    shop = load(tmp_path)
    assert [(p.ordinal, p.id) for p in shop.products()] == [(1, "B"), (3, "A"), (4, "C"), (5, "D")]
    assert any("link number 3 is taken" in e.message for e in shop.report.guessed)


def test_variants_have_their_own_price_and_stock(tmp_path: Path) -> None:
    write(
        tmp_path,
        "p.csv",
        "货号,商品名称,规格,直播价,日常价,库存\nA,精华,30ml,199,299,3\nA,精华,50ml,289,299,4\n",
    )
    shop = load(tmp_path)
    assert [v.name for v in shop.product("A").variants] == ["30ml", "50ml"]
    assert value(shop, "A/50ml.price") == Money(28900, "CNY")
    assert value(shop, "A.price") is None
    assert value(shop, "A.price_from") == Money(19900, "CNY")
    assert value(shop, "A.list_price") == Money(29900, "CNY")
    assert value(shop, "A.stock") == 7.0


def test_a_product_without_price_is_kept_and_said(tmp_path: Path) -> None:
    write(tmp_path, "p.csv", "货号,商品名称,卖点\nA,甲,好看\n")
    shop = load(tmp_path)
    assert shop.product("A").name == "甲"
    assert any("has no price in any file" in e.message for e in shop.report.guessed)


def test_pictures_are_found_by_name_and_by_id_but_never_outside(tmp_path: Path) -> None:
    for name in ("shop/pictures/B.png", "shop/a.png", "outside.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"png")
    write(
        tmp_path / "shop",
        "p.csv",
        "货号,商品名称,图片,直播价\nA,甲,a.png,1\nB,乙,gone.png,1\nC,丙,../outside.png,1\n",
    )
    shop = load(tmp_path / "shop")
    assert [p.image for p in shop.products()] == ["a.png", "pictures/B.png", ""]


def test_categories_are_told_from_what_staff_wrote(tmp_path: Path) -> None:
    write(
        tmp_path,
        "p.csv",
        "货号,商品名称,类目,直播价\nA,甲,美妆护肤/精华,1\nB,Tee,Clothing > Tops,1\nC,丙,宠物,1\n"
        "D,羊毛连衣裙,,1\n",
    )
    categories = [product.category for product in load(tmp_path).products()]
    assert categories == ["beauty", "apparel", "宠物", "apparel"]


def test_ids_are_unique_and_say_what_they_are(demo: Shop) -> None:
    facts = [fact for p in ("", *(q.id for q in demo.products())) for fact in demo.facts_of(p)]
    assert len({fact.id for fact in facts}) == len(facts)
    for fact in facts:
        owner = fact.product_id or "shop"
        owner += f"/{fact.variant}" if fact.variant else ""
        assert fact.id.startswith(f"{owner}.{fact.field}")
        assert fact.source.file
        assert fact.source.place
