"""Shopify's product export: one handle over several rows, one row for each variant.

Columns as in Shopify's help page "Using CSV files to import and export products".
"""

from dataclasses import replace
from typing import Final

from knowledge.raw import Cell, Row, Table
from knowledge.readers.html import parts_of_html

_FIELDS: Final[dict[str, str]] = {
    "Handle": "id",
    "Title": "name",
    "Vendor": "brand",
    "Type": "category",
    "Variant SKU": "sku",
    "Variant Inventory Qty": "stock",
    "Variant Price": "price",
    "Variant Compare At Price": "list_price",
    "Image Src": "image",
}
# Shopify's own columns that say nothing a presenter would say.
_SILENT: Final = (
    "Published", "Status", "Tags", "Gift Card", "SEO", "Google Shopping", "Variant", "Image",
    "Price /", "Compare At Price /", "Included /", "Cost per item", "Collection", "Option",
    "Product Category", "Custom Product Type",
)  # fmt: skip
_KEPT_FROM_ABOVE: Final = ("Option1 Name", "Option2 Name", "Option3 Name")


def is_shopify(headers: tuple[str, ...]) -> bool:
    return {"Handle", "Title"} <= set(headers) and any(h.startswith("Variant ") for h in headers)


def read_shopify(table: Table) -> Table:
    """The same table with canonical fields, options as variants, and HTML taken apart.

    Rows that only add another picture, and drafts, are left out.
    """
    rows: list[Row] = []
    option_names: dict[str, str] = {}
    drafts: set[str] = set()
    handle = ""
    for row in table.rows:
        texts = {cell.header: cell.text for cell in row.cells}
        if texts.get("Handle", "") != handle:
            handle, option_names = texts.get("Handle", ""), {}
        option_names |= {name: texts[name] for name in _KEPT_FROM_ABOVE if texts.get(name)}
        if texts.get("Status", "").lower() in ("draft", "archived"):
            drafts.add(handle)
        is_variant = any(texts.get(f"Option{n} Value") for n in (1, 2, 3)) or texts.get("Title")
        if is_variant and handle not in drafts:
            rows.append(_row(row, texts, option_names))
    others = tuple(h for h in table.headers if h not in _FIELDS and not _is_silent(h))
    return Table(tuple(h for h in others if h != "Body (HTML)"), tuple(rows), table.place)


def _row(row: Row, texts: dict[str, str], option_names: dict[str, str]) -> Row:
    cells: list[Cell] = []
    for cell in row.cells:
        if cell.header in _FIELDS:
            cells.append(replace(cell, field=_FIELDS[cell.header]))
        elif cell.header == "Variant Grams" and cell.text not in ("", "0", "0.0"):
            cells.append(replace(cell, text=f"{cell.text} g", field="weight"))
        elif cell.header == "Body (HTML)":
            paragraphs, items = parts_of_html(cell.text)
            cells += [replace(cell, text=text, field="description") for text in paragraphs]
            cells += [replace(cell, text=text, field="selling_point") for text in items]
        elif not _is_silent(cell.header):
            cells.append(cell)
    variant = _variant(row, texts, option_names)
    return replace(row, cells=(*cells, *variant))


def _variant(row: Row, texts: dict[str, str], option_names: dict[str, str]) -> list[Cell]:
    """The variant's name, and each option under its own name: Size, Color."""
    cells: list[Cell] = []
    values: list[str] = []
    for n in (1, 2, 3):
        name, value = option_names.get(f"Option{n} Name", ""), texts.get(f"Option{n} Value", "")
        if not value or value == "Default Title":
            continue
        values.append(value)
        cells.append(Cell(f"Option{n} Value", value, row.place, _OPTIONS.get(name.lower(), "")))
    if values:
        cells.append(Cell("Option1 Value", " / ".join(values), row.place, "variant"))
    return [cell for cell in cells if cell.field]


_OPTIONS: Final[dict[str, str]] = {
    "size": "size", "尺码": "size", "尺寸": "size",
    "color": "colour", "colour": "colour", "颜色": "colour", "shade": "colour",
    "material": "material", "材质": "material",
    "scent": "scent", "香味": "scent",
}  # fmt: skip


def _is_silent(header: str) -> bool:
    return header not in _FIELDS and header.startswith(_SILENT)
