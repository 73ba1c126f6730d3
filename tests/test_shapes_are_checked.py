import numpy as np
import pytest
from jaxtyping import TypeCheckError

from avatar.motion.rotations import products


def test_a_wrong_shape_fails_while_tests_run() -> None:
    turns = np.tile([0.0, 0.0, 0.0, 1.0], (5, 1))
    assert products(turns, turns).shape == (5, 4)
    with pytest.raises(TypeCheckError):
        products(turns[:, :3], turns)
