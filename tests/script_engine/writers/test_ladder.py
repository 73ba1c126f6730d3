import pytest
from hypothesis import given
from hypothesis import strategies as st

from script_engine.writers.ladder import BackOff, Change, Ladder
from tests.fakes.clock import VirtualClock


def ladder(clock: VirtualClock, *rungs: str) -> tuple[Ladder, list[Change]]:
    changes: list[Change] = []
    return Ladder(rungs, clock, changes.append), changes


def test_it_stands_on_the_best_rung() -> None:
    steps, changes = ladder(VirtualClock(), "server", "local", "composer")
    assert (steps.active, steps.best(), changes) == (0, 0, [])


def test_each_failure_goes_one_down_and_is_told() -> None:
    steps, changes = ladder(VirtualClock(), "server", "local", "composer")
    steps.failed(0, "refused")
    steps.failed(1, "no memory")
    assert [(c.up, c.to, c.reason) for c in changes] == [
        (False, "local", "server: refused"),
        (False, "composer", "local: no memory"),
    ]
    assert steps.best() == 2


def test_it_goes_up_only_when_the_upper_rung_has_worked() -> None:
    clock = VirtualClock()
    steps, changes = ladder(clock, "server", "composer")
    steps.failed(0, "stalls")
    assert steps.best() == 1
    clock.t = 5.1
    assert steps.best() == 0
    assert steps.active == 1
    steps.worked(0)
    assert steps.active == 0
    assert changes[-1] == Change(True, "server", "")


def test_a_failed_try_from_below_is_no_news() -> None:
    clock = VirtualClock()
    steps, changes = ladder(clock, "server", "composer")
    steps.failed(0, "stalls")
    clock.t = 5.1
    steps.failed(0, "stalls")
    assert len(changes) == 1
    clock.t = 5.1 + 9.9
    assert steps.best() == 1
    clock.t = 5.1 + 10.1
    assert steps.best() == 0


def test_a_rung_at_work_is_not_asked_again() -> None:
    steps, _ = ladder(VirtualClock(), "server", "local", "composer")
    assert steps.best(frozenset({0})) == 1


def test_a_server_that_names_its_time_is_left_alone_for_so_long() -> None:
    clock = VirtualClock()
    steps, _ = ladder(clock, "server", "composer")
    steps.failed(0, "busy", 42.0)
    clock.t = 41.9
    assert steps.best() == 1
    clock.t = 42.1
    assert steps.best() == 0


@given(st.lists(st.floats(0, 1000), max_size=30))
def test_a_rest_is_never_longer_than_five_minutes(asked: list[float]) -> None:
    clock = VirtualClock()
    rest = BackOff(clock)
    for at_least_s in asked:
        rest.failed(at_least_s)
        assert not rest.ready
        clock.t += 300.0
        assert rest.ready
    rest.worked()
    rest.failed()
    clock.t += 5.0
    assert rest.ready


def test_a_ladder_needs_a_rung() -> None:
    with pytest.raises(ValueError, match="cannot fail"):
        ladder(VirtualClock())
