import numpy as np
from scipy.spatial.transform import Rotation

from core.motion import BONE_INDEX, BONES, rest_rotations
from render.human.palette import BonePalette, rotation_matrices
from tests.fakes.human import tiny_human


def test_rest_moves_nothing() -> None:
    matrices = BonePalette(tiny_human().skeleton).matrices(rest_rotations())
    assert np.allclose(matrices, np.eye(4)[:3], atol=1e-6)


def test_matches_scipy_for_any_quaternion() -> None:
    quaternions = np.random.default_rng(1).normal(size=(50, 4)).astype(np.float32)
    wanted = Rotation.from_quat(quaternions).as_matrix()
    assert np.allclose(rotation_matrices(quaternions), wanted, atol=1e-5)


def test_a_bone_turns_about_its_joint_and_carries_its_children() -> None:
    human = tiny_human()
    rotations = rest_rotations()
    rotations[BONE_INDEX["rightLowerArm"]] = Rotation.from_euler("z", 90, degrees=True).as_quat()
    matrices = BonePalette(human.skeleton).matrices(rotations)
    joints = human.skeleton.joints_m
    elbow, hand = joints[BONE_INDEX["rightLowerArm"]], joints[BONE_INDEX["rightHand"]]

    def moved(bone: str, point: np.ndarray) -> np.ndarray:
        matrix = matrices[BONE_INDEX[bone]]
        out: np.ndarray = matrix[:, :3] @ point + matrix[:, 3]
        return out

    assert np.allclose(moved("rightLowerArm", elbow), elbow, atol=1e-6)
    assert np.allclose(moved("rightUpperArm", elbow), elbow, atol=1e-6)
    wanted = elbow + Rotation.from_euler("z", 90, degrees=True).apply(hand - elbow)
    assert np.allclose(moved("rightHand", hand), wanted, atol=1e-5)
    assert np.allclose(matrices[BONE_INDEX["leftHand"]], np.eye(4)[:3], atol=1e-6)


def test_turns_add_up_along_the_spine() -> None:
    rotations = rest_rotations()
    for bone in ("spine", "neck", "head"):
        rotations[BONE_INDEX[bone]] = Rotation.from_euler("y", 10, degrees=True).as_quat()
    matrices = BonePalette(tiny_human().skeleton).matrices(rotations)
    yaw = Rotation.from_matrix(matrices[BONE_INDEX["leftEye"], :, :3]).as_euler("yxz", degrees=True)
    assert np.allclose(yaw, (30, 0, 0), atol=1e-3)
    assert len(matrices) == len(BONES)
