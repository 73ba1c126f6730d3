"""Writes the binary product files of the demo shop: the xlsx, the docx and the GBK csv files.

Run it after a change of make_shop.toml: `python configs/shops/demo/make_shop.py`. The text files
(Shopify csv, JSON-LD, Markdown) are written by hand; `draw_pictures.py` draws the pictures. The
shop, its brands and its products are invented for this project.
"""

import csv
import io
import tomllib
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
WRITTEN = datetime(2026, 11, 1)  # noqa: DTZ001 - the file formats store naive times
Row = dict[str, Any]


def write_workbook(path: Path, title: str, rows: list[Row], offers: list[Row]) -> None:
    book = Workbook()
    book.properties.creator, book.properties.created = "拾光小铺", WRITTEN
    sheet = book.active
    sheet.title = "商品表"
    headers = list(rows[0])
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headers))
    sheet.append(headers)
    for row in rows:
        sheet.append([row.get(header) for header in headers])
    for column, header in enumerate(headers, start=1):
        _merge_down(sheet, column, [header in row for row in rows], first_row=3)
    _dress(sheet, header_row=2)
    second = book.create_sheet("限时活动")
    second.append(list(offers[0]))
    for offer in offers:
        second.append(list(offer.values()))
    _dress(second, header_row=1)
    book.save(path)
    _freeze_times(path)


def _merge_down(sheet: Worksheet, column: int, filled: list[bool], first_row: int) -> None:
    """Merge each filled cell of a column with the unfilled ones below it."""
    starts = [row for row, is_filled in enumerate(filled) if is_filled]
    for start, end in zip(starts, [*starts[1:], len(filled)], strict=True):
        if end - start > 1:
            letter = get_column_letter(column)
            sheet.merge_cells(f"{letter}{first_row + start}:{letter}{first_row + end - 1}")


def _dress(sheet: Worksheet, header_row: int) -> None:
    for cell in sheet[header_row]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FCE4D6")
    for row in sheet.iter_rows(min_row=header_row + 1):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 18
    sheet.freeze_panes = sheet.cell(header_row + 1, 4)


def write_csv(path: Path, rows: list[Row]) -> None:
    """A csv as a Chinese Excel saves it: in GBK."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    path.write_bytes(text.getvalue().encode("gbk"))


def write_manual(path: Path, content: dict[str, Any]) -> None:
    manual = Document()
    manual.core_properties.author, manual.core_properties.created = "栖木", WRITTEN
    manual.core_properties.modified = WRITTEN
    manual.styles["Normal"].font.size = Pt(11)
    manual.add_heading(content["title"], 0)
    manual.add_paragraph(content["product"])
    manual.add_heading("产品参数", 1)
    table = manual.add_table(rows=0, cols=2, style="Light Grid Accent 1")
    for key, value in content["parameters"].items():
        cells = table.add_row().cells
        cells[0].text, cells[1].text = key, value
    for heading, key, style in (
        ("使用方法", "usage", "List Number"),
        ("清洁与保养", "care", "Normal"),
        ("安全提示", "caution", "List Bullet"),
        ("质保", "warranty", "Normal"),
    ):
        manual.add_heading(heading, 1)
        for text in content[key]:
            manual.add_paragraph(text, style=style)
    manual.add_heading("常见问题", 1)
    for question, answer in content["questions"].items():
        manual.add_paragraph(f"问：{question}")
        manual.add_paragraph(f"答：{answer}")
    manual.save(path)
    _freeze_times(path)


def _freeze_times(path: Path) -> None:
    """Store the archive's members with one fixed time, so that a rewrite changes few bytes."""
    with zipfile.ZipFile(path) as source:
        members = [(info.filename, source.read(info)) for info in source.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in members:
            info = zipfile.ZipInfo(name, (WRITTEN.year, WRITTEN.month, WRITTEN.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, body)


def main() -> None:
    shop = tomllib.loads((HERE / "make_shop.toml").read_text(encoding="utf-8"))
    beauty = shop["beauty"]
    write_workbook(HERE / "商品表.xlsx", beauty["title"], beauty["rows"], shop["offers"])
    write_csv(HERE / "尺码表.csv", shop["sizes"])
    write_csv(HERE / "服饰中文资料.csv", shop["apparel"])
    write_manual(HERE / "小月亮台灯说明书.docx", shop["manual"])


if __name__ == "__main__":
    main()
