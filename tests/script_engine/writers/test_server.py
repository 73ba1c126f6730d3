import asyncio
import json

import httpx
import pytest
from pydantic import SecretStr

from core.errors import ConfigError, ProviderError
from script_engine.writers.chat import BusyError, Request
from script_engine.writers.server import ServerModel
from tests.fakes.clock import VirtualClock
from tests.fakes.lying_llm import LyingLLM

ROW = '{"id": "F1", "what": "净含量", "of": "", "says": "30毫升"}'
REQUEST = Request("规矩", f"请写\n{ROW}\n1. [F1] 讲卖点", {"type": "object"}, 200)


async def ask(model: ServerModel, request: Request = REQUEST) -> str:
    try:
        return "".join([piece async for piece in model.stream(request)])
    finally:
        await model.close()


async def ask_server(*modes: str, key: str = "") -> tuple[str, LyingLLM]:
    with LyingLLM(modes).serving() as llm:
        return await ask(ServerModel(llm.url, "m", VirtualClock(), api_key=SecretStr(key))), llm


@pytest.mark.parametrize("mode", ["honest", "whole"])
async def test_a_reply_comes_streamed_or_whole(mode: str) -> None:
    text, llm = await ask_server(mode)
    assert "30毫升" in json.loads(text)["lines"][0]["say"]
    sent = llm.requests[0]
    assert (sent["model"], sent["stream"]) == ("m", True)
    assert [m["role"] for m in sent["messages"]] == ["system", "user"]
    assert sent["response_format"]["json_schema"]["schema"] == REQUEST.schema


async def test_a_server_that_knows_no_schema_is_asked_without() -> None:
    _, llm = await ask_server("picky")
    kinds = [sent.get("response_format", {}).get("type", "") for sent in llm.requests]
    assert kinds == ["json_schema", "json_object", ""]


async def test_a_hiccup_is_tried_once_more() -> None:
    text, llm = await ask_server("500", "honest")
    assert "30毫升" in text
    assert len(llm.requests) == 2


@pytest.mark.parametrize(
    ("mode", "words", "retryable", "asked"),
    [
        ("500", "answered 500", True, 2), ("401", "answered 401", False, 1),
        ("cut", "closed connection", True, 1), ("error", "out of memory", True, 1),
        ("html", "no reply", True, 2), ("400", "answered 400", False, 3),
    ],
)  # fmt: skip
async def test_a_failure_is_told(mode: str, words: str, retryable: bool, asked: int) -> None:
    with LyingLLM([mode]).serving() as llm, pytest.raises(ProviderError, match=words) as caught:
        await ask(ServerModel(llm.url, "m", VirtualClock()))
    assert caught.value.retryable is retryable
    assert len(llm.requests) == asked


async def test_a_busy_server_says_for_how_long() -> None:
    with pytest.raises(BusyError, match="answered 429") as caught:
        await ask_server("429")
    assert caught.value.after_s == 7.0


async def test_nobody_there_is_an_error_at_once() -> None:
    with pytest.raises(ProviderError, match="connection failed") as caught:
        await ask(ServerModel("http://127.0.0.1:9", "m", VirtualClock()))
    assert caught.value.retryable


async def test_the_key_is_sent_and_never_told() -> None:
    with pytest.raises(ProviderError) as caught:
        await ask_server("401", key="hunter2hunter2")
    assert "hunter2" not in str(caught.value)
    assert "Bearer ***" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://a:1", "http://a:1/v1/chat/completions"),
        ("https://a/v1/", "https://a/v1/chat/completions"),
        ("https://a/compatible-mode/v1", "https://a/compatible-mode/v1/chat/completions"),
        ("https://a/v1/chat/completions", "https://a/v1/chat/completions"),
    ],
)
async def test_any_usual_form_of_the_url_will_do(url: str, asked: str) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, json={"choices": [{"message": {"content": "好"}}]})

    transport = httpx.MockTransport(answer)
    assert await ask(ServerModel(url, "m", VirtualClock(), transport=transport)) == "好"
    assert seen == [asked]


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://a", "http://", "http://a:b", ""])
async def test_a_wrong_url_is_named(url: str) -> None:
    with pytest.raises(ConfigError, match=r"writer\.url"):
        ServerModel(url, "m", VirtualClock())


@pytest.mark.parametrize(
    "body",
    [b"data: {broken\n\n", b'data: {"choices": 5}\n\n', b"data: [1]\n\n", b"\xff\xfe\n", b"",
     b"data: " + b"x" * (5 << 20)],
)  # fmt: skip
async def test_a_stream_that_is_none_is_an_error(body: bytes) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, content=body)

    model = ServerModel("http://a", "m", VirtualClock(), transport=httpx.MockTransport(answer))
    with pytest.raises(ProviderError):
        await ask(model)


async def test_a_reply_is_given_up_without_waiting_for_its_end() -> None:
    with LyingLLM(["stall"]).serving() as llm:
        model = ServerModel(llm.url, "m", VirtualClock())
        pieces = model.stream(REQUEST)
        assert await anext(pieces)
        async with asyncio.timeout(2):
            await pieces.aclose()
            await model.close()
