"""Against a server on this machine that really speaks."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from core.errors import ProviderError
from core.utterance import SAMPLE_RATE_HZ
from speech.descriptions import RemoteVoice
from speech.engines.assembly import joined
from speech.engines.remote import Remote
from speech.engines.voice import Sound, Voice
from speech.messages import Speak
from tests.fakes.speech_server import PCM_HZ, SpeechServer, to_pcm

Open = Callable[[str], Voice]
Connect = Callable[..., Remote]


@pytest.fixture
def connect(server: SpeechServer) -> Iterator[Connect]:
    opened: list[Remote] = []

    def connect(**more: object) -> Remote:
        described = RemoteVoice.model_validate(
            {"engine": "remote", "url": server.url, "model": "tts-1", "speaker": "nova",
             "languages": ["en"], "licence": "test"} | more
        )  # fmt: skip
        opened.append(Remote(described))
        return opened[-1]

    yield connect
    server.trouble = ""
    for remote in opened:
        remote.close()


def say(remote: Remote, text: str = "Good evening.") -> Sound:
    return joined(list(remote.say(text, "en", 1.25)))


def test_what_is_asked_is_what_the_api_wants(
    connect: Connect, server: SpeechServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", "s3cret")
    say(connect(api_key_env="A_KEY"))
    assert server.asked[-1] == {
        "model": "tts-1", "voice": "nova", "input": "Good evening.", "response_format": "pcm",
        "speed": 1.25,
    }  # fmt: skip
    assert server.keys[-1] == "Bearer s3cret"


def test_a_missing_key_is_named(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    with pytest.raises(ProviderError, match="export NO_SUCH_KEY"):
        connect(api_key_env="NO_SUCH_KEY")


def test_the_sound_is_that_of_the_server_however_it_comes(
    connect: Connect, server: SpeechServer
) -> None:
    for trouble in ("", "wav"):  # streamed; with a header that does not know the length
        server.trouble = trouble
        sound = say(connect())
        sent = np.frombuffer(to_pcm(server.said[-1]), "<i2") / 32768
        assert sound.rate_hz == PCM_HZ
        assert len(sound.samples) == len(sent)
        assert np.abs(sound.samples - sent).max() < 1e-4


@pytest.mark.parametrize(
    ("trouble", "match", "retryable"),
    [("503", "answered 503: no voice today", True), ("401", "answered 401", False),
     ("429", "answered 429", True), ("mp3", "compressed", False), ("cut", "failed", True)],
)  # fmt: skip
def test_troubles(
    connect: Connect, server: SpeechServer, trouble: str, match: str, retryable: bool
) -> None:
    server.trouble = trouble
    with pytest.raises(ProviderError, match=match) as caught:
        say(connect())
    assert caught.value.retryable is retryable


def test_a_server_that_is_not_there(connect: Connect) -> None:
    with pytest.raises(ProviderError, match="failed") as caught:
        say(connect(url="http://127.0.0.1:9/v1"))
    assert caught.value.retryable


def test_times_found_by_warping_are_those_of_the_sound(voices: Open, server: SpeechServer) -> None:
    """The server knows when it said each word; the room finds it out."""
    errors: list[float] = []
    for text in ("这把刀是用一整块钢锻造的。", "电池充一次电能用十一个小时。"):
        (found,) = voices("server").speak(Speak(1, "L", text, "zh"))
        said = server.said[-1]
        assert [w.text_start for w in found.words] == [w.text_start for w in said.words]
        shift = said.phrases[0].start_s
        errors += [
            abs(a.start_s - (b.start_s - shift))
            for a, b in zip(found.words, said.words, strict=True)
        ]
        assert round(found.phones[-1].end_s * SAMPLE_RATE_HZ) == len(found.samples)
    assert np.median(errors) <= 0.03
