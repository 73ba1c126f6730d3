"""`presenter avatar list`, `new`, `preview`, `export`, `import` and `check`."""

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image
from rich.markup import escape

from avatar.body.store import load_human
from avatar.gltf import write_gltf
from avatar.imported.check import Finding, check
from avatar.imported.figure import Imported, import_human
from avatar.presenter import BodySettings, load_presenter
from core.errors import ConfigError
from room.commands.output import Bars, err, out, print_json
from room.commands.speak import find_config
from room.contact_sheet import draw_sheet
from room.places import cache_dir
from room.settings import CONFIGS

group = typer.Typer(help="Presenters.", no_args_is_help=True)

_MARKS = {
    "ok": "[green]ok[/green]     ", "note": "[dim]note[/dim]   ",
    "warning": "[yellow]warning[/yellow]",
}  # fmt: skip


@group.command("list")
def list_presenters(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """The presenters there are.

    Example: presenter avatar list
    """
    found = sorted((CONFIGS / "presenters").glob("*.toml"))
    people: list[dict[str, object]] = []
    for path in found:
        try:
            who = load_presenter(path)
        except ConfigError as error:
            # one whose model has moved away must not hide the others
            people.append({"name": path.stem, "error": str(error)})
            if not as_json:
                out.print(f"{path.stem:<10} [red]cannot be used[/red]: {escape(str(error))}")
            continue
        people.append(who.model_dump(mode="json"))
        if not as_json:
            told = _first_comment(path)
            out.print(f"{path.stem:<10} {who.language}  {who.voice.name:<14} {told}")
    if as_json:
        print_json(people)


@group.command()
def new(
    name: Annotated[str, typer.Argument(help="A short name, as for a file.")],
    like: Annotated[str, typer.Option(help="The presenter to start from.")] = "lin",
) -> None:
    """Make a new presenter from one there is; then change its TOML file and look at a preview.

    Example: presenter avatar new mei --like lin
    """
    path = CONFIGS / "presenters" / f"{name}.toml"
    if not name.isidentifier():
        raise typer.BadParameter(f"{name!r}: letters, digits and _ only")
    if path.exists():
        raise ConfigError("is there already; choose another name", file=str(path))
    text = find_config("presenters", like).read_text(encoding="utf-8")
    path.write_text(
        re.sub(r'(?m)^name = ".*"', f'name = "{name}"', text, count=1), encoding="utf-8"
    )
    load_presenter(path)
    err.print(f"{path}: change it, then: presenter avatar preview {name} --out {name}.png")


@group.command()
def preview(
    name: Annotated[str, typer.Argument(help="A presenter's name or TOML file.")],
    out_file: Annotated[Path, typer.Option("--out", help="The .png to write.")],
    scene: Annotated[str, typer.Option(help="A name in configs/scenes")] = "soft-daylight",
) -> None:
    """Draw a contact sheet: faces, the 15 mouth shapes, turns, gestures.

    Example: presenter avatar preview lin --out lin.png
    """
    bars = Bars()
    try:
        human = load_human(
            load_presenter(find_config("presenters", name)), cache_dir() / "humans", bars
        )
        sheet = draw_sheet(human, find_config("scenes", scene), cache_dir() / "light", bars)
    finally:
        bars.stop()
    Image.fromarray(sheet).save(out_file)
    err.print(f"{human.name} -> {out_file}")


@group.command()
def export(
    name: Annotated[str, typer.Argument(help="A presenter's name or TOML file.")],
    gltf: Annotated[Path, typer.Option(help="The .glb to write.")],
) -> None:
    """Write a presenter as glTF: meshes, skeleton, the 52 ARKit shapes, textures.

    Example: presenter avatar export lin --gltf lin.glb
    """
    bars = Bars()
    try:
        human = load_human(
            load_presenter(find_config("presenters", name)), cache_dir() / "humans", bars
        )
    finally:
        bars.stop()
    write_gltf(human, gltf)
    err.print(f"{human.name} -> {gltf} ({gltf.stat().st_size / 1e6:.0f} MB)")


@group.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="A .glb, .gltf or .vrm file.")],
    name: Annotated[str, typer.Option(help="Without it, the file's own name.")] = "",
    language: Annotated[str, typer.Option(help="zh or en")] = "zh",
    voice: Annotated[str, typer.Option(help="See: presenter voice list")] = "built-in",
) -> None:
    """Make a presenter of a glTF or VRM avatar: checks the file and writes the presenter's TOML.

    Example: presenter avatar import aiko.vrm --name aiko
    """
    called = name or re.sub(r"\W", "_", file.stem)
    if not called.isidentifier():
        raise typer.BadParameter(f"{called!r}: letters, digits and _ only; give --name")
    if language not in ("zh", "en"):
        raise typer.BadParameter(f"{language!r}: choose from zh, en")
    path = CONFIGS / "presenters" / f"{called}.toml"
    if path.exists():
        raise ConfigError("is there already; choose another --name", file=str(path))
    _print_check(file, _examine(file, called))
    path.write_text(
        f"# An avatar of its own: {file.name}\nname = {json.dumps(called)}\n"
        f'language = "{language}"\n\n[body]\n'
        f"model = {json.dumps(str(file.resolve()), ensure_ascii=False)}\n\n"
        f"[voice]\nname = {json.dumps(voice)}\n",
        encoding="utf-8",
    )
    load_presenter(path)
    err.print(
        f"{path} is written; look at it: presenter avatar preview {called} --out {called}.png"
    )


@group.command("check")
def check_file(
    file: Annotated[
        Path, typer.Argument(help="A .glb, .gltf or .vrm file, or a presenter's TOML.")
    ],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say what a glTF or VRM avatar has and lacks, and what replaces it.

    Example: presenter avatar check aiko.vrm
    """
    found = _examine(file, file.stem)
    if as_json:
        print_json([asdict(finding) for finding in check(found)])
        return
    _print_check(file, found)


def _examine(file: Path, name: str) -> Imported:
    body = BodySettings(model=file)
    if not file.suffix and not file.exists():
        file = find_config("presenters", str(file))
    if file.suffix == ".toml":
        given = load_presenter(file).body
        if given is None:
            raise ConfigError("has no [body] model: it is built from sliders", file=str(file))
        body = given
    bars = Bars()
    try:
        return import_human(name, body, bars, lit=False)
    finally:
        bars.stop()


def _print_check(file: Path, found: Imported) -> None:
    out.print(f"[bold]{escape(file.name)}[/bold]")
    for finding in check(found):
        out.print(_MARKS[finding.level], end=" ")
        out.print(finding.what, markup=False, highlight=False)
    warnings = _count(check(found), "warning")
    out.print(
        "It can go on air." if not warnings else f"It can go on air, with {warnings} warnings."
    )


def _count(findings: list[Finding], level: str) -> int:
    return sum(finding.level == level for finding in findings)


def _first_comment(path: Path) -> str:
    """What the file says of itself in its first line."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip() if first.startswith("#") else str(path)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="avatar")
