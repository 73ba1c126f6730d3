import numpy as np
import pytest

from core.arrays import sealed
from core.blendshapes import ARKIT, COUNT
from core.motion import BONES, Pose, Skeleton, rest_rotations


def test_there_are_52_shapes_in_arkits_order() -> None:
    assert COUNT == len(set(ARKIT)) == 52
    assert (ARKIT[0], ARKIT[17], ARKIT[-1]) == ("eyeBlinkLeft", "jawOpen", "tongueOut")


def test_parents_come_first() -> None:
    parents = np.arange(-1, len(BONES) - 1)
    Skeleton(parents, np.zeros((len(BONES), 3)))
    parents[3] = 5
    with pytest.raises(ValueError, match="parent must come before"):
        Skeleton(parents, np.zeros((len(BONES), 3)))


@pytest.mark.parametrize("weights", [np.zeros(51), np.zeros((52, 1))])
def test_a_pose_of_another_shape_is_refused(weights: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"weights|dimensions"):
        Pose(weights, rest_rotations())


def test_arrays_inside_values_cannot_be_changed() -> None:
    mine = np.zeros(52, np.float32)
    pose = Pose(mine, rest_rotations())
    with pytest.raises(ValueError, match="read-only"):
        pose.weights[0] = 1.0
    mine[0] = 1.0  # still ours


def test_a_wrong_dtype_is_converted_and_a_wrong_rank_refused() -> None:
    assert sealed(np.zeros(3, np.float64), np.float32, 1, "x").dtype == np.float32
    with pytest.raises(ValueError, match="x must have 2 dimensions"):
        sealed(np.zeros(3), np.float32, 2, "x")
