"""`presenter avatar list`, `new` and `preview`."""

import re
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PIL import Image

from avatar.body.store import load_human
from avatar.motion.performer import Performer
from avatar.presenter import load_presenter
from core.blendshapes import COUNT, INDEX
from core.errors import ConfigError
from core.motion import Pose
from room.commands.output import Bars, err, out, print_json
from room.commands.speak import find_config
from room.places import cache_dir
from room.settings import CONFIGS
from room.stage.camera import StageCamera

group = typer.Typer(help="Presenters.", no_args_is_help=True)

FACES: dict[str, dict[str, float]] = {
    "neutral": {},
    "smile": {"mouthSmileLeft": 0.55, "mouthSmileRight": 0.55, "cheekSquintLeft": 0.3,
              "cheekSquintRight": 0.3},
    "blink": {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0},
    "a": {"jawOpen": 0.5},
    "i": {"jawOpen": 0.12, "mouthSmileLeft": 0.4, "mouthSmileRight": 0.4,
          "mouthLowerDownLeft": 0.3, "mouthLowerDownRight": 0.3},
    "u": {"jawOpen": 0.15, "mouthFunnel": 0.4, "mouthPucker": 0.6},
    "m": {"mouthPressLeft": 0.3, "mouthPressRight": 0.3, "mouthRollLower": 0.1},
    "f": {"jawOpen": 0.06, "mouthRollLower": 0.5, "mouthUpperUpLeft": 0.2,
          "mouthUpperUpRight": 0.2},
}  # fmt: skip
COLUMNS = 4


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
        out.print(f"{path.stem:<12} {path}")


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
    """Draw a contact sheet: neutral, smile, blink, mouth shapes.

    Example: presenter avatar preview lin --out lin.png
    """
    bars = Bars()
    width, height = 576, 1024
    human = load_human(
        load_presenter(find_config("presenters", name)), cache_dir() / "humans", bars
    )
    camera = StageCamera(
        human, find_config("scenes", scene), width, height, cache_dir() / "light", bars
    )
    at_rest = Performer(human.skeleton, fps=25, seed=0).pose(0).rotations
    pictures = []
    for face in FACES.values():
        weights = np.zeros(COUNT, np.float32)
        for shape, weight in face.items():
            weights[INDEX[shape]] = weight
        pictures.append(camera.snapshot(Pose(weights, at_rest)))
    camera.close()
    bars.stop()
    rows = [np.hstack(pictures[i : i + COLUMNS]) for i in range(0, len(pictures), COLUMNS)]
    Image.fromarray(np.vstack(rows)).save(out_file)
    err.print(f"{', '.join(FACES)} -> {out_file}")


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="avatar")
