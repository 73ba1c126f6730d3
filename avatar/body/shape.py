"""From sliders to the shape of a body, after MakeHuman's macro targets."""

from itertools import product

import numpy as np
from jaxtyping import Float64

from avatar.body.makehuman import data_folder, load_base, load_target
from avatar.presenter import ShapeSettings

_OPPOSITES = (("incr", "decr"), ("up", "down"), ("out", "in"), ("forward", "backward"),
              ("convex", "concave"))  # fmt: skip
_MIN_WEIGHT = 1e-3


def shape_body(settings: ShapeSettings) -> Float64[np.ndarray, "vertices 3"]:
    """Vertices of the whole base (with helpers) for these sliders, in decimetres.

    Raises:
        ConfigError: a detail names no target.
        MediaError: the data is missing.
    """
    vertices = load_base().vertices_dm.copy()
    for name, weight in {**_macro_targets(settings), **_detail_targets(settings.details)}.items():
        if abs(weight) < _MIN_WEIGHT:
            continue
        target = load_target(name)
        vertices[target.indices] += weight * target.offsets_dm
    return vertices


def _macro_targets(settings: ShapeSettings) -> dict[str, float]:
    """Weights of the whole-body targets: each is the product of its sliders' shares."""
    total = max(settings.asian + settings.caucasian + settings.african, _MIN_WEIGHT)
    races = {race: getattr(settings, race) / total for race in ("asian", "caucasian", "african")}
    genders = {"female": 1 - settings.gender, "male": settings.gender}
    muscles = _three(settings.muscle, "muscle")
    weights = _three(settings.weight, "weight")
    out: dict[str, float] = {}
    for (race, a), (gender, b) in product(races.items(), genders.items()):
        out[f"macrodetails/{race}-{gender}-young"] = a * b
    for (gender, a), (muscle, b), (weight, c) in product(
        genders.items(), muscles.items(), weights.items()
    ):
        kind = f"{gender}-young-{muscle}-{weight}"
        out[f"macrodetails/universal-{kind}"] = a * b * c
        ideal = max(settings.proportions * 2 - 1, 0.0)
        out[f"macrodetails/proportions/{kind}-idealproportions"] = a * b * c * ideal
    return out


def _three(value: float, what: str) -> dict[str, float]:
    """A slider from 0 to 1 as shares of its least, average and most."""
    high = max(value * 2 - 1, 0.0)
    low = max(1 - value * 2, 0.0)
    return {f"min{what}": low, f"average{what}": 1 - low - high, f"max{what}": high}


def _detail_targets(details: dict[str, float]) -> dict[str, float]:
    """`eyes/eye-scale = -0.2` becomes both eyes' `...-scale-decr = 0.2`."""
    out: dict[str, float] = {}
    for name, value in details.items():
        folder, _, stem = name.partition("/")
        for side in _sides(folder, stem):
            out[_signed(f"{folder}/{side}", value)] = abs(value)
    return out


def _sides(folder: str, stem: str) -> list[str]:
    paired = folder in ("eyes", "cheek", "ears") and not stem.startswith(("l-", "r-"))
    return [f"l-{stem}", f"r-{stem}"] if paired else [stem]


def _signed(name: str, value: float) -> str:
    """The target for this direction: the name itself where it has only one."""
    folder = data_folder() / "mpfb2" / "targets"
    for more, less in _OPPOSITES:
        if (folder / f"{name}-{more}.target.gz").is_file():
            return f"{name}-{more if value >= 0 else less}"
    return name
