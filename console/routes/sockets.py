"""WebSockets that only speak."""

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import WebSocket, WebSocketDisconnect


async def speak(socket: WebSocket, sending: Callable[[], Awaitable[None]]) -> None:
    """Run `sending` until it ends or the other side goes, then close.

    The close code says which end it was: 1012 asks the page to come again at once.
    """
    await socket.accept()
    tasks = {
        asyncio.ensure_future(sending()),
        asyncio.ensure_future(_until_gone(socket)),
    }
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(
            outcome, asyncio.CancelledError | WebSocketDisconnect
        ):
            raise outcome
    if socket.client_state.name == "CONNECTED" and done:
        await socket.close(1012, "the room starts this stream again")


async def _until_gone(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
