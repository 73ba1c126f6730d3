"""How a foreign face is driven by the 52 ARKit weights that the performer gives.

Each ARKit shape becomes a sum of the file's own shapes. A face with ARKit's shapes is driven
directly. Where it has visemes only (Oculus' 15 or VRM's five vowels), the mouth's weights are
translated by least squares: the factors are those with which the weights of each of our 15 visemes,
and of lips in contact, come nearest to that one viseme of the file.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np

from avatar.imported.names import VRM_PRESETS, exact_arkit, is_half, shape_of_name
from avatar.imported.scene import Scene
from avatar.motion.visemes import SHAPES, VISEMES, names_of, weights_of
from core.blendshapes import ARKIT

Binds = dict[tuple[int, int], float]
"""(mesh, morph target) -> how much of it."""
Mouth = Literal["arkit", "visemes", "vowels", "jaw"]
Half = Literal["left", "right"]

SPEECH: Final = (
    "jawOpen", "mouthClose", "mouthPress", "mouthRollLower", "mouthRollUpper", "mouthUpperUp",
    "mouthLowerDown", "mouthShrugLower", "mouthFunnel", "mouthPucker", "mouthStretch",
)  # fmt: skip
"""What speech moves, sides left out; smiling is not among them: it is a mood here."""
_ENOUGH: Final = 6
# of SPEECH, for ARKit's own shapes to speak
_STAND_INS: Final[dict[str, dict[str, float]]] = {
    # for a viseme that the file lacks; lips that meet are lips at rest
    "sil": {}, "PP": {}, "FF": {"ih": 0.12}, "TH": {"DD": 1.0}, "DD": {"nn": 1.0},
    "nn": {"ih": 0.35, "aa": 0.10}, "kk": {"aa": 0.30}, "CH": {"ou": 0.55}, "SS": {"ih": 0.45},
    "RR": {"ou": 0.40}, "E": {"ih": 0.5, "aa": 0.3}, "ih": {"E": 0.7}, "oh": {"aa": 0.4, "ou": 0.5},
    "ou": {"oh": 0.7}, "aa": {},
}  # fmt: skip
_CONTACTS: Final = (
    {"mouthPress": 0.28, "mouthRollLower": 0.10, "mouthRollUpper": 0.10},
    {"mouthPress": 0.28, "mouthRollLower": 0.10, "mouthRollUpper": 0.10, "mouthPucker": 0.22},
)  # fmt: skip
# lips shut, after a spread and after a rounded sound
_CONTACTS_COUNT: Final = 16.0
# lips that do not meet are seen at once
_RIDGE: Final = 0.35
# keeps factors small: without it vowels are told apart at the price of lips that part in p, b, m
_SMILES: Final = (("smile", 1.0), ("relaxed", 0.8), ("smileUp", 0.8), ("happy", 0.35))
_HALVES: Final[tuple[Half, Half]] = ("left", "right")


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A share of some of the file's shapes."""

    binds: Binds
    factor: float
    half: Half | None = None
    # only that half of the face


@dataclass(frozen=True, slots=True, eq=False)
class Drive:
    """The file's shapes under each ARKit weight."""

    mouth: Mouth
    terms: dict[str, list[Term]]
    own: frozenset[str]
    # ARKit shapes that the file has by name
    visemes: tuple[str, ...]
    # what speaks where ARKit's shapes do not
    replaced: dict[str, str] = field(default_factory=dict)
    # ARKit shape -> what stands in for it

    @property
    def still(self) -> list[str]:
        """ARKit shapes that move nothing."""
        return [name for name in ARKIT if not self.terms.get(name)]


def read_shapes(scene: Scene, given: dict[str, str]) -> dict[str, Binds]:
    """The file's shapes by what they are (see `avatar.imported.names`).

    Args:
        given: what a shape is -> its name in the file, where somebody knows better than we.

    Raises:
        KeyError: a given name is not in the file.
    """
    found: dict[str, Binds] = {}
    for shape, name in given.items():
        binds = _named(scene, name)
        if not binds:
            raise KeyError(name)
        found[f"viseme:{shape}" if shape in VISEMES else shape] = binds
    exact = {name: _named(scene, name) for name in _all_names(scene) if exact_arkit(name)}
    for name, binds in exact.items():
        if exact_arkit(name) not in given:
            found.setdefault(exact_arkit(name), {}).update(binds)
    custom: dict[str, Binds] = {}
    for name, binds, preset in _expressions(scene):
        shape = VRM_PRESETS.get(preset.lower(), "") or shape_of_name(name)
        (found if preset.lower() in VRM_PRESETS else custom).setdefault(shape, binds)
    for shape, binds in custom.items():
        found.setdefault(shape, binds)
    for shape, binds in _loosely_named(scene).items():
        if shape not in found:
            found[shape] = binds
    found.pop("", None)
    return {shape: binds for shape, binds in found.items() if binds}


