import numpy as np
import pytest

from avatar.motion.blinks import LENGTH_S, Blinks


def blink_times(values: np.ndarray, fps: int) -> np.ndarray:
    shut = values > 0.6
    return np.flatnonzero(shut[1:] & ~shut[:-1]) / fps


@pytest.mark.parametrize("seed", range(6))
def test_natural_rate_over_ten_minutes(seed: int) -> None:
    fps = 25
    blinks = Blinks(np.random.default_rng(seed))
    times = blink_times(np.array([blinks.at(k / fps) for k in range(600 * fps)]), fps)
    assert 8 <= len(times) / 10 <= 25
    gaps = np.diff(times)
    assert gaps.std() > 0.8
    assert gaps.max() < 11


def test_each_blink_is_seen_fully_shut_at_25_pictures_a_second() -> None:
    blinks = Blinks(np.random.default_rng(0))
    values = np.array([blinks.at(k / 25) for k in range(25 * 120)])
    starts = np.flatnonzero((values[1:] > 0) & (values[:-1] == 0))
    assert len(starts) > 10
    for start in starts:
        assert values[start : start + 8].max() > 0.95


def test_blinks_when_asked_but_not_twice_at_once() -> None:
    blinks = Blinks(np.random.default_rng(1))
    now = 0.0
    while blinks.at(now) > 0 or now < 0.5:
        now += 0.02
    blinks.ask(now + 0.1)
    blinks.ask(now + 0.3)
    values = [blinks.at(t) for t in np.arange(now, now + 1.0, 0.01)]
    assert max(values) == 1.0
    assert sum(v > 0 for v in values) * 0.01 < LENGTH_S + 0.15


def test_asked_blinks_can_be_dropped() -> None:
    asked, plain = (Blinks(np.random.default_rng(4)) for _ in range(2))
    asked.ask(0.7)
    asked.drop_from(0.5)
    times = np.arange(0, 5, 0.02)
    assert [asked.at(t) for t in times] == [plain.at(t) for t in times]
