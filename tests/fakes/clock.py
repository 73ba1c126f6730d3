"""A clock that only moves when somebody waits on it."""

import asyncio
import heapq
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


class SteppedClock(VirtualClock):
    """Virtual time for tasks that run side by side: it moves only inside `advance`."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    async def pause(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._waiting, (self.t + max(0.0, seconds), self._count, future))
        await future

    async def advance(self, seconds: float) -> None:
        """Let everybody run until so many virtual seconds have passed."""
        end = self.t + seconds
        while True:
            for _ in range(20):
                await asyncio.sleep(0)
            if not self._waiting or self._waiting[0][0] > end:
                break
            due, _, future = heapq.heappop(self._waiting)
            self.t = max(self.t, due)
            if not future.done():
                future.set_result(None)
        self.t = end
