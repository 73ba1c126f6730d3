"""Each kind of file as staff really save it, and each as it breaks."""

import json
import random
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from core.errors import ContentError
from knowledge.raw import Reading
from knowledge.readers import read_file
from tests.knowledge.conftest import DEMO, write

HEADERS = ["货号", "商品名称", "直播价"]


def texts(reading: Reading, header: str) -> list[str]:
    rows = reading.tables[0].rows
    return [cell.text for row in rows for cell in row.cells if cell.header == header]


# workbooks


def test_titles_above_the_header_and_merged_cells(workbook: Callable[..., Path]) -> None:
    path = workbook(
        ["秋冬商品表", None, None, None],
        [None],
        [*HEADERS, "规格"],
        ["A1", "云雾杯", 59, "大"],
        [None, None, 49, "小"],
        merge="A1:D1 A4:A5 B4:B5",
    )
    reading = read_file(path, "book.xlsx")
    assert texts(reading, "货号") == ["A1", "A1"]
    assert texts(reading, "商品名称") == ["云雾杯", "云雾杯"]
    assert texts(reading, "直播价") == ["59", "49"]
    assert str(reading.tables[0].rows[1].cells[2].place) == "商品 row 5, column 直播价"


def test_hidden_and_wordless_sheets_are_passed_over(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(HEADERS)
    book.active.append(["A1", "杯", 59.5])
    book.create_sheet("草稿").append(["货号", "名称"])
    book["草稿"].sheet_state = "hidden"
    book.create_sheet("说明").append(["请勿外传"])
    book.save(tmp_path / "b.xlsx")
    reading = read_file(tmp_path / "b.xlsx", "b.xlsx")
    assert len(reading.tables) == 1
    assert texts(reading, "直播价") == ["59.5"]
    assert {entry.place.sheet for entry in reading.entries} == {"草稿", "说明"}


def test_number_formats_keep_their_currency(workbook: Callable[..., Path], tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = workbook(HEADERS, ["A1", "杯", 59])
    book = load_workbook(path)
    book.active["C2"].number_format = '"$"#,##0.00'
    book.save(path)
    assert texts(read_file(path, "b.xlsx"), "直播价") == ["$59"]


# csv


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_every_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    rows = [HEADERS, ["A1", "云雾马克杯，手工上釉", "59"], ["A2", "山茶花手工皂", "29"]]
    path = write(tmp_path, "p.csv", "\r\n".join(mark.join(row) for row in rows), encoding)
    reading = read_file(path, "p.csv")
    assert texts(reading, "商品名称") == ["云雾马克杯，手工上釉", "山茶花手工皂"]
    guessed = [entry for entry in reading.entries if entry.outcome == "guessed"]
    assert bool(guessed) == encoding.startswith("gb")


def test_big5_is_recognised(tmp_path: Path) -> None:
    text = "貨號,商品名稱,賣點\nA1,雲霧馬克杯,手工上釉每一隻都不一樣耐高溫容易清洗\n" * 3
    path = write(tmp_path, "p.csv", text, "big5")
    assert "雲霧馬克杯" in texts(read_file(path, "p.csv"), "商品名稱")


def test_cells_of_several_lines_and_empty_cells(tmp_path: Path) -> None:
    text = '货号,商品名称,卖点\nA1,杯,"第一条\n第二条, 有逗号"\n\n,,\nA2,皂,\n'
    reading = read_file(write(tmp_path, "p.csv", text), "p.csv")
    assert texts(reading, "卖点") == ["第一条\n第二条, 有逗号", ""]
    assert len(reading.tables[0].rows) == 2


def test_a_row_with_too_many_cells_is_refused_alone(tmp_path: Path) -> None:
    text = "货号,商品名称,直播价\nA1,杯,5,9\nA2,皂,29\n"
    reading = read_file(write(tmp_path, "p.csv", text), "p.csv")
    assert texts(reading, "货号") == ["A2"]
    (entry,) = reading.entries
    assert (entry.outcome, entry.place.row, entry.product) == ("refused", 2, "A1")


def test_rows_before_an_open_quote_are_kept(tmp_path: Path) -> None:
    text = '货号,商品名称,直播价\nA1,杯,59\nA2,"皂,29\nA3,灯,99\n'
    reading = read_file(write(tmp_path, "p.csv", text), "p.csv")
    assert texts(reading, "货号") == ["A1"]
    assert reading.entries[0].place.row == 3


def test_shopify_rows_become_variants(tmp_path: Path) -> None:
    text = (
        "Handle,Title,Body (HTML),Vendor,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
        "Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status,Cost per item\n"
        'tee,Plain Tee,"<p>Soft &amp; light.</p><ul><li>Organic</li><li>Roomy</li></ul>",Mianli,'
        "Size,S,Color,Red,T-S,4,19.00,a.png,active,7\n"
        "tee,,,,,M,,Red,T-M,0,19.00,,,7\n"
        "tee,,,,,,,,,,,b.png,,\n"
        "old,Old Thing,,,Title,Default Title,,,O,1,5.00,,draft,2\n"
    )
    reading = read_file(write(tmp_path, "s.csv", text), "s.csv")
    rows = reading.tables[0].rows
    found = [{(cell.field, cell.text) for cell in row.cells if cell.text} for row in rows]
    assert len(found) == 2  # neither the second picture nor the draft
    assert {("id", "tee"), ("variant", "S / Red"), ("size", "S"), ("colour", "Red")} <= found[0]
    assert {("description", "Soft & light."), ("selling_point", "Organic")} <= found[0]
    assert {("variant", "M / Red"), ("stock", "0"), ("price", "19.00")} <= found[1]
    assert not any(text == "7" for row in found for _, text in row)


# JSON-LD


def test_offers_and_variants_of_jsonld(tmp_path: Path) -> None:
    data = {
        "@type": "ProductGroup",
        "productGroupID": "rug",
        "name": "Rug",
        "hasVariant": [
            {"@type": "Product", "sku": "R-S", "size": "S",
             "offers": {"price": 9, "priceCurrency": "EUR"}},
            {"@type": "Product", "sku": "R-L", "size": "L",
             "offers": {"price": "19", "priceCurrency": "EUR",
                        "availability": "https://schema.org/OutOfStock"}},
        ],
    }  # fmt: skip
    reading = read_file(write(tmp_path, "p.json", json.dumps(data)), "p.json")
    rows = [{(c.field, c.text) for c in row.cells} for row in reading.tables[0].rows]
    assert {("id", "rug"), ("name", "Rug")} <= rows[0]
    assert {("id", "rug"), ("variant", "S"), ("price", "EUR 9")} <= rows[1]
    assert {("variant", "L"), ("availability", "out of stock"), ("price", "EUR 19")} <= rows[2]


def test_faq_pages_of_jsonld(tmp_path: Path) -> None:
    data = {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "Why?",
                "acceptedAnswer": {"@type": "Answer", "text": "So."},
            }
        ],
    }
    reading = read_file(write(tmp_path, "p.json", json.dumps(data)), "p.json")
    assert [(c.field, c.text) for c in reading.tables[0].rows[0].cells] == [
        ("question", "Why?"),
        ("answer", "So."),
    ]


