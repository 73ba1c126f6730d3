import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["LC_ALL"] = "C.UTF-8"
# commands speak the language of whoever types

CACHE = Path(__file__).parent.parent / "build" / "test-cache"

# Shared cores: a slow example is no failure. In CI the examples are the same each time, so that a
# change is judged by what it changes; new ones are looked for on people's own machines.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def baked_cache() -> Path:
    """A cache of built humans and light that outlives the run: making them takes a minute."""
    CACHE.mkdir(parents=True, exist_ok=True)
    return CACHE
