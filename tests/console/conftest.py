from pathlib import Path

import pytest

from core.clock import SystemClock
from tests.fakes.room import FakeRoom
from tests.fakes.shop import FakeShop


@pytest.fixture
def room(tmp_path: Path) -> FakeRoom:
    return FakeRoom(FakeShop(tmp_path), SystemClock())
