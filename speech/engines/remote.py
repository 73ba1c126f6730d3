"""Any server with OpenAI's /v1/audio/speech. It gives sound; the timing is found by warping."""

import io
import os
import wave
from collections.abc import Iterator
from itertools import chain

import httpx
import numpy as np

from core.errors import ProviderError
from core.language import Language
from speech.descriptions import RemoteVoice
from speech.engines.voice import Sound

_PCM_HZ = 24_000
"""What the API means by pcm: 16-bit mono at this rate, without a header."""
_PIECE = 8_192


class Remote:
    """A voice at the other end of HTTP."""

    device = "server"

    def __init__(
        self, described: RemoteVoice, transport: httpx.BaseTransport | None = None
    ) -> None:
        """
        Raises:
            ProviderError: its key is not in the environment.
        """
        headers = {}
        if described.api_key_env:
            key = os.environ.get(described.api_key_env)
            if not key:
                raise ProviderError(
                    f"the key is missing: export {described.api_key_env}=...", retryable=False
                )
            headers["Authorization"] = f"Bearer {key}"
        self.languages = described.languages
        self._described = described
        self.fingerprint = f"remote {described.url} {described.model} {described.speaker}"
        self._client = httpx.Client(
            base_url=described.url.rstrip("/"), headers=headers, timeout=described.timeout_s,
            transport=transport,
        )  # fmt: skip

    def say(self, text: str, language: Language, speed: float) -> Iterator[Sound]:
        body = {
            "model": self._described.model, "voice": self._described.speaker, "input": text,
            "response_format": "pcm", "speed": round(speed, 2),
        }  # fmt: skip
        try:
            with self._client.stream("POST", "/audio/speech", json=body) as reply:
                if reply.status_code >= 400:
                    raise self._refused(reply)
                yield from _sounds(reply)
        except httpx.HTTPError as error:
            raise ProviderError(
                f"the speech server {self._described.url} failed: {error or type(error).__name__}",
                retryable=True,
            ) from error

    def close(self) -> None:
        self._client.close()

    def _refused(self, reply: httpx.Response) -> ProviderError:
        words = reply.read().decode("utf-8", "replace").strip()[:300]
        return ProviderError(
            f"the speech server {self._described.url} answered {reply.status_code}: {words}",
            retryable=reply.status_code >= 500 or reply.status_code in (408, 429),
        )


def _sounds(reply: httpx.Response) -> Iterator[Sound]:
    """The sound as it comes. Some servers send WAV whatever they are asked for."""
    pieces = reply.iter_bytes(_PIECE)
    left = b""
    for piece in pieces:
        left += piece
        if len(left) >= 12:
            break
    if left[:4] == b"RIFF":
        yield _wav(left + b"".join(pieces))
        return
    if left[:3] in (b"ID3", b"Ogg", b"fLa") or left[:2] == b"\xff\xfb":
        raise ProviderError(
            "the speech server sends compressed sound; it has to know response_format pcm or wav",
            retryable=False,
        )
    for piece in chain([b""], pieces):
        left += piece
        whole = len(left) // 2 * 2
        if whole:
            yield _pcm(left[:whole], 1, _PCM_HZ)
        left = left[whole:]


def _wav(data: bytes) -> Sound:
    try:
        with wave.open(io.BytesIO(data)) as file:
            if file.getsampwidth() != 2:
                raise wave.Error(f"{8 * file.getsampwidth()}-bit samples")
            frames = file.readframes(file.getnframes())
            return _pcm(frames, file.getnchannels(), file.getframerate())
    except (wave.Error, EOFError) as error:
        raise ProviderError(f"the speech server's WAV: {error}", retryable=False) from error


def _pcm(data: bytes, channels: int, rate_hz: int) -> Sound:
    whole = len(data) // (2 * channels) * 2 * channels
    samples = np.frombuffer(data[:whole], "<i2").astype(np.float32) / 32768
    return Sound(samples.reshape(-1, channels).mean(1, dtype=np.float32), rate_hz)