def plan_drive(shapes: dict[str, Binds], *, eyes_turn: bool) -> Drive | None:
    """What each ARKit weight moves; None where nothing opens the mouth.

    Args:
        eyes_turn: the file has bones for its eyes, so shapes that look aside are not needed.
    """
    terms: dict[str, list[Term]] = {name: [] for name in ARKIT}
    replaced: dict[str, str] = {}
    own = frozenset(name for name in ARKIT if name in shapes)
    for name in own:
        terms[name] = [Term(shapes[name], 1.0)]
    for shape, binds in shapes.items():
        if shape.startswith("both:"):
            for half in _HALVES:
                name = shape.removeprefix("both:") + half.capitalize()
                if name not in own:
                    terms[name] = [Term(binds, 1.0, half)]
                    replaced[name] = f"its {half} half of {shape.removeprefix('both:')}"
    _add_face(shapes, terms, replaced, eyes_turn)
    have = [base for base in SPEECH if all(terms[name] for name in names_of(base))]
    visemes = {v: shapes[f"viseme:{v}"] for v in VISEMES if f"viseme:{v}" in shapes}
    vowels = {v: shapes[f"vowel:{v}"] for v in VISEMES if f"vowel:{v}" in shapes}
    rounds = "mouthFunnel" in have or "mouthPucker" in have
    if "jawOpen" in have and rounds and len(have) >= _ENOUGH:
        _complete(terms, replaced)
        return Drive("arkit", terms, own, (), replaced)
    for mouth, spoken in (("visemes", visemes), ("vowels", vowels)):
        if "aa" in spoken and len(spoken) >= 3:
            _translate(spoken, terms, replaced)
            kind: Mouth = "visemes" if mouth == "visemes" else "vowels"
            return Drive(kind, terms, own, tuple(spoken), replaced)
    opening = next(
        (b for b in (shapes.get("jawOpen"), visemes.get("aa"), vowels.get("aa")) if b), None
    )
    if opening is None:
        return None
    if not terms["jawOpen"]:
        terms["jawOpen"] = [Term(opening, 1.0)]
        replaced["jawOpen"] = "its open vowel"
    _complete(terms, replaced)
    return Drive("jaw", terms, own, (), replaced)


def translate_weights(spoken: list[str]) -> dict[str, np.ndarray]:
    """Factors of the file's visemes `spoken`, for each base of SPEECH but mouthClose."""
    bases = [base for base in SPEECH if base != "mouthClose"]
    rows = [*SHAPES.sum(0), *(weights_of(contact) for contact in _CONTACTS)]
    given = np.array([[_base(row, base) for base in bases] for row in rows])
    wanted = np.array(
        [_resolve(v, spoken) for v in VISEMES] + [_resolve("PP", spoken)] * len(_CONTACTS)
    )
    counts = np.array([1.0] * len(VISEMES) + [_CONTACTS_COUNT] * len(_CONTACTS))[:, None]
    left = np.vstack([given * counts, _RIDGE * np.eye(len(bases))])
    right = np.vstack([wanted * counts, np.zeros((len(bases), len(spoken)))])
    factors = np.linalg.lstsq(left, right, rcond=None)[0]
    return dict(zip(bases, factors, strict=True))


def _base(weights: np.ndarray, base: str) -> float:
    """The weight of a base; the jaw's is what `mouthClose` leaves of it."""
    value = weights[ARKIT.index(names_of(base)[0])]
    return float(value - weights[ARKIT.index("mouthClose")] if base == "jawOpen" else value)


def _resolve(viseme: str, spoken: list[str]) -> np.ndarray:
    """A viseme as a mixture of those that the file has."""
    if viseme in spoken:
        alone: np.ndarray = np.eye(len(spoken))[spoken.index(viseme)]
        return alone
    out = np.zeros(len(spoken))
    for other, share in _STAND_INS[viseme].items():
        # of two that stand in for each other, one is there or neither is
        if other in spoken or viseme not in _STAND_INS[other]:
            out += share * _resolve(other, spoken)
    return out


def _translate(
    spoken: dict[str, Binds], terms: dict[str, list[Term]], replaced: dict[str, str]
) -> None:
    names = list(spoken)
    for base, factors in translate_weights(names).items():
        sides = names_of(base)
        mixture = [
            Term(spoken[v], float(f) / len(sides))
            for v, f in zip(names, factors, strict=True) if f > 1e-3
        ]  # fmt: skip
        told = " + ".join(
            f"{f:.2f} {v}" for v, f in zip(names, factors, strict=True) if abs(f) >= 0.05
        )  # fmt: skip
        for name in sides:
            terms[name] = mixture
            replaced[name] = told or "nothing: lips at rest are shut"
    _close_by_jaw(terms, replaced)


