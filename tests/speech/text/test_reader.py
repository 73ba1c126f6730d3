import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.language import Language
from speech.text.reader import Reader

ZH = """
¥129.90 -> 一百二十九块九
¥129.99 -> 一百二十九块九毛九
¥199 -> 一百九十九元
￥1,299 -> 一千二百九十九元
199元 -> 一百九十九元
99.9元 -> 九十九块九
0.5元 -> 五毛
2元 -> 两元
￥59起 -> 五十九元起
¥99-129 -> 九十九到一百二十九元
¥99-¥129 -> 九十九到一百二十九元
129.9元/瓶 -> 一百二十九块九一瓶
$20 -> 二十美元
8折优惠，30ml只要199元 -> 八折优惠，三十毫升只要一百九十九元
88折 -> 八八折
8.5折 -> 八五折
5-8折 -> 五到八折
买一送一 -> 买一送一
买2送1 -> 买二送一
买2件 -> 买两件
第2件半价 -> 第二件半价
第1名 -> 第一名
满300减50 -> 满三百减五十
前100名 -> 前一百名
1+1 -> 一加一
30ml/瓶 -> 三十毫升一瓶
净含量500mL -> 净含量五百毫升
50g -> 五十克
5kg -> 五公斤
1.5L -> 一点五升
0.3毫米 -> 零点三毫米
3.5mm -> 三点五毫米
5cm*10cm -> 五乘十厘米
5×10×3cm -> 五乘十乘三厘米
功率1200W -> 功率一千二百瓦
3000K -> 三千K
10000mAh -> 一万毫安时
40℃ -> 四十摄氏度
-5℃ -> 零下五摄氏度
360° -> 三百六十度
99.9% -> 百分之九十九点九
10%-20% -> 百分之十到百分之二十
SPF50+ -> S P F 五十加
SPF50+ PA+++ -> S P F 五十加 P A 三个加
UPF50+ -> U P F 五十加
S/M/L/XL -> S，M，L，X L
95-108斤 -> 九十五到一百零八斤
2-3天 -> 两到三天
约3~5片 -> 约三到五片
0-3岁 -> 零到三岁
2026-11-22 -> 二零二六年十一月二十二日
2025/3/8 -> 二零二五年三月八日
2026年12月1日 -> 二零二六年十二月一日
12月1日 -> 十二月一日
20:30 -> 二十点半
20:00-22:00 -> 二十点到二十二点
9:05 -> 九点零五分
16:9 -> 十六比九
BT1001 -> B T 一零零一
iPhone 15 -> iPhone 十五
RTX4090 -> R T X 四零九零
180/96A -> 一百八十 九十六 A
75B -> 七十五 B
10w+ -> 十万加
100+ -> 一百加
2个 -> 两个
12个 -> 十二个
102件 -> 一百零二件
晚上2点 -> 晚上两点
1/2 -> 二分之一
2.0 -> 二点零
13812345678 -> 幺三八，幺二三四，五六七八
400-820-8820 -> 四零零，八二零，八八二零
双11大促 -> 双十一大促
24小时 -> 二十四小时
7天无理由 -> 七天无理由
1号链接 -> 一号链接
库存只剩23件 -> 库存只剩二十三件
到手价99.9，快来 -> 到手价九十九块九，快来
50ml*2瓶 -> 五十毫升乘两瓶
XS-3XL -> X S到三 X L
pH5.5 -> P H 五点五
USB3.0 -> U S B 三点零
5W30 -> 五 W 三十
80g/㎡ -> 八十克每平方米
误差±5% -> 误差正负百分之五
１９９元，５０％ -> 一百九十九元，百分之五十
①号链接 -> 一号链接
2026年11月22日20:00 -> 二零二六年十一月二十二日二十点
-18℃冷冻 -> 零下十八摄氏度冷冻
100-240V -> 一百到两百四十伏
IP67 -> I P 六十七
好啊，这儿呢 -> 好啊，这儿呢
"""

