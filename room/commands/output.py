"""Where command output goes: results to stdout, everything else to stderr."""

import json
import sys
from dataclasses import asdict, is_dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """One JSON document, or one line of JSON Lines with `indent=None`."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=indent, default=str)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Bars:
    """Progress bars on stderr for whatever takes long; a label is a bar."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(), console=err, transient=False,
        )  # fmt: skip
        self._tasks: dict[str, Any] = {}

    def __call__(self, label: str, fraction: float) -> None:
        if not self._tasks:
            self._progress.start()
        if label not in self._tasks:
            self._tasks[label] = self._progress.add_task(label, total=1.0)
        self._progress.update(self._tasks[label], completed=min(1.0, fraction))

    def stop(self) -> None:
        if self._tasks:
            self._progress.stop()
