"""What paint, light and viewers ask of the lips."""

import numpy as np
import trimesh
from trimesh.ray.ray_pyembree import RayMeshIntersector

from avatar.body.lips import find_lip_line
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


def test_no_deep_groove_is_between_closed_lips(bust: Bust) -> None:
    """Two millimetres of groove are a soft line, three a black one that flickers."""
    surface = bust.skin.surface
    rays = RayMeshIntersector(trimesh.Trimesh(surface.points, surface.triangles, process=False))
    heights = bust.anatomy.mouth[1] + np.arange(-0.1, 0.1, 0.0025)
    middle = np.flatnonzero(np.abs(heights - bust.anatomy.mouth[1]) < 0.04)
    for x in np.arange(-0.15, 0.16, 0.05):
        origins = np.stack([np.full_like(heights, x), heights, np.full_like(heights, 5.0)], 1)
        towards = np.tile([0.0, 0.0, -1.0], (len(heights), 1))
        hits, ray, _ = rays.intersects_location(origins, towards, multiple_hits=False)
        front = np.full(len(heights), -np.inf)
        front[ray] = hits[:, 2]
        meeting = middle[np.argmin(front[middle])]
        lips = min(front[:meeting].max(), front[meeting + 1 :].max())
        assert lips - front[meeting] < 0.021, f"groove at {x:.2f} dm from the middle"
