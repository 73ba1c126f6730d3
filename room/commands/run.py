"""`presenter run` and `presenter doctor`."""

import asyncio
import logging
import signal
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from core.clock import SystemClock
from core.errors import PresenterError
from render.sinks import parse_address
from room.commands.output import Bars, err, out, print_json
from room.doctor import examine
from room.room import Room
from room.server import serve_console
from room.settings import DEFAULT_ROOM, RoomSettings, load_room


def run(
    room: Annotated[Path, typer.Argument(help="The room's TOML file.")] = DEFAULT_ROOM,
    shop: Annotated[Path | None, typer.Option(help="Another shop folder.")] = None,
    sink: Annotated[
        list[str] | None,
        typer.Option(help="file:PATH.mp4, rtmp://..., camera:, null: (may be given again)"),
    ] = None,
    seconds: Annotated[float | None, typer.Option(min=1, help="End after so long on air.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Of the console.")] = None,
    no_console: Annotated[bool, typer.Option("--no-console", help="Without the console.")] = False,
) -> None:
    """Put a room on air.

    Example: presenter run --seconds 60 --sink file:night.mp4
    """
    settings = load_room(room)
    changes: dict[str, object] = {}
    if shop is not None:
        if not shop.is_dir():
            raise typer.BadParameter(f"{shop} is no folder", param_hint="--shop")
        changes["shop"] = shop.resolve()
    if sink:
        changes["sinks"] = tuple(sink)
    if port is not None:
        changes["console"] = settings.console.model_copy(update={"port": port})
    settings = settings.model_copy(update=changes)
    for url in settings.sinks:
        parse_address(url)  # a wrong one is said before anything is made ready
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    asyncio.run(_run(settings, seconds, with_console=not no_console))


async def _run(settings: RoomSettings, seconds: float | None, *, with_console: bool) -> None:
    bars = Bars()
    room = Room(settings, clock=SystemClock(), progress=bars)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, room.end)
    try:
        async with serve_console(room, enabled=with_console) as address:
            announce = asyncio.create_task(_announce(room, bars, address))
            try:
                await room.run(seconds=seconds)
            finally:
                announce.cancel()
                bars.stop()
    except* PresenterError as group:
        raise _first(group) from None
    err.print(f"off air; what happened is in {room.journal_path}")


async def _announce(room: Room, bars: Bars, address: str) -> None:
    await room.on_air.wait()
    bars.stop()
    sinks = ", ".join(parse_address(url).shown for url in room.settings.sinks)
    err.print(f"[green]ON AIR[/green]  {room.settings.name} -> {sinks}")
    if set(room.settings.sinks) == {"null:"}:
        err.print("no platform: watch it in the console; to stream, give the room file sinks")
    if address:
        err.print(f"console: [bold]{address}[/bold]    Ctrl-C ends the room")


def _first(group: BaseExceptionGroup[PresenterError]) -> PresenterError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if not isinstance(error, PresenterError):
        raise group
    return error


def doctor(
    room: Annotated[Path, typer.Option(help="The room's TOML file.")] = DEFAULT_ROOM,
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Say what this machine has and lacks, and the line that mends it."""
    findings = examine(load_room(room).writer)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            mark = "[green]ok[/green]  " if finding.ok else "[red]lacks[/red]"
            if not finding.ok and not finding.needed:
                mark = "[yellow]none[/yellow]"
            out.print(f"{mark:<6} {finding.name}:", end=" ")
            out.print(finding.detail, markup=False)
            if finding.remedy:
                out.print(f"        {finding.remedy}", style="dim", markup=False)
    if any(finding.needed and not finding.ok for finding in findings):
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(doctor)
