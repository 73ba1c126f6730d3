"""Directions of strands, and pictures combed along them."""

import numpy as np
import pytest

from render.human.strand_flow import comb, strand_flow

SIZE = 512


def leaning(slope: float) -> np.ndarray:
    """Strands whose columns go by `slope` for each row downwards; the first row at the bottom."""
    texture = np.full((SIZE, SIZE, 4), 255, np.uint8)
    rows, columns = np.indices((SIZE, SIZE))
    texture[..., :3] = ((columns + slope * rows) % 16 < 8)[..., None] * 120 + 40
    return texture


@pytest.mark.parametrize("slope", [-1.0, 0.0, 1.0])
def test_directions_are_those_of_the_strands(slope: float) -> None:
    assert np.median(strand_flow(leaning(slope))[0]) == pytest.approx(np.arctan(slope), abs=0.15)


@pytest.mark.parametrize("slope", [-1.0, 0.0, 1.0])
def test_combing_keeps_strands_and_takes_what_lies_across(slope: float) -> None:
    texture = leaning(slope)
    strands = texture[..., 0].astype(np.float32)
    across = 30 * np.sin(np.arange(SIZE) / 6)[:, None].astype(np.float32)
    combed = comb(strands + across, strand_flow(texture)[0], 40.0)
    inner = (slice(60, -60), slice(60, -60))
    assert combed[inner].std() > 0.6 * strands[inner].std()
    assert (combed - comb(strands, strand_flow(texture)[0], 40.0))[inner].std() < 0.3 * across.std()


def test_combing_closes_round_the_head() -> None:
    noise = np.random.default_rng(1).standard_normal((SIZE, SIZE)).astype(np.float32)
    combed = comb(noise, np.full((512, 512), 0.6, np.float32), 30.0)
    seam = np.abs(combed[:, 0] - combed[:, -1]).mean()
    assert seam < 1.5 * np.abs(np.diff(combed, axis=1)).mean()


def test_channels_are_combed_alike() -> None:
    noise = np.random.default_rng(1).random((64, 64)).astype(np.float32)
    angles = np.zeros((512, 512), np.float32)
    both = comb(np.dstack([noise, 2 * noise]), angles, 8.0)
    np.testing.assert_allclose(both[..., 0], comb(noise, angles, 8.0), atol=1e-5)
    np.testing.assert_allclose(both[..., 1], 2 * both[..., 0], atol=1e-5)


def test_strands_agree_where_they_are_straight_and_not_where_they_curl() -> None:
    rows, columns = np.indices((SIZE, SIZE))
    curls = leaning(0.0)
    away = np.hypot(rows % 16 - 8, columns % 16 - 8)
    curls[..., :3] = (away % 6 < 3)[..., None] * 120 + 40
    assert np.median(strand_flow(leaning(0.4))[1]) > 0.9
    assert np.median(strand_flow(curls)[1]) < 0.5
