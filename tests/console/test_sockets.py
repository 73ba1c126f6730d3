"""The two WebSockets, over a real server."""

import io
import json
from collections.abc import AsyncIterator
from typing import Any

import av
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError

from core.viewer import ViewerEvent
from tests.console.server import served
from tests.fakes.room import FakeRoom


@pytest.fixture
async def address(room: FakeRoom) -> AsyncIterator[str]:
    async with served(room) as here:
        yield here.replace("http", "ws")


async def message(socket: ClientConnection) -> Any:
    return json.loads(await socket.recv())


async def entries(socket: ClientConnection, count: int) -> list[Any]:
    """The next journal entries, passing over states."""
    found: list[Any] = []
    while len(found) < count:
        told = await message(socket)
        found += [told["entry"]] if "entry" in told else []
    return found


async def test_live_starts_with_the_state_and_tells_what_happens(
    address: str, room: FakeRoom
) -> None:
    async with connect(f"{address}/api/live") as socket:
        assert (await message(socket))["state"]["status"] == "live"
        await room.take_events([ViewerEvent("c1", "comment", text="多少钱")])
        [entry] = await entries(socket, 1)
    assert entry["kind"] == "answer"
    assert entry["data"]["event_ids"] == ["c1"]


async def test_live_picks_up_where_it_broke_off(address: str, room: FakeRoom) -> None:
    for i in range(1200):
        room.add("shop", file=f"{i}.csv")
    async with connect(f"{address}/api/live?after=100") as socket:
        numbers = [entry["n"] for entry in await entries(socket, 1100)]
    assert numbers == list(range(101, 1201))
    async with connect(f"{address}/api/live") as socket:
        numbers = [entry["n"] for entry in await entries(socket, 500)]
    assert numbers == list(range(701, 1201))


async def test_a_slow_follower_still_gets_every_entry(address: str, room: FakeRoom) -> None:
    async with connect(f"{address}/api/live") as socket:
        await message(socket)
        for i in range(700):  # without a pause: more than a follower's queue holds
            room.add("shop", file=f"{i}.csv")
        numbers = [entry["n"] for entry in await entries(socket, 700)]
    assert numbers == list(range(1, 701))


async def test_the_preview_is_a_film_with_sound(address: str) -> None:
    async with connect(f"{address}/preview/stream") as socket:
        codecs = (await message(socket))["codecs"]
        film = b"".join([bytes(await socket.recv(decode=False)) for _ in range(6)])
    assert codecs.startswith("avc1.42C0")
    assert codecs.endswith(",mp4a.40.2")
    with av.open(io.BytesIO(film)) as file:
        assert [stream.type for stream in file.streams] == ["video", "audio"]
        assert sum(1 for _ in file.decode(video=0)) >= 15


async def test_a_preview_that_breaks_off_asks_to_come_again(address: str, room: FakeRoom) -> None:
    room.previews_until = 3
    async with connect(f"{address}/preview/stream") as socket:
        for _ in range(3):
            await socket.recv()
        with pytest.raises(ConnectionClosedError) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1012


async def test_a_page_that_is_closed_leaves_nothing_behind(address: str, room: FakeRoom) -> None:
    async with connect(f"{address}/api/live") as socket:
        await message(socket)
        assert room.followers == 1
    async with connect(f"{address}/api/live") as socket:
        await message(socket)
        await message(socket)
        assert room.followers == 1
