"""Separated text, feeds and web pages as other systems write them."""

from pathlib import Path

from tests.knowledge.messy.case import Case


def _bytes(path: Path, text: str, encoding: str) -> None:
    path.write_bytes(text.encode(encoding))


def _hotpot(folder: Path) -> None:
    _bytes(folder / "门店商品.csv",
        "编号,菜品名称,口味,单价（元）,库存情况,保存方式,食用方法,温馨提示\r\n"
        "H1,牛油火锅底料,特辣,\"1,029.50\",现货,冷藏,\"加水1.5升煮开\r\n放入食材\",含牛油，清真人士勿购\r\n"
        "H2,\"毛肚,鲜切\",原味,38元,缺货,\"冷冻 -18℃\",涮8秒,\r\n"
        "H3,贡菜,,12.8,充足,,,\r\n"
        ",,,,,,,\r\n"
        "以上价格不含运费,,,,,,,\r\n", "gb18030")  # fmt: skip


HOTPOT = Case(
    "hotpot, GB18030 csv with a broken quote", _hotpot,
    """
    H1 | - | price | 1029.50 CNY
    H1 | - | stock | in stock
    H1 | - | storage | 冷藏
    H1 | - | usage | 加水1.5升煮开
    H1 | - | usage | 放入食材
    H2 | - | price | 38.00 CNY
    H2 | - | stock | 0
    H2 | - | storage | 冷冻 -18℃
    H2 | - | usage | 涮8秒
    H3 | - | price | 12.80 CNY
    H3 | - | stock | in stock
    H1 | - | feature/scent/texture | 口味 特辣
    H2 | - | feature/scent/texture | 口味 原味
    """,
    tolerated="caution",
)  # fmt: skip


def _stationery(folder: Path) -> None:
    _bytes(folder / "unicode.txt",
        "商品编码\t商品名称\t销售价\t原价\t库存\t材质\t尺寸（长*宽*高）\r\n"
        "W-8\t星夜手账本\t45.00\t60.00\t200\t道林纸\t21*14.8*2cm\r\n"
        "W-9\t黄铜书签\t19.90\t\t35\t黄铜\t12*2*0.1cm\r\n", "utf-16")  # fmt: skip


STATIONERY = Case(
    "stationery, Excel's Unicode text", _stationery,
    """
    W-8 | - | price | 45.00 CNY
    W-8 | - | list_price | 60.00 CNY
    W-8 | - | stock | 200
    W-8 | - | material | 道林纸
    W-8 | - | dimensions | 21*14.8*2cm
    W-9 | - | price | 19.90 CNY
    W-9 | - | stock | 35
    W-9 | - | material | 黄铜
    W-9 | - | dimensions | 12*2*0.1cm
    """,
)  # fmt: skip


def _seeds(folder: Path) -> None:
    _bytes(folder / "export_shop.csv",
        "\ufeffItem no.;Description;Price EUR;Stock;Sowing time;Height (cm);Notes (internal)\n"
        "S-1;Cherry tomato seeds;2,95;1.250;March to May;120-150;supplier late\n"
        "S-2;Lavender plug plants;12,50;0;April;40;\n"
        "S-3;\"Sunflower \"\"Titan\"\" seeds\";1.299,00;7;May;300;typo?\n", "utf-8")  # fmt: skip


SEEDS = Case(
    "seeds, semicolons and decimal commas", _seeds,
    """
    S-1 | - | price | 2.95 EUR
    S-1 | - | stock | 1250
    S-1 | - | feature/note/usage | March to May
    S-1 | - | dimensions/feature | 120-150cm
    S-2 | - | price | 12.50 EUR
    S-2 | - | stock | 0
    S-2 | - | feature/note/usage | April
    S-2 | - | dimensions/feature | 40cm
    S-3 | - | price | 1299.00 EUR
    S-3 | - | stock | 7
    S-3 | - | feature/note/usage | May
    S-3 | - | dimensions/feature | 300cm
    """,
    tolerated="description", never=("supplier late", "typo"), settings='currency = "EUR"\n',
)  # fmt: skip


