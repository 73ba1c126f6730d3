"""`presenter avatar list`, `new`, `preview` and `export`."""

import re
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image

from avatar.body.store import load_human
from avatar.gltf import write_gltf
from avatar.presenter import load_presenter
from core.errors import ConfigError
from room.commands.output import Bars, err, out, print_json
from room.commands.speak import find_config
from room.contact_sheet import draw_sheet
from room.places import cache_dir
from room.settings import CONFIGS

group = typer.Typer(help="Presenters.", no_args_is_help=True)


@group.command("list")
def list_presenters(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """The presenters there are.

    Example: presenter avatar list
    """
    found = sorted((CONFIGS / "presenters").glob("*.toml"))
    if as_json:
        print_json([load_presenter(path).model_dump(mode="json") for path in found])
        return
    for path in found:
        who = load_presenter(path)
        out.print(f"{path.stem:<10} {who.language}  {who.voice.name:<14} {_first_comment(path)}")


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


def _first_comment(path: Path) -> str:
    """What the file says of itself in its first line."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    return first.removeprefix("#").strip() if first.startswith("#") else str(path)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="avatar")
