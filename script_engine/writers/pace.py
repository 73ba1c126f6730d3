"""How long a model takes, and what is too long."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from core.clock import Clock
from core.errors import ProviderError

_SLOWER = 1.5
# how much longer than usual a model may take to begin
_AHEAD = 64
# pieces that may wait to be read


class Pace:
    """Silence that counts as a stall: short, but as long as the model usually takes to begin."""

    def __init__(self, stall_s: float) -> None:
        self.stall_s = stall_s
        self._starts_s: deque[float] = deque(maxlen=3)

    @property
    def start_s(self) -> float:
        """Longest silence before the first piece that is no stall."""
        return max([self.stall_s, *(_SLOWER * start for start in self._starts_s)])

    def began(self, after_s: float) -> None:
        self._starts_s.append(after_s)


async def watched(
    pieces: AsyncGenerator[str, None],
    pace: Pace,
    clock: Clock,
    patience_s: float,
    on_stall: Callable[[str], None],
) -> AsyncGenerator[str, None]:
    """The same pieces; says when they stall, gives up when they never come.

    A stalled model is still listened to: it may only be loading. Waits are in seconds of the
    machine, for what is waited for is another program.

    Args:
        pieces: of a reply.
        pace: of the model, which learns how long it takes to begin.
        clock: that this is measured with.
        patience_s: longest silence in all.
        on_stall: told in words of each stall.

    Raises:
        ProviderError: as the pieces do, or when patience is over.
    """
    queue: asyncio.Queue[str | ProviderError | None] = asyncio.Queue(_AHEAD)
    pump = asyncio.create_task(_pump(pieces, queue))
    asked_s, limit_s, begun = clock.now(), pace.start_s, False
    try:
        while True:
            try:
                async with asyncio.timeout(min(limit_s, patience_s)):
                    piece = await queue.get()
            except TimeoutError:
                on_stall(f"nothing came for {limit_s:g} s")
                try:
                    async with asyncio.timeout(max(0.0, patience_s - limit_s)):
                        piece = await queue.get()
                except TimeoutError:
                    message = f"gave up after {patience_s:g} s of silence"
                    raise ProviderError(message, retryable=True) from None
            if piece is None:
                return
            if isinstance(piece, ProviderError):
                raise piece
            if not begun:
                pace.began(clock.now() - asked_s)
                limit_s, begun = pace.stall_s, True
            yield piece
    finally:
        pump.cancel()
        await asyncio.gather(pump, return_exceptions=True)


async def _pump(
    pieces: AsyncGenerator[str, None], queue: "asyncio.Queue[str | ProviderError | None]"
) -> None:
    try:
        async with aclosing(pieces):  # also when nobody reads on: the connection ends with it
            async for piece in pieces:
                await queue.put(piece)
        await queue.put(None)
    except ProviderError as error:
        await queue.put(error)
