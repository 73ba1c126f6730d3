"""Foreign figures stand, face the viewer, have our bones and our head size."""

import contextlib
import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avatar.gltf import write_gltf
from avatar.imported.figure import HEAD_M, Imported, import_human
from avatar.motion.arms import Posture, arm_bones, solve
from avatar.motion.vocabulary import POSTURES
from avatar.presenter import BodySettings
from core.blendshapes import ARKIT
from core.errors import ContentError
from core.human import HumanModel
from core.motion import BONE_INDEX, BONES
from tests.avatar.imported.conftest import quiet
from tests.fakes.foreign import JOINTS, Kind, write_figure
from tests.fakes.glb import GlbWriter
from tests.fakes.human import tiny_human

KINDS = get_args(Kind)


def imported(path: Path, **body: Any) -> Imported:
    return import_human("it", BodySettings(model=path, **body), quiet, lit=False)


@pytest.mark.parametrize("kind", KINDS)
def test_it_faces_the_viewer_with_a_head_of_our_size(
    figure: Callable[[Kind], Imported], kind: Kind
) -> None:
    human = figure(kind).human
    joints = dict(zip(BONES, human.skeleton.joints_m, strict=True))
    assert joints["leftHand"][0] > 0.2 > -0.2 > joints["rightHand"][0]
    assert joints["leftEye"][2] > joints["head"][2] + 0.02
    assert joints["head"][1] > joints["neck"][1] > joints["chest"][1] > joints["hips"][1]
    marks = human.landmarks_m
    assert marks["crown"][1] - marks["chin"][1] == pytest.approx(HEAD_M)
    # the figure's head is an ellipsoid of 0.236, with a chin that is told to within a tenth
    face = next(p for p in human.parts if p.name.startswith("Face"))
    assert np.ptp(face.positions_m[:, 1]) == pytest.approx(HEAD_M, rel=0.1)
    assert abs(marks["eye_line"][0]) < 1e-6


@pytest.mark.parametrize("kind", KINDS)
def test_every_part_is_in_order(figure: Callable[[Kind], Imported], kind: Kind) -> None:
    found = figure(kind)
    for part in found.human.parts:
        assert np.isfinite(part.positions_m).all(), part.name
        np.testing.assert_allclose(np.linalg.norm(part.normals, axis=1), 1.0, atol=1e-3)
        np.testing.assert_allclose(part.bone_weights.sum(1), 1.0, atol=1e-4)
        a, b, c = (part.positions_m[part.triangles[:, k]] for k in range(3))
        outward = np.cross(b - a, c - a)
        flat = np.linalg.norm(outward, axis=1) < 1e-12
        facing = (outward * part.normals[part.triangles].mean(1)).sum(1)
        assert (facing[~flat] > 0).mean() > 0.98, part.name


@pytest.mark.parametrize("kind", KINDS)
def test_bones_are_found_and_the_missing_are_named(
    figure: Callable[[Kind], Imported], kind: Kind
) -> None:
    found = figure(kind)
    assert set(JOINTS) - set(found.bones.nodes) == set()
    assert "upperChest" in found.bones.missing
    assert "leftIndexProximal" in found.bones.missing
    assert "head" not in found.bones.missing
    assert found.eyes_turn


def test_arms_stretched_out_come_down(figure: Callable[[Kind], Imported]) -> None:
    """The rest posture brings the wrist before the belly, though the mesh stretches its arms."""
    human = figure("vrm0").human
    posture = POSTURES["over"]
    wrist = _wrist(human, posture)
    shoulder = human.skeleton.joints_m[BONE_INDEX["leftUpperArm"]]
    joints = human.skeleton.joints_m
    length = sum(
        float(np.linalg.norm(joints[BONE_INDEX[a]] - joints[BONE_INDEX[b]]))
        for a, b in (("leftUpperArm", "leftLowerArm"), ("leftLowerArm", "leftHand"))
    )
    wanted = shoulder + np.array(posture.wrist) * length
    np.testing.assert_allclose(wrist, wanted, atol=0.03 * length)
    assert wrist[1] < shoulder[1] - 0.3 * length


