"""What ARKit's weights move on faces that lack ARKit's shapes."""

from typing import Any

import numpy as np
import pytest

from avatar.imported.drive import Binds, plan_drive, read_shapes, translate_weights
from avatar.imported.scene import Scene
from avatar.motion.visemes import SHAPES, VISEMES, weights_of
from core.blendshapes import ARKIT, INDEX

OCULUS = list(VISEMES[1:])
FIVE = ["aa", "ih", "ou", "E", "oh"]


def scene(*meshes: list[str], extensions: dict[str, Any] | None = None) -> Scene:
    return Scene([], [], dict(enumerate(meshes)), {10 + i: i for i in range(len(meshes))},
                 extensions or {})  # fmt: skip


def activations(spoken: list[str], weights: np.ndarray) -> np.ndarray:
    """How much of each of the file's visemes these ARKit weights ask for."""
    factors = translate_weights(spoken)
    out = np.zeros(len(spoken))
    for base, row in factors.items():
        name = base if base in INDEX else f"{base}Left"
        value = weights[INDEX[name]]
        out += row * (value - weights[INDEX["mouthClose"]] if base == "jawOpen" else value)
    return out


@pytest.mark.parametrize("spoken", [OCULUS, FIVE])
@pytest.mark.parametrize(
    ("viseme", "kin"),
    [("aa", {"aa"}), ("oh", {"oh", "ou"}), ("ou", {"ou", "oh"}), ("ih", {"ih", "E", "SS"})],
)
def test_a_viseme_asks_for_its_own_kind_most(spoken: list[str], viseme: str, kin: set[str]) -> None:
    asked = activations(spoken, SHAPES.sum(0)[VISEMES.index(viseme)])
    assert max(zip(asked, spoken, strict=True))[1] in kin
    assert 0.15 < asked.max() < 1.1
    assert asked.min() > -0.15


@pytest.mark.parametrize("spoken", [OCULUS, FIVE])
@pytest.mark.parametrize("pucker", [0.0, 0.1, 0.22])
def test_lips_in_contact_ask_for_no_vowel(spoken: list[str], pucker: float) -> None:
    seal = {"mouthPress": 0.28, "mouthRollLower": 0.1, "mouthRollUpper": 0.1}
    weights = weights_of(seal | {"mouthPucker": pucker, "jawOpen": 0.2, "mouthClose": 0.2})
    asked = dict(zip(spoken, activations(spoken, weights), strict=True))
    assert max(abs(asked[v]) for v in FIVE) < 0.12
    if "PP" in asked:
        assert asked["PP"] > 0.9


def test_what_takes_the_jaw_back_undoes_it() -> None:
    drive = plan_drive({f"vowel:{v}": {(0, i): 1.0} for i, v in enumerate(FIVE)}, eyes_turn=True)
    assert drive is not None
    assert drive.mouth == "vowels"

    def total(name: str) -> dict[tuple[int, int], float]:
        out: dict[tuple[int, int], float] = {}
        for term in drive.terms[name]:
            for bind, weight in term.binds.items():
                out[bind] = out.get(bind, 0.0) + weight * term.factor
        return out

    assert total("mouthClose") == {k: -v for k, v in total("jawOpen").items()}


def shapes_of(*names: str) -> dict[str, Binds]:
    return {name: {(0, i): 1.0} for i, name in enumerate(names)}


def test_the_best_mouth_there_is_speaks() -> None:
    arkit = shapes_of("jawOpen", "mouthClose", "mouthFunnel", "mouthPucker", "mouthRollLower",
                      "mouthRollUpper", "both:mouthPress", "both:mouthStretch")  # fmt: skip
    oculus = {f"viseme:{v}": {(0, 50 + i): 1.0} for i, v in enumerate(OCULUS)}
    vowels = {f"vowel:{v}": {(0, 80 + i): 1.0} for i, v in enumerate(FIVE)}
    for shapes, mouth in (
        (arkit | oculus | vowels, "arkit"), (oculus | vowels, "visemes"), (vowels, "vowels"),
        (shapes_of("jawOpen"), "jaw"), (shapes_of("vowel:aa"), "jaw"),
        (shapes_of("jawOpen", "mouthClose") | vowels, "vowels"),
    ):  # fmt: skip
        drive = plan_drive(shapes, eyes_turn=True)
        assert drive is not None
        assert drive.mouth == mouth
    assert plan_drive(shapes_of("eyeBlinkLeft"), eyes_turn=True) is None


