"""The one place that reads the machine's clock or waits on it.

Everything else takes a `Clock`, so that a test runs an eight-hour night in seconds
(`tests/fakes/clock.py` has the virtual one).
"""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable


@runtime_checkable
class Clock(Protocol):
    def now(self) -> float:
        """Seconds on a monotonic scale with an arbitrary origin."""
        ...

    def wall(self) -> datetime:
        """The time of day, in UTC. For records and validity of facts, never for pacing."""
        ...

    def sleep(self, seconds: float) -> None:
        """Block this thread."""
        ...

    async def pause(self, seconds: float) -> None:
        """Let other tasks run for so long."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        return time.monotonic()

    def wall(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))
