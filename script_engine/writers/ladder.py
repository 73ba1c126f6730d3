"""Which writer is in use: the best that works, one rung down when it fails, up again by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.clock import Clock

FIRST_REST_S, LONGEST_REST_S = 5.0, 300.0


@dataclass(frozen=True, slots=True)
class Change:
    """Another rung is in use."""

    up: bool
    to: str
    reason: str
    # why it went down; "" when it went up


class BackOff:
    """Leaves alone what failed: 5 s, then ever longer, at most 5 minutes."""

    def __init__(
        self, clock: Clock, first_s: float = FIRST_REST_S, longest_s: float = LONGEST_REST_S
    ) -> None:
        self._clock, self._first_s, self._longest_s = clock, first_s, longest_s
        self._next_s = first_s
        self._until_s = clock.now()

    @property
    def ready(self) -> bool:
        """Whether it may be tried."""
        return self._clock.now() >= self._until_s

    def failed(self, at_least_s: float = 0.0) -> None:
        """Rest; `at_least_s` is what the other side asked for."""
        rest_s = min(max(self._next_s, at_least_s), self._longest_s)
        self._until_s = self._clock.now() + rest_s
        self._next_s = min(2 * rest_s, self._longest_s)

    def worked(self) -> None:
        self._until_s = self._clock.now()
        self._next_s = self._first_s


class Ladder:
    """Rungs from the best down to one that cannot fail.

    A rung that failed rests, then is tried again while a lower one goes on; only when it has worked
    is it in use again, so that a server that is half alive does not make the room waver.
    """

    def __init__(
        self,
        rungs: Sequence[str],
        clock: Clock,
        on_change: Callable[[Change], None],
        *,
        first_rest_s: float = FIRST_REST_S,
    ) -> None:
        """A ladder standing on its best rung.

        Args:
            rungs: names, the best first; the last is always there.
            clock: that rests are measured with.
            on_change: told of each step down and up.
            first_rest_s: how long a rung rests after its first failure.
        """
        if not rungs:
            raise ValueError("a ladder needs a rung that cannot fail")
        self.rungs = tuple(rungs)
        self.active = 0
        self._rests = [BackOff(clock, first_rest_s) for _ in rungs[:-1]]
        self._on_change = on_change

    def best(self, busy: frozenset[int] = frozenset()) -> int:
        """The highest rung that is worth a try now; the last when there is none."""
        return next(
            (i for i, rest in enumerate(self._rests) if rest.ready and i not in busy),
            len(self._rests),
        )

    def failed(self, rung: int, reason: str, at_least_s: float = 0.0) -> None:
        """A rung could not do what it was asked."""
        self._rests[rung].failed(at_least_s)
        if rung == self.active:
            self.active = self.best(frozenset(range(rung + 1)))
            self._on_change(Change(False, self.rungs[self.active], f"{self.rungs[rung]}: {reason}"))

    def worked(self, rung: int) -> None:
        """A rung did what it was asked."""
        self._rests[rung].worked()
        if rung < self.active:
            self.active = rung
            self._on_change(Change(True, self.rungs[rung], ""))
