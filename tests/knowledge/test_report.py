"""What a report says of a shop's files, in English and in Chinese."""

from pathlib import Path

import pytest

from core.errors import ConfigError
from core.message import Message
from knowledge.report import OUTCOMES, Entry, LoadReport, Place, refused_settings
from knowledge.shop import load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write

EMPTY = Message("the file is empty")


@pytest.mark.parametrize(
    ("place", "english", "chinese"),
    [
        (Place(), "", ""),
        (Place("上新", 7, "直播价"), "上新 row 7, column 直播价", "上新 第 7 行，“直播价”列"),
        (Place(column="售价"), "column 售价", "“售价”列"),
        (Place(path="item 2, line 9"), "item 2, line 9", "第 2 项，第 9 行"),
        (Place(sheet="row 3", row=4), "row 3 row 4", "row 3 第 4 行"),
    ],
)
def test_places_as_a_spreadsheet_shows_them(place: Place, english: str, chinese: str) -> None:
    assert (str(place), place.zh) == (english, chinese)


def test_an_entry_is_one_sentence_in_each_language() -> None:
    entry = Entry("refused", "货.csv", EMPTY, Place(row=3))
    assert str(entry) == "货.csv, row 3: the file is empty"
    assert entry.zh == "货.csv，第 3 行：文件是空的"


def test_the_worst_comes_first() -> None:
    entries = tuple(Entry(outcome, outcome, EMPTY) for outcome in reversed(OUTCOMES))
    lines = LoadReport(entries, 1, 2).lines()
    assert [line.partition(":")[0] for line in lines[:-1]] == ["refused", "guessed", "read"]
    assert lines[-1] == "1 products, 2 facts"


def test_settings_name_the_key_and_a_file_elsewhere() -> None:
    here = refused_settings("shop.toml", ConfigError(EMPTY, file="/a/shop.toml", key="currency"))
    assert str(here) == "shop.toml: currency: the file is empty"
    there = refused_settings("shop.toml", ConfigError(EMPTY, file="/a/models/e5"))
    assert there.zh == "shop.toml：/a/models/e5：文件是空的"


FILES = {
    "货.csv": (
        "货号,商品名称,规格,直播价,日常价,库存,活动截止,链接号,促销,奇怪的列\n"
        "A,杯,30ml,面议,,-3,2027-13-45,1,限时特惠,1\nB,盘,,9-3,1.999,很多,05/06/2027,1,仅限今晚,2\n"
        "合计,,,,,9,,,,\n,碗,,0,,,,,,\nC,壶,,,,,,,,\n,,,,,,,,,3\n"
    ),
    "二.csv": "货号,商品名称,链接号,直播价\nA,杯,2,8\nA,杯,2,7\n",
    "无.csv": "日期,销量\n2027-01-01,3\n",
    "问.csv": "问题,答案\n几天到,\n",
    "长.csv": '货号,商品名称,直播价\nD,碟,1,2\nE,"壶,3\n',
    "尺.md": "# 尺码\n\n|尺码|胸围|\n|-|-|\n|M|90|\n",
    "说.md": "适用商品：没有的\n\n买一送一，今晚截止\n",
    "feed.xml": "<rss><item>",
    "断.json": '{"@type": "Product", "name": "m',
    "shop.toml": 'curency = "CNY"\n',
    ".presenter/mapping.toml": '[columns]\n"x" = "prise"\n',
    ".presenter/overrides.json": "{",
}


def test_a_shop_full_of_faults_is_told_of_in_chinese(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path, name, text)
    report = load_shop(tmp_path, VirtualClock()).report
    assert len(report.refused) > 12
    assert len(report.guessed) > 6
    assert {entry.file for entry in report.entries} == set(FILES)
    for entry in report.entries:
        assert entry.message.zh != str(entry.message), entry
        assert "the " not in entry.message.zh, entry.message.zh
