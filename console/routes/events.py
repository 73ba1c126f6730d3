"""Viewer events coming in: from the page, from bridges to platforms, from other programs."""

from typing import Annotated, Any

from fastapi import APIRouter, status
from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field

from console.port import RoomPort
from core.viewer import EventKind, Viewer, ViewerEvent

_Id = Annotated[str, Field(max_length=200)]


class ViewerIn(BaseModel):
    id: _Id = ""
    name: _Id = ""
    level: int = 0


class ViewerEventIn(BaseModel):
    """Keys that are not known are passed over, so that bridges may send what they have."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    kind: EventKind
    platform: _Id = "console"
    room: _Id = ""
    user: ViewerIn = ViewerIn()
    text: Annotated[str, Field(max_length=2000)] = ""
    amount_minor: Annotated[int, Field(ge=0)] = 0
    currency: Annotated[str, Field(max_length=3)] = ""
    product_id: _Id = ""
    sent_at: AwareDatetime | None = None
    received_at: AwareDatetime | None = None

    def event(self) -> ViewerEvent:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return ViewerEvent(**values | {"user": Viewer(**self.user.model_dump())})


def _as_list(body: Any) -> Any:
    return [body] if isinstance(body, dict) else body


_OneOrMany = Annotated[
    list[ViewerEventIn],
    Field(max_length=1000),
    BeforeValidator(_as_list, json_schema_input_type=ViewerEventIn | list[ViewerEventIn]),
]


class Taken(BaseModel):
    taken: list[str]
    # ids, without those that had been taken before


def routes(port: RoomPort) -> APIRouter:
    router = APIRouter(tags=["events"])

    @router.post("/api/events", status_code=status.HTTP_202_ACCEPTED)
    async def take_events(body: _OneOrMany) -> Taken:
        return Taken(taken=await port.take_events([item.event() for item in body]))

    return router