def _wrist(human: HumanModel, posture: Posture) -> np.ndarray:
    """Where the left wrist comes to lie: turns of upper arm and forearm about their joints."""
    from scipy.spatial.transform import Rotation

    turns = dict(zip(arm_bones("left"), solve(human.skeleton, "left", posture), strict=True))
    joints = human.skeleton.joints_m.astype(float)
    at = joints[BONE_INDEX["leftHand"]]
    for bone in ("leftLowerArm", "leftUpperArm", "leftShoulder"):
        centre = joints[BONE_INDEX[bone]]
        at = centre + Rotation.from_rotvec(turns[BONE_INDEX[bone]]).apply(at - centre)
    return np.asarray(at)


def test_a_forearm_without_a_twist_bone_gets_one(figure: Callable[[Kind], Imported]) -> None:
    human = figure("arkit").human
    arm = next(p for p in human.parts if p.name.startswith("leftArm"))
    twist = (arm.bone_weights * (arm.bone_indices == BONE_INDEX["leftLowerArmTwist"])).sum(1)
    reach = np.abs(arm.positions_m[:, 0])
    wrist, elbow = human.skeleton.joints_m[[BONE_INDEX["leftHand"], BONE_INDEX["leftLowerArm"]], 0]
    near_wrist = (reach > elbow + 0.7 * (wrist - elbow)) & (reach < wrist - 0.03)
    assert twist[near_wrist].min() > 0.5
    assert twist[reach < elbow - 0.05].max() < 1e-6


def test_vrm_says_how_far_eyes_turn(figure: Callable[[Kind], Imported]) -> None:
    """The file maps 90 degrees to 30: a third of the weight is the eye's, the rest the head's."""
    for kind, share in (("vrm0", 1 / 3), ("arkit", 1.0)):
        eye = next(p for p in figure(kind).human.parts if p.name.startswith("leftEye"))  # type: ignore[arg-type]
        carried = (eye.bone_weights * (eye.bone_indices == BONE_INDEX["leftEye"])).sum(1)
        np.testing.assert_allclose(carried, share, atol=1e-3)


def test_what_we_export_comes_back(tmp_path: Path) -> None:
    human = tiny_human()
    write_gltf(human, tmp_path / "tiny.glb")
    back = imported(tmp_path / "tiny.glb")
    # 52 names are in the file; one of them moves anything
    assert back.drive.mouth == "jaw"
    assert back.drive.own == {"jawOpen"}
    assert back.empty == set(ARKIT) - {"jawOpen"}
    assert back.bones.missing == []
    scale = HEAD_M / (back.human.landmarks_m["crown"][1] - back.human.landmarks_m["chin"][1])
    assert scale == pytest.approx(1.0)
    ours, theirs = human.skeleton.joints_m, back.human.skeleton.joints_m
    ratio = np.ptp(theirs[:, 1]) / np.ptp(ours[:, 1])
    np.testing.assert_allclose(theirs - theirs[0], (ours - ours[0]) * ratio, atol=1e-4)


def change(path: Path, out: Path, edit: Callable[[dict[str, Any]], None]) -> Path:
    """The same binary with other JSON."""
    raw = path.read_bytes()
    (length,) = struct.unpack_from("<I", raw, 12)
    found = json.loads(raw[20 : 20 + length])
    edit(found)
    text = json.dumps(found).encode()
    text += b" " * (-len(text) % 4)
    rest = raw[20 + length :]
    head = struct.pack("<4sII", b"glTF", 2, 20 + len(text) + len(rest))
    out.write_bytes(head + struct.pack("<II", len(text), 0x4E4F534A) + text + rest)
    return out


def _no_skin(found: dict[str, Any]) -> None:
    del found["skins"]
    for node in found["nodes"]:
        node.pop("skin", None)


def _no_shapes(found: dict[str, Any]) -> None:
    for mesh in found["meshes"]:
        mesh.pop("extras", None)
        for primitive in mesh["primitives"]:
            primitive.pop("targets", None)


def _nameless_head(found: dict[str, Any]) -> None:
    next(n for n in found["nodes"] if n["name"].endswith("Head"))["name"] = "Kopf"


