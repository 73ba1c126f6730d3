"""The live picture and sound, for a MediaSource in the browser."""

from fastapi import APIRouter, WebSocket

from console.port import RoomPort
from console.routes.sockets import speak


def routes(port: RoomPort) -> APIRouter:
    router = APIRouter()

    @router.websocket("/preview/stream")
    async def stream(socket: WebSocket) -> None:
        """A text message of JSON with the codecs, then binary: the start, then each fragment."""

        async def send_all() -> None:
            async with port.preview() as chunks:
                first = True
                async for chunk in chunks:
                    if first:
                        await socket.send_text(chunk.decode())
                        first = False
                    else:
                        await socket.send_bytes(chunk)

        await speak(socket, send_all)

    return router
