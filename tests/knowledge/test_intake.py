"""Copying staff's files into a shop."""

from pathlib import Path

from knowledge.intake import take_in
from knowledge.shop import load_shop
from tests.fakes.clock import VirtualClock
from tests.knowledge.conftest import DEMO, write

GOOD = "货号,商品名称,直播价\nB1,新茶,88\n"


def test_files_are_taken_in_and_reported(tmp_path: Path, folder: Path) -> None:
    source = write(tmp_path / "desk", "new.csv", GOOD)
    report = take_in([source], folder, VirtualClock())
    assert (folder / "new.csv").read_text("utf-8") == GOOD
    assert report.products == 3
    assert report.of("new.csv")[0].message == f"taken in from {source}"


def test_unreadable_files_stay_outside(tmp_path: Path, folder: Path) -> None:
    broken = write(tmp_path / "desk", "商品.csv", "")
    report = take_in([broken, tmp_path / "gone.csv", tmp_path / "desk2"], folder, VirtualClock())
    assert [entry.outcome for entry in report.entries[:3]] == ["refused"] * 3
    assert "it was not taken in" in report.entries[0].message
    assert report.products == 2
    assert load_shop(folder, VirtualClock()).product("A1").name == "云雾杯"


def test_what_is_replaced_is_kept(tmp_path: Path, folder: Path) -> None:
    before = (folder / "商品.csv").read_bytes()
    source = write(tmp_path / "desk", "商品.csv", GOOD)
    for _ in range(2):
        take_in([source], folder, VirtualClock())
        write(tmp_path / "desk", "商品.csv", GOOD + "B2,旧茶,66\n")
    kept = sorted((folder / ".presenter" / "backup").iterdir())
    stamp = "20261122-230000"
    assert [path.name for path in kept] == [f"{stamp}-2-商品.csv", f"{stamp}-商品.csv"]
    assert kept[1].read_bytes() == before
    assert load_shop(folder, VirtualClock()).report.products == 2


def test_the_same_file_twice_changes_nothing(tmp_path: Path, folder: Path) -> None:
    source = write(tmp_path / "desk", "new.csv", GOOD)
    take_in([source], folder, VirtualClock())
    report = take_in([source, folder / "new.csv"], folder, VirtualClock())
    assert report.entries[0].message == "is there already, unchanged"
    assert not (folder / ".presenter" / "backup").exists()


def test_a_whole_folder_with_pictures(tmp_path: Path) -> None:
    report = take_in([DEMO], tmp_path / "mine", VirtualClock())
    assert report.products == 14
    assert report.refused == ()
    shop = load_shop(tmp_path / "mine", VirtualClock())
    assert shop.settings.name == "拾光小铺"
    assert shop.product("BT1001").image == "pictures/BT1001.png"
