"""The fake room keeps the contract that the real one must keep."""

from collections.abc import Awaitable, Callable

import pytest

from console.port import RoomPort
from tests.console.port_contract import CHECKS
from tests.fakes.room import FakeRoom


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_the_fake_room(check: Callable[[RoomPort], Awaitable[None]], room: FakeRoom) -> None:
    await check(room)
