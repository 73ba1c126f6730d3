"""The built human: whole, bound to its bones, with a face that moves as ARKit says."""

import numpy as np
import pytest

from avatar.body.light import KEY_LIGHT
from core.blendshapes import COUNT, INDEX
from core.human import HumanModel, Part
from core.motion import BONE_INDEX, BONES

BUDGETS = {
    "skin": 7200, "mouth": 2900, "eye_left": 600, "eye_right": 600, "hands": 3200,
    "jacket": 4400, "lapels": 900, "top": 800,
}  # fmt: skip


def shaped(part: Part, **weights: float) -> np.ndarray:
    out = part.positions_m.copy()
    assert part.morphs_m is not None
    for name, weight in weights.items():
        out[: part.morph_count] += weight * part.morphs_m[INDEX[name]]
    return out


def lip_points(human: HumanModel) -> tuple[np.ndarray, np.ndarray]:
    """Indices of upper and lower lip in the middle of the mouth."""
    skin = human.part("skin")
    assert skin.morphs_m is not None
    near = skin.positions_m[: skin.morph_count] - human.landmarks_m["mouth"]
    middle = (np.abs(near[:, 0]) < 0.012) & (np.abs(near[:, 1]) < 0.010) & (near[:, 2] > -0.013)
    drop = skin.morphs_m[INDEX["jawOpen"], :, 1]
    return np.flatnonzero(middle & (drop > -0.012)), np.flatnonzero(middle & (drop < -0.02))


def test_parts_are_those_that_are_drawn(human: HumanModel) -> None:
    assert [part.name for part in human.parts] == [
        "skin", "mouth", "eye_left", "eye_right", "lashes", "hands", "jacket", "lapels", "top",
        "hair",
    ]  # fmt: skip
    for name, most in BUDGETS.items():
        assert 0 < len(human.part(name).triangles) <= most, name


def test_every_number_is_in_range(human: HumanModel) -> None:
    for part in human.parts:
        assert np.isfinite(part.positions_m).all(), part.name
        assert np.abs(np.linalg.norm(part.normals, axis=1) - 1).max() < 1e-3, part.name
        assert part.uvs.min() >= 0, part.name
        assert part.uvs.max() <= 1, part.name
        for light in (part.occlusion, part.key_visibility):
            assert light.min() >= 0, part.name
            assert light.max() <= 1, part.name
        assert part.positions_m[:, 1].min() > 0.0, f"{part.name} is below the floor"
        used = np.unique(part.triangles)
        assert len(used) == len(part.positions_m), f"{part.name} has unused vertices"


def test_weights_sum_to_one_on_known_bones(human: HumanModel) -> None:
    for part in human.parts:
        np.testing.assert_allclose(part.bone_weights.sum(1), 1.0, atol=1e-5)
        assert part.bone_weights.min() >= 0
        assert part.bone_indices.min() >= 0
        assert part.bone_indices.max() < len(BONES)


def test_hands_follow_their_own_arm(human: HumanModel) -> None:
    hands = human.part("hands")
    strongest = np.take_along_axis(
        hands.bone_indices, hands.bone_weights.argmax(1)[:, None], 1
    ).ravel()
    names = np.array(BONES)[strongest]
    left = np.array([name.startswith("left") for name in names])
    assert (hands.positions_m[left, 0] > 0).all()
    assert (hands.positions_m[~left, 0] < 0).all()
    assert {"leftHand", "rightHand", "leftIndexDistal", "rightLittleDistal"} <= set(names)


def test_skeleton_hangs_together(human: HumanModel) -> None:
    joints, parents = human.skeleton.joints_m, human.skeleton.parents
    assert parents[0] == -1
    assert (parents[1:] >= 0).all()
    assert BONES[parents[BONE_INDEX["leftHand"]]] == "leftLowerArmTwist"
    assert BONES[parents[BONE_INDEX["rightThumbMetacarpal"]]] == "rightHand"
    for name in ("Hand", "LowerArm", "UpperArm", "Eye", "IndexDistal"):
        left, right = (joints[BONE_INDEX[side + name]] for side in ("left", "right"))
        np.testing.assert_allclose(left * [-1, 1, 1], right, atol=2e-3)
    heights = [joints[BONE_INDEX[name], 1] for name in ("hips", "chest", "neck", "head")]
    assert heights == sorted(heights)


def test_eyes_turn_with_their_bones(human: HumanModel) -> None:
    for eye, name in zip(human.eyes, ("eye_left", "eye_right"), strict=True):
        part = human.part(name)
        assert (part.bone_indices[:, 0] == BONE_INDEX[eye.bone]).all()
        np.testing.assert_allclose(part.bone_weights[:, 0], 1.0)
        joint = human.skeleton.joints_m[BONE_INDEX[eye.bone]]
        assert np.linalg.norm(joint - eye.centre_m) < 0.003
        reach = np.linalg.norm(part.positions_m - np.array(eye.centre_m, np.float32), axis=1)
        assert reach.max() > eye.radius_m * 1.05, "no cornea"
        assert reach.min() > eye.radius_m * 0.99
    left, right = human.eyes
    np.testing.assert_allclose(np.array(left.centre_m) * [-1, 1, 1], right.centre_m, atol=1e-4)
    assert left.centre_m[0] > 0


