"""The console served for real, in the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from console.app import create_app
from console.port import RoomPort


@asynccontextmanager
async def served(room: RoomPort, token: str | None = None, *, port: int = 0) -> AsyncIterator[str]:
    """The address it is served at, "http://127.0.0.1:PORT"; a free port when it is 0."""
    listener = socket.create_server(("127.0.0.1", port))
    config = uvicorn.Config(
        create_app(room, token=token), log_level="warning", timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listener.close()