EN = """
$19.99 -> nineteen dollars and ninety nine cents
$1,299 -> one thousand two hundred ninety nine dollars
$5-10 -> five to ten dollars
$2 million -> two million dollars
¥129.90 -> one hundred twenty nine point nine yuan
199 yuan -> one hundred ninety nine yuan
€20 -> twenty euros
2-3 days -> two to three days
95-108 jin -> ninety five to one hundred eight jin
30 ml -> thirty milliliters
30-ml bottle -> thirty milliliter bottle
1 L -> one liter
1.5L -> one point five liters
5×10×3 cm -> five by ten by three centimeters
-5 °C -> minus five degrees Celsius
3000K -> three thousand kelvin
10000mAh -> ten thousand milliamp hours
50% off -> fifty percent off
10-20% -> ten to twenty percent
20:30 -> eight thirty P M
8:05 -> eight oh five
8 pm -> eight P M
Dec 1, 2026 -> December first, twenty twenty six
2026-12-01 -> December first, twenty twenty six
in 2026 -> in twenty twenty six
the 1990s -> the nineteen nineties
SPF50+ -> S P F fifty plus
PA+++ -> P A plus plus plus
BT1001 -> B T one zero zero one
iPhone 15 -> iPhone fifteen
v2.0 -> version two point zero
No. 1 -> number one
3rd -> third
21st -> twenty first
1/2 cup -> one half cup
3/4 cotton -> three quarters cotton
24/7 -> twenty four seven
10,000 -> ten thousand
100+ -> one hundred plus
2 for $30 -> two for thirty dollars
size 38 -> size thirty eight
S/M/L -> small, medium, large
5'6" tall -> five foot six tall
XS-3XL -> extra small to triple extra large
size M or XL -> size M or extra large
4.8/5 stars -> four point eight out of five stars
11/22/2026 -> November twenty second, twenty twenty six
8:30-10:00 pm -> eight thirty P M to ten P M
#1 bestseller -> number one bestseller
pH 5.5 -> P H five point five
±5% -> plus or minus five percent
50ml x 2 -> fifty milliliters times two
2.5 lbs -> two point five pounds
don't stop -> don't stop
"""


def cases(block: str) -> list[tuple[str, str]]:
    return [tuple(row.split(" -> ")) for row in block.strip().splitlines()]  # type: ignore[misc]


def spoken(reader: Reader, text: str, language: Language) -> str:
    return "".join(piece.spoken for piece in reader.read(text, 0, len(text), language))


@pytest.mark.parametrize(("text", "expected"), cases(ZH))
def test_chinese(reader: Reader, text: str, expected: str) -> None:
    assert spoken(reader, text, "zh") == expected


@pytest.mark.parametrize(("text", "expected"), cases(EN))
def test_english(reader: Reader, text: str, expected: str) -> None:
    assert spoken(reader, text, "en") == expected


def test_an_english_clause_in_a_chinese_line_is_read_in_english(reader: Reader) -> None:
    assert spoken(reader, "Only 30 ml left today", "zh") == "Only thirty milliliters left today"


def test_chinese_in_an_english_line_is_read_in_chinese(reader: Reader) -> None:
    assert spoken(reader, "只要199元", "en") == "只要一百九十九元"


def test_pieces_point_at_what_they_replace(reader: Reader) -> None:
    text = "今天只要¥129.90哦"
    found = [(text[p.start : p.end], p.spoken) for p in reader.read(text, 0, len(text), "zh")]
    assert found == [("今天只要", "今天只要"), ("¥129.90", "一百二十九块九"), ("哦", "哦")]


alphabet = st.sampled_from(
    list("姐妹的瓶元件折第双天点年月日¥$%℃+-–~/.:,×* abcSPFmlKgLx0123456789😀'\"")
)


@given(text=st.text(alphabet, max_size=40), language=st.sampled_from(["zh", "en"]))
def test_no_letter_or_digit_is_lost(reader: Reader, text: str, language: Language) -> None:
    pieces = reader.read(text, 0, len(text), language)
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    for piece in pieces:
        source = text[piece.start : piece.end]
        if piece.literal:
            assert piece.spoken == source
            assert not any(char in "0123456789" for char in source)
        else:
            assert any(char.isalpha() for char in piece.spoken)
            assert not any(char in "0123456789" for char in piece.spoken)