def test_every_shape_moves_the_skin(human: HumanModel) -> None:
    skin = human.part("skin")
    assert skin.morphs_m is not None
    assert skin.morphs_m.shape == (COUNT, skin.morph_count, 3)
    largest = np.abs(skin.morphs_m).max((1, 2))
    still = [name for name, i in INDEX.items() if largest[i] < 5e-4]
    assert still == ["tongueOut"]
    mouth = human.part("mouth")
    assert mouth.morphs_m is not None
    assert np.abs(mouth.morphs_m[INDEX["tongueOut"]]).max() > 0.01


def test_open_jaw_takes_the_lower_lip_alone(human: HumanModel) -> None:
    skin = human.part("skin")
    upper, lower = lip_points(human)
    assert len(upper) > 3
    assert len(lower) > 3
    moved = (shaped(skin, jawOpen=1.0) - skin.positions_m)[:, 1]
    assert moved[lower].max() < -0.02
    assert np.abs(moved[upper]).max() < 0.012


def test_lips_seal_at_rest(human: HumanModel) -> None:
    skin = human.part("skin")
    upper, lower = lip_points(human)
    gap = skin.positions_m[upper, 1].min() - skin.positions_m[lower, 1].max()
    assert gap < 2e-4


def test_no_tooth_stands_before_the_closed_lips(human: HumanModel) -> None:
    upper, _ = lip_points(human)
    skin, mouth = human.part("skin"), human.part("mouth")
    assert mouth.positions_m[:, 2].max() < skin.positions_m[upper, 2].max() - 0.005


@pytest.mark.parametrize("side", ["Left", "Right"])
def test_blink_brings_the_lids_together(human: HumanModel, side: str) -> None:
    skin = human.part("skin")
    assert skin.morphs_m is not None
    eye = human.eyes[0 if side == "Left" else 1]
    centre = np.array(eye.centre_m)
    closed = shaped(skin, **{f"eyeBlink{side}": 1.0})[: skin.morph_count]
    open_ = skin.positions_m[: skin.morph_count]
    moved = closed - open_
    near = (np.abs(open_ - centre)[:, 0] < 0.006) & (np.abs(open_ - centre)[:, 1] < 0.014)
    near &= open_[:, 2] > centre[2] + eye.radius_m * 0.6
    upper = near & (moved[:, 1] < -0.003)
    lower = near & (open_[:, 1] < centre[1]) & ~upper
    assert upper.any()
    assert lower.any()
    open_gap = open_[upper, 1].min() - open_[lower, 1].max()
    closed_gap = closed[upper, 1].min() - closed[lower, 1].max()
    assert open_gap > 0.004
    assert closed_gap < 0.0012
    other = human.eyes[1 if side == "Left" else 0]
    assert np.abs(moved[np.sign(open_[:, 0]) == np.sign(other.centre_m[0])]).max() < 0.002


def test_light_falls_where_it_should(human: HumanModel) -> None:
    assert human.key_light == KEY_LIGHT
    skin = human.part("skin")
    on_cheek = np.abs(skin.positions_m - np.array(human.landmarks_m["mouth"])).max(1) < 0.04
    on_cheek &= skin.normals[:, 2] > 0.6
    assert np.median(skin.occlusion[on_cheek]) > 0.6
    assert np.median(skin.key_visibility[on_cheek & (skin.positions_m[:, 0] < 0)]) > 0.7
    under_chin = np.abs(skin.positions_m - np.array(human.landmarks_m["chin"])).max(1) < 0.05
    under_chin &= skin.normals @ np.array(KEY_LIGHT, np.float32) < -0.3
    assert under_chin.any()
    assert np.median(skin.key_visibility[under_chin]) < 0.4


def test_hair_knows_its_strands(human: HumanModel) -> None:
    hair = human.part("hair")
    assert hair.tangents is not None
    assert hair.extra is not None
    np.testing.assert_allclose(np.linalg.norm(hair.tangents, axis=1), 1.0, atol=1e-3)
    root, tip = hair.uvs[:, 1] < 0.02, hair.uvs[:, 1] > 0.98
    assert np.median(hair.positions_m[root, 1]) > np.median(hair.positions_m[tip, 1]) + 0.1
    assert hair.positions_m[:, 1].max() < human.landmarks_m["crown"][1] + 0.03


def test_landmarks_are_in_order(human: HumanModel) -> None:
    heights = [
        human.landmarks_m[name][1] for name in ("neck", "chin", "mouth", "eye_line", "crown")
    ]
    assert heights == sorted(heights)
    assert 1.2 < heights[-1] < 2.0
