"""A language model behind an OpenAI-compatible server: vLLM, Ollama, DeepSeek, Qwen and others."""

import contextlib
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import msgspec
from pydantic import SecretStr

from core.clock import Clock
from core.errors import ConfigError, ProviderError
from script_engine.writers.chat import BusyError, Request

NO_KEY = SecretStr("")
_CONNECT_S = 2.0
_RETRY_AFTER_S = 0.2
_MOST_BYTES = 4 * 2**20
# of one reply: with its wrapping a pitch is a tenth of it
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_NOT_MINE = {400, 415, 422}
# what servers answer when they do not know the response format


class _Delta(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    delta: _Delta | None = None
    message: _Delta | None = None
    finish_reason: str | None = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] = []
    error: Any = None


_DECODER = msgspec.json.Decoder(_Chunk)


class ServerModel:
    """Streams replies over HTTP. Makes no connection before the first request."""

    def __init__(
        self,
        url: str,
        model: str,
        clock: Clock,
        *,
        api_key: SecretStr = NO_KEY,
        timeout_s: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """A model on a server.

        Args:
            url: of the server, with or without `/v1` or `/v1/chat/completions`.
            model: as the server calls it.
            clock: for the pause before a second try.
            api_key: sent as bearer token; an empty one is not sent.
            timeout_s: longest silence between two pieces of a reply.
            transport: what carries requests; the network when left out.

        Raises:
            ConfigError: the URL is none.
        """
        parsed = _checked(url)
        self._url, self._model, self._key, self._clock = (
            _endpoint(parsed),
            model,
            api_key.get_secret_value(),
            clock,
        )
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
            timeout=httpx.Timeout(timeout_s, connect=_CONNECT_S),
            transport=transport,
            trust_env=parsed.host not in _LOOPBACK,
        )
        self._formats = ["json_schema", "json_object", ""]
        # ways to ask for JSON, the best first; what the server refuses is not tried again

    @property
    def name(self) -> str:
        return f"{self._model} at {self._url.host}"

    async def stream(self, request: Request) -> AsyncGenerator[str, None]:
        """See `Model.stream`. A request that fails before its first piece is sent once more."""
        tries = 0
        while True:
            started = False
            try:
                async with contextlib.aclosing(self._once(request)) as pieces:
                    async for piece in pieces:
                        started = True
                        yield piece
                return
            except _FormatError:
                self._formats.pop(0)
            except BusyError:
                raise
            except ProviderError as error:
                if started or tries or not error.retryable:
                    raise
                tries += 1
                await self._clock.pause(_RETRY_AFTER_S)

    async def close(self) -> None:
        await self._client.aclose()

    async def _once(self, request: Request) -> AsyncGenerator[str, None]:
        try:
            async with self._client.stream("POST", self._url, json=self._body(request)) as answer:
                if answer.status_code != httpx.codes.OK:
                    await self._refuse(answer)
                if "text/event-stream" in answer.headers.get("content-type", ""):
                    async for piece in self._events(answer):
                        yield piece
                else:
                    yield _whole(await _read(answer))
        except (httpx.HTTPError, httpx.StreamError) as error:
            text = str(error) or type(error).__name__
            raise ProviderError(f"the connection failed: {text}", retryable=True) from error

    def _body(self, request: Request) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": request.system},
                {"role": "user", "content": request.user},
            ],
            "stream": True,
            "temperature": request.temperature,
            "max_tokens": request.max_tokens,
        }
        match self._formats[0]:
            case "json_schema":
                schema = {"name": "reply", "strict": True, "schema": request.schema}
                body["response_format"] = {"type": "json_schema", "json_schema": schema}
            case "json_object":
                body["response_format"] = {"type": "json_object"}
        return body

    async def _refuse(self, answer: httpx.Response) -> None:
        """Say why a request failed. Raises always."""
        status = answer.status_code
        if status in _NOT_MINE and len(self._formats) > 1:
            raise _FormatError
        text = (await _read(answer)).decode("utf-8", "replace").strip()[:200]
        if self._key:
            text = text.replace(self._key, "***")
        message = f"answered {status}: {text}"
        if status == httpx.codes.TOO_MANY_REQUESTS:
            raise BusyError(message, after_s=_seconds(answer.headers.get("retry-after", "")))
        raise ProviderError(message, retryable=status >= 500 or status == 408)

    async def _events(self, answer: httpx.Response) -> AsyncGenerator[str, None]:
        """The text of each server-sent event.

        Raises:
            ProviderError: an event is no JSON or an error, or the stream ends before its end.
        """
        ended = False
        async for line in _lines(answer):
            if not line.startswith(b"data:"):
                continue
            data = line[5:].strip()
            if data == b"[DONE]":
                return
            try:
                chunk = _DECODER.decode(data)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise ProviderError(f"sent what is no event: {error}", retryable=True) from error
            if chunk.error is not None:
                raise ProviderError(f"reports an error: {str(chunk.error)[:200]}", retryable=True)
            for choice in chunk.choices[:1]:
                ended = ended or choice.finish_reason is not None
                yield (choice.delta.content if choice.delta else None) or ""
        if not ended:
            raise ProviderError("the reply broke off", retryable=True)


