"""What happens in the audience, whatever platform it comes from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

EventKind = Literal[
    "comment", "gift", "paid_message", "like", "follow", "enter", "share", "order", "cart",
    "viewer_count", "room_state", "moderation_delete",
]  # fmt: skip
EVENT_KINDS: tuple[str, ...] = get_args(EventKind)


@dataclass(frozen=True, slots=True)
class Viewer:
    id: str = ""
    name: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class ViewerEvent:
    id: str
    kind: EventKind
    platform: str = "console"
    room: str = ""
    user: Viewer = Viewer()
    text: str = ""
    amount_minor: int = 0
    currency: str = ""
    product_id: str = ""
    sent_at: datetime | None = None
    received_at: datetime | None = None
