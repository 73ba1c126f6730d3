"""A second set of files, written when the readers had been made to read the first."""

from datetime import datetime
from pathlib import Path

from docx import Document

from tests.knowledge.messy.case import Case
from tests.knowledge.messy.exports import _book, _sheet


def _seafood(folder: Path) -> None:
    book = _book()
    sheet = _sheet(book, "今日鲜货", [
        ["阿海海鲜 2026年11月22日 到货"],
        ["品名", "规格", "单价", None, "库存(份)", "捕捞方式", "保存", "怎么吃"],
        [None, None, "会员", "散客", None, None, None, None],
        ["舟山带鱼段", "500g/袋", 35.8, 39.8, 60, "海捕", "冷冻-18℃，6个月", "香煎、清蒸"],
        ["舟山带鱼段", "1kg/袋", 65, 72, 22, "海捕", "冷冻-18℃，6个月", "香煎、清蒸"],
        ["梭子蟹（母）", "3-4只/斤", 88, 98, "售罄", "海捕", "冷藏当天吃", "清蒸15分钟"],
        ["小计", None, None, None, 82, None, None, None],
        ["注：缺斤少两双倍赔", None, None, None, None, None, None, None],
    ])  # fmt: skip
    sheet.merge_cells("A1:H1")
    sheet.merge_cells("C2:D2")
    book.save(folder / "海鲜价目表.xlsx")


SEAFOOD = Case(
    "seafood, prices for members and others", _seafood,
    """
    舟山带鱼段 | 500g / 袋 | price | 39.80 CNY
    舟山带鱼段 | 500g / 袋 | stock | 60
    舟山带鱼段 | 1kg / 袋 | price | 72.00 CNY
    舟山带鱼段 | 1kg / 袋 | stock | 22
    舟山带鱼段 | - | feature | 捕捞方式 海捕
    舟山带鱼段 | - | storage | 冷冻-18℃，6个月
    舟山带鱼段 | - | usage | 香煎、清蒸
    梭子蟹（母） | - | price | 98.00 CNY
    梭子蟹（母） | - | stock | 0
    梭子蟹（母） | - | feature | 捕捞方式 海捕
    梭子蟹（母） | - | storage | 冷藏当天吃
    梭子蟹（母） | - | usage | 清蒸15分钟
    """,
    tolerated="volume list_price", never=("35.80", "65.00", "88.00", "缺斤少两"),
)  # fmt: skip


def _furniture(folder: Path) -> None:
    (folder / "sofas.csv").write_bytes(
        ("Model;Name;Retail price incl. VAT;Promo price;Promo until;Seats;Width x Depth x Height;Cover fabric;"
         "Delivery time;EAN;Stock status\r\n"
         "LND-2;Lund two-seater;€ 1.149,00;€ 899,00;31.12.2026;2;164 x 88 x 79 cm;\"Wool blend; removable\";4-6 weeks;"
         "4006381333931;made to order\r\n"
         "LND-3;Lund three-seater;€ 1.449,00;;;3;214 x 88 x 79 cm;Wool blend;2 weeks;4006381333948;in stock\r\n"
         "LND-O;Lund ottoman;€ 349,00;€ 299,00;15.01.2026;;60 x 60 x 42 cm;Wool blend;;4006381333955;sold out\r\n"
         ).encode("cp1252")
    )  # fmt: skip


FURNITURE = Case(
    "sofas, European csv with promotions", _furniture,
    """
    LND-2 | - | list_price | 1149.00 EUR
    LND-2 | - | price | 899.00 EUR
    LND-2 | - | feature | Seats 2
    LND-2 | - | dimensions | 164 x 88 x 79 cm
    LND-2 | - | material | Wool blend; removable
    LND-2 | - | shipping | 4-6 weeks
    LND-2 | - | availability | made to order
    LND-3 | - | price | 1449.00 EUR
    LND-3 | - | dimensions | 214 x 88 x 79 cm
    LND-3 | - | material | Wool blend
    LND-3 | - | shipping | 2 weeks
    LND-3 | - | availability | in stock
    LND-3 | - | feature | Seats 3
    LND-O | - | price | 349.00 EUR
    LND-O | - | dimensions | 60 x 60 x 42 cm
    LND-O | - | material | Wool blend
    LND-O | - | stock | 0
    """,
    tolerated="list_price", never=("299.00", "4006381333931"),
    settings='currency = "EUR"\ntimezone = "Europe/Berlin"\n',
)  # fmt: skip


