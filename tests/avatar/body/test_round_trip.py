"""A built presenter exported and imported again: the same body, and lips that close."""

import numpy as np
import pytest
from scipy.spatial import cKDTree

from avatar.gltf import write_gltf
from avatar.imported.figure import Imported, import_human
from avatar.motion.performer import Performer
from avatar.presenter import BodySettings
from core.blendshapes import INDEX
from core.human import HumanModel, Part
from core.motion import BONES, Pose
from tests.avatar.body.test_build import lip_points
from tests.fakes.utterances import utter

FPS = 25
LABIAL = ("p", "b", "m")
SAID = [(symbol, 0.12) for symbol in ("m", "ɑ", "p", "u", "b", "i", "m", "ai", "t", "ɔː", "b", "ɑ")]


@pytest.fixture(scope="module")
def back(human: HumanModel, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    path = tmp_path_factory.mktemp("export") / "lin.glb"
    write_gltf(human, path)
    return import_human(
        "back", BodySettings(model=path), lambda what, share: None, lit=False
    )  # fmt: skip


def scale_of(human: HumanModel, back: Imported) -> float:
    ours, theirs = human.skeleton.joints_m, back.human.skeleton.joints_m
    return float(np.ptp(theirs[:, 1]) / np.ptp(ours[:, 1]))


def face_of(back: Imported) -> Part:
    return next(p for p in back.human.parts if p.name.startswith("skin") and p.morph_count)


def test_head_bones_and_shapes_come_back(human: HumanModel, back: Imported) -> None:
    assert back.drive.mouth == "arkit"
    assert len(back.drive.own) == 52
    assert back.bones.missing == []
    assert back.eyes_turn
    # its head is measured anew, on its surface alone
    assert scale_of(human, back) == pytest.approx(1.0, abs=0.04)
    scale = scale_of(human, back)
    for bone, ours, theirs in zip(
        BONES, human.skeleton.joints_m, back.human.skeleton.joints_m, strict=True
    ):
        np.testing.assert_allclose(theirs, ours * scale, atol=1e-4, err_msg=bone)


def test_shapes_move_the_same_vertices_as_far(human: HumanModel, back: Imported) -> None:
    skin, face, scale = human.part("skin"), face_of(back), scale_of(human, back)
    assert skin.morphs_m is not None
    assert face.morphs_m is not None
    away, at = cKDTree(skin.positions_m * scale).query(face.positions_m[: face.morph_count])
    assert away.max() < 1e-4
    for name in ("jawOpen", "mouthClose", "mouthFunnel", "eyeBlinkLeft", "mouthSmileRight"):
        ours = np.zeros_like(skin.positions_m)
        ours[: skin.morph_count] = skin.morphs_m[INDEX[name]] * scale
        wrong = np.linalg.norm(face.morphs_m[INDEX[name]] - ours[at], axis=1)
        # where two vertices lie on each other (lips, lids) the nearest may be the other one
        assert np.percentile(wrong, 90) < 1e-4, name


def test_its_lips_close_as_the_built_ones_do(human: HumanModel, back: Imported) -> None:
    scale = scale_of(human, back)
    skin, face = human.part("skin"), face_of(back)
    upper, lower = lip_points(human)
    ours = _gaps(human, skin, upper, lower)
    tree = cKDTree(face.positions_m[: face.morph_count])
    there = [tree.query(skin.positions_m[rows] * scale)[1] for rows in (upper, lower)]
    theirs = _gaps(back.human, face, there[0], there[1])
    labial, open_ = ours["shut"], ours["open"]
    assert theirs["shut"] < labial + 0.4
    assert theirs["open"] == pytest.approx(open_, rel=0.1)
    assert theirs["open"] > theirs["shut"] + 4.0


def _gaps(human: HumanModel, part: Part, upper: np.ndarray, lower: np.ndarray) -> dict[str, float]:
    """Widest gap in millimetres at b, p, m, and in all of the utterance."""
    utterance = utter(SAID)
    performer = Performer(human.skeleton, fps=FPS, seed=4)
    performer.begin(utterance, (), 10)
    gaps = [
        _gap_mm(part, performer.pose(n), upper, lower)
        for n in range(round(10 + utterance.duration_s * FPS))
    ]
    middles = [
        round(10 + (p.start_s + p.end_s) / 2 * FPS) for p in utterance.phones if p.symbol in LABIAL
    ]
    return {"shut": max(gaps[m] for m in middles), "open": max(gaps)}


def _gap_mm(part: Part, pose: Pose, upper: np.ndarray, lower: np.ndarray) -> float:
    at = part.positions_m.copy()
    assert part.morphs_m is not None
    at[: part.morph_count] += np.tensordot(np.asarray(pose.weights), part.morphs_m, 1)
    return float((at[upper, 1].min() - at[lower, 1].max()) * 1e3)
