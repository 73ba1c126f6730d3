"""PDF manuals: what is a heading, a paragraph, a table, and on which page it stands."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import ContentError
from knowledge.readers import read_file
from knowledge.shop import load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import write
from tests.knowledge.pdfs import Piece, write_pdf

MANUAL: list[list[Piece]] = [
    [
        ("h1", "月影台灯使用说明"),
        ("gap", 10),
        ("h2", "使用方法"),
        ("text", "1. 轻触底座开灯，再触一次切换色温"),
        ("text", "2. 长按两秒可以无级调光，松手即停，再次长按反向调光，调到合适"),
        ("text", "亮度以后松开手指就会记住。"),
        ("gap", 12),
        ("h2", "技术参数"),
        ("table", [["项目", "参数"], ["电池容量", "4000mAh"], ["功率", "5W"]]),
        ("foot", "栖木家居 第1页"),
    ],
    [
        ("h2", "常见问题"),
        ("text", "问：充电的时候可以开灯吗？"),
        ("text", "答：可以，边充边用没有问题，只是充满的时间会长一些，充满大约"),
        ("text", "要三个半小时。"),
        ("gap", 8),
        ("text", "Q: Does it have a remote control?"),
        ("text", "A: No, everything is done by touch, and the lamp remembers"),
        ("text", "the last brightness."),
        ("gap", 12),
        ("bold", "质保"),
        ("text", "整灯三年质保，电池质保六个月。"),
        ("foot", "栖木家居 第2页"),
    ],
    [("text", "一、安全提示"), ("text", "请勿浸水。"), ("foot", "栖木家居 第3页")],
]


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(tmp_path_factory.mktemp("pdf") / "台灯.pdf", MANUAL)


def test_headings_paragraphs_and_tables_have_their_pages(manual: Path) -> None:
    blocks = read_file(manual, "台灯.pdf").blocks
    told = [(block.kind, block.text, str(block.place)) for block in blocks]
    assert ("heading", "月影台灯使用说明", "page 1") in told
    assert ("item", "轻触底座开灯，再触一次切换色温", "page 1") in told
    long = "长按两秒可以无级调光，松手即停，再次长按反向调光，调到合适亮度以后松开手指就会记住。"
    assert ("item", long, "page 1") in told
    assert ("heading", "质保", "page 2") in told
    assert ("heading", "一、安全提示", "page 3") in told
    (table,) = [block for block in blocks if block.kind == "table"]
    assert table.rows == (("项目", "参数"), ("电池容量", "4000mAh"), ("功率", "5W"))
    assert not any("栖木家居" in block.text for block in blocks)


def test_a_manual_becomes_facts_of_its_product(tmp_path: Path, manual: Path) -> None:
    write(tmp_path, "p.csv", "货号,商品名称,直播价\nL1,月影台灯,149\nL2,云雾杯,59\n")
    (tmp_path / "台灯.pdf").write_bytes(manual.read_bytes())
    shop = load_shop(tmp_path, VirtualClock())
    assert shop.report.refused == ()
    assert shop.facts_of("L1", "battery")[0].value == 4000.0
    assert shop.facts_of("L1", "power")[0].unit == "W"
    assert len(shop.facts_of("L1", "usage")) == 2
    asked = {fact.label: fact.value for fact in shop.facts_of("L1", "question")}
    assert asked["充电的时候可以开灯吗？"].endswith("充满大约要三个半小时。")  # type: ignore[union-attr]
    assert asked["Does it have a remote control?"] == (
        "No, everything is done by touch, and the lamp remembers the last brightness."
    )
    warranty = shop.facts_of("L1", "warranty")[0]
    assert (warranty.value, warranty.source.place) == ("整灯三年质保，电池质保六个月", "page 2")
    assert [hit.fact.field for hit in shop.search("质保3年吗", product_id="L1", limit=1)] == [
        "warranty"
    ]


def test_pictures_of_text_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="holds no text, only pictures"):
        read_file(write_pdf(tmp_path / "scan.pdf", [[("gap", 5)]]), "scan.pdf")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_damaged_pdf_is_refused_or_read_but_never_breaks(
    manual: Path, tmp_path: Path, data: st.DataObject
) -> None:
    body = bytearray(manual.read_bytes())
    damaged = tmp_path / "damaged.pdf"
    for _ in range(data.draw(st.integers(1, 30))):
        at = data.draw(st.integers(8, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    damaged.write_bytes(bytes(body[: data.draw(st.integers(8, len(body)))]))
    with suppress(ContentError):
        read_file(damaged, "damaged.pdf")
