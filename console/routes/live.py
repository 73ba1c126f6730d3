"""The room as it happens, over a WebSocket."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, WebSocket
from pydantic import TypeAdapter

from console.port import RoomPort
from console.routes.sockets import speak
from console.routes.state import StateView, view
from core.state import JournalEntry, RoomState

CATCH_UP_ENTRIES = 500
# what a page that opens in the middle of the night is told of what went before

_State = TypeAdapter(dict[Literal["state"], StateView])
_Entry = TypeAdapter(dict[Literal["entry"], JournalEntry])


def routes(port: RoomPort) -> APIRouter:
    router = APIRouter()

    @router.websocket("/api/live")
    async def live(socket: WebSocket, after: Annotated[int | None, Query(ge=0)] = None) -> None:
        """Messages {"state": ...} and {"entry": ...}.

        First all entries after `after`, or the latest few when it is not given; then what happens.
        """

        last = max(0, port.last_entry() - CATCH_UP_ENTRIES) if after is None else after

        async def send_state(state: RoomState) -> None:
            await socket.send_text(_State.dump_json({"state": view(state)}).decode())

        async def send_entries() -> None:
            nonlocal last
            while entries := port.journal(last, None, CATCH_UP_ENTRIES):
                for entry in entries:
                    await socket.send_text(_Entry.dump_json({"entry": entry}).decode())
                last = entries[-1].n

        async def send_all() -> None:
            async with port.follow() as items:
                await send_state(port.state())
                await send_entries()
                async for item in items:
                    if isinstance(item, RoomState):
                        await send_state(item)
                    elif item.n > last:
                        # From the journal, so that what the follower's queue lost is there too.
                        await send_entries()

        await speak(socket, send_all)

    return router
