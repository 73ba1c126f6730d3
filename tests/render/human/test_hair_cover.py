"""The cover of a shell drawn as cards leave it: with steps, gaps and crumbs."""

import numpy as np
import pytest

from render.human.hair_cards import TEXTURE_PX, ShellAxis
from render.human.hair_cover import cover_shell

AXIS = ShellAxis(0.0, 1.6, -0.3, 0.204)
STEP_PX = 64
"""Cards side by side, each ending at a height of its own."""
FACE = slice(880, 1168)
BROW_ROW = 1400


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    rng = np.random.default_rng(2)
    tips = np.repeat(rng.integers(300, 380, TEXTURE_PX // STEP_PX), STEP_PX)
    tips[FACE] = BROW_ROW
    rows = np.arange(TEXTURE_PX)[:, None]
    out = np.zeros((TEXTURE_PX, TEXTURE_PX, 4), np.uint8)
    hair = rows >= tips
    out[hair] = (90, 60, 40, 255)
    # a gap between cards over the ear, and a bit of a strand alone before the forehead
    out[1200:1215, 300:312] = 0
    out[1250:1270, 1000:1020] = (90, 60, 40, 255)
    return out


@pytest.fixture(scope="module")
def covered(drawn: np.ndarray) -> np.ndarray:
    return cover_shell(drawn, AXIS)


def flat_share(cover: np.ndarray) -> float:
    """Share of columns where the border of the hair runs level for a dozen texels, as cut."""
    border = np.argmax(cover >= 128, axis=0)
    runs = np.split(border, np.flatnonzero(np.diff(border)) + 1)
    return sum(len(run) for run in runs if len(run) >= 12) / len(border)


def test_ends_do_not_run_level(drawn: np.ndarray, covered: np.ndarray) -> None:
    assert flat_share(drawn[..., 3]) > 0.9
    assert flat_share(covered[..., 3]) < 0.02


def test_cover_falls_off_smoothly_towards_the_tips(covered: np.ndarray) -> None:
    beside = covered[:, 100:700, 3].astype(float).mean(axis=1) / 255
    low, high = (int(np.argmax(beside > share)) for share in (0.05, 0.95))
    # 15 to 40 mm, with no more than a tenth of all cover gained in any millimetre
    assert 0.015 < (high - low) * AXIS.row_m < 0.040
    per_mm = round(0.001 / AXIS.row_m)
    assert (beside[low + per_mm : high] - beside[low : high - per_mm]).max() < 0.1


def test_hair_keeps_its_length(drawn: np.ndarray, covered: np.ndarray) -> None:
    before, after = (np.argmax(c[:, 100:700, 3] >= 128, axis=0).mean() for c in (drawn, covered))
    assert abs(after - before) * AXIS.row_m < 0.004


def test_gaps_are_closed_and_the_face_stays_open(covered: np.ndarray) -> None:
    assert covered[1190:1225, 290:322, 3].min() > 235
    assert covered[500:1300, 940:1100, 3].max() < 15, "hair before the face, or a crumb of it"


def test_no_black_border_for_filtering(covered: np.ndarray) -> None:
    assert covered[..., 0].min() > 60


def test_the_texture_closes_at_the_back(covered: np.ndarray) -> None:
    seam = np.abs(covered[:, 0, 3].astype(int) - covered[:, -1, 3])
    inside = np.abs(np.diff(covered[:, 200:600, 3].astype(int), axis=1)).mean(axis=0)
    assert seam.mean() <= inside.max()


def test_ringlets_stay_as_drawn_and_lose_their_wisps(drawn: np.ndarray) -> None:
    coils = drawn.copy()
    rows, columns = np.indices(coils.shape[:2])
    lit = (rows + columns) % 40 < 20
    coils[lit & (coils[..., 3] > 0), :3] = (160, 120, 90)
    coils[200:400, 500:506] = (90, 60, 40, 255)
    covered = cover_shell(coils, AXIS, ringlets=True)
    inside = (slice(500, 1100), slice(400, 700))
    np.testing.assert_array_equal(covered[inside], coils[inside])
    assert covered[210:270, 500:506, 3].max() < 30, "a wisp hangs on below the ringlets"
    combed = cover_shell(coils, AXIS)
    assert (combed[inside][..., :3] != coils[inside][..., :3]).mean() > 0.5
