from dataclasses import replace

import numpy as np
import pytest

from render.human.shell import HairShell
from render.human.wisps import grow_wisps

SIDE = 9
RADIUS_M = 0.1
STEPS = 9


@pytest.fixture
def shell() -> HairShell:
    """Half a cylinder of hair; the other half is bald."""
    u, v = np.meshgrid(np.linspace(0, 1, SIDE), np.linspace(0, 1, SIDE))
    theta = (u * 2 - 1) * np.pi
    points = np.stack([RADIUS_M * np.sin(theta), 0.3 * v, RADIUS_M * np.cos(theta)], -1)
    texture = np.full((64, 64, 4), 255, np.uint8)
    texture[:, 32:, 3] = 0
    none = np.zeros((0, 3), np.int32)
    return HairShell(
        points.reshape(-1, 3).astype(np.float32),
        np.stack([u, v], -1).reshape(-1, 2).astype(np.float32),
        np.zeros((SIDE * SIDE, 4), np.int32),
        np.tile(np.float32([1, 0, 0, 0]), (SIDE * SIDE, 1)),
        none,
        none,
        texture,
    )


def test_hairs_stand_off_the_shell_a_little(shell: HairShell) -> None:
    wisps = grow_wisps(shell)
    radius = np.linalg.norm(wisps.positions_m[:, [0, 2]], axis=1)
    # a cylinder of eight flat sides lies within its radius
    assert radius.max() < RADIUS_M + 0.012
    assert radius.max() > RADIUS_M
    assert radius.min() > RADIUS_M * np.cos(np.pi / (SIDE - 1)) - 0.001


def test_no_hair_is_seen_where_none_grows(shell: HairShell) -> None:
    wisps = grow_wisps(shell)
    assert (wisps.uvs[wisps.cover > 0, 0] <= 0.51).all()
    theta = np.arctan2(wisps.positions_m[:, 0], wisps.positions_m[:, 2])
    assert (wisps.cover[theta > 0.2] == 0).all()
    assert wisps.cover.max() > 0.2


@pytest.mark.parametrize("slope", [-1.0, 0.0, 1.0])
def test_hairs_follow_the_strands_below_them(shell: HairShell, slope: float) -> None:
    texture = np.zeros((512, 512, 4), np.uint8)
    rows, columns = np.indices((512, 512))
    # strands that lean: columns go by `slope` for each row downwards, the first row at the bottom
    texture[..., :3] = ((columns + slope * rows) % 16 < 8)[..., None] * 120 + 40
    texture[..., 3] = 255
    wisps = grow_wisps(replace(shell, texture=texture))
    steps = np.diff(wisps.uvs.reshape(-1, STEPS, 2), axis=1)
    steps = steps[np.abs(steps[..., 0]) < 0.5]
    leant = np.arctan2(steps[:, 0], -steps[:, 1])
    assert np.median(leant) == pytest.approx(np.arctan(slope), abs=0.15)


def test_the_same_every_time(shell: HairShell) -> None:
    assert (grow_wisps(shell).positions_m == grow_wisps(shell).positions_m).all()
