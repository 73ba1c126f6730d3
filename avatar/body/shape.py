"""From sliders to the shape of a body, after MakeHuman's macro targets."""

from itertools import product

import numpy as np
from jaxtyping import Float64

from avatar.body.makehuman import data_folder, load_base, load_target
from avatar.body.rig import Rig
from avatar.presenter import ShapeSettings
from core.motion import BONE_INDEX

_OPPOSITES = (("incr", "decr"), ("up", "down"), ("out", "in"), ("forward", "backward"),
              ("convex", "concave"))  # fmt: skip
_MIN_WEIGHT = 1e-3
_PAIRED = ("eyes", "cheek", "ears", "hands", "arms")
# folders whose targets come one for each side
_YOUNG_YEARS, _OLD_YEARS = 25.0, 90.0
# as MakeHuman's targets have them


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


def enlarge_head(
    vertices: Float64[np.ndarray, "vertices 3"], rig: Rig, size: float
) -> Float64[np.ndarray, "vertices 3"]:
    """The body made smaller about the neck, so that face units still fit the head."""
    head = rig.weights[:, [BONE_INDEX[bone] for bone in ("head", "leftEye", "rightEye")]].sum(1)
    neck = rig.weights[:, BONE_INDEX["neck"]]
    share = (head + 0.5 * neck)[:, None]
    pivot = rig.joints_dm[BONE_INDEX["head"]]
    smaller = pivot + (vertices - pivot) / size
    out: np.ndarray = vertices * share + smaller * (1 - share)
    return out


def _macro_targets(settings: ShapeSettings) -> dict[str, float]:
    """Weights of the whole-body targets: each is the product of its sliders' shares."""
    total = max(settings.asian + settings.caucasian + settings.african, _MIN_WEIGHT)
    races = {race: getattr(settings, race) / total for race in ("asian", "caucasian", "african")}
    genders = {"female": 1 - settings.gender, "male": settings.gender}
    muscles = _three(settings.muscle, "muscle")
    weights = _three(settings.weight, "weight")
    out: dict[str, float] = {}
    old = float(np.clip((settings.age_years - _YOUNG_YEARS) / (_OLD_YEARS - _YOUNG_YEARS), 0, 1))
    ages = {"young": 1 - old, "old": old}
    for (race, a), (gender, b), (age, c) in product(races.items(), genders.items(), ages.items()):
        out[f"macrodetails/{race}-{gender}-{age}"] = a * b * c
    for (gender, a), (age, b), (muscle, c), (weight, d) in product(
        genders.items(), ages.items(), muscles.items(), weights.items()
    ):
        kind = f"{gender}-{age}-{muscle}-{weight}"
        share = a * b * c * d
        out[f"macrodetails/universal-{kind}"] = share
        ideal = max(settings.proportions * 2 - 1, 0.0)
        out[f"macrodetails/proportions/{kind}-idealproportions"] = share * ideal
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
    paired = folder in _PAIRED and not stem.startswith(("l-", "r-", "measure-"))
    return [f"l-{stem}", f"r-{stem}"] if paired else [stem]


def _signed(name: str, value: float) -> str:
    """The target for this direction: the name itself where it has only one."""
    folder = data_folder() / "mpfb2" / "targets"
    for more, less in _OPPOSITES:
        if (folder / f"{name}-{more}.target.gz").is_file():
            return f"{name}-{more if value >= 0 else less}"
    return name
