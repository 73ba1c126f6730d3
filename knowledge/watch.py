"""Noticing that staff changed a shop's files."""

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

from core.clock import Clock
from knowledge.readers import READERS, RESAVE
from knowledge.settings import STATE

STEP_MS = 50
# quiet after which a change counts as written
DEBOUNCE_MS = 300
# longest that changes are gathered
SETTLED_S = 0.15
# age of a file's last writing from which it counts as whole
MOST_WAITED_S = 30.0


async def watch_shop(folder: Path, clock: Clock) -> AsyncIterator[set[Path]]:
    """The files that changed, each time some did; ends when the task is cancelled.

    Give them to `Shop.reload`. Product files, shop.toml and the mapping file count; what we write
    ourselves and what editors leave behind does not. A file that is still being written is waited
    for: half a table would be a table of half the products, with half a price at its end.
    """
    async for changes in awatch(
        folder,
        watch_filter=_counts,
        debounce=DEBOUNCE_MS,
        step=STEP_MS,
    ):
        paths = {Path(path) for _, path in changes}
        waited = 0.0
        while waited < MOST_WAITED_S and any(_is_young(path, clock) for path in paths):
            await clock.pause(STEP_MS / 1000)
            waited += STEP_MS / 1000
        yield paths


def _is_young(path: Path, clock: Clock) -> bool:
    """Whether a file was written to a moment ago. One that is gone is old."""
    try:
        age = clock.wall().timestamp() - path.stat().st_mtime
    except OSError:
        return False
    return 0 <= age < SETTLED_S


def _counts(change: Change, path: str) -> bool:
    del change  # added, modified and deleted all count
    at = Path(path)
    if at.name == "shop.toml" or (at.name == "mapping.toml" and at.parent.name == STATE):
        return True
    if STATE in at.parts or at.name.startswith(("~", ".")):
        return False
    return at.suffix.lower() in READERS or at.suffix.lower() in RESAVE