def _nameless_shapes(found: dict[str, Any]) -> None:
    for mesh in found["meshes"]:
        if "extras" in mesh:
            mesh["extras"]["targetNames"] = [f"k{i}" for i in range(99)]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (_no_skin, "no skin.*armature"),
        (_no_shapes, "no morph targets.*blend shapes"),
        (_nameless_head, r"known as the head.*mixamorig:Hips.*\[body\.bones\] head"),
        (_nameless_shapes, r"no shape that opens the mouth.*k0.*\[body\.shapes\] jawOpen"),
        (lambda found: found.pop("meshes") and found.update(nodes=[{}]), "no meshes|damaged"),
    ],
)
def test_what_cannot_perform_says_why(
    edit: Callable[[dict[str, Any]], None], told: str, glb: Path, tmp_path: Path
) -> None:
    with pytest.raises(ContentError, match=told) as caught:
        imported(change(glb, tmp_path / "poor.glb", edit))
    assert "poor.glb" in str(caught.value)


def test_names_may_be_given(glb: Path, tmp_path: Path) -> None:
    path = change(glb, tmp_path / "odd.glb", _nameless_head)
    assert imported(path, bones={"head": "Kopf"}).human.name == "it"
    with pytest.raises(ContentError, match="Kopff"):
        imported(path, bones={"head": "Kopff"})
    path = change(glb, tmp_path / "odd.glb", _nameless_shapes)
    found = imported(path, shapes={"jawOpen": "k9", "mouthFunnel": "k12"})
    assert found.drive.own >= {"jawOpen", "mouthFunnel"}


def test_left_and_right_turned_round_by_the_root(glb: Path, tmp_path: Path) -> None:
    """A root that turns the whole figure about, as some exporters write it, changes nothing."""

    def turn(found: dict[str, Any]) -> None:
        root = found["scenes"][0]["nodes"][0]
        found["nodes"].append({"name": "root", "rotation": [0, 1, 0, 0], "children": [root]})
        found["scenes"][0]["nodes"][0] = len(found["nodes"]) - 1

    plain = imported(glb).human
    turned = imported(change(glb, tmp_path / "turned.glb", turn)).human
    np.testing.assert_allclose(turned.skeleton.joints_m, plain.skeleton.joints_m, atol=1e-5)
    np.testing.assert_allclose(turned.parts[0].positions_m, plain.parts[0].positions_m, atol=1e-5)


def test_a_model_in_centimetres_is_as_large(glb: Path, tmp_path: Path) -> None:
    def shrink(found: dict[str, Any]) -> None:
        root = found["scenes"][0]["nodes"][0]
        found["nodes"].append({"name": "root", "scale": [100, 100, 100], "children": [root]})
        found["scenes"][0]["nodes"][0] = len(found["nodes"]) - 1

    plain = imported(glb).human
    large = imported(change(glb, tmp_path / "large.glb", shrink)).human
    np.testing.assert_allclose(large.parts[0].positions_m, plain.parts[0].positions_m, atol=1e-4)


def test_parts_that_hang_on_a_bone_without_a_skin_move_with_it(glb: Path, tmp_path: Path) -> None:
    """A hat put on the head's node."""
    file = GlbWriter()
    raw = glb.read_bytes()
    (length,) = struct.unpack_from("<I", raw, 12)
    file.json = json.loads(raw[20 : 20 + length])
    file.bytes = bytearray(raw[28 + length :])
    points = np.array([[0, 0.2, 0], [0.1, 0.2, 0], [0, 0.3, 0]], np.float32)
    mesh = {"name": "hat", "primitives": [{"attributes": {
        "POSITION": file.accessor(points, "VEC3")}}]}  # fmt: skip
    head = next(n for n in file.json["nodes"] if n["name"].endswith("Head"))
    hat = file.add("nodes", {"name": "hat", "mesh": file.add("meshes", mesh)})
    head.setdefault("children", []).append(hat)
    human = imported(file.write(tmp_path / "hat.glb")).human
    part = next(p for p in human.parts if p.name.startswith("hat"))
    assert set(part.bone_indices[part.bone_weights > 0]) == {BONE_INDEX["head"]}
    assert part.positions_m[:, 1].min() > human.landmarks_m["eye_line"][1]


