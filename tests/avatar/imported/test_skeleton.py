"""Foreign joints gathered on our bones."""

import numpy as np
import pytest

from avatar.imported.bones import BoneMap, map_bones
from avatar.imported.scene import Look, Node, RawSurface, Scene
from avatar.imported.skeleton import PARENTS, bone_weights, hang_hair, place_joints
from core.motion import BONE_INDEX, BONES, Skeleton


def node(name: str, parent: int, *place: float) -> Node:
    world = np.eye(4)
    world[:3, 3] = place
    return Node(name, parent, world)


RIG = [
    node("Hips", -1, 0, 1, 0), node("Spine", 0, 0, 1.1, 0), node("Spine1", 1, 0, 1.2, 0),
    node("Spine2", 2, 0, 1.3, 0), node("Spine3", 3, 0, 1.35, 0), node("Neck", 4, 0, 1.45, 0),
    node("Head", 5, 0, 1.5, 0), node("J_Sec_Hair1", 6, 0, 1.6, -0.1),
    node("J_Sec_Hair2", 7, 0, 1.3, -0.1), node("Tail", 0, 0, 0.9, -0.1),
]  # fmt: skip
SCENE = Scene(RIG, [], {}, {})


def strand(joints: list[int], heights: list[float]) -> RawSurface:
    points = np.array([[0.0, y, -0.1] for y in heights])
    look = Look("", None, (1, 1, 1, 1), "opaque", 0.5, False)
    return RawSurface(
        "hair", 0, points, None, np.zeros((len(points), 2)), np.zeros((0, 3), int),
        np.array(joints)[:, None], np.ones((len(points), 1)), {}, look,
    )  # fmt: skip


@pytest.fixture
def bones() -> BoneMap:
    return map_bones(SCENE, {})


def joints_of(bones: BoneMap) -> np.ndarray:
    known = {b: RIG[i].world[:3, 3] for b, i in bones.nodes.items() if b in BONE_INDEX}
    eyes = {"leftEye": np.array([0.03, 1.6, 0.08]), "rightEye": np.array([-0.03, 1.6, 0.08])}
    return place_joints(known, 0.23, eyes)


def test_the_spine_is_told_by_the_tree(bones: BoneMap) -> None:
    found = {b: RIG[i].name for b, i in bones.nodes.items()}
    assert found == {
        "hips": "Hips", "spine": "Spine", "chest": "Spine2", "upperChest": "Spine3",
        "neck": "Neck", "head": "Head",
    }  # fmt: skip


def test_a_joint_counts_for_what_it_hangs_on(bones: BoneMap) -> None:
    weights = bone_weights(SCENE, bones, strand([8, 7, 9, 2, 6], [1.4] * 5), 1.0)
    named = [BONES[i] for i in weights.argmax(1)]
    assert named == ["head", "head", "hips", "spine", "head"]
    np.testing.assert_allclose(weights.sum(1), 1.0)


def test_long_hair_lies_on_the_chest(bones: BoneMap) -> None:
    """Strands of bones of their own; what the head's own bone carries stays the head's."""
    hair = strand([7, 8, 8, 8, 6], [1.6, 1.44, 1.33, 1.1, 1.1])
    weights = bone_weights(SCENE, bones, hair, 1.0)
    hang_hair(SCENE, bones, hair, weights, joints_of(bones), 0.23)
    on_chest = weights[:, BONE_INDEX["upperChest"]]
    assert on_chest[0] == 0.0
    assert (np.diff(on_chest[:4]) > 0).all()
    assert on_chest[3] == pytest.approx(1.0)
    assert on_chest[4] == 0.0
    np.testing.assert_allclose(weights.sum(1), 1.0)


def test_missing_joints_have_likely_places(bones: BoneMap) -> None:
    joints = joints_of(bones)
    assert np.isfinite(joints).all()
    Skeleton(PARENTS, joints.astype(np.float32))
    at = dict(zip(BONES, joints, strict=True))
    for side, sign in (("left", 1), ("right", -1)):
        assert at[f"{side}UpperArm"][1] > at[f"{side}LowerArm"][1] > at[f"{side}Hand"][1]
        # thumbs and index fingers of hanging arms are in front
        across = at[f"{side}IndexProximal"] - at[f"{side}LittleProximal"]
        assert across[2] > 0.03
        assert sign * at[f"{side}Hand"][0] > 0.1
