"""What the files of a folder say together."""

from pathlib import Path

from knowledge.shop import load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write

GOODS = """货号,商品名称,类目,直播价
K1,收纳凳,家居,89
K2,针织开衫,女装/上衣,159
K3,风衣,女装/外套,399
"""
SIZES = "{title},,\n尺码,胸围(cm),建议体重(斤)\nS,88,80-95\nM,92,95-110\n"


def test_a_size_table_of_a_kind_holds_for_all_of_it(tmp_path: Path) -> None:
    write(tmp_path, "商品.csv", GOODS)
    write(tmp_path, "a.csv", SIZES.format(title="女装尺码表"))
    shop = load_shop(tmp_path, VirtualClock())
    sized = [p.id for p in shop.products() if shop.facts_of(p.id, "size_table")]
    assert sized == ["K2", "K3"]
    assert any("all of its kind: K2, K3" in entry.message for entry in shop.report.of("a.csv"))


def test_the_nearest_kind_counts(tmp_path: Path) -> None:
    write(tmp_path, "商品.csv", GOODS)
    write(tmp_path, "a.csv", SIZES.format(title="女装外套尺码"))
    shop = load_shop(tmp_path, VirtualClock())
    assert [p.id for p in shop.products() if shop.facts_of(p.id, "size_table")] == ["K3"]


def test_a_size_table_of_nothing_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "商品.csv", GOODS)
    write(tmp_path, "a.csv", SIZES.format(title="尺码"))
    shop = load_shop(tmp_path, VirtualClock())
    assert not any(shop.facts_of(p.id, "size_table") for p in shop.products())
    assert any("of which product" in entry.message for entry in shop.report.of("a.csv"))