def test_a_jaw_bone_opens_a_mouth_without_shapes(glb: Path, tmp_path: Path) -> None:
    """The neck's bone is called jaw here: what hangs on it turns down and back."""

    def edit(found: dict[str, Any]) -> None:
        _no_shapes(found)
        next(n for n in found["nodes"] if n["name"].endswith("Head"))["name"] = "jaw"
        next(n for n in found["nodes"] if n["name"].endswith("Neck"))["name"] = "head"

    found = imported(change(glb, tmp_path / "jaw.glb", edit))
    assert found.drive.mouth == "jaw"
    face = next(p for p in found.human.parts if p.name.startswith("Face"))
    assert face.morphs_m is not None
    front = face.positions_m[: face.morph_count, 2].argmax()
    assert face.morphs_m[ARKIT.index("jawOpen"), front, 1] < -0.01
    np.testing.assert_allclose(
        face.morphs_m[ARKIT.index("mouthClose")], -face.morphs_m[ARKIT.index("jawOpen")], atol=1e-7
    )


def test_a_head_without_arms_is_taken_as_it_is(glb: Path, tmp_path: Path) -> None:
    def edit(found: dict[str, Any]) -> None:
        for node in found["nodes"]:
            if any(word in node["name"] for word in ("Shoulder", "Arm", "Hand")):
                node["name"] = "limb"

    found = imported(change(glb, tmp_path / "bust.glb", edit))
    assert "leftUpperArm" in found.bones.missing
    joints = dict(zip(BONES, found.human.skeleton.joints_m, strict=True))
    assert joints["leftHand"][1] < joints["leftUpperArm"][1] < joints["neck"][1]
    assert joints["leftHand"][0] > 0.05 > -0.05 > joints["rightHand"][0]


def test_what_is_in_no_scene_is_not_drawn(glb: Path, tmp_path: Path) -> None:
    def edit(found: dict[str, Any]) -> None:
        hidden = next(i for i, n in enumerate(found["nodes"]) if n["name"] == "Hair")
        found["scenes"][0]["nodes"].remove(hidden)

    names = [p.name for p in imported(change(glb, tmp_path / "bald.glb", edit)).human.parts]
    assert not any(name.startswith("Hair") for name in names)
    assert any(name.startswith("Hair") for name in (p.name for p in imported(glb).human.parts))


def test_an_imported_figure_can_be_exported_again(glb: Path, tmp_path: Path) -> None:
    first = imported(glb)
    write_gltf(first.human, tmp_path / "again.glb")
    again = imported(tmp_path / "again.glb")
    assert again.drive.mouth == "arkit"
    ours = {p.name: p.finish for p in first.human.parts}
    for part in again.human.parts:
        name = next(name for name in ours if part.name.startswith(name))
        assert part.finish == ours[name]


VALUE = st.none() | st.integers(-3, 400) | st.floats(-3, 3) | st.text(max_size=3) | st.just([])


@pytest.mark.parametrize("kind", ["vrm0", "vrm1", "arkit"])
@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_damaged_structure_gives_our_error_and_no_other(
    data: st.DataObject, kind: Kind, tmp_path: Path
) -> None:
    """One value anywhere in the file's JSON is another: it is read or refused."""
    whole = tmp_path / "whole.vrm"
    if not whole.exists():
        write_figure(whole, kind)

    def edit(found: dict[str, Any]) -> None:
        at: Any = found
        while True:
            key = data.draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
            inner = at[key]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 5)) == 0:
                at[key] = data.draw(VALUE)
                return
            at = inner

    path = change(whole, tmp_path / "wrong.vrm", edit)
    with contextlib.suppress(ContentError):
        imported(path)


def test_a_drawn_face_with_low_eyes_is_not_too_large(glb: Path, tmp_path: Path) -> None:
    """Eyes a quarter lower, as anime has them: the head's top decides, hair allowed for."""
    plain = imported(glb).human

    def lower(found: dict[str, Any]) -> None:
        for node in found["nodes"]:
            if node["name"].endswith("Eye") and "translation" in node:
                node["translation"][1] -= 0.03

    low = imported(change(glb, tmp_path / "low.glb", lower)).human
    heads = [
        np.ptp(next(p for p in h.parts if p.name.startswith("Face")).positions_m[:, 1])
        for h in (plain, low)
    ]
    assert heads[1] == pytest.approx(heads[0], rel=0.06)
