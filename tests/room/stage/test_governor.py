from room.stage.governor import UP_AFTER_PICTURES, Governor

LEVELS = ("full", "torso cached", "small", "half rate")
PERIOD = 0.04


def test_a_machine_in_time_stays_at_full() -> None:
    governor = Governor(LEVELS, PERIOD)
    assert not any(governor.picture(0.02) for _ in range(2000))
    assert (governor.name, governor.reason) == ("full", "")


def test_a_late_machine_steps_down_and_says_why() -> None:
    governor = Governor(LEVELS, PERIOD)
    assert any(governor.picture(0.045) for _ in range(60))
    assert governor.name == "torso cached"
    assert "%" in governor.reason


def test_skipped_pictures_count_as_lateness() -> None:
    governor = Governor(LEVELS, PERIOD)
    assert any(governor.picture(0.02, skipped=1) for _ in range(60))


def test_it_never_steps_below_the_last_level() -> None:
    governor = Governor(LEVELS, PERIOD)
    for _ in range(5000):
        governor.picture(0.2)
    assert governor.name == "half rate"


def test_it_rises_again_and_waits_longer_after_a_rise_that_failed() -> None:
    governor = Governor(LEVELS, PERIOD)

    def pictures_until_change(took_s: float) -> int:
        return next(n for n in range(1, 100_000) if governor.picture(took_s))

    pictures_until_change(0.05)
    first = pictures_until_change(0.01)
    pictures_until_change(0.05)
    second = pictures_until_change(0.01)
    assert first >= UP_AFTER_PICTURES
    assert second >= 2 * UP_AFTER_PICTURES
