"""Who presents: shape, skin, hair, clothes and voice, from `configs/presenters/*.toml`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from rapidfuzz import process

from avatar.motion.visemes import VISEMES
from core.blendshapes import ARKIT
from core.config import Settings, load_settings
from core.errors import ConfigError
from core.motion import BONES

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Slider = Annotated[float, Field(ge=-1.0, le=1.0)]
SRGB = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class ShapeSettings(Settings):
    """Sliders of the MakeHuman base; the shares of ancestry are scaled to sum to 1."""

    gender: Share = 0.0
    # 0 female, 1 male
    age_years: Annotated[float, Field(ge=20, le=90)] = 25
    asian: Share = 1.0
    caucasian: Share = 0.0
    african: Share = 0.0
    muscle: Share = 0.5
    weight: Share = 0.5
    proportions: Share = 0.5
    # 1 is ideal
    head: Annotated[float, Field(ge=0.9, le=1.2)] = 1.07
    # size of the head against the body, 1 as people are on average; a little more reads better
    smile: Share = 0.12
    # how much of a smile the face rests in
    details: dict[str, Slider] = Field(default_factory=dict)
    # detail targets by folder/name; `eyes/eye-scale` means both eyes, a negative value the opposite


class SkinSettings(Settings):
    """Colours of the skin, without light."""

    tone: SRGB = "#e6b898"
    blush: SRGB = "#dc8478"
    blush_strength: Share = 0.3
    lips: SRGB = "#c0545c"
    lips_strength: Share = 0.75
    brows: SRGB = "#38281f"
    eyeliner: SRGB = "#22161a"
    nails: SRGB = "#d88a8a"
    freckles: Share = 0.0
    stubble: Share = 0.0


class HairSettings(Settings):
    """A head of hair grown from the scalp."""

    style: Literal["shoulder", "long", "bob", "tied", "short", "curly"] = "shoulder"
    colour: SRGB = "#3a2a24"
    grey: Share = 0.0
    # of the strands
    recede: Share = 0.0
    # how far the hairline has gone back at the temples
    tips_below_chin_m: Annotated[float, Field(ge=-0.1, le=0.4)] | None = None
    # None: as the style has it
    parting_m: Annotated[float, Field(ge=-0.06, le=0.06)] = 0.022
    # how far to the figure's left the hair parts
    fringe: Share = 0.0
    # how much of the hair over the forehead falls into it, parted; for hair that hangs
    volume_m: Annotated[float, Field(ge=0.0, le=0.06)] = 0.012
    wave: Share = 0.25
    tuck: Share = 0.35
    # how much the tips turn in
    strands: Annotated[int, Field(ge=50, le=6000)] = 3000
    seed: int = 11


class WardrobeSettings(Settings):
    """What the presenter wears."""

    outfit: Literal["blazer", "suit", "shirt", "knit", "dress"] = "blazer"
    # blazer: over a round top; suit: over a shirt; dress: round neck, plain cloth
    jacket: SRGB = "#2a3048"
    # the outer garment, whatever it is
    lapel: SRGB = "#2e3550"
    top: SRGB = "#e9e4de"
    # under a jacket; the collar of a shirt or a knit has the garment's colour
    button: SRGB = "#1c1a1c"
    glasses: SRGB | None = None
    # colour of the frame; None: no glasses


class BodySettings(Settings):
    """A body from a file instead of one built from the sliders above."""

    model: Path
    # .glb, .gltf or .vrm, relative to the presenter's file
    shapes: dict[str, str] = Field(default_factory=dict)
    # where a name is not understood: ARKit name or viseme (`aa`, `PP`, ...) -> name in the file
    bones: dict[str, str] = Field(default_factory=dict)
    # the same for bones: VRM's name -> name in the file


class VoiceSettings(Settings):
    """Which voice speaks for the presenter, where the room names none."""

    name: str = "built-in"
    # see: presenter voice list


class PresenterSettings(Settings):
    """One presenter, as a file in `configs/presenters` describes them."""

    name: str
    language: Literal["zh", "en"] = "zh"
    iris: SRGB = "#4a2a18"
    shape: ShapeSettings = ShapeSettings()
    skin: SkinSettings = SkinSettings()
    hair: HairSettings = HairSettings()
    wardrobe: WardrobeSettings = WardrobeSettings()
    body: BodySettings | None = None
    # None: built from shape, skin, hair and wardrobe
    voice: VoiceSettings = VoiceSettings()


def load_presenter(path: Path) -> PresenterSettings:
    """The presenter described in a TOML file, with the path of its model made absolute.

    Raises:
        ConfigError: the file is missing, is no TOML, or holds a wrong or unknown key; or its model
            is not there, or keys are given that a model has no use for.
    """
    presenter = load_settings(path, PresenterSettings)
    if presenter.body is None:
        return presenter
    unused = sorted(presenter.model_fields_set & {"shape", "skin", "hair", "wardrobe", "iris"})
    if unused:
        raise ConfigError(
            f"means nothing beside [body] model, which brings its own looks; delete {unused[0]!r}",
            file=str(path), key=unused[0],
        )  # fmt: skip
    _check_names(presenter.body, path)
    model = (path.parent / presenter.body.model.expanduser()).resolve()
    if not model.is_file():
        raise ConfigError(f"{model} does not exist", file=str(path), key="body.model")
    body = presenter.body.model_copy(update={"model": model})
    return presenter.model_copy(update={"body": body})


def _check_names(body: BodySettings, path: Path) -> None:
    known: dict[str, Sequence[str]] = {"shapes": (*ARKIT, *VISEMES), "bones": BONES}
    for table, names in known.items():
        for name in getattr(body, table):
            if name not in names:
                near = process.extractOne(name, names)
                raise ConfigError(
                    f"unknown name; did you mean {near[0]!r}?",
                    file=str(path), key=f"body.{table}.{name}",
                )  # fmt: skip
