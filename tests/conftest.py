from pathlib import Path

import pytest

CACHE = Path(__file__).parent.parent / "build" / "test-cache"


@pytest.fixture(scope="session")
def baked_cache() -> Path:
    """A cache of built humans and light that outlives the run: making them takes a minute."""
    CACHE.mkdir(parents=True, exist_ok=True)
    return CACHE
