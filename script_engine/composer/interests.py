"""What viewers asked about lately. It fades, so that the talk follows the audience."""

import math
from collections.abc import Iterable
from datetime import datetime

HALF_LIFE_S = 600.0
_MOST = 3.0
# a room that asks one thing over and over still hears of the others


class Interests:
    """A fading count for each field of facts."""

    def __init__(self) -> None:
        self._counts: dict[str, tuple[float, datetime]] = {}

    def note(self, fields: Iterable[str], when: datetime) -> None:
        """Somebody asked about these fields."""
        for field in dict.fromkeys(fields):
            self._counts[field] = (min(_MOST, self.of(field, when) + 1.0), when)

    def last(self, field: str) -> datetime | None:
        """When somebody last asked about it."""
        return self._counts[field][1] if field in self._counts else None

    def of(self, field: str, when: datetime) -> float:
        """How much it is asked about, from 0 to 3; 1 just after one question."""
        count, last = self._counts.get(field, (0.0, when))
        age_s = max(0.0, (when - last).total_seconds())
        return count * math.pow(0.5, age_s / HALF_LIFE_S)
