"""Noticing that staff changed a shop's files."""

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

from knowledge.readers import READERS, RESAVE
from knowledge.settings import STATE

STEP_MS = 50
# quiet after which a change counts as written
DEBOUNCE_MS = 300
# longest that changes are gathered


async def watch_shop(folder: Path) -> AsyncIterator[set[Path]]:
    """The files that changed, each time some did; ends when the task is cancelled.

    Give them to `Shop.reload`. Product files, shop.toml and the mapping file count; what we write
    ourselves and what editors leave behind does not.
    """
    async for changes in awatch(
        folder,
        watch_filter=_counts,
        debounce=DEBOUNCE_MS,
        step=STEP_MS,
    ):
        yield {Path(path) for _, path in changes}


def _counts(change: Change, path: str) -> bool:
    del change  # added, modified and deleted all count
    at = Path(path)
    if at.name == "shop.toml" or (at.name == "mapping.toml" and at.parent.name == STATE):
        return True
    if STATE in at.parts or at.name.startswith(("~", ".")):
        return False
    return at.suffix.lower() in READERS or at.suffix.lower() in RESAVE
