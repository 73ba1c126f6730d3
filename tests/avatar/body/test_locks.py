import numpy as np
import pytest

from avatar.body.locks import Planted, gather_locks, refine

STRANDS, RINGS = 400, 6


@pytest.fixture
def planted() -> Planted:
    rng = np.random.default_rng(1)
    roots = rng.random((STRANDS, 3))
    return Planted(roots, rng.random(STRANDS), gather_locks(roots, 20, rng))


def within_locks(planted: Planted, values: np.ndarray) -> float:
    """Mean variance of values inside a lock."""
    each = [values[planted.lock == k].var(axis=0).mean() for k in np.unique(planted.lock)]
    return float(np.mean(each))


def test_neighbours_share_a_lock(planted: Planted) -> None:
    assert len(np.unique(planted.lock)) == STRANDS // 20
    assert within_locks(planted, planted.roots) < 0.35 * planted.roots.var(axis=0).mean()


def test_noise_has_its_size_and_is_mostly_the_locks(planted: Planted) -> None:
    rng = np.random.default_rng(3)
    drawn = np.array([planted.uneven(rng, 0.2, shared=0.8) for _ in range(300)])
    assert drawn.std() == pytest.approx(0.2, rel=0.05)
    within = np.mean([within_locks(planted, one) for one in drawn])
    assert within == pytest.approx(0.2 * 0.2**2, rel=0.2)


def test_locks_narrow_by_the_share_asked_for(planted: Planted) -> None:
    path = np.repeat(planted.roots[:, None], RINGS, axis=1)
    amount = np.linspace(0, 1, RINGS) * np.ones((STRANDS, 1))
    drawn = planted.draw_together(path, amount)
    np.testing.assert_array_equal(drawn[:, 0], planted.roots)
    spread = [within_locks(planted, drawn[:, ring]) for ring in range(RINGS)]
    assert (np.diff(spread) < 0).all()
    assert spread[-1] < 1e-20


def test_locks_that_are_split_hold_one_kind_each(planted: Planted) -> None:
    left = planted.roots[:, 0] < 0.5
    for lock in np.unique(planted.split(left).lock):
        chosen = planted.split(left).lock == lock
        assert len(np.unique(left[chosen])) == 1
        assert len(np.unique(planted.lock[chosen])) == 1


def test_finer_paths_run_through_the_same_points(planted: Planted) -> None:
    path = np.random.default_rng(4).random((STRANDS, RINGS, 3))
    fine = refine(path, 3 * (RINGS - 1) + 1)
    np.testing.assert_allclose(fine[:, ::3], path, atol=1e-12)
    np.testing.assert_allclose(fine[:, 1], path[:, 0] + (path[:, 1] - path[:, 0]) / 3)
