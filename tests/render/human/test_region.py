from dataclasses import replace

import numpy as np

from core.motion import BONE_INDEX
from render.human.region import Region, split_regions
from tests.fakes.human import tiny_human


def test_each_part_of_the_tiny_human_has_its_region() -> None:
    human = tiny_human()
    found = {part.name: set(split_regions(part)) for part in human.parts}
    assert found["face"] == found["hair"] == found["lash"] == {Region.HEAD}
    assert found["trunk"] == {Region.TRUNK}
    assert found["leftSleeve"] == found["rightPalm"] == {Region.ARMS}


def test_trunk_and_arms_overlap_where_weights_blend() -> None:
    trunk = tiny_human().part("trunk")
    share = np.clip(0.5 + trunk.positions_m[:, 0] * 8, 0, 1)
    bones, weights = trunk.bone_indices.copy(), trunk.bone_weights.copy()
    bones[:, 1] = BONE_INDEX["leftUpperArm"]
    weights[:, 0], weights[:, 1] = 1 - share, share
    regions = split_regions(replace(trunk, bone_indices=bones, bone_weights=weights))
    both = {tuple(t) for t in regions[Region.TRUNK]} & {tuple(t) for t in regions[Region.ARMS]}
    all_ = {tuple(t) for t in regions[Region.TRUNK]} | {tuple(t) for t in regions[Region.ARMS]}
    assert both
    assert all_ == {tuple(t) for t in trunk.triangles}