def _shopify(folder: Path) -> None:
    _bytes(folder / "products_export_1.csv",
        "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,"
        "Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,"
        "Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Image Position,"
        "Image Alt Text,Gift Card,SEO Title,Cost per item,Status\n"
        "trail-runner,Trail Runner,\"<p>Grippy shoe for wet rock.</p><ul><li>Vibram outsole</li><li>Recycled mesh upper</li></ul>\","
        "Fellside,Shoes,Running shoes,\"trail, wet\",TRUE,Size,UK 7,Colour,Slate,TR-7-S,610,shopify,8,deny,manual,110.00,140.00,"
        "'5012345,https://cdn.example/tr1.jpg,1,side,FALSE,,48,active\n"
        "trail-runner,,,,,,,,,UK 8,,Slate,TR-8-S,630,shopify,0,deny,manual,110.00,140.00,,https://cdn.example/tr2.jpg,2,,,,48,\n"
        "trail-runner,,,,,,,,,UK 8,,Moss,TR-8-M,630,shopify,3,deny,manual,95.00,140.00,,,,,,,48,\n"
        "trail-runner,,,,,,,,,,,,,,,,,,,,,https://cdn.example/tr3.jpg,3,sole,,,,\n"
        "gaiter,Mud Gaiter,<p>Keeps grit out.</p>,Fellside,,Accessories,,TRUE,Title,Default Title,,,GA-1,90,,,continue,manual,"
        "24.00,,,,,,FALSE,,9,active\n"
        "old-boot,Old Boot,<p>Gone.</p>,Fellside,,Boots,,FALSE,Title,Default Title,,,OB-1,900,shopify,5,deny,manual,60.00,,,,,,"
        "FALSE,,20,archived\n", "utf-8")  # fmt: skip


SHOPIFY = Case(
    "running shoes, Shopify", _shopify,
    """
    trail-runner | UK 7 / Slate | price | 110.00 GBP
    trail-runner | UK 7 / Slate | list_price | 140.00 GBP
    trail-runner | UK 7 / Slate | stock | 8
    trail-runner | UK 7 / Slate | weight | 610g
    trail-runner | UK 8 / Slate | price | 110.00 GBP
    trail-runner | UK 8 / Slate | list_price | 140.00 GBP
    trail-runner | UK 8 / Slate | stock | 0
    trail-runner | UK 8 / Slate | weight | 630g
    trail-runner | UK 8 / Moss | price | 95.00 GBP
    trail-runner | UK 8 / Moss | list_price | 140.00 GBP
    trail-runner | UK 8 / Moss | stock | 3
    trail-runner | UK 8 / Moss | weight | 630g
    trail-runner | - | selling_point/feature | Vibram outsole
    trail-runner | - | selling_point/feature | Recycled mesh upper
    trail-runner | - | description | Grippy shoe for wet rock.
    gaiter | - | price | 24.00 GBP
    gaiter | - | weight | 90g
    gaiter | - | description | Keeps grit out.
    """,
    never=("48.00", "5012345", "Gone"), settings='currency = "GBP"\n',
)  # fmt: skip


def _merchant_tsv(folder: Path) -> None:
    _bytes(folder / "google_feed.txt",
        "id\ttitle\tdescription\tlink\timage_link\tavailability\tprice\tsale_price\tsale_price_effective_date\tbrand\tgtin\t"
        "condition\tcolor\tsize\titem_group_id\tmaterial\tshipping_weight\tage_group\n"
        "LMP-1-W\tArc floor lamp\tWarm arc over the sofa\thttps://x.example/1\t\tin_stock\t189.00 EUR\t149.00 EUR\t"
        "2026-11-01T00:00+0100/2026-11-30T23:59+0100\tLumo\t401\tnew\tWhite\t\tLMP-1\tsteel\t7.5 kg\tadult\n"
        "LMP-1-B\tArc floor lamp\tWarm arc over the sofa\thttps://x.example/1b\t\tout_of_stock\t189.00 EUR\t129.00 EUR\t"
        "2026-10-01T00:00+0200/2026-10-15T23:59+0200\tLumo\t402\tnew\tBlack\t\tLMP-1\tsteel\t7.5 kg\tadult\n"
        "BUL-9\tE27 bulb\tDims to 5 %\thttps://x.example/9\t\tpreorder\t9.90 EUR\t\t\tLumo\t\tnew\t\t\t\t\t90 g\t\n",
        "utf-8")  # fmt: skip


MERCHANT_TSV = Case(
    "lamps, Merchant feed with sale dates", _merchant_tsv,
    """
    LMP-1 | White | list_price | 189.00 EUR
    LMP-1 | White | price | [2026-11-01..2026-11-30] 149.00 EUR
    LMP-1 | White | stock | in stock
    LMP-1 | Black | price | 189.00 EUR
    LMP-1 | Black | stock | 0
    LMP-1 | - | material | steel
    LMP-1 | - | description | Warm arc over the sofa
    BUL-9 | - | price | 9.90 EUR
    BUL-9 | - | availability | preorder
    BUL-9 | - | description | Dims to 5 %
    """,
    tolerated="audience feature note", never=("129.00", "401"),
    settings='currency = "EUR"\ntimezone = "Europe/Berlin"\n',
)  # fmt: skip


