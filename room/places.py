"""Where a room keeps what it makes."""

import os
from pathlib import Path


def cache_dir() -> Path:
    """Baked humans and textures: safe to delete, made again when missing."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = base / "presenter"
    place.mkdir(parents=True, exist_ok=True)
    return place


def state_dir(room: str) -> Path:
    """A room's journals."""
    base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    place = base / "presenter" / room
    place.mkdir(parents=True, exist_ok=True)
    return place
