"""Where command output goes: results to stdout, everything else to stderr."""

import json
import os
import sys
from dataclasses import asdict, is_dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from core.language import Language
from core.message import told

out = Console(highlight=False)
err = Console(stderr=True, highlight=False, soft_wrap=True)
# a path broken in two cannot be copied


def language() -> Language:
    """Of whoever types: the first of LC_ALL, LC_MESSAGES and LANG that is set, as POSIX has it."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    named = next(filter(None, map(os.environ.get, names)), "")
    return "zh" if named.lower().startswith("zh") else "en"


def in_words(said: object) -> str:
    """A message, an error or an entry of a report in the language of whoever types."""
    return told(said, language())


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
    """A progress bar on stderr for each job that takes long; a job may change what it is at.

    Where stderr is no terminal a line says what begins: a log has no use for bars.
    """

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description:<28}"), BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn(), console=err,
        )  # fmt: skip
        self._job: TaskID | None = None
        self._label, self._fraction = "", 0.0

    def __call__(self, label: str, fraction: float) -> None:
        label = in_words(label)
        if not err.is_terminal:
            if label != self._label:
                err.print(f"{label} ...", markup=False)
            self._label = label
            return
        if self._job is None or fraction < self._fraction:
            self._finish()
            self._progress.start()
            self._job = self._progress.add_task(label, total=1.0)
        self._fraction = fraction
        self._progress.update(self._job, completed=min(1.0, fraction), description=label)

    def stop(self) -> None:
        self._finish()
        self._progress.stop()

    def _finish(self) -> None:
        if self._job is not None:
            self._progress.update(self._job, completed=1.0)
