import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avatar.motion.glide import Glide


def test_reaches_each_target_on_time() -> None:
    glide = Glide(np.zeros(2))
    glide.plan(1.0, 0.5, np.array([1.0, 2.0]))
    glide.plan(3.0, 1.0, np.zeros(2))
    assert glide.at(0.9).tolist() == [0.0, 0.0]
    assert glide.at(1.25) == pytest.approx([0.5, 1.0])
    assert glide.at(1.5) == pytest.approx([1.0, 2.0])
    assert glide.at(4.0) == pytest.approx([0.0, 0.0])


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0.2, 1), st.floats(-1, 1)), max_size=8))
def test_interrupted_moves_are_smooth(moves: list[tuple[float, float, float]]) -> None:
    glide = Glide(np.zeros(1))
    for start_s, duration_s, target in moves:
        glide.plan(start_s, duration_s, np.array([target]))
    values = np.array([glide.at(t)[0] for t in np.arange(0, 5, 0.005)])
    speed = np.diff(values) / 0.005
    # neither place nor speed jumps
    assert np.abs(np.diff(values)).max(initial=0) < 0.15
    assert np.abs(np.diff(speed)).max(initial=0) < 6.0


@settings(deadline=None)
@given(st.lists(st.floats(0.001, 0.4), min_size=1, max_size=40))
def test_what_is_skipped_does_not_matter(steps: list[float]) -> None:
    def planned() -> Glide:
        glide = Glide(np.zeros(1))
        for start_s, target in ((0.1, 1.0), (0.3, -1.0), (1.0, 0.5)):
            glide.plan(start_s, 0.5, np.array([target]))
        return glide

    often, once = planned(), planned()
    times = np.cumsum(steps)
    last = [often.at(float(t)) for t in times][-1]
    assert once.at(float(times[-1])) == pytest.approx(last, abs=1e-9)


def test_forgets_what_has_not_begun() -> None:
    glide = Glide(np.zeros(1))
    glide.plan(0.0, 1.0, np.ones(1))
    glide.plan(2.0, 1.0, np.zeros(1))
    glide.drop_from(1.5)
    assert glide.at(5.0) == pytest.approx([1.0])
