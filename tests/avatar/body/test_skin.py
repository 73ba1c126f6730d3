"""What paint and light ask of the skin."""

import numpy as np

from avatar.body.skin import find_lip_line
from tests.avatar.body.bust import Bust


def test_the_lips_meet_in_one_line_from_corner_to_corner(bust: Bust) -> None:
    across, height = find_lip_line(bust.skin.surface, bust.anatomy)
    assert (np.diff(across) > 0).all()
    assert across[0] < -0.15
    assert across[-1] > 0.15
    assert np.abs(height - bust.anatomy.mouth[1]).max() < 0.08
    assert np.abs(np.diff(height)).max() < 0.02, "the line jumps"
    mirrored = np.interp(-across, across, height)
    assert np.abs(mirrored - height).max() < 0.02, "one corner hangs lower than the other"
