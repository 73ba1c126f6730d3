"""What the room is doing, what happened in it, and its figures."""

from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse

from console.port import RoomPort
from core.state import JournalEntry, JournalKind, RoomState, Status


@dataclass(frozen=True, slots=True)
class StateView(RoomState):
    """The room's state and, for short, the product it is about."""

    product_id: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    status: Status


def view(state: RoomState) -> StateView:
    card, line = state.card, state.line
    product_id = card.product_id if card else line.product_id if line else ""
    values = {field.name: getattr(state, field.name) for field in fields(RoomState)}
    return StateView(**values, product_id=product_id)


def routes(port: RoomPort) -> APIRouter:
    router = APIRouter(tags=["state"])

    @router.get("/api/state")
    async def read_state() -> StateView:
        return view(port.state())

    @router.get("/api/journal")
    async def read_journal(
        after: Annotated[int, Query(ge=0)] = 0,
        kind: JournalKind | None = None,
        limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
    ) -> list[JournalEntry]:
        return port.journal(after, kind, limit)

    @router.get("/healthz")
    async def read_health() -> Health:
        return Health(port.state().status)

    @router.get("/metrics", response_class=PlainTextResponse)
    async def read_metrics() -> PlainTextResponse:
        return PlainTextResponse(
            port.metrics(), media_type="text/plain; version=0.0.4; charset=utf-8"
        )

    return router
