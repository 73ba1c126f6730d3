import sys
from pathlib import Path

import pytest

from core.errors import ProviderError
from speech.espeak import RATE_HZ, Espeak
from speech.voices import BUILT_IN, write_voice_files


@pytest.fixture(scope="module")
def engine() -> Espeak:
    return Espeak()


def test_events_lie_inside_the_sound(engine: Espeak) -> None:
    engine.use_voice("en-us")
    text = "Hello everyone, welcome."
    speech = engine.speak(text, words_per_min=165, pitch=50, pitch_range=50)
    assert len(speech.samples) > RATE_HZ
    assert [text[word.offset :].split()[0].strip(",.") for word in speech.words] == [
        "Hello", "everyone", "welcome",
    ]  # fmt: skip
    starts = [phone.sample for phone in speech.phones]
    assert starts == sorted(starts)
    assert starts[-1] <= len(speech.samples)


def test_faster_is_shorter(engine: Espeak) -> None:
    engine.use_voice("cmn-latn-pinyin")
    slow, fast = (
        engine.speak("da4 jia1 hao3", words_per_min=rate, pitch=50, pitch_range=50)
        for rate in (100, 250)
    )
    assert len(fast.samples) < 0.7 * len(slow.samples)


def test_a_voice_file_may_lie_deep(engine: Espeak, tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    spoken = []
    for language in ("zh", "en", "zh"):
        engine.use_voice_file(write_voice_files(deep, BUILT_IN)[language])
        speech = engine.speak("ni3 hao3", words_per_min=165, pitch=50, pitch_range=50)
        spoken.append([phone.name for phone in speech.phones])
    assert spoken[0] == spoken[2] != spoken[1]


def test_an_unknown_voice_is_named(engine: Espeak) -> None:
    with pytest.raises(ProviderError, match="klingon-x"):
        engine.use_voice("klingon-x")


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    monkeypatch.setattr("ctypes.util.find_library", lambda _: "libno-such-espeak.so.9")
    with pytest.raises(ProviderError, match="apt-get install libespeak-ng1") as caught:
        Espeak()
    assert not caught.value.retryable
