"""What a room shows of itself: its state now, and the journal of what happened."""

from dataclasses import dataclass, field
from typing import Any, Literal

from core.frame import Card
from core.line import Line

Status = Literal["live", "fallback", "human", "muted", "paused", "ended"]
JournalKind = Literal[
    "start", "line", "answer", "blocked", "step_down", "step_up", "restart", "operator", "sink",
    "shop", "end",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SinkState:
    """How one sink is doing."""

    url: str
    # without its key
    state: Literal["connecting", "live", "retrying", "failed", "closed"]
    message: str = ""
    # cause and what happens next, in words; "" when live
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class RoomState:
    """One moment of a room."""

    room: str
    status: Status
    seconds_since_start: float
    line: Line | None
    # on air
    next_line: Line | None
    card: Card | None
    voice: str
    quality: str
    # name of the drawing level in use, "full" when nothing is stepped down
    reasons: tuple[str, ...]
    # why the room is not at its best: one sentence for each step down
    sinks: tuple[SinkState, ...]
    writer: str = ""
    # who chooses the words of the pitch: a language model's name, or "composer"
    counters: dict[str, int] = field(default_factory=dict)
    # pictures_sent, pictures_late, pictures_skipped, reconnects, restarts, answered, blocked ...


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Something that happened. Times inside `data` are milliseconds since the room's start."""

    n: int
    # counts up from 1
    at_ms: int
    kind: JournalKind
    data: dict[str, Any] = field(default_factory=dict)
