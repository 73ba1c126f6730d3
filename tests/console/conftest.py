from pathlib import Path

import pytest

from core.clock import SystemClock
from tests.fakes.console_shop import FakeShop
from tests.fakes.room import FakeRoom


@pytest.fixture
def room(tmp_path: Path) -> FakeRoom:
    return FakeRoom(FakeShop(tmp_path), SystemClock())
