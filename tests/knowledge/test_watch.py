"""Changed files are noticed: real files, real notifications."""

import asyncio
from pathlib import Path

from core.clock import SystemClock
from core.product import Money
from knowledge.shop import load_shop
from knowledge.watch import watch_shop
from tests.knowledge.conftest import write

PATIENCE_S = 20.0
# far more than it takes; only a change that is never noticed comes near it


async def changed(folder: Path, change: object) -> set[Path]:
    """What is reported after a change, made again until the watcher stands."""
    clock = SystemClock()
    watching = watch_shop(folder, clock)
    first = asyncio.ensure_future(anext(watching))
    deadline = clock.now() + PATIENCE_S
    while not first.done() and clock.now() < deadline:
        change()  # type: ignore[operator]
        await asyncio.wait({first}, timeout=0.5)
    paths = await asyncio.wait_for(first, 1)
    await watching.aclose()  # type: ignore[attr-defined]
    return paths


async def test_a_saved_price_reaches_the_shop(folder: Path) -> None:
    shop = load_shop(folder, SystemClock())
    paths = await changed(
        folder, lambda: write(folder, "商品.csv", "货号,商品名称,直播价\nA1,云雾杯,49\n")
    )
    assert {path.name for path in paths} == {"商品.csv"}
    shop.reload(paths)
    assert shop.facts_of("A1", "price")[0].value == Money(4900, "CNY")


async def test_a_file_replaced_by_renaming_is_noticed(folder: Path) -> None:
    """As Excel and editors save: under another name first."""

    def save() -> None:
        fresh = write(folder, "A1B2C3D4", "货号,商品名称,直播价\nA1,云雾杯,47\n")
        fresh.replace(folder / "商品.csv")

    shop = load_shop(folder, SystemClock())
    shop.reload(await changed(folder, save))
    assert shop.facts_of("A1", "price")[0].value == Money(4700, "CNY")


async def test_a_file_in_the_middle_of_being_written_is_waited_for(folder: Path) -> None:
    """The writer pauses in the middle of a price, for longer than changes are gathered."""
    whole = "货号,商品名称,直播价\nA1,云雾杯,1299\nA2,山茶皂,29\n"
    clock = SystemClock()
    watching = watch_shop(folder, clock)
    first = asyncio.ensure_future(anext(watching))
    path = folder / "商品.csv"
    seen: list[str] = []
    while not first.done():
        for size in range(30, len(whole.encode()) + 1, 7):
            path.write_bytes(whole.encode()[:size])
            await asyncio.wait({first}, timeout=0.06)
            if first.done():
                break
        path.write_bytes(whole.encode())
        await asyncio.wait({first}, timeout=0.6)
    seen.append(path.read_text("utf-8"))
    await watching.aclose()  # type: ignore[attr-defined]
    assert seen == [whole]


async def test_only_what_matters_is_reported(folder: Path) -> None:
    def save() -> None:
        write(folder, ".presenter/overrides.json", "[]")
        write(folder, "~$商品.csv", "x")
        write(folder, "notes.tmp", "x")
        write(folder, ".presenter/mapping.toml", "")
        write(folder, "shop.toml", "")
        write(folder, "new/政策.md", "# x")

    paths: set[Path] = set()
    while not {"mapping.toml", "shop.toml", "政策.md"} <= {path.name for path in paths}:
        paths |= await changed(folder, save)
    assert {path.name for path in paths} == {"mapping.toml", "shop.toml", "政策.md"}