def _books(folder: Path) -> None:
    book = _book()
    _sheet(book, "书目", [
        ["序号", "ISBN", "书名", "作者", "出版社", "定价", "折扣", "售价", "页数", "装帧", "出版时间", "库存", "适读年龄", "内容简介"],
        [1, "9787020000001", "夜航船的孩子", "林晚", "海角出版社", 45, 0.8, 36, 128, "精装", datetime(2025, 6, 1), 120, "3-6岁", "一个孩子和一艘船的故事。"],
        [2, "9787020000002", "面包为什么会鼓起来", "周禾", "海角出版社", 58, 0.75, 43.5, 96, "平装", "2026-03", 0, "6-9岁", "厨房里的科学。"],
    ])  # fmt: skip
    for row in (2, 3):
        book["书目"].cell(row, 7).number_format = "0%"
        book["书目"].cell(row, 6).number_format = '"¥"0.00'
    _sheet(book, "勿删-参数", [["折扣", "最低"], ["0.7", "0.65"]])
    book.save(folder / "童书书目.xlsx")


BOOKS = Case(
    "children's books", _books,
    """
    9787020000001 | - | list_price | 45.00 CNY
    9787020000001 | - | price | 36.00 CNY
    9787020000001 | - | stock | 120
    9787020000001 | - | feature | 作者 林晚
    9787020000001 | - | feature | 出版社 海角出版社
    9787020000001 | - | feature | 页数 128
    9787020000001 | - | feature | 装帧 精装
    9787020000001 | - | audience | 3-6岁
    9787020000001 | - | description | 一个孩子和一艘船的故事。
    9787020000002 | - | list_price | 58.00 CNY
    9787020000002 | - | price | 43.50 CNY
    9787020000002 | - | stock | 0
    9787020000002 | - | feature | 作者 周禾
    9787020000002 | - | feature | 出版社 海角出版社
    9787020000002 | - | feature | 页数 96
    9787020000002 | - | feature | 装帧 平装
    9787020000002 | - | audience | 6-9岁
    9787020000002 | - | description | 厨房里的科学。
    """,
    tolerated="coupon release_date production_date feature",
)  # fmt: skip


