"""Workbooks as shop systems export them and as people then change them."""

import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.knowledge.messy.case import Case


def _sheet(book: Workbook, title: str, rows: list[list[object]]) -> Worksheet:
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    return sheet


def _book() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def cache_formulas(path: Path, values: dict[str, object]) -> None:
    """Put in what Excel had worked out, as files saved by Excel have it."""
    fresh = path.with_suffix(".new")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(fresh, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                text = data.decode()
                for cell, value in values.items():
                    kind = ' t="e"' if str(value).startswith("#") else ""
                    text = re.sub(
                        rf'<c r="{cell}"([^>]*)><f>(.*?)</f><v\s*/?>(</v>)?',
                        rf'<c r="{cell}"\1{kind}><f>\2</f><v>{value}</v>', text,
                    )  # fmt: skip
                data = text.encode()
            new.writestr(item, data)
    fresh.replace(path)


def _pet_shop(folder: Path) -> None:
    book = _book()
    sheet = _sheet(book, "Sheet1", [
        ["毛球宠物旗舰店 宝贝数据导出"],
        ["导出时间：2026-11-20 10:33    操作人：客服小雨"],
        [],
        ["宝贝ID", "宝贝标题", "一口价", "券后价", "库存", "商家编码", "宝贝类目", "净重(kg)", "适用阶段", "状态"],
        [682311904512, "鲜肉冻干双拼成猫粮", "￥１５９．００", "￥129.00元", "1,299", "MQ-C01", "宠物/猫粮", 1.8, "成猫", "出售中"],
        [682311904513, "幼犬羊奶奶糕粮 ", "89", "69.9", "99+", "MQ-D02", "宠物/狗粮", "２．５", "幼犬", "出售中"],
        [None, None, None, None, None, None, None, None, None, None],
        [682311904514, "豆腐猫砂", 39.9, 29.9, 0, "MQ-L03", "宠物/猫砂", 6, None, "已下架"],
        ["合计", None, None, None, 1398],
        ["注：券后价以页面实际展示为准，最终解释权归本店所有"],
    ])  # fmt: skip
    sheet.merge_cells("A1:J1")
    hidden = _sheet(book, "草稿勿用", [
        ["宝贝ID", "宝贝标题", "券后价"], [682311904512, "鲜肉冻干双拼成猫粮", 9.9],
    ])  # fmt: skip
    hidden.sheet_state = "hidden"
    book.save(folder / "宝贝导出_20261120.xlsx")


PET_SHOP = Case(
    "pet shop, Taobao export", _pet_shop,
    """
    682311904512 | - | list_price | 159.00 CNY
    682311904512 | - | price | 129.00 CNY
    682311904512 | - | stock | 1299
    682311904512 | - | weight/volume | 1.8kg
    682311904513 | - | list_price | 89.00 CNY
    682311904513 | - | price | 69.90 CNY
    682311904513 | - | availability | 99+
    682311904513 | - | weight/volume | 2.5kg
    682311904513 | - | audience/feature | 幼犬
    682311904514 | - | list_price | 39.90 CNY
    682311904514 | - | price | 29.90 CNY
    682311904514 | - | stock | 0
    682311904514 | - | weight/volume | 6kg
    682311904512 | - | audience/feature | 成猫
    """,
    tolerated="feature", never=("客服小雨", "9.90", "最终解释权"),
)  # fmt: skip


def _outdoor(folder: Path) -> None:
    book = _book()
    sheet = _sheet(book, "商品", [
        ["基本信息", None, None, "价格(元)", None, "规格", None, "库存", "参数", None],
        ["商品ID", "商品名称", "类目", "日常价", "直播价", "颜色", "尺码", None, "充绒量(g)", "防水等级"],
        ["HW01", "雪岭轻羽绒服", "户外", 899, 599, "雾蓝", "M", 30, 120, "5000mm"],
        [None, None, None, 899, 599, "雾蓝", "L", 12, 130, None],
        [None, None, None, 929, 629, "岩黑", "XL", 0, 140, None],
        ["HW02", "三合一冲锋衣", None, 1299, 799, "松绿", "均码", 56, None, "10000mm"],
        ["HW03", "折叠露营椅", "露营", 199, 129, None, None, "缺货", None, None],
    ])  # fmt: skip
    for area in ("A1:C1", "D1:E1", "F1:G1", "H1:H2", "I1:J1", "A3:A5", "B3:B5", "C3:C6", "J3:J5"):
        sheet.merge_cells(area)
    book.save(folder / "抖音商品表.xlsx")


OUTDOOR = Case(
    "outdoor, two header rows and merged cells", _outdoor,
    """
    HW01 | 雾蓝 / M | list_price | 899.00 CNY
    HW01 | 雾蓝 / M | price | 599.00 CNY
    HW01 | 雾蓝 / M | stock | 30
    HW01 | 雾蓝 / L | list_price | 899.00 CNY
    HW01 | 雾蓝 / L | price | 599.00 CNY
    HW01 | 雾蓝 / L | stock | 12
    HW01 | 岩黑 / XL | list_price | 929.00 CNY
    HW01 | 岩黑 / XL | price | 629.00 CNY
    HW01 | 岩黑 / XL | stock | 0
    HW01 | - | category | 户外
    HW02 | - | category | 户外
    HW02 | 松绿 / 均码 | price | 799.00 CNY
    HW02 | 松绿 / 均码 | list_price | 1299.00 CNY
    HW02 | 松绿 / 均码 | stock | 56
    HW02 | - | feature | 防水等级 10000mm
    HW01 | - | feature | 防水等级 5000mm
    HW03 | - | price | 129.00 CNY
    HW03 | - | list_price | 199.00 CNY
    HW03 | - | stock | 0
    HW03 | - | category | 露营
    """,
    tolerated="feature",
)  # fmt: skip


def _tea(folder: Path) -> None:
    book = _book()
    _sheet(book, "茶叶", [
        ["货号", "品名", "规格", "售价", "库存", "生产日期", "保质期", "产地", "冲泡方法"],
        ["T100", "明前龙井", None, None, None, datetime(2026, 4, 2), "18个月", "浙江杭州", "80度水，3克茶，冲泡1分钟"],
        [None, None, "50g罐装", 128, 40, None, None, None, None],
        [None, None, "100g礼盒", 238, 15, None, None, None, None],
        ["T200", "正山小种", "颜色:红罐;容量:125g", "168", "现货", "2026年3月18日", "3年", "福建武夷山", None],
        ["T300", "白毫银针饼", "100g", "￥268/饼", "8饼", 46083, "长期", "福建福鼎", "可煮可泡"],
        [],
        ["备注：龙井售罄不补"],
    ])  # fmt: skip
    book.save(folder / "茶叶价目.xlsx")


TEA = Case(
    "tea, spec rows beneath a product", _tea,
    """
    T100 | 50g罐装 | price | 128.00 CNY
    T100 | 50g罐装 | stock | 40
    T100 | 100g礼盒 | price | 238.00 CNY
    T100 | 100g礼盒 | stock | 15
    T100 | - | production_date | 2026-04-02
    T100 | - | shelf_life | 18months
    T100 | - | origin | 浙江杭州
    T100 | - | usage | 80度水，3克茶，冲泡1分钟
    T200 | 红罐 / 125g | price | 168.00 CNY
    T200 | 红罐 / 125g | stock | in stock
    T200 | - | production_date | 2026-03-18
    T200 | - | shelf_life | 3years
    T200 | - | origin | 福建武夷山
    T300 | 100g | price | 268.00 CNY
    T300 | 100g | stock | 8
    T300 | - | production_date | 2026-03-02
    T300 | - | origin | 福建福鼎
    T300 | - | shelf_life | 长期
    T300 | - | usage | 可煮可泡
    """,
    tolerated="volume weight",
)  # fmt: skip


def _tools(folder: Path) -> None:
    book = _book()
    _sheet(
        book,
        "说明",
        [["本表每周一更新"], ["价格含税，单位：元"], ["联系人", "老周", "138****1234"]],
    )
    _sheet(book, "电动工具", [
        [None, "编号", "产品名称", "功率(W)", "转速(r/min)", "净重(kg)", "能效", "质保期"],
        [None, "DG-01", "锂电冲击钻", 650, 1500, 1.6, 0.85, "2年"],
        [None, None, None, None, None, None, None, None],
        [None, "DG-02", "角磨机", 850, 11000, 1.9, 0.9, "1年"],
    ])  # fmt: skip
    for row in (2, 4):
        book["电动工具"].cell(row, 7).number_format = "0%"
    _sheet(book, "价格", [
        ["编号", "零售价", "折扣", "活动价", "活动截止"],
        ["DG-01", 399, 0.75, "=B2*C2", datetime(2026, 12, 31)],
        ["DG-02", 199, 1, "=B3*C3", None],
        ["DG-09", 99, 1, "=VLOOKUP(A4,X:Y,2)", None],
    ])  # fmt: skip
    _sheet(book, "库存", [
        ["商品编码", "仓库", "可用库存"], ["DG-01", "华东仓", 25], ["DG-02", "华东仓", 0],
    ])  # fmt: skip
    book.save(folder / "五金.xlsx")
    cache_formulas(folder / "五金.xlsx", {"D2": 299.25, "D3": 199, "D4": "#N/A"})


TOOLS = Case(
    "tools, several sheets joined by number, formulas", _tools,
    """
    DG-01 | - | power | 650w
    DG-01 | - | feature | 转速 1500r/min
    DG-01 | - | weight | 1.6kg
    DG-01 | - | feature | 能效 85%
    DG-01 | - | warranty | 2年
    DG-01 | - | list_price | 399.00 CNY
    DG-01 | - | price | 299.25 CNY
    DG-01 | - | stock | 25
    DG-02 | - | power | 850w
    DG-02 | - | feature | 转速 11000r/min
    DG-02 | - | weight | 1.9kg
    DG-02 | - | feature | 能效 90%
    DG-02 | - | warranty | 1年
    DG-02 | - | list_price | 199.00 CNY
    DG-02 | - | price | 199.00 CNY
    DG-02 | - | stock | 0
    """,
    products="DG-01; DG-02; DG-09", tolerated="list_price coupon feature",
    never=("老周", "138", "#N/A"),
)  # fmt: skip


def _snacks(folder: Path) -> None:
    book = _book()
    _sheet(book, "京东商品导出", [
        ["SKU编号", "SPU名称", "商品名称", "京东价", "市场价", "库存状态", "销售属性", "配料", "净含量", "贮存条件", "执行标准", "采购价"],
        ["100012345", "老灶锅巴", "老灶锅巴 麻辣味 408g", "23.80", "35.00", "有货", "口味：麻辣味；规格：408g", "糯米、植物油、辣椒、花椒、食用盐", "408g", "阴凉干燥处", "GB/T 22699", "11.2"],
        ["100012346", "老灶锅巴", "老灶锅巴 五香味 408g", "23.80", "35.00", "无货", "口味：五香味；规格：408g", "糯米、植物油、食用盐、五香粉", "408g", "阴凉干燥处", "GB/T 22699", "11.2"],
        ["100012399", "每日坚果", "每日坚果 25g*30包", "99-129", "168", "紧张", None, "核桃仁、腰果、蔓越莓干", "750克（25克×30）", "常温", "GB/T 22165", "60"],
    ])  # fmt: skip
    book.save(folder / "jd_sku.xlsx")


SNACKS = Case(
    "snacks, JD export, stock in words", _snacks,
    """
    100012345 | - | price | 23.80 CNY
    100012345 | - | list_price | 35.00 CNY
    100012345 | - | stock | in stock
    100012345 | - | ingredients | 糯米
    100012345 | - | ingredients | 辣椒
    100012345 | - | ingredients | 花椒
    100012345 | - | ingredients | 植物油
    100012345 | - | ingredients | 食用盐
    100012345 | - | volume | 408g
    100012345 | - | storage | 阴凉干燥处
    100012345 | - | certificate | GB/T 22699
    100012346 | - | price | 23.80 CNY
    100012346 | - | list_price | 35.00 CNY
    100012346 | - | stock | 0
    100012346 | - | ingredients | 五香粉
    100012346 | - | ingredients | 糯米
    100012346 | - | ingredients | 植物油
    100012346 | - | ingredients | 食用盐
    100012346 | - | volume | 408g
    100012346 | - | storage | 阴凉干燥处
    100012346 | - | certificate | GB/T 22699
    100012399 | - | price_from | 99.00 CNY
    100012399 | - | list_price | 168.00 CNY
    100012399 | - | stock | in stock
    100012399 | - | ingredients | 核桃仁
    100012399 | - | ingredients | 腰果
    100012399 | - | ingredients | 蔓越莓干
    100012399 | - | volume | 750克（25克×30）
    100012399 | - | storage | 常温
    100012399 | - | certificate | GB/T 22165
    """,
    tolerated="feature", never=("11.2", "60.00"),
)  # fmt: skip


def _headphones(folder: Path) -> None:
    book = _book()
    _sheet(book, "README", [["Internal - do not share"], ["Last updated by Priya"]])
    _sheet(book, "Products", [
        ["SKU", "Product", "MSRP (USD)", "Our Price", "Qty on hand", "Battery (mAh)", "Weight (g)", "Colors", "Warranty", "Launch Date", "Key features", "Cost"],
        ["AX-10", "Aero Buds", "$79.99", "$59.00", 140, 55, 4.5, "Black, White", "24 months", datetime(2026, 9, 1), "• Bluetooth 5.3\n• 32 h with the case\n• IPX4", 21],
        ["AX-20", "Aero Studio Over-Ear", "$249.00", "$199.00", "Out of stock", 800, 260, "Graphite", "24 months", 46296, "Adaptive noise cancelling; USB-C fast charge", 88],
        ["AX-30", "Travel Case", "N/A", "$15", "TBD", None, "0.2 lb", None, None, None, None, 3],
    ])  # fmt: skip
    book.save(folder / "catalog FINAL v3.xlsx")


HEADPHONES = Case(
    "headphones, English workbook", _headphones,
    """
    AX-10 | - | list_price | 79.99 USD
    AX-10 | - | price | 59.00 USD
    AX-10 | - | stock | 140
    AX-10 | - | battery | 55mah
    AX-10 | - | weight | 4.5g
    AX-10 | - | colour | Black
    AX-10 | - | colour | White
    AX-10 | - | warranty | 24 months
    AX-10 | - | release_date | 2026-09-01
    AX-10 | - | selling_point/feature | Bluetooth 5.3
    AX-10 | - | selling_point/feature | 32 h with the case
    AX-10 | - | selling_point/feature | IPX4
    AX-20 | - | list_price | 249.00 USD
    AX-20 | - | price | 199.00 USD
    AX-20 | - | stock | 0
    AX-20 | - | battery | 800mah
    AX-20 | - | weight | 260g
    AX-20 | - | warranty | 24 months
    AX-20 | - | release_date | 2026-10-01
    AX-20 | - | selling_point/feature | Adaptive noise cancelling
    AX-20 | - | selling_point/feature | USB-C fast charge
    AX-30 | - | price | 15.00 USD
    AX-30 | - | weight | 0.2lb
    """,
    never=("Priya", "TBD", "N/A", "21.00", "88.00"), settings='currency = "USD"\n',
)  # fmt: skip

CASES = (PET_SHOP, OUTDOOR, TEA, TOOLS, SNACKS, HEADPHONES)
