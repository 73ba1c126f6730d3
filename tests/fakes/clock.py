"""A clock that only moves when somebody waits on it."""

import asyncio
from datetime import UTC, datetime, timedelta


class VirtualClock:
    """Starts at 0 s; `sleep` and `pause` advance it at once."""

    def __init__(self, start: datetime = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)) -> None:
        self.t = 0.0
        self.start = start

    def now(self) -> float:
        return self.t

    def wall(self) -> datetime:
        return self.start + timedelta(seconds=self.t)

    def sleep(self, seconds: float) -> None:
        self.t += max(0.0, seconds)

    async def pause(self, seconds: float) -> None:
        self.t += max(0.0, seconds)
        await asyncio.sleep(0)
