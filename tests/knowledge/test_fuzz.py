"""Whatever bytes a file holds, it is read or refused; and reloads agree with loads."""

import io
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from core.errors import ContentError
from core.product import Fact
from knowledge.readers import READERS, read_file
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write

_QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_HEADERS = ["货号", "商品名称", "规格", "直播价", "库存", "卖点", "活动截止", "净含量", "福利"]
_CELL = st.one_of(
    st.sampled_from(
        ["A1", "云雾杯", "30ml/50ml", "199/289", "￥１９９", "面议", "0", "-3", "12.5件", "三年",
         "S/M/L", "2027-12-31", "2026-02-30", "①好看\n②好洗", "30ml：199；50ml：289", "无", "1e9"]
    ),
    st.text(max_size=12),
)  # fmt: skip


def _workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["货号", "商品名称", "直播价"], ["A1", "杯", 59], ["A2", "皂", 29]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _document() -> bytes:
    document = Document()
    document.add_heading("杯 说明书", 1)
    document.add_paragraph("请勿摔打")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_WHOLE: dict[str, bytes] = {
    ".xlsx": _workbook(),
    ".docx": _document(),
    ".csv": "货号,商品名称,直播价\nA1,杯,59\n".encode(),
    ".json": b'[{"@type": "Product", "sku": "A", "offers": {"price": "5"}}]',
    ".xml": b"<rss><channel><item><id>1</id><title>Cup</title></item></channel></rss>",
    ".html": b'<h1>Cup</h1><table><tr><td>a<td>b</table><script type="application/ld+json">{}',
    ".md": "# 杯\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
}


@pytest.mark.parametrize("ending", [*_WHOLE, ".tsv", ".pdf"])
@_QUICK
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, ending: str, data: bytes) -> None:
    assert ending in READERS
    path = tmp_path / f"any{ending}"
    path.write_bytes(data)
    with suppress(ContentError):
        read_file(path, path.name)


@pytest.mark.parametrize("ending", _WHOLE)
@_QUICK
@given(data=st.data())
def test_damaged_files_are_read_or_refused(
    tmp_path: Path, ending: str, data: st.DataObject
) -> None:
    body = bytearray(_WHOLE[ending])
    for _ in range(data.draw(st.integers(1, 12))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / f"damaged{ending}"
    path.write_bytes(bytes(body[: data.draw(st.integers(1, len(body)))]))
    with suppress(ContentError):
        read_file(path, path.name)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(_CELL, min_size=1, max_size=len(_HEADERS)), max_size=5))
def test_any_cells_become_facts_or_entries(rows: list[list[str]]) -> None:
    with _shop_folder() as place:
        folder = Path(place)
        write(folder, "p.csv", _csv(rows))
        shop = load_shop(folder, VirtualClock())
        for product in shop.products():
            assert product.id
            for fact in shop.facts_of(product.id):
                assert shop.fact(fact.id) == fact
        shop.search("多少钱")


@settings(max_examples=30, deadline=None)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, len(_HEADERS) - 1), _CELL), max_size=5
    )
)
def test_a_reload_knows_what_a_fresh_load_knows(edits: list[tuple[int, int, str]]) -> None:
    rows = [
        ["A1", "云雾杯", "", "59", "10", "好看", "", "350ml", "送杯垫"],
        ["", "", "大号", "79", "5", "", "", "500ml", ""],
        ["A2", "山茶皂", "", "29", "20", "好闻；好洗", "2027-12-31", "100g", ""],
        ["A3", "竹毛巾", "S/M", "19/29", "3/4", "", "", "", ""],
    ]
    with _shop_folder() as place:
        folder = Path(place)
        write(folder, "说明.md", "# 山茶皂\n## 使用方法\n- 打出泡沫\n")
        path = write(folder, "p.csv", _csv(rows))
        shop = load_shop(folder, VirtualClock())
        for row, column, text in edits:
            if text in ("面议", "-3", "12.5件", "2026-02-30", "1e9"):
                continue  # of a refused cell a reload rightly keeps what was last known
            before = [list(cells) for cells in rows]
            rows[row][column] = text
            write(folder, "p.csv", _csv(rows))
            if load_shop(folder, VirtualClock()).report.refused:
                rows = before
                write(folder, "p.csv", _csv(rows))
                continue
            shop.reload([path])
            fresh = load_shop(folder, VirtualClock())
            assert _known(shop) == _known(fresh)
            assert shop.products() == fresh.products()
            for query in ("多少钱", "怎么用", "山茶皂 好洗"):
                assert _found(shop, query) == _found(fresh, query)


def _found(shop: Shop, query: str) -> set[str]:
    """Everything about one product that shares a word with a query."""
    hits = shop.search(query, product_id="A2", limit=1000, rankings={"words": 1.0})
    return {hit.fact.id for hit in hits if hit.fact.product_id == "A2"}


def _known(shop: Shop) -> set[Fact]:
    return {fact for p in ("", *(q.id for q in shop.products())) for fact in shop.facts_of(p)}


def _csv(rows: list[list[str]]) -> str:
    quote: Callable[[str], str] = lambda text: '"' + text.replace('"', '""') + '"'  # noqa: E731
    return "\n".join(",".join(map(quote, row)) for row in [_HEADERS, *rows]) + "\n"


def _shop_folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory()