def test_a_blink_for_both_eyes_is_cut_in_halves() -> None:
    drive = plan_drive(shapes_of("jawOpen", "blink"), eyes_turn=True)
    assert drive is not None
    assert [t.half for t in drive.terms["eyeBlinkLeft"]] == ["left"]
    assert [t.half for t in drive.terms["eyeBlinkRight"]] == ["right"]
    assert "left half" in drive.replaced["eyeBlinkLeft"]


def test_glances_by_shapes_only_where_no_bone_turns_the_eye() -> None:
    shapes = shapes_of("jawOpen", "lookLeft", "lookRight", "lookUp", "lookDown")
    turned, shaped = (plan_drive(shapes, eyes_turn=turns) for turns in (True, False))
    assert turned is not None
    assert shaped is not None
    assert "eyeLookOutLeft" in turned.still
    # its left eye looks outwards when it looks to its left, and the right one inwards
    left = shapes["lookLeft"]
    assert shaped.terms["eyeLookOutLeft"][0].binds == left
    assert shaped.terms["eyeLookInRight"][0].binds == left


def test_a_kind_smile_comes_before_a_broad_one() -> None:
    both = plan_drive(shapes_of("jawOpen", "happy", "relaxed"), eyes_turn=True)
    broad = plan_drive(shapes_of("jawOpen", "happy"), eyes_turn=True)
    assert both is not None
    assert broad is not None
    assert both.replaced["mouthSmileLeft"].startswith("0.8 relaxed")
    # VRM's joy often opens the mouth: only a little of it
    assert broad.replaced["mouthSmileLeft"].startswith("0.35 happy")


def test_one_name_in_several_meshes_moves_all_of_them() -> None:
    shapes = read_shapes(scene(["Basis", "jawOpen"], ["JawOpen"]), {})
    assert shapes["jawOpen"] == {(0, 1): 1.0, (1, 0): 1.0}


def test_halves_in_the_file_make_a_whole() -> None:
    shapes = read_shapes(scene(["browInnerUp_L", "browInnerUp_R"]), {})
    assert shapes["browInnerUp"] == {(0, 0): 1.0, (0, 1): 1.0}


def test_arkits_own_name_comes_before_others() -> None:
    shapes = read_shapes(scene(["mouthOpen", "jawOpen"]), {})
    assert shapes["jawOpen"] == {(0, 1): 1.0}


def test_vrm_expressions_of_both_versions() -> None:
    old = {"VRM": {"blendShapeMaster": {"blendShapeGroups": [
        {"name": "A", "presetName": "a", "binds": [{"mesh": 0, "index": 3, "weight": 70}]},
        {"name": "JawOpen", "presetName": "unknown",
         "binds": [{"mesh": 0, "index": 5, "weight": 100}]},
    ]}}}  # fmt: skip
    new = {"VRMC_vrm": {"expressions": {
        "preset": {"aa": {"morphTargetBinds": [{"node": 10, "index": 3, "weight": 0.7}]}},
        "custom": {"JawOpen": {"morphTargetBinds": [{"node": 10, "index": 5, "weight": 1.0}]}},
    }}}  # fmt: skip
    for extensions in (old, new):
        shapes = read_shapes(scene([f"target{i}" for i in range(9)], extensions=extensions), {})
        assert shapes["vowel:aa"] == {(0, 3): pytest.approx(0.7)}
        assert shapes["jawOpen"] == {(0, 5): 1.0}


def test_what_is_given_comes_first() -> None:
    shapes = read_shapes(scene(["jawOpen", "Big Mouth"]), {"jawOpen": "Big Mouth", "aa": "jawOpen"})
    assert shapes["jawOpen"] == {(0, 1): 1.0}
    assert shapes["viseme:aa"] == {(0, 0): 1.0}


def test_every_arkit_shape_is_accounted_for() -> None:
    drive = plan_drive(shapes_of("jawOpen", "blink", "smile"), eyes_turn=True)
    assert drive is not None
    for name in ARKIT:
        moved = bool(drive.terms[name])
        assert moved == (name in drive.own or name in drive.replaced), name
        assert moved != (name in drive.still)
