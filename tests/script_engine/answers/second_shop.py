"""A shop that is not the demo: pets, snacks and gadgets, with headers and habits of its own."""

import csv
from collections.abc import Sequence
from pathlib import Path

_CHINESE_HEADERS = (
    "商品编码", "宝贝标题", "俗称", "所属类目", "品牌名称", "销售规格", "到手价", "吊牌价",
    "可售库存", "净重", "配料表", "产品亮点", "使用说明", "温馨提示", "有效期", "原产国", "储存",
    "适用人群", "链接序号",
)  # fmt: skip
_CHINESE_ROWS = (
    ("P101", "冻干鸡肉全价猫粮", "冻干桶、鸡肉猫粮", "宠物/猫粮", "喵食记", "1.5kg", "128", "168",
     "73", "1.5kg", "鸡肉、三文鱼、鸡肝、红薯",
     "冻干颗粒添加比例30%\n无谷配方\n小颗粒，幼猫也嚼得动",
     "四公斤成猫每天喂60克，分两次喂；换粮请用七天慢慢过渡", "鸡肉过敏的猫咪请勿喂食",
     "18个月", "中国山东", "密封后放阴凉干燥处", "三月龄以上全阶段猫", "1"),
    ("P101", "冻干鸡肉全价猫粮", "", "", "", "5kg", "365", "468", "0", "5kg", "", "", "", "", "",
     "", "", "", ""),
    ("P102", "除臭豆腐猫砂", "豆腐砂、猫砂", "宠物/猫砂", "喵食记", "", "35.9", "49.9", "420",
     "2.5kg", "豌豆纤维、玉米淀粉、瓜尔胶", "结团快，五秒成团\n可以直接冲厕所，每次一小铲\n低粉尘",
     "猫砂盆铺六到八厘米厚，结团后及时铲除", "请勿让宠物误食", "24个月", "中国辽宁", "防潮",
     "所有猫咪", "2"),
    ("P103", "耐咬绳结狗玩具", "绳结球", "宠物/玩具", "汪玩", "", "19.9", "29.9", "0", "180g", "",
     "棉绳编织，磨牙不伤牙龈\n可以手洗", "适合抛接和拔河", "出现断线请停止使用", "", "中国浙江", "",
     "中小型犬", "3"),
    ("S201", "每日坚果混合装", "小袋坚果、每日坚果", "零食/坚果", "果然香", "", "99", "139", "260",
     "750g", "巴旦木、腰果、核桃、蔓越莓干、蓝莓干", "一盒30小袋，每袋25克\n低温烘烤，不加盐",
     "开袋即食，每天一袋", "含坚果，对坚果过敏的人群请勿食用", "10个月", "中国安徽", "避光常温保存",
     "", "4"),
    ("S202", "海盐黑巧曲奇", "曲奇", "零食/饼干", "果然香", "", "29.9", "39.9", "512", "200g",
     "小麦粉、黄油、黑巧克力、海盐、鸡蛋", "可可含量58%\n独立小包装，一盒16块", "冷藏后更酥脆",
     "含麸质、蛋类和乳制品", "9个月", "中国上海", "常温避光", "", "5"),
)  # fmt: skip
_ENGLISH_HEADERS = (
    "Item No", "Product Title", "Also Called", "Category", "Brand", "Option", "Sale Price", "RRP",
    "Qty", "Weight", "Battery Life", "Charging Time", "Key Features", "Directions", "Warnings",
    "Made In", "Materials", "Link No",
)  # fmt: skip
_ENGLISH_ROWS = (
    ("E301", "AirBeat Wireless Earbuds", "AirBeat, earbuds", "Electronics/Audio", "Sonno", "Black",
     "¥249", "¥329", "64", "46 g", "6 hours a charge, 24 hours with the case", "1.5 hours",
     "Active noise cancelling\nRated IPX4 against sweat and rain\nBluetooth 5.3, two at once",
     "Open the case near your phone and pick AirBeat in the Bluetooth list",
     "Keep the volume moderate", "Shenzhen, China", "Polycarbonate, silicone tips", "6"),
    ("E301", "AirBeat Wireless Earbuds", "", "", "", "White", "¥249", "¥329", "12", "46 g", "", "",
     "", "", "", "", "", ""),
    ("E302", "PocketCharge Power Bank", "power bank, 充电宝", "Electronics/Power", "Sonno", "",
     "¥159", "¥199", "148", "355 g", "", "4 hours with a 20 W charger",
     "20000 mAh, about four phone charges\n22.5 W fast charging\nCharges two devices together",
     "Press the button once to start charging", "Do not put it in checked luggage",
     "Dongguan, China", "ABS shell", "7"),
)  # fmt: skip
_POLICIES = """# 团团杂货铺 规则

## 发货
- 下单后24小时内从义乌仓发货，法定节假日顺延。
- 满99元包邮，不满99元收8元运费。

## 退换
- 支持15天无理由退货，食品和拆封的猫粮除外。

## 发票
- 默认开电子发票，随货发到手机短信。

## 优惠券
- 关注店铺领满149减15优惠券。

## 质保
- 电子产品质保18个月，只换不修。
"""
_QUESTIONS = """# 买家问答

## 冻干鸡肉全价猫粮

### 软便的猫能吃吗？
肠胃敏感的猫建议先少量试吃三天，软便严重请先看宠物医生。

## 除臭豆腐猫砂

### 会不会粘底？
铺够六厘米基本不粘底，底部粘住时喷点水就能铲起来。

## AirBeat Wireless Earbuds

### Do they work with iPhone?
Yes, they pair with any phone that has Bluetooth.

## PocketCharge Power Bank

### Can I take it on a plane?
Yes, in your carry-on: it holds 74 watt-hours, below the limit of 100.
"""


def write_second_shop(folder: Path) -> Path:
    """Write the shop's files into a folder and give the folder back."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shop.toml").write_text('name = "团团杂货铺"\ncurrency = "CNY"\n', "utf-8")
    _write_table(folder / "货品清单.csv", _CHINESE_HEADERS, _CHINESE_ROWS, "gb18030")
    _write_table(folder / "gadgets.csv", _ENGLISH_HEADERS, _ENGLISH_ROWS, "utf-8-sig")
    (folder / "规则.md").write_text(_POLICIES, "utf-8")
    (folder / "买家问答.md").write_text(_QUESTIONS, "utf-8")
    return folder


def _write_table(
    path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]], encoding: str
) -> None:
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file)
        writer.writerow(headers)
        writer.writerows(rows)
