"""What kind of moment it is where the room stands: part of the day, season, weekend."""

from datetime import datetime

from script_engine.composer.phrases import Moment

_PARTS: tuple[tuple[int, Moment], ...] = (
    (5, "night"), (11, "morning"), (14, "noon"), (18, "afternoon"), (23, "evening"), (24, "night"),
)  # fmt: skip
# the hour before which each part of the day ends
_SEASONS: tuple[Moment, ...] = ("winter", "spring", "summer", "autumn")


def moments(when: datetime) -> frozenset[Moment]:
    """The tags that phrases may ask for, by the machine's own time zone."""
    local = when.astimezone()
    part = next(name for until, name in _PARTS if local.hour < until)
    season = _SEASONS[local.month % 12 // 3]
    return frozenset({part, season, "weekend" if local.weekday() >= 5 else "weekday"})
