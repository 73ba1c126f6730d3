"""The console's HTTP application over one room."""

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from console.errors import add_error_answers
from console.guard import Guard
from console.port import RoomPort
from console.routes import control, events, live, pages, preview, shop, state

STATIC = Path(__file__).parent / "static"


def create_app(port: RoomPort, *, token: str | None) -> FastAPI:
    """The interface of docs and the page that uses it.

    Args:
        port: the room.
        token: what a caller must show; None leaves the console to this machine alone. Whoever
            binds the application to another address calls `guard.require_token` first.
    """
    app = FastAPI(
        title="Presenter",
        version=version("presenter"),
        summary="A selling room that runs by itself",
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(Guard, token=token)
    add_error_answers(app)
    for routes in (
        state.routes(port),
        events.routes(port),
        control.routes(port),
        shop.routes(port.shop),
        live.routes(port),
        preview.routes(port),
        pages.routes(STATIC, token),
    ):
        app.include_router(routes)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
