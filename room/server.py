"""The console's HTTP server, in the room's own loop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from console.app import create_app
from console.guard import require_token
from core.errors import ConfigError
from room.port import LivePort
from room.room import Room


@asynccontextmanager
async def serve_console(room: Room, *, enabled: bool) -> AsyncIterator[str]:
    """Serve while the block runs; yields the address, "" when there is no console.

    Raises:
        ConfigError: the port is in use, or the address needs a token.
    """
    if not enabled:
        yield ""
        return
    settings = room.settings.console
    token = settings.token.get_secret_value() if settings.token else None
    require_token(settings.host, token)
    listener = _listen(settings.host, settings.port)
    port = listener.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(LivePort(room), token=token), log_config=None, access_log=False,
            lifespan="off", timeout_graceful_shutdown=1, ws="websockets-sansio",
        )
    )  # fmt: skip
    # the room ends on a signal, not the server
    server.capture_signals = _no_signals  # type: ignore[method-assign, assignment]
    task = asyncio.create_task(server.serve(sockets=[listener]), name="console")
    try:
        yield f"http://{settings.host}:{port}"
    finally:
        server.should_exit = True
        await asyncio.wait([task], timeout=3)
        listener.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"cannot listen on {host}:{port} ({error.strerror}); is another room running? "
            f"Choose another port: presenter run --port {port + 1}",
            key="console.port",
        ) from error
    listener.listen(64)
    return listener


class _NoSignals:
    def __enter__(self) -> None: ...
    def __exit__(self, *args: object) -> None: ...


def _no_signals() -> _NoSignals:
    return _NoSignals()
