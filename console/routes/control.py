"""What an operator tells the room."""

from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, model_validator

from console.port import Control, ControlResult, RoomPort, Verb

_NEEDS: dict[str, str] = {"say": "text", "show_product": "product_id", "scene": "scene"}


class ControlIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    do: Verb
    text: Annotated[str, Field(max_length=2000)] = ""
    product_id: str = ""
    scene: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = _NEEDS.get(self.do)
        if needed and not getattr(self, needed).strip():
            raise ValueError(f"{self.do!r} needs {needed!r}")
        return self


def routes(port: RoomPort) -> APIRouter:
    router = APIRouter(tags=["control"])

    @router.post("/api/control")
    async def control(body: ControlIn) -> ControlResult:
        """200 with `ok: false` when the room understands but refuses, as the gate does a line."""
        return await port.control(Control(body.do, body.text, body.product_id, body.scene))

    return router
