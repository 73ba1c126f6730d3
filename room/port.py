"""A live room as its console sees it (console.port.RoomPort)."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager

from console.port import Control, ControlResult, ShopPort
from core.state import JournalEntry, JournalKind, RoomState
from core.viewer import ViewerEvent
from room.metrics import metrics_text
from room.room import Room
from room.shop_port import ShopDesk


class LivePort:
    """Adapts a Room; holds nothing of its own."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._shop = ShopDesk(room)

    @property
    def shop(self) -> ShopPort:
        return self._shop

    def state(self) -> RoomState:
        return self._room.state()

    async def take_events(self, events: Sequence[ViewerEvent]) -> list[str]:
        return await self._room.take_events(events)

    def journal(self, after: int, kind: JournalKind | None, limit: int) -> list[JournalEntry]:
        return self._room.journal.after(after, kind, limit)

    def last_entry(self) -> int:
        return self._room.journal.last

    def follow(self) -> AbstractAsyncContextManager[AsyncIterator[RoomState | JournalEntry]]:
        return self._room.journal.follow()

    async def control(self, command: Control) -> ControlResult:
        result = await self._room.controls.do(command)
        self._room.journal.publish(self._room.state())
        return result

    def preview(self) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        return self._room.preview.read()

    def metrics(self) -> str:
        room = self._room
        return metrics_text(room.state(), room.beat.timings_ms, room.director.latencies_ms)