# documents


def test_docx_keeps_order_headings_lists_and_tables(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("说明书", 0)
    document.add_heading("使用方法", 1)
    document.add_paragraph("轻触开灯。", style="List Number")
    bold = document.add_paragraph()
    bold.add_run("注意事项").bold = True
    document.add_paragraph("请勿浸水。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "功率", "5W"
    document.save(tmp_path / "m.docx")
    blocks = read_file(tmp_path / "m.docx", "m.docx").blocks
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        ("heading", 1, "说明书"),
        ("heading", 2, "使用方法"),
        ("item", 0, "轻触开灯。"),
        ("heading", 4, "注意事项"),
        ("text", 0, "请勿浸水。"),
        ("table", 0, ""),
    ]
    assert blocks[-1].rows == (("功率", "5W"),)


def test_markdown_keeps_lines_and_tables(tmp_path: Path) -> None:
    text = (
        "---\nproduct: A1\n---\n# 标题\n\n## 发货\n- **48小时**内发货\n\n"
        "|尺码|身高|\n|-|-|\n|S|155|\n"
    )
    blocks = read_file(write(tmp_path, "m.md", text), "m.md").blocks
    assert [(b.kind, b.text, str(b.place)) for b in blocks] == [
        ("text", "product: A1", "line 2"),
        ("heading", "标题", "line 4"),
        ("heading", "发货", "line 6"),
        ("item", "48小时内发货", "line 7"),
        ("table", "", "line 9"),
    ]
    assert blocks[-1].rows == (("尺码", "身高"), ("S", "155"))


# what breaks


def _zip(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in members.items():
            archive.writestr(name, body)


def _cut(path: Path, share: float) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


BROKEN = {
    "empty.csv": (b"", "empty"),
    "prose.csv": ("今天天气很好。\n我们去公园玩。\n".encode(), "is no csv"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is no text"),
    "one.csv": (b"a\nb\nc\n", "is no csv"),
    "cut.json": (b'{"@type": "Product", "sku": "A1", "name": "Cu', "cut off"),
    "bad.json": (b'{"sku": A1}', "is no JSON"),
    "other.json": (b'{"hello": [1, 2]}', "no schema.org Product"),
    "deep.json": (b"[" * 100_000, "nested too deep|is no JSON|cut off"),
    "locked.xlsx": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "password"),
    "text.xlsx": (b"not a zip at all", "no Excel file"),
    "broken.xlsx": (b"PK\x03\x04" + b"\x00" * 40, "is broken"),
    "locked.docx": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "password"),
    "broken.docx": (b"PK\x03\x04" + b"\x00" * 40, "is broken"),
    "empty.md": (b"\n\n", "no text"),
    "list.numbers": (b"anything", "save it as xlsx"),
    "cut.xls": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "cannot be read"),
    "manual.pdf": (b"%PDF-1.4", "export it again as PDF"),
    "fake.pdf": (b"hello", "is no PDF"),
    "no.xml": (b"<rss><item>", "is no whole XML"),
    "other.xml": (b"<a><b>1</b></a>", "no <item>"),
    "bomb.xml": (b'<!DOCTYPE a [<!ENTITY x "y">]><rss>&x;</rss>', "entities of its own"),
    "empty.html": (b"<html><script>x</script></html>", "no text"),
    "song.mp3": (b"ID3", "not read"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_say_what_is_wrong(tmp_path: Path, name: str) -> None:
    data, message = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ContentError, match=message) as caught:
        read_file(tmp_path / name, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert caught.value.zh.startswith(f"{name}：")
    assert re.search("[一-鿿]", caught.value.zh)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_cut_workbooks_are_refused(workbook: Callable[..., Path], share: float) -> None:
    path = workbook(HEADERS, ["A1", "杯", 59])
    _cut(path, share)
    with pytest.raises(ContentError, match="is broken"):
        read_file(path, "book.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    _zip(tmp_path / "z.xlsx", **{"hello.txt": b"hi"})
    with pytest.raises(ContentError, match="cannot be read"):
        read_file(tmp_path / "z.xlsx", "z.xlsx")
    _zip(tmp_path / "z.docx", **{"hello.txt": b"hi"})
    with pytest.raises(ContentError, match="cannot be read"):
        read_file(tmp_path / "z.docx", "z.docx")


def test_a_workbook_with_damaged_inside_is_refused(workbook: Callable[..., Path]) -> None:
    path = workbook(HEADERS, ["A1", "杯", 59])
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"][:200]
    _zip(path, **members)
    with pytest.raises(ContentError, match="save it again"):
        read_file(path, "book.xlsx")


def test_an_empty_workbook_is_refused(workbook: Callable[..., Path]) -> None:
    with pytest.raises(ContentError, match="no sheet holds a table"):
        read_file(workbook(["只有一个标题"]), "book.xlsx")


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be opened"):
        read_file(tmp_path / "gone.csv", "gone.csv")


def test_reading_warns_of_nothing(workbook: Callable[..., Path]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_file(workbook(HEADERS, ["A1", "杯", 59]), "book.xlsx")


@pytest.mark.parametrize(
    "name", ["商品表.xlsx", "小月亮台灯说明书.docx", "home.jsonld", "尺码表.csv"]
)
def test_damage_anywhere_is_refused_or_read_but_never_breaks(tmp_path: Path, name: str) -> None:
    whole = (DEMO / name).read_bytes()
    chance = random.Random(7)
    messages = []
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(12):
            data[chance.randrange(len(data))] = chance.randrange(256)
        start = chance.randrange(len(data))
        del data[start : start + chance.randrange(60)]
        (tmp_path / name).write_bytes(data)
        try:
            read_file(tmp_path / name, name)
        except ContentError as error:
            messages.append(str(error))
    assert all(message.startswith(name) for message in messages)