def _complete(terms: dict[str, list[Term]], replaced: dict[str, str]) -> None:
    """Stand-ins for single ARKit shapes of the mouth."""
    if not terms["mouthClose"]:
        _close_by_jaw(terms, replaced)
    for missing, other in (("mouthFunnel", "mouthPucker"), ("mouthPucker", "mouthFunnel")):
        if not terms[missing] and terms[other] and other not in replaced:
            terms[missing] = [Term(t.binds, 0.6 * t.factor, t.half) for t in terms[other]]
            replaced[missing] = f"0.6 {other}"


def _close_by_jaw(terms: dict[str, list[Term]], replaced: dict[str, str]) -> None:
    terms["mouthClose"] = [Term(t.binds, -t.factor, t.half) for t in terms["jawOpen"]]
    replaced["mouthClose"] = "takes jawOpen back"


def _add_face(
    shapes: dict[str, Binds], terms: dict[str, list[Term]], replaced: dict[str, str],
    eyes_turn: bool,
) -> None:  # fmt: skip
    """Blink, smile, brows and glances from whole expressions, each half of the face by itself."""

    def take(name: str, shape: str, factor: float = 1.0, half: Half | None = None) -> None:
        if shape in shapes and not terms[name]:
            terms[name] = [Term(shapes[shape], factor, half)]
            replaced[name] = shape if factor == 1.0 else f"{factor:g} {shape}"
            if half:
                replaced[name] += f", {half} half"

    for half in _HALVES:
        side = half.capitalize()
        take(f"eyeBlink{side}", "blink", 1.0, half)
        for shape, factor in _SMILES:
            take(f"mouthSmile{side}", shape, factor, half)
        take(f"browOuterUp{side}", "browsUp", 0.7, half)
        if not eyes_turn:
            take(f"eyeLookUp{side}", "lookUp", 1.0, half)
            take(f"eyeLookDown{side}", "lookDown", 1.0, half)
            outwards, inwards = ("Left", "Right") if half == "left" else ("Right", "Left")
            take(f"eyeLookOut{side}", f"look{outwards}", 1.0, half)
            take(f"eyeLookIn{side}", f"look{inwards}", 1.0, half)
    if "browsUp" in shapes:
        take("browInnerUp", "browsUp", 0.4)


def _all_names(scene: Scene) -> list[str]:
    return [name for names in scene.shape_names.values() for name in names]


def _named(scene: Scene, name: str) -> Binds:
    return {
        (mesh, names.index(name)): 1.0
        for mesh, names in scene.shape_names.items() if name in names
    }  # fmt: skip


def _loosely_named(scene: Scene) -> dict[str, Binds]:
    """Shapes by names that are not exactly ARKit's; one to each mesh, or its two halves."""
    found: dict[str, Binds] = {}
    for mesh, names in scene.shape_names.items():
        taken: set[str] = set()
        for target, name in enumerate(names):
            shape = shape_of_name(name)
            if not shape or exact_arkit(name):
                continue
            if shape not in taken or is_half(name):
                found.setdefault(shape, {})[mesh, target] = 1.0
            taken.add(shape)
    return found


def _expressions(scene: Scene) -> list[tuple[str, Binds, str]]:
    """VRM's expressions: name, what they move, preset ("" where it is the maker's own)."""
    new, old = scene.extensions.get("VRMC_vrm"), scene.extensions.get("VRM")
    out: list[tuple[str, Binds, str]] = []
    if new:
        expressions: dict[str, Any] = new.get("expressions") or {}
        for group in ("preset", "custom"):
            for name, entry in (expressions.get(group) or {}).items():
                binds = {}
                for bind in entry.get("morphTargetBinds", []):
                    mesh = scene.mesh_of_node.get(int(bind["node"]))
                    if mesh is not None:
                        binds[mesh, int(bind["index"])] = float(bind["weight"])
                out.append((name, binds, name if group == "preset" else ""))
    elif old:
        for entry in (old.get("blendShapeMaster") or {}).get("blendShapeGroups", []):
            binds = {
                (int(b["mesh"]), int(b["index"])): float(b["weight"]) / 100
                for b in entry.get("binds", [])
            }
            preset = str(entry.get("presetName", "unknown"))
            out.append((str(entry.get("name", "")), binds, "" if preset == "unknown" else preset))
    return [(name, binds, preset) for name, binds, preset in out if binds]
