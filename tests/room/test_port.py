"""The real room keeps what every room owes its console."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from console.port import RoomPort
from core.clock import SystemClock
from room.port import LivePort
from room.room import Room
from room.settings import load_room
from tests.console.port_contract import CHECKS
from tests.room.live import small_room

pytestmark = [
    pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module"),
]  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def port(
    tmp_path_factory: pytest.TempPathFactory, baked_cache: Path
) -> AsyncIterator[RoomPort]:
    folder = tmp_path_factory.mktemp("port")
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
