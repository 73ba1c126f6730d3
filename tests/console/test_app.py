"""The interface over HTTP, as other programs see it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from console.app import create_app
from tests.fakes.console_shop import SHEET
from tests.fakes.room import FakeRoom

COMMENT = {"id": "c1", "kind": "comment", "user": {"id": "u1", "name": "小林"}, "text": "多少钱"}


@pytest.fixture
async def client(room: FakeRoom) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(room, token=None))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client:
        yield client


async def test_state_names_the_product_shown(client: httpx.AsyncClient) -> None:
    state = (await client.get("/api/state")).json()
    assert state["status"] == "live"
    assert state["product_id"] == "BT1001"
    assert state["sinks"][0]["url"] == "rtmp://push.example.com/live"
    assert state["counters"]["pictures_late"] == 0


async def test_one_event_or_many_are_taken_once(client: httpx.AsyncClient) -> None:
    one = await client.post("/api/events", json=COMMENT)
    assert (one.status_code, one.json()) == (202, {"taken": ["c1"]})
    many = await client.post("/api/events", json=[COMMENT, COMMENT | {"id": "c2"}])
    assert (many.status_code, many.json()) == (202, {"taken": ["c2"]})


async def test_the_journal_tells_the_answer_with_its_times(client: httpx.AsyncClient) -> None:
    await client.post("/api/events", json=COMMENT)
    entries = (await client.get("/api/journal", params={"kind": "answer"})).json()
    last = entries[-1]["data"]
    assert last["action"] == "answer"
    assert last["facts"] == ["BT1001.price"]
    assert last["received"] < last["decided"] < last["on_air"] < last["done"]
    after = (await client.get("/api/journal", params={"after": entries[0]["n"]})).json()
    assert [entry["n"] for entry in after] == [entry["n"] for entry in entries[1:]]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/api/events", {"id": "c1"}, "[0].kind"),
        ("/api/events", [COMMENT, COMMENT | {"kind": "shout"}], "[1].kind"),
        ("/api/events", COMMENT | {"amount_minor": -1}, "[0].amount_minor"),
        ("/api/events", COMMENT | {"user": {"level": "high"}}, "[0].user.level"),
        ("/api/events", COMMENT | {"sent_at": "2026-11-22T23:00:00"}, "[0].sent_at"),
        ("/api/events", "hello", "body"),
        ("/api/control", {"do": "dance"}, "do"),
        ("/api/control", {"do": "pause", "colour": "red"}, "colour"),
        ("/api/shop/check", {}, "text"),
    ],
)
async def test_a_wrong_body_is_refused_by_field(
    client: httpx.AsyncClient, path: str, body: object, field: str
) -> None:
    answer = await client.post(path, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["field"] == field
    assert answer.json()["error"].startswith(field)


async def test_what_is_no_json_is_said_to_be_none(client: httpx.AsyncClient) -> None:
    headers = {"content-type": "application/json"}
    answer = await client.post("/api/events", content=b'{"id": ', headers=headers)
    assert answer.status_code == 422
    assert "is no JSON" in answer.json()["error"]


async def test_controls_that_lack_their_object_are_refused(client: httpx.AsyncClient) -> None:
    for do, needed in (("say", "text"), ("show_product", "product_id"), ("scene", "scene")):
        answer = await client.post("/api/control", json={"do": do})
        assert answer.status_code == 422
        assert repr(needed) in answer.json()["error"]


async def test_a_refused_line_names_each_claim(client: httpx.AsyncClient) -> None:
    answer = await client.post("/api/control", json={"do": "say", "text": "全网最低，只要99元"})
    assert answer.status_code == 200
    result = answer.json()
    assert result["ok"] is False
    assert [claim["text"] for claim in result["claims"]] == ["99元", "全网最低"]
    assert all(claim["reason"] for claim in result["claims"])


async def test_controls_reach_the_room(client: httpx.AsyncClient) -> None:
    for do, status in (("mute", "muted"), ("unmute", "live"), ("takeover", "human")):
        assert (await client.post("/api/control", json={"do": do})).json()["ok"]
        assert (await client.get("/api/state")).json()["status"] == status


async def test_health_metrics_and_schema(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "live"}
    metrics = await client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    schema = (await client.get("/openapi.json")).json()
    promised = {"/api/state", "/api/events", "/api/journal", "/api/control", "/api/shop/products"}
    assert promised <= schema["paths"].keys()
    body = schema["paths"]["/api/events"]["post"]["requestBody"]["content"]["application/json"]
    assert len(body["schema"]["anyOf"]) == 2


async def test_the_shop_can_be_read_and_changed(client: httpx.AsyncClient) -> None:
    products = (await client.get("/api/shop/products")).json()
    assert [item["product"]["id"] for item in products] == ["BT1001", "AP2002", "HM3003"]
    change = {"field": "price", "value": "¥179"}
    fact = (await client.patch("/api/shop/products/BT1001", json=change)).json()
    assert fact["value"] == {"minor": 17900, "currency": "CNY"}
    known = await client.get("/api/shop/facts", params={"id": ["BT1001.price", "shop.shipping"]})
    assert [item["id"] for item in known.json()] == ["BT1001.price", "shop.shipping"]
    assert known.json()[0]["value"]["minor"] == 17900
    whole = (await client.get("/api/shop/facts")).json()
    assert [item["field"] for item in whole] == ["shipping"]
    wrong = change | {"value": "cheap"}
    refused = await client.patch("/api/shop/products/BT1001", json=wrong)
    assert refused.status_code == 422
    assert "'cheap' is no number" in refused.json()["error"]
    assert "“cheap”不是数字" in refused.json()["error_zh"]


async def test_a_shop_system_posts_its_prices(client: httpx.AsyncClient) -> None:
    message = [{"sku": "BT1001", "price": "188"}, {"sku": "XX", "price": 1}]
    taken = (await client.post("/api/shop/webhook", json=message)).json()
    assert [fact["id"] for fact in taken["changed"]] == ["BT1001.price"]
    assert taken["refused"] == [{"item": 2, "reason": "no product is called so"}]
    for nothing in ([], "x", {}):
        answer = await client.post("/api/shop/webhook", json=nothing)
        assert answer.status_code in (200, 422)
    broken = await client.post(
        "/api/shop/webhook", content=b"{", headers={"content-type": "application/json"}
    )
    assert broken.status_code == 422


async def test_a_guessed_column_is_corrected(client: httpx.AsyncClient) -> None:
    keys = {field["key"] for field in (await client.get("/api/shop/fields")).json()}
    assert {"price", "ignore"} <= keys
    body = {"file": SHEET, "column": "到手", "field": "price"}
    rows = (await client.post("/api/shop/columns", json=body)).json()["rows"]
    assert not [row for row in rows if row["column"] == "到手"]
    wrong = await client.post("/api/shop/columns", json=body | {"field": "prise"})
    assert wrong.status_code == 422
    assert "prise" in wrong.json()["error"]


async def test_pictures_and_pitches_of_products(client: httpx.AsyncClient) -> None:
    picture = await client.get("/api/shop/products/BT1001/image")
    assert picture.headers["content-type"] == "image/png"
    lines = await client.get("/api/shop/products/AP2002/pitch", params={"language": "en"})
    assert "cotton shirt" in lines.json()[0]["text"]
    for path in ("", "/image", "/pitch"):
        missing = await client.get(f"/api/shop/products/XX{path}")
        assert missing.status_code == 404
        assert "XX" in missing.json()["error"]


async def test_files_are_taken_in_by_their_last_name(client: httpx.AsyncClient) -> None:
    taken = await client.post("/api/shop/files", files={"file": ("../../更新.csv", b"a,b")})
    assert taken.status_code == 201
    assert taken.json()["name"] == "更新.csv"
    assert {row["outcome"] for row in taken.json()["rows"]} == {"read", "guessed"}
    refused = await client.post("/api/shop/files", files={"file": ("menu.exe", b"MZ")})
    assert refused.status_code == 422
    assert "menu.exe" in refused.json()["error"]
    hidden = await client.post("/api/shop/files", files={"file": (".presenter", b"x")})
    assert hidden.status_code == 422


async def test_scripts_are_read_and_saved(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/shop/scripts")).json() == ["开场.md"]
    saved = await client.post("/api/shop/scripts/开场.md", json={"text": "# 开场\n大家好\n"})
    assert saved.status_code == 200
    assert (await client.get("/api/shop/scripts/开场.md")).json()["text"] == "# 开场\n大家好\n"
    wrong = await client.post("/api/shop/scripts/开场.md", json={"text": "# 开场\n[jump]\n"})
    assert wrong.status_code == 422
    assert "line 2" in wrong.json()["error"]
