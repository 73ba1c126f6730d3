"""Google Merchant feeds and web pages, as shops export and save them."""

from datetime import UTC, datetime
from pathlib import Path

from core.product import Money
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write

XML = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
<item><g:id>T1-S</g:id><g:item_group_id>T1</g:item_group_id><title>Rain Jacket</title>
 <g:description>&lt;p&gt;Keeps the rain out.&lt;/p&gt;
  &lt;ul&gt;&lt;li&gt;Taped seams&lt;/li&gt;&lt;/ul&gt;</g:description>
 <g:price>120.00 EUR</g:price><g:sale_price>89.90 EUR</g:sale_price>
 <g:sale_price_effective_date>
  2026-11-01T00:00+0000/2026-11-30T00:00+0000</g:sale_price_effective_date>
 <g:availability>in_stock</g:availability><g:color>Moss</g:color><g:size>S</g:size>
 <g:product_highlight>Packs into its pocket</g:product_highlight>
 <g:product_detail><g:section_name>General</g:section_name>
  <g:attribute_name>Material</g:attribute_name><g:attribute_value>Nylon</g:attribute_value>
 </g:product_detail>
 <g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping></item>
<item><g:id>T1-M</g:id><g:item_group_id>T1</g:item_group_id><title>Rain Jacket</title>
 <g:price>120.00 EUR</g:price><g:availability>out_of_stock</g:availability>
 <g:color>Moss</g:color><g:size>M</g:size></item>
</channel></rss>"""
TSV = (
    "id\ttitle\tdescription\tlink\timage link\tavailability\tprice\tsale price\tbrand\n"
    "M1\tClay Mug\tA mug.\thttps://x.test/m1\thttps://x.test/m1.jpg\tin stock\t25.00 USD\t\tKiln\n"
    "M2\tClay Bowl\tA bowl.\thttps://x.test/m2\t\tout of stock\t35.00 USD\t30.00 USD\tKiln\n"
)
PAGE = """<!doctype html><html><head><meta charset="gbk"><title>茶</title>
<script type="application/ld+json">{"@type": "Product", "sku": "P1", "name": "白茶",
 "offers": {"@type": "Offer", "price": "88", "priceCurrency": "CNY"}}</script>
<script type="application/ld+json">{"@type": "FAQPage", "mainEntity": [{"@type": "Question",
 "name": "白茶怎么泡？", "acceptedAnswer": {"@type": "Answer", "text": "九十度水。"}}]}</script>
<script type="application/ld+json">{broken</script></head><body><p>购物车</p></body></html>"""
FAQ = """<html><head><style>p{}</style></head><body><nav>首页 登录</nav><h1>月影台灯</h1>
<h2>使用方法</h2><ul><li>轻触开灯</li><li>长按调光</li></ul>
<h2>参数</h2><table><tr><th>电池容量</th><td>4000mAh</td></tr></table>
<details><summary>有遥控器吗？</summary><p>没有，触控操作。</p></details>
<footer>© 2026</footer></body></html>"""


def values(shop: Shop, product: str, field: str) -> dict[str, object]:
    return {fact.variant: fact.value for fact in shop.facts_of(product, field)}


def test_an_xml_feed_has_variants_sales_and_details(tmp_path: Path) -> None:
    write(tmp_path, "feed.xml", XML)
    clock = VirtualClock(datetime(2026, 11, 22, tzinfo=UTC))
    shop = load_shop(tmp_path, clock)
    assert shop.report.refused == ()
    assert [v.name for v in shop.product("T1").variants] == ["S / Moss", "M / Moss"]
    assert values(shop, "T1", "price")["S / Moss"] == Money(8990, "EUR")
    assert values(shop, "T1", "price")["M / Moss"] == Money(12000, "EUR")
    assert values(shop, "T1", "stock")["M / Moss"] == 0.0
    assert values(shop, "T1", "material") == {"": "Nylon"}
    points = {fact.value for fact in shop.facts_of("T1", "selling_point")}
    assert points == {"Taped seams", "Packs into its pocket"}


def test_when_the_sale_is_over_the_regular_price_holds(tmp_path: Path) -> None:
    write(tmp_path, "feed.xml", XML)
    clock = VirtualClock(datetime(2026, 12, 2, tzinfo=UTC))
    shop = load_shop(tmp_path, clock)
    assert values(shop, "T1", "price")["S / Moss"] == Money(12000, "EUR")
    assert "S / Moss" not in values(shop, "T1", "list_price")
    assert Money(8990, "EUR") not in [h.fact.value for h in shop.search("price", limit=50)]


def test_a_tab_separated_feed(tmp_path: Path) -> None:
    write(tmp_path, "feed.tsv", TSV)
    shop = load_shop(tmp_path, VirtualClock())
    assert shop.report.refused == ()
    assert values(shop, "M1", "price") == {"": Money(2500, "USD")}
    assert values(shop, "M1", "stock") == {}
    assert values(shop, "M2", "price") == {"": Money(3000, "USD")}
    assert values(shop, "M2", "list_price") == {"": Money(3500, "USD")}
    assert values(shop, "M2", "stock") == {"": 0.0}


def test_a_page_gives_the_products_of_all_its_scripts(tmp_path: Path) -> None:
    write(tmp_path, "page.html", PAGE, "gbk")
    shop = load_shop(tmp_path, VirtualClock())
    assert values(shop, "P1", "price") == {"": Money(8800, "CNY")}
    labels = [f.label for f in (*shop.facts_of("P1", "question"), *shop.facts_of("", "question"))]
    assert labels == ["白茶怎么泡？"]
    (entry,) = shop.report.refused
    assert "JSON-LD cannot be read" in entry.message


def test_a_page_without_products_is_a_document(tmp_path: Path) -> None:
    write(tmp_path, "p.csv", "货号,商品名称,直播价\nL1,月影台灯,149\n")
    write(tmp_path, "faq.html", FAQ)
    shop = load_shop(tmp_path, VirtualClock())
    assert [fact.value for fact in shop.facts_of("L1", "usage")] == ["轻触开灯", "长按调光"]
    assert values(shop, "L1", "battery") == {"": 4000.0}
    assert shop.facts_of("L1", "question")[0].value == "没有，触控操作。"
    everything = [f.value for owner in ("", "L1") for f in shop.facts_of(owner)]
    assert not any("首页" in str(value) or "2026" in str(value) for value in everything)


def test_one_json_after_the_other_is_read(tmp_path: Path) -> None:
    one = '{"@type": "Product", "sku": "%s", "name": "%s", "offers": {"price": "5"}}\n'
    write(tmp_path, "many.json", one % ("A", "甲") + one % ("B", "乙"))
    shop = load_shop(tmp_path, VirtualClock())
    assert [product.id for product in shop.products()] == ["A", "B"]