def _bikes(folder: Path) -> None:
    document = Document()
    document.add_heading("Ridge 20 kids' bike — owner's guide", level=0)
    document.add_paragraph("Item: RDG-20")
    document.add_heading("Before the first ride", level=1)
    for text in ("Check that both brakes stop the wheel.", "Pump the tyres to 2.4 bar."):
        document.add_paragraph(text, style="List Number")
    document.add_heading("Specifications", level=1)
    table = document.add_table(rows=0, cols=2)
    for row in (
        ("Frame", "6061 aluminium"),
        ("Weight", "7.9 kg"),
        ("Max. rider weight", "45 kg"),
        ("Gears", "7-speed"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Size guide", level=1)
    table = document.add_table(rows=0, cols=3)
    for row in (
        ("Wheel size", "Height", "Age"),
        ("20 inch", "115-130 cm", "6-8 years"),
        ("24 inch", "130-145 cm", "8-11 years"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Warranty", level=1)
    document.add_paragraph("Five years on the frame, two on parts.")
    document.add_heading("FAQ", level=1)
    document.add_paragraph("Can training wheels be fitted?").runs[0].bold = True
    document.add_paragraph("No, the rear axle is too short for them.")
    document.save(str(folder / "owners guide.docx"))
    (folder / "bikes.csv").write_text(
        "Item No,Product,Price (GBP),Qty\nRDG-20,Ridge 20 kids' bike,329.00,14\nRDG-B,Bell,12,200\n",
        encoding="utf-8",
    )


BIKES = Case(
    "bicycle, English docx guide", _bikes,
    """
    RDG-20 | - | price | 329.00 GBP
    RDG-20 | - | stock | 14
    RDG-B | - | price | 12.00 GBP
    RDG-B | - | stock | 200
    RDG-20 | - | usage/note | Check that both brakes stop the wheel.
    RDG-20 | - | usage/note | Pump the tyres to 2.4 bar.
    RDG-20 | - | feature/material | Frame 6061 aluminium
    RDG-20 | - | weight | 7.9kg
    RDG-20 | - | feature | Max. rider weight 45 kg
    RDG-20 | - | feature | Gears 7-speed
    RDG-20 | - | size_table | 20 115-130 6-8
    RDG-20 | - | size_table | 24 130-145 8-11
    RDG-20 | - | warranty | Five years on the frame, two on parts
    RDG-20 | - | question | No, the rear axle is too short for them.
    """,
    tolerated="size_table", settings='currency = "GBP"\n',
)  # fmt: skip


def _perfume(folder: Path) -> None:
    (folder / "1688导出.csv").write_bytes(
        ("\ufeff商品ID\t商品标题\t规格名称\t规格编码\t价格\t可售库存\t香调\t浓度\t留香时间\t上架状态\t最近修改人\r\n"
         "88001\t山岚淡香水\t30ml\tSL-30\t199-259\t120\t木质调\tEDT\t约6小时\t在售\t小王\r\n"
         "88001\t山岚淡香水\t50ml\tSL-50\t299\t5,000+\t木质调\tEDT\t约6小时\t在售\t小王\r\n"
         "88002\t雨后玫瑰香膏\t默认\tYH-1\t89元\t1.2万\t花香调\t\t3小时左右\t在售\t小李\r\n").encode("utf-16")
    )  # fmt: skip


PERFUME = Case(
    "perfume, UTF-16 export named csv", _perfume,
    """
    88001 | 30ml | price_from | 199.00 CNY
    88001 | 30ml | stock | 120
    88001 | 50ml | price | 299.00 CNY
    88001 | 50ml | availability | 5,000+
    88001 | - | scent | 木质调
    88001 | - | feature | 浓度 EDT
    88001 | - | feature/runtime | 留香时间 约6小时
    88002 | - | price | 89.00 CNY
    88002 | - | stock | 12000
    88002 | - | scent | 花香调
    88002 | - | feature/runtime | 留香时间 3小时左右
    """,
    tolerated="volume", never=("小王", "小李", "在售"),
)  # fmt: skip


def _clinic(folder: Path) -> None:
    (folder / "returns policy.txt").write_text(
        "RETURNS\n\nYou can send anything back within 14 days of delivery.\nUnopened vitamins only, for hygiene reasons.\n\n"
        "SHIPPING\n\nUK orders over £35 ship free. Others pay £2.95.\nOrders placed before 3pm leave the same day.\n\n"
        "PROMOTIONS\n\n15% off your first order, ends 30 November.\nBlack Friday: free gift over £60, until 2 Nov 2026.\n",
        encoding="utf-8",
    )  # fmt: skip
    (folder / "vits.json").write_text(
        '{"@context":"https://schema.org","@type":"ItemList","itemListElement":[{"@type":"ListItem","position":1,"item":'
        '{"@type":"ProductGroup","productGroupID":"VD","name":"Vitamin D3 drops","variesBy":["size"],"hasVariant":['
        '{"@type":"Product","sku":"VD-15","size":"15 ml","offers":{"@type":"Offer","price":9.5,"priceCurrency":"GBP",'
        '"availability":"InStock"}},{"@type":"Product","sku":"VD-30","size":"30 ml","offers":{"@type":"Offer","price":16,'
        '"priceCurrency":"GBP","availability":"https://schema.org/SoldOut"}}],"brand":"Northern","description":"Coconut oil base."}}]}',
        encoding="utf-8",
    )  # fmt: skip


CLINIC = Case(
    "vitamins, ItemList json and a capitals-only notice", _clinic,
    """
    VD | 15 ml | price | 9.50 GBP
    VD | 15 ml | stock | in stock
    VD | 30 ml | price | 16.00 GBP
    VD | 30 ml | stock | 0
    VD | - | description | Coconut oil base.
    shop | - | returns | You can send anything back within 14 days of delivery.
    shop | - | returns | Unopened vitamins only, for hygiene reasons.
    shop | - | shipping | UK orders over £35 ship free. Others pay £2.95.
    shop | - | shipping | Orders placed before 3pm leave the same day.
    shop | - | promotion | [..2026-12-01] 15% off your first order, ends 30 November
    """,
    tolerated="volume", never=("free gift over",), settings='currency = "GBP"\ntimezone = "Europe/London"\n',
)  # fmt: skip

CASES = (SEAFOOD, FURNITURE, BOOKS, BIKES, PERFUME, CLINIC)
