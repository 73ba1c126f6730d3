"""`presenter bench`: the project's own figures, measured here and now."""

import importlib
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from room.commands.output import err, out, print_json

NAMES = (
    "pictures", "voice", "sound", "readings", "answers", "retrieval", "words", "variety", "lips",
    "likeness",
)  # fmt: skip


def bench(
    names: Annotated[list[str] | None, typer.Argument(help=f"Of: {', '.join(NAMES)}")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Measure how fast this machine is at what a room does. Compare figures of one run only.

    Example: presenter bench pictures
    """
    for name in names or ():
        if name not in NAMES:
            raise typer.BadParameter(f"no benchmark {name!r}; there are: {', '.join(NAMES)}")
    # as in the stage process
    os.environ.setdefault("LP_NUM_THREADS", str(max(1, min(4, len(os.sched_getaffinity(0))))))
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    results = {}
    # labelled lines and shops lie beside the tests, which are not installed with the program
    sys.path.append(str(Path(__file__).parents[2]))
    for name in names or NAMES:
        err.print(f"measuring {name} ...")
        results[name] = importlib.import_module(f"benchmarks.{name}").measure()
    if as_json:
        print_json({name: [asdict(figure) for figure in all_] for name, all_ in results.items()})
        return
    for name, figures in results.items():
        table = Table(title=name, title_justify="left")
        table.add_column("what")
        table.add_column("figure", justify="right")
        table.add_column("")
        for figure in figures:
            table.add_row(figure.name, f"{figure.value:.2f} {figure.unit}", figure.note)
        out.print(table)


def add_to(app: typer.Typer) -> None:
    app.command()(bench)
