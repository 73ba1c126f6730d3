"""Who is let in and who is not."""

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from console.app import create_app
from console.guard import is_loopback, require_token
from core.errors import ConfigError
from tests.console.server import served
from tests.fakes.room import FakeRoom

HERE = "http://127.0.0.1:8765"
TOKEN = "long-and-secret"


def client(room: FakeRoom, token: str | None = None, base: str = HERE) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(room, token=token))
    return httpx.AsyncClient(transport=transport, base_url=base)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_loopback_needs_no_token(host: str) -> None:
    assert is_loopback(host)
    require_token(host, None)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "localhost.evil.com", ""])
def test_other_addresses_need_one(host: str) -> None:
    with pytest.raises(ConfigError, match="set a token"):
        require_token(host, None)
    with pytest.raises(ConfigError):
        require_token(host, "")
    require_token(host, TOKEN)


async def test_another_name_for_this_machine_is_refused(room: FakeRoom) -> None:
    async with client(room, base="http://rebound.evil.com:8765") as outside:
        assert (await outside.get("/api/state")).status_code == 403
    async with client(room, base="http://localhost:8765") as inside:
        assert (await inside.get("/api/state")).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.com", "http://127.0.0.1:9999", "null"])
async def test_other_pages_cannot_post(room: FakeRoom, origin: str) -> None:
    async with client(room) as page:
        answer = await page.post("/api/control", json={"do": "end"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert room.state().status == "live"


async def test_our_own_page_can_post(room: FakeRoom) -> None:
    async with client(room) as page:
        answer = await page.post("/api/control", json={"do": "mute"}, headers={"origin": HERE})
    assert answer.status_code == 200
    assert room.state().status == "muted"


@pytest.mark.parametrize("path", ["/api/live", "/preview/stream"])
async def test_other_pages_cannot_open_a_socket(room: FakeRoom, path: str) -> None:
    async with served(room) as here:
        address = here.replace("http", "ws") + path
        with pytest.raises(InvalidStatus, match="403"):
            await connect(address, origin=Origin("http://evil.com"))
        async with connect(address, origin=Origin(here)) as ours:
            assert await ours.recv()


async def test_a_socket_needs_the_token(room: FakeRoom) -> None:
    async with served(room, TOKEN) as here:
        address = here.replace("http", "ws") + "/api/live"
        with pytest.raises(InvalidStatus, match="403"):
            await connect(address)
        async with connect(f"{address}?token={TOKEN}") as ours:
            assert await ours.recv()


async def test_with_a_token_everything_but_health_needs_it(room: FakeRoom) -> None:
    async with client(room, TOKEN, base="http://room.example.com") as remote:
        for path in ("/api/state", "/metrics", "/openapi.json", "/static/main.js"):
            assert (await remote.get(path)).status_code == 401
        assert (await remote.post("/api/control", json={"do": "end"})).status_code == 401
        assert (await remote.get("/healthz")).status_code == 200
        wrong = {"authorization": "Bearer guess"}
        assert (await remote.get("/api/state", headers=wrong)).status_code == 401
        right = {"authorization": f"Bearer {TOKEN}"}
        assert (await remote.get("/api/state", headers=right)).status_code == 200
        assert (await remote.get(f"/api/state?token={TOKEN}")).status_code == 200


async def test_a_link_with_the_token_signs_a_browser_in(room: FakeRoom) -> None:
    async with client(room, TOKEN, base="http://room.example.com") as browser:
        arrived = await browser.get(f"/?token={TOKEN}")
        assert (arrived.status_code, arrived.headers["location"]) == (303, "/")
        assert TOKEN not in arrived.headers["set-cookie"]
        assert "HttpOnly" in arrived.headers["set-cookie"]
        assert (await browser.get("/api/state")).status_code == 200


async def test_a_browser_without_token_is_asked_for_it(room: FakeRoom) -> None:
    async with client(room, TOKEN, base="http://room.example.com") as browser:
        turned = await browser.get("/")
        assert (turned.status_code, turned.headers["location"]) == (303, "/sign-in")
        assert (await browser.get("/sign-in")).status_code == 200
        wrong = await browser.post("/sign-in", data={"token": "guess"})
        assert wrong.headers["location"] == "/sign-in#refused"
        assert (await browser.get("/api/state")).status_code == 401
        right = await browser.post("/sign-in", data={"token": TOKEN})
        assert right.headers["location"] == "/"
        assert (await browser.get("/api/state")).status_code == 200


async def test_every_answer_forbids_foreign_scripts(room: FakeRoom) -> None:
    async with client(room) as page:
        for path in ("/", "/preview", "/api/state", "/static/main.js", "/nothing"):
            policy = (await page.get(path)).headers["content-security-policy"]
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy


async def test_a_huge_body_is_refused_unread(room: FakeRoom) -> None:
    async with client(room) as program:
        headers = {"content-length": str(2**40)}
        answer = await program.post("/api/events", content=b"[]", headers=headers)
    assert answer.status_code == 413
