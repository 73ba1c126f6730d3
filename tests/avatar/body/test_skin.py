"""What paint and light ask of the skin."""

import numpy as np
import pytest

from avatar.body.skin import CYLINDER_TOP
from core.blendshapes import INDEX
from tests.avatar.body.bust import Bust


@pytest.mark.parametrize("side", ["Left", "Right"])
def test_paint_on_a_lid_is_not_drawn_out_as_it_shuts(bust: Bust, side: str) -> None:
    surface = bust.skin.surface
    assert surface.morphs is not None
    down = -surface.morphs[INDEX[f"eyeBlink{side}"], :, 1]
    centre = bust.anatomy.eye_centres[0 if side == "Left" else 1]
    lid = (np.abs(surface.points[:, 0] - centre[0]) < 0.06) & (down > 0.1 * down.max())
    lid &= surface.points[:, 2] > centre[2] + 0.9 * bust.anatomy.eye_radius
    lid &= surface.uvs[:, 1] < CYLINDER_TOP
    shut = surface.points[:, 1] - down
    face = (surface.normals[:, 2] > 0.5) & (surface.uvs[:, 1] < CYLINDER_TOP)
    heights, rows = surface.points[face & (down < 1e-6)][:, 1], surface.uvs[face & (down < 1e-6), 1]
    elsewhere = np.polyfit(heights, rows, 1)[0]
    assert np.ptp(surface.uvs[lid, 1]) > 0.65 * elsewhere * np.ptp(shut[lid])
