"""Shops for the tests: the demo shop, and small ones written by hand."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from knowledge.facts import Context
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock

DEMO = Path(__file__).parents[2] / "configs" / "shops" / "demo"
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The demo shop as it is in the repository, without what a room here has changed."""
    folder = tmp_path_factory.mktemp("demo") / "shop"
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns(".presenter"))
    return load_shop(folder, VirtualClock(NOW))


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(NOW)


@pytest.fixture
def context() -> Context:
    return Context("products.csv", "CNY", ZoneInfo("Asia/Shanghai"), NOW, {})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small shop: two products in one csv."""
    write(tmp_path, "商品.csv", "货号,商品名称,直播价,库存\nA1,云雾杯,59,10\nA2,山茶皂,29,20\n")
    return tmp_path


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook of rows and gives its path."""

    def make(*rows: list[object], name: str = "book.xlsx", merge: str = "") -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "商品"
        for row in rows:
            sheet.append(row)
        for area in merge.split():
            sheet.merge_cells(area)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path