def ask_for_models(url: str, api_key: SecretStr = NO_KEY, timeout_s: float = 3.0) -> list[str]:
    """The models a server lists; empty when it is there but keeps no list.

    Raises:
        ConfigError: the URL is none.
        ProviderError: nobody answers there, or the key is refused.
    """
    parsed = _checked(url)
    place = parsed.copy_with(path=_endpoint(parsed).path.removesuffix("/chat/completions"))
    key = api_key.get_secret_value()
    try:
        answer = httpx.get(
            f"{place}/models", headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=timeout_s, trust_env=parsed.host not in _LOOPBACK,
        )  # fmt: skip
    except httpx.HTTPError as error:
        message = f"{url} does not answer: {str(error) or type(error).__name__}"
        raise ProviderError(message, retryable=True) from error
    if answer.status_code in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        raise ProviderError(f"{url} refuses the key ({answer.status_code})", retryable=False)
    try:
        return [str(model["id"]) for model in answer.json()["data"]]
    except (ValueError, KeyError, TypeError):
        return []


class _FormatError(Exception):
    """The server does not take this response format."""


def _checked(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ConfigError(f"{url!r} is no URL: {error}", key="writer.url") from error
    if parsed.scheme not in {"http", "https"} or not parsed.host:
        raise ConfigError(f"{url!r} must begin with http:// or https://", key="writer.url")
    return parsed


def _endpoint(url: httpx.URL) -> httpx.URL:
    path = url.path.rstrip("/")
    if path.endswith("/chat/completions"):
        return url.copy_with(path=path)
    return url.copy_with(path=f"{path or '/v1'}/chat/completions")


async def _lines(answer: httpx.Response) -> AsyncGenerator[bytes, None]:
    """Lines of a body, as they come; a body that does not end is an error."""
    rest, total = b"", 0
    async for data in answer.aiter_bytes():
        total += len(data)
        if total > _MOST_BYTES:
            raise ProviderError("the reply does not end", retryable=True)
        *whole, rest = (rest + data).split(b"\n")
        for line in whole:
            yield line.rstrip(b"\r")
    yield rest


async def _read(answer: httpx.Response) -> bytes:
    body = b""
    async for data in answer.aiter_bytes():
        body += data
        if len(body) > _MOST_BYTES:
            raise ProviderError("the reply does not end", retryable=True)
    return body


def _whole(body: bytes) -> str:
    """The text of a reply that was not streamed."""
    try:
        chunk = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ProviderError(f"sent what is no reply: {error}", retryable=True) from error
    if not chunk.choices or chunk.choices[0].message is None:
        raise ProviderError("sent a reply without text", retryable=True)
    return chunk.choices[0].message.content or ""


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdigit() else 0.0
