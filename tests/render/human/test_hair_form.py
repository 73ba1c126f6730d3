"""A shell's radius on a made head: a ball of hair with a parting, over a smaller ball of scalp."""

import numpy as np
import pytest

from render.human.hair_cards import DOME_M, TEXTURE_PX, ShellAxis
from render.human.hair_form import smooth_radius

AXIS = ShellAxis(0.0, 1.6, -0.2, DOME_M * np.pi / 2)
HAIR_M, SCALP_M = 0.13, 0.10
FRONT, BEHIND_EARS = slice(700, 1348), slice(0, 500)
NO_ROOTS = (np.zeros((0, 2), np.float32), np.zeros(0, np.float32))


def ball() -> np.ndarray:
    return np.full((TEXTURE_PX, TEXTURE_PX), HAIR_M, np.float32)


def roots_above(along_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Roots all round the head, from a height on the shell upwards."""
    low = (along_m - AXIS.low) / (AXIS.high - AXIS.low)
    u, v = np.meshgrid(np.linspace(0, 1, 120), np.linspace(low, 1, 60))
    uv = np.stack([u.ravel(), v.ravel()], 1).astype(np.float32)
    return uv, np.full(len(uv), SCALP_M, np.float32)


def test_what_is_round_stays_round() -> None:
    radius = smooth_radius(ball(), NO_ROOTS, AXIS)
    np.testing.assert_allclose(radius, HAIR_M + 0.002, atol=0.0005)


def test_a_parting_is_no_groove_in_the_outline() -> None:
    found = ball()
    wide_m = 0.02
    phi = np.clip(AXIS.along_m(), 0, None) / DOME_M
    across = (
        HAIR_M
        * np.cos(phi)[:, None]
        * np.sin(((np.arange(TEXTURE_PX) + 0.5) / TEXTURE_PX * 2 - 1) * np.pi)
    )
    found -= 0.012 * np.exp(-((across / wide_m * 2) ** 2)) * (phi > 0.2)[:, None]
    groove = HAIR_M + 0.002 - smooth_radius(found, NO_ROOTS, AXIS)[AXIS.along_m() > 0.05]
    assert groove.max() < 0.005


def test_no_lock_stands_up_at_the_pole() -> None:
    found = ball()
    found[-60:] += 0.02
    assert smooth_radius(found, NO_ROOTS, AXIS)[-1].max() < HAIR_M + 0.009


@pytest.mark.parametrize(("roots_from_m", "rises"), [(0.0, True), (0.12, False)])
def test_hair_rises_from_its_hairline_where_it_is_rooted(roots_from_m: float, rises: bool) -> None:
    """Hair that only hangs over the border, as beside a cheek, keeps its distance."""
    found = ball()
    found[AXIS.along_m() < 0.0] = 0
    radius = smooth_radius(found, roots_above(roots_from_m), AXIS)
    border, inside = (int(np.argmax(AXIS.along_m() > height)) for height in (0.003, 0.06))
    if rises:
        assert radius[border, FRONT].max() < SCALP_M + 0.010
        assert np.diff(radius[border:inside, FRONT], axis=0).max() < 0.0007, "it steps up"
        assert radius[border, BEHIND_EARS].min() > HAIR_M - 0.003
    else:
        assert radius[border].min() > HAIR_M - 0.003
    assert radius[inside].min() > HAIR_M - 0.002
