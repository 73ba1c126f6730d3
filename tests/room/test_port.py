"""The real room keeps what every room owes its console."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from console.port import RoomPort
from core.clock import SystemClock
from room.port import LivePort
from room.room import Room
from room.settings import load_room
from tests.console.port_contract import CHECKS, comment
from tests.console.server import served
from tests.room.live import small_room

pytestmark = [
    pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module"),
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the room and its shop."""
    return tmp_path_factory.mktemp("port")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def port(place: Path, baked_cache: Path) -> AsyncIterator[RoomPort]:
    folder = place
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(baked_cache))
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        settings = load_room(small_room(folder))
        room = Room(settings, clock=SystemClock(), progress=lambda label, fraction: None)
        live = asyncio.create_task(room.run())
        on_air = asyncio.create_task(room.on_air.wait())
        await asyncio.wait((live, on_air), return_when=asyncio.FIRST_COMPLETED)
        yield LivePort(room)
        room.end()
        with contextlib.suppress(asyncio.CancelledError):
            await live


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_contract(port: RoomPort, check: Callable[[RoomPort], Awaitable[None]]) -> None:
    await check(port)


# What staff and their programs do to a shop on air: the next answer says it.

FILE = "新品.csv"
HEADER = "货号,商品名称,直播价,库存,活动,活动截止\n"
LAMP = "ZX900,蜂巢落地灯,{price},{stock},{offer},{until}\n"


async def said(port: RoomPort, event_id: str, text: str) -> str:
    """What the room answers to a comment."""
    after = port.last_entry()
    async with asyncio.timeout(60), port.follow() as items:
        await port.take_events([comment(event_id, text)])
        async for _ in items:
            for entry in port.journal(after, "answer", 100):
                if event_id in entry.data["event_ids"]:
                    return str(entry.data["text"])
    raise AssertionError(f"no answer to {text}")


async def written(port: RoomPort, change: Callable[[], object]) -> dict[str, object]:
    """What the journal says once a change of files is taken in."""
    after = port.last_entry()
    async with asyncio.timeout(60), port.follow() as items:
        change()
        async for _ in items:
            for entry in port.journal(after, "shop", 100):
                return entry.data
    raise AssertionError("the change was not noticed")


def lamp(price: object = 459, stock: int = 8, offer: str = "", until: str = "") -> str:
    return HEADER + LAMP.format(price=price, stock=stock, offer=offer, until=until)


def save(place: Path, text: str) -> None:
    """As editors do: a file of another name takes the place of the old one."""
    fresh = place / "shop" / ".new"
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(place / "shop" / FILE)


async def test_a_shop_system_changes_a_price(port: RoomPort, place: Path) -> None:
    await written(port, lambda: save(place, lamp()))
    async with served(port, token="k" * 32) as url, httpx.AsyncClient() as client:
        message = {"data": {"list": [{"商品编码": "ZX900", "售价": "433.50", "库存": 5}]}}
        stranger = await client.post(f"{url}/api/shop/webhook", json=message)
        assert stranger.status_code == 401
        known = {"authorization": "Bearer " + "k" * 32}
        taken = await client.post(f"{url}/api/shop/webhook", json=message, headers=known)
        assert taken.status_code == 200
        assert {fact["field"] for fact in taken.json()["changed"]} == {"price", "stock"}
        mixed = [{"sku": "ZX900", "price": "cheap"}, {"sku": "nothing", "price": 1}]
        refused = await client.post(f"{url}/api/shop/webhook", json=mixed, headers=known)
        assert [one["item"] for one in refused.json()["refused"]] == [2, 1]
        nothing = await client.post(f"{url}/api/shop/webhook", json={"ok": 1}, headers=known)
        assert nothing.status_code == 422
    assert "433.5" in await said(port, "w1", "蜂巢落地灯多少钱")
    assert "5" in await said(port, "w2", "蜂巢落地灯还有库存吗")


async def test_files_that_change_break_and_go(port: RoomPort, place: Path) -> None:
    await written(port, lambda: save(place, lamp(price=471)))
    assert "471" in await said(port, "f1", "蜂巢落地灯多少钱")
    broken = await written(port, lambda: save(place, '"'))
    assert broken["refused"]
    assert "471" in await said(port, "f2", "蜂巢落地灯多少钱呀")
    row = await written(port, lambda: save(place, lamp(price="面议")))
    assert row["refused"]
    assert "471" in await said(port, "f3", "蜂巢落地灯现在多少钱")
    await written(port, (place / "shop" / FILE).unlink)
    assert "471" not in await said(port, "f4", "蜂巢落地灯多少钱一盏")


async def test_an_offer_that_is_over_is_never_said(port: RoomPort, place: Path) -> None:
    offer = "满千减八十八"
    await written(port, lambda: save(place, lamp(offer=offer, until="2020-12-31")))
    assert offer not in await said(port, "o1", "蜂巢落地灯有什么活动")
    for line in await port.shop.pitch("ZX900", "zh", 1.0):
        assert offer not in line.text


async def test_what_is_sold_out_is_said_to_be(port: RoomPort, place: Path) -> None:
    await written(port, lambda: save(place, lamp(stock=0)))
    answer = await said(port, "s1", "蜂巢落地灯还有吗")
    assert any(word in answer for word in ("没有库存", "卖完"))
    lines = await port.shop.pitch("ZX900", "zh", 1.0)
    assert not [line.text for line in lines if "459" in line.text or line.move == "call"]
