"""Size advice from tables of every trade and shape; nothing is guessed."""

from collections.abc import Sequence

import pytest

from core.product import Fact, Source
from knowledge.size_tables import sizes_in
from knowledge.sizes import describe
from script_engine.answers.body import measures
from script_engine.answers.comment import read_comment
from script_engine.answers.sizes import Size, advise, asked_measures, body_range, size_table

CLOTHES = [
    ["尺码", "身高(cm)", "体重(斤)"], ["S", "155-160", "85-95"], ["M", "160-165", "95-110"],
    ["L", "165-170", "110-125"],
]  # fmt: skip
TURNED = [list(column) for column in zip(*CLOTHES, strict=True)]
MATRIX = [
    ["身高\\体重", "45-50kg", "50-55kg", "55-60kg"], ["155-160cm", "S", "M", "M"],
    ["160-165cm", "M", "M", "L"], ["165-170cm", "M", "L", "L"],
]  # fmt: skip
SHOES = [
    ["脚长(mm)", "中国码", "欧码"], ["240", "38", "39"], ["245", "39", "40"], ["250", "40", "41"],
]  # fmt: skip
US_SHOES = [
    ["US", "UK", "EU", "Foot length (in)"], ["7", "6", "40", "9.6"], ["7.5", "6.5", "40.5", "9.8"],
    ["8", "7", "41", "10"],
]  # fmt: skip
CHILDREN = [
    ["码数", "年龄", "身高"], ["90", "18-24个月", "80-90"], ["100", "2-3岁", "90-100"],
    ["110", "3-5岁", "100-110"],
]  # fmt: skip
RINGS = [["圈号", "内径(mm)", "周长(mm)"], ["12", "16.5", "52"], ["13", "16.9", "53"]]
TROUSERS = [["Size", "Waist (in)", "Hips (in)"], ["28", "28-29", "38"], ["30", "30-31", "40"]]
IMPERIAL = [
    ["Size", "Height", "Weight (lb)"], ["S", "5'2\"-5'5\"", "110-130"],
    ["M", "5'5\"-5'8\"", "130-150"],
]  # fmt: skip
BY_WEIGHT = [["适合体重", "建议尺码"], ["100斤以下", "M"], ["100-115斤", "L"], ["115斤以上", "XL"]]
DOGS = [["尺码", "胸围(cm)", "颈围(cm)", "体重(kg)"], ["XS", "30-34", "20-23", "1-2.5"],
        ["S", "34-40", "23-27", "2.5-4"]]  # fmt: skip


def table(rows: Sequence[Sequence[str]], language: str = "zh") -> list[Size]:
    spoken = "zh" if language == "zh" else "en"
    sized = sizes_in(rows)
    assert sized is not None
    return size_table([
        Fact(f"x.size_table.{n}", "x", "", "size_table", "size_table",
             describe(size, cells, spoken), "", spoken, Source("x", "x"), size)
        for n, (size, cells) in enumerate(sized)
    ])  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("rows", "said", "size"),
    [
        (CLOTHES, "162 100斤穿多大", "M"), (CLOTHES, "i'm 168cm and 60kg", "L"),
        (CLOTHES, "180 100斤", None), (CLOTHES, "162 150斤", None), (CLOTHES, "158 108斤", "M"),
        (TURNED, "162 100斤", "M"), (TURNED, "5'4\" 110 lbs", "M"),
        (MATRIX, "158 48公斤", "S"), (MATRIX, "168 52kg", "L"), (MATRIX, "180 52kg", None),
        (SHOES, "脚长24.5", "39"), (SHOES, "脚长245", "39"), (SHOES, "我脚长247毫米", "40"),
        (SHOES, "脚长26厘米", None), (SHOES, "脚长22", None), (SHOES, "平时穿欧码40", "39"),
        (SHOES, "平时欧码44", None),
        (US_SHOES, "my foot is 9.8 inches", "7.5"), (US_SHOES, "i wear eu 40.5", "7.5"),
        (US_SHOES, "foot is 25 cm", "8"),
        (CHILDREN, "宝宝20个月穿几码", "90"), (CHILDREN, "孩子4岁", "110"),
        (CHILDREN, "4 years old", "110"), (CHILDREN, "身高95", "100"), (CHILDREN, "8岁", None),
        (RINGS, "内径16.5", "12"), (RINGS, "手指周长53毫米", "13"), (RINGS, "内径20", None),
        (TROUSERS, "my waist is 31 inches", "30"), (TROUSERS, "腰围2尺2", "28"),
        (TROUSERS, "腰围2尺", None),
        (TROUSERS, "waist 36 in", None),
        (IMPERIAL, "5'7\" 140 lbs", "M"), (IMPERIAL, "160cm 55kg", "S"),
        (IMPERIAL, "6'4\" 140lbs", None),
        (BY_WEIGHT, "95斤", "M"), (BY_WEIGHT, "110斤", "L"), (BY_WEIGHT, "65公斤", "XL"),
        (DOGS, "狗狗胸围36", "S"), (DOGS, "3kg的小狗", "S"), (DOGS, "胸围60", None),
    ],
)  # fmt: skip
def test_the_table_alone_decides(
    rows: Sequence[Sequence[str]], said: str, size: str | None, language: str
) -> None:
    found = advise(measures(read_comment(said).text), table(rows, language))
    assert (found.name if found else None) == size


def test_what_is_asked_for_is_what_the_table_goes_by() -> None:
    assert asked_measures(table(CLOTHES)) == ("height", "weight")
    assert asked_measures(table(SHOES)) == ("foot",)
    assert asked_measures(table(RINGS)) in (("finger",), ("diameter",))


def test_measures_that_the_table_does_not_give_decide_nothing() -> None:
    assert advise(measures("脚长24"), table(CLOTHES)) is None
    assert advise(measures("多少钱"), table(CLOTHES)) is None


def test_the_row_is_told_by_the_measures_that_were_said() -> None:
    row = table(SHOES)[1]
    assert body_range(row, "zh", ["foot"]) == "脚长245mm"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("腰围2尺1", {"waist": 70.0}), ("waist 30 inches", {"waist": 76.2}),
        ("脚长25.5", {"foot": 25.5}),
        ("我家宝宝一岁半", {"age": 1.5}), ("18个月", {"age": 1.5}), ("多少钱", {}),
        ("发货要3天吗", {}),
        ("头围58", {"head": 58}),
    ],
)  # fmt: skip
def test_girths_and_ages_are_read(text: str, said: dict[str, float]) -> None:
    found = measures(read_comment(text).text).said
    assert {key: round(value, 1) for key, value in found.items()} == said


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "参数"], ["功率", "800W"]], [["口味", "规格"], ["辣", "100g"]],
        [["快递", "时效"], ["顺丰", "1天"]], [["货号", "名称"], ["A1", "杯子"]],
    ],
)  # fmt: skip
def test_other_tables_are_no_size_tables(rows: list[list[str]]) -> None:
    assert sizes_in(rows) is None
