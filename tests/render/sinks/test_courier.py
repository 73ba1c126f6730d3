from collections.abc import Callable
from itertools import islice
from threading import Event

import pytest

from core.errors import SinkError
from render.sinks.courier import Courier, Output, delays
from render.sinks.queues import NewestQueue
from tests.fakes.clock import VirtualClock
from tests.render.media import WAIT_S, States


class Far:
    """A far end that does what it is told."""

    def __init__(self, on_write: Callable[[int], None]) -> None:
        self.write = on_write
        self.closed = Event()

    def close(self) -> None:
        self.closed.set()


def start(
    openers: list[Callable[[], Output[int]]], states: States
) -> tuple[Courier[int], VirtualClock]:
    clock = VirtualClock()
    pending = iter(openers)
    courier = Courier[int]("far:", lambda: next(pending)(), NewestQueue(4), clock, states)
    return courier, clock


def refuse() -> Output[int]:
    raise SinkError("nobody there")


def test_delays_grow_from_two_seconds_to_thirty_with_jitter() -> None:
    first = list(islice(delays(), 12))
    assert 1.8 <= first[0] <= 2.2
    assert 2.7 <= first[1] <= 3.3
    assert 27 <= first[-1] <= 30
    assert list(islice(delays(), 12)) != first


def test_a_lost_far_end_is_opened_again() -> None:
    states, got = States(), Event()

    def lose(_item: int) -> None:
        raise SinkError("hung up")

    second = Far(lambda _item: got.set())
    courier, clock = start([refuse, refuse, lambda: Far(lose), lambda: second], states)
    states.expect("live")
    courier.put(1)
    states.expect("live", times=2)
    courier.put(2)
    assert got.wait(WAIT_S)
    courier.close()
    assert second.closed.is_set()
    told = [state.state for state in states.all]
    assert told == ["connecting", "retrying"] * 2 + ["connecting", "live", "retrying"] + [
        "connecting",
        "live",
        "closed",
    ]
    assert "nobody there; trying again in 2 s" in states.all[1].message
    assert 1.8 + 2.7 <= clock.now() <= 2.2 + 3.3 + 5.0


def test_what_cannot_be_mended_fails_and_says_why() -> None:
    states = States()

    def full() -> Output[int]:
        raise SinkError("disk full", retryable=False)

    courier, clock = start([full], states)
    states.expect("failed")
    courier.put(1)  # still takes what it is given
    courier.close()
    assert states.all[-1].message == "disk full"
    assert clock.now() == 0


def test_a_fault_of_our_own_is_told_too(caplog: pytest.LogCaptureFixture) -> None:
    states = States()
    courier, _ = start([lambda: Far(lambda item: 1 // (item - 1))], states)  # type: ignore
    courier.put(1)
    states.expect("failed")
    courier.close()
    assert "ZeroDivisionError" in caplog.text


def test_it_closes_while_it_waits_to_try_again() -> None:
    states = States()
    courier, _ = start([refuse] * 100_000, states)
    states.expect("retrying", times=3)
    courier.close()
    assert states.all[-1].state == "closed"


def test_dropped_pictures_are_told() -> None:
    states, started, go = States(), Event(), Event()

    def slow(_item: int) -> None:
        started.set()
        assert go.wait(WAIT_S)

    courier, _ = start([lambda: Far(slow)], states)
    courier.put(0)
    assert started.wait(WAIT_S)
    for n in range(1, 10):
        courier.put(n)
    go.set()
    states.expect("live", times=2)
    courier.close()
    assert states.all[-1].dropped == 5
