"""Viewer events waiting for the presenter: each once, the most worthwhile and newest first."""

from collections import OrderedDict
from dataclasses import dataclass

from core.clock import Clock
from core.viewer import ViewerEvent

REMEMBERED_IDS = 20_000
MAX_WAITING = 200
STALE_S = 45.0
"""A question that waited longer is answered in nobody's interest: the talk has moved on."""

WORTH = {"paid_message": 3, "order": 2, "comment": 1}


@dataclass(frozen=True, slots=True)
class Waiting:
    event: ViewerEvent
    received_s: float


class Comments:
    """A bounded waiting room. Likes and enters never push out a comment."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._waiting: list[Waiting] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def new(self, event: ViewerEvent) -> bool:
        """True the first time an id is seen."""
        if event.id in self._seen:
            return False
        self._seen[event.id] = None
        if len(self._seen) > REMEMBERED_IDS:
            self._seen.popitem(last=False)
        return True

    def put(self, waiting: Waiting) -> Waiting | None:
        """Queue an event that is worth an answer; returns the one that had to give way, if any."""
        self._waiting.append(waiting)
        if len(self._waiting) <= MAX_WAITING:
            return None
        oldest = min(self._waiting, key=lambda w: (WORTH.get(w.event.kind, 0), w.received_s))
        self._waiting.remove(oldest)
        return oldest

    def take(self) -> Waiting | None:
        """The event to answer now: worth first, then the newest, so that answers are prompt."""
        if not self._waiting:
            return None
        best = max(self._waiting, key=lambda w: (WORTH.get(w.event.kind, 0), w.received_s))
        self._waiting.remove(best)
        return best

    def stale(self) -> list[Waiting]:
        """Remove and return what has waited too long."""
        limit = self._clock.now() - STALE_S
        old = [w for w in self._waiting if w.received_s < limit]
        self._waiting = [w for w in self._waiting if w.received_s >= limit]
        return old

    def forget(self, event_id: str) -> bool:
        """Take back an event whose message was deleted; True when it was still waiting."""
        before = len(self._waiting)
        self._waiting = [w for w in self._waiting if w.event.id != event_id]
        return len(self._waiting) < before
