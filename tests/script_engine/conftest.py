"""The demo shop and the project's own policy packs, loaded once."""

from datetime import datetime
from pathlib import Path

import pytest

from knowledge.shop import Shop, load_shop
from script_engine.gate import Gate
from script_engine.policy import Policy, load_policies
from tests.fakes.clock import VirtualClock

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def clock() -> VirtualClock:
    return VirtualClock()


@pytest.fixture(scope="session")
def when(clock: VirtualClock) -> datetime:
    return clock.wall()


@pytest.fixture(scope="session")
def shop(clock: VirtualClock) -> Shop:
    return load_shop(ROOT / "configs" / "shops" / "demo", clock)


@pytest.fixture(scope="session")
def policies() -> tuple[Policy, ...]:
    return load_policies((), ROOT / "configs" / "policies")


@pytest.fixture(scope="session")
def gate(shop: Shop, policies: tuple[Policy, ...]) -> Gate:
    return Gate(shop, policies)
