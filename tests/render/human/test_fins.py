import numpy as np
import pytest

from render.human.fins import HEIGHT_M, Fins, draw_hairs, stand_fins
from render.human.shell import HairShell

SIDE = 57
RADIUS_M = 0.1


@pytest.fixture
def shell() -> HairShell:
    """A cylinder of hair."""
    u, v = np.meshgrid(np.linspace(0, 1, SIDE), np.linspace(0, 1, SIDE))
    theta = (u * 2 - 1) * np.pi
    points = np.stack([RADIUS_M * np.sin(theta), 0.3 * v, RADIUS_M * np.cos(theta)], -1)
    none = np.zeros((0, 3), np.int32)
    return HairShell(
        points.reshape(-1, 3).astype(np.float32),
        np.stack([u, v], -1).reshape(-1, 2).astype(np.float32),
        np.zeros((SIDE * SIDE, 4), np.int32),
        np.tile(np.float32([1, 0, 0, 0]), (SIDE * SIDE, 1)),
        none,
        none,
        np.full((64, 64, 4), 255, np.uint8),
    )


@pytest.fixture
def fins(shell: HairShell) -> Fins:
    return stand_fins(shell)


def test_strips_stand_upright_on_the_shell(fins: Fins) -> None:
    below_pole = fins.uvs[:, 1] < 0.99
    out = fins.positions_m[below_pole] * [1, 0, 1] / RADIUS_M
    np.testing.assert_allclose(fins.outward[below_pole], out, atol=0.01)
    assert abs((fins.outward * fins.across).sum(1)[below_pole]).max() < 0.01


def test_every_strip_has_a_foot_and_an_edge(fins: Fins) -> None:
    rise = fins.rise[fins.triangles]
    assert set(fins.rise.tolist()) == {0.0, 1.0}
    assert (np.ptp(rise, axis=1) == 1.0).all()
    span = np.ptp(fins.uvs[fins.triangles][..., 0], axis=1)
    assert span.max() == 0.0, "a strip runs from one column to another"


def test_strips_are_beside_the_head_however_it_turns(fins: Fins) -> None:
    """Neither before the face nor in the nape, which have no outline within 35 degrees of turn."""
    turn = np.degrees(np.arctan2(fins.positions_m[:, 0], fins.positions_m[:, 2]))
    assert np.abs(turn).min() > 20
    for outline in (90 - 35, 90, 90 + 35):
        assert np.abs(turn - outline).min() < 7
        assert np.abs(turn + outline).min() < 7


def test_hairs_are_dense_on_the_shell_and_few_far_off() -> None:
    cover = draw_hairs() / 255
    by_height = cover.mean(axis=1)
    assert by_height[0] > 0.9
    assert 0.0 < by_height[len(by_height) // 2] < 0.25
    assert by_height[-1] == 0
    assert HEIGHT_M < 0.012


def test_the_picture_of_hairs_closes() -> None:
    cover = draw_hairs().astype(float)
    seam = np.abs(cover[:, 0] - cover[:, -1]).mean()
    inside = np.abs(np.diff(cover, axis=1)).mean(axis=0)
    assert seam <= inside.max()