def _merchant_xml(folder: Path) -> None:
    _bytes(folder / "feed.xml",
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Kiddo</title>'
        "<item><g:id>K1</g:id><g:title><![CDATA[Wooden rail set & bridge]]></g:title>"
        "<g:description>&lt;p&gt;48 pieces of beech.&lt;/p&gt;</g:description><g:price>39.99 USD</g:price>"
        "<g:availability>in stock</g:availability><g:brand>Kiddo</g:brand><g:age_group>kids</g:age_group>"
        "<g:product_highlight>48 pieces</g:product_highlight><g:product_highlight>Solid beech</g:product_highlight>"
        "<g:product_detail><g:section_name>General</g:section_name><g:attribute_name>Recommended age</g:attribute_name>"
        "<g:attribute_value>3 years and up</g:attribute_value></g:product_detail>"
        "<g:shipping><g:country>US</g:country><g:price>4.99 USD</g:price></g:shipping></item>"
        "<item><g:id>K2</g:id><g:title>Stacking rings</g:title><g:price>USD 12.50</g:price>"
        "<g:availability>out of stock</g:availability></item></channel></rss>\n", "utf-8")  # fmt: skip


MERCHANT_XML = Case(
    "toys, Merchant xml", _merchant_xml,
    """
    K1 | - | price | 39.99 USD
    K1 | - | stock | in stock
    K1 | - | description | 48 pieces of beech.
    K1 | - | selling_point | 48 pieces
    K1 | - | selling_point | Solid beech
    K1 | - | feature/audience | Recommended age 3 years and up
    K2 | - | price | 12.50 USD
    K2 | - | stock | 0
    """,
    tolerated="audience shipping", settings='currency = "USD"\n',
)  # fmt: skip


def _web_page(folder: Path) -> None:
    _bytes(folder / "product page.html",
        "<!doctype html><html lang=en><head><title>Silver rings</title><script>var a=1</script>"
        '<script type="application/ld+json">{"@context":"https://schema.org","@graph":['
        '{"@type":"WebSite","name":"Argent"},{"@type":"BreadcrumbList","itemListElement":[]},'
        '{"@type":"Product","sku":"RG-7","name":"Tide ring","brand":{"@type":"Brand","name":"Argent"},'
        '"material":"925 silver","description":"A band like a wave.",'
        '"aggregateRating":{"@type":"AggregateRating","ratingValue":"4.8","reviewCount":"89"},'
        '"additionalProperty":[{"@type":"PropertyValue","name":"Band width","value":"3","unitText":"mm"}],'
        '"offers":{"@type":"AggregateOffer","lowPrice":"45","highPrice":"52.00","priceCurrency":"USD","offerCount":2,"offers":['
        '{"@type":"Offer","sku":"RG-7-6","name":"US 6","price":"45","priceCurrency":"USD","availability":"https://schema.org/InStock"},'
        '{"@type":"Offer","sku":"RG-7-8","name":"US 8","price":52,"priceCurrency":"USD","availability":"http://schema.org/OutOfStock"}]}},'
        '{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Does it tarnish?","acceptedAnswer":{"@type":"Answer",'
        '"text":"<p>Silver darkens slowly; a cloth brings it back.</p>"}}]}]}</script></head>'
        "<body><nav>Home Cart</nav><h1>Tide ring</h1><p>A band like a wave.</p></body></html>", "utf-8")  # fmt: skip


WEB_PAGE = Case(
    "rings, JSON-LD in a web page", _web_page,
    """
    RG-7 | US 6 | price | 45.00 USD
    RG-7 | US 6 | stock | in stock
    RG-7 | US 8 | price | 52.00 USD
    RG-7 | US 8 | stock | 0
    RG-7 | - | material | 925 silver
    RG-7 | - | description | A band like a wave.
    RG-7 | - | feature/dimensions | Band width 3 mm
    RG-7 | - | question | Silver darkens slowly; a cloth brings it back.
    """,
    tolerated="question description", settings='currency = "USD"\n',
)  # fmt: skip

CASES = (HOTPOT, STATIONERY, SEEDS, SHOPIFY, MERCHANT_TSV, MERCHANT_XML, WEB_PAGE)
