"""One suite for every voice: what `speech.engines.voice.Voice` promises."""

from collections.abc import Callable
from itertools import pairwise

import librosa
import numpy as np
import pytest

from core.errors import ProviderError
from core.language import Language
from core.utterance import SAMPLE_RATE_HZ, Utterance
from speech.engines.voice import Voice
from speech.mastering import loudness_lufs, true_peak_dbtp
from speech.messages import Speak
from speech.parts import join_parts
from speech.prosody import Mark
from tests.speech.engines.conftest import NAMES
from tests.speech.utterances import check_times

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
Open = Callable[[str], Voice]

RANDOM = ("letters", "pinyin", "phonemes")
"""Models with random weights: they crackle, and linger anywhere."""
LINES: list[tuple[Language, str]] = [
    ("en", "Hello everyone, this linen shirt is only $19.99. It ships in 2-3 days!"),
    ("en", "OK"),
    ("en", "Does it come in XL? Yes: in S, M, L and XL. 😀"),
    ("en", "The BT1001 keeps 30 ml at 25℃,\nand it weighs 95 g…"),
    ("zh", "姐妹们看过来，今天这瓶精华直播间只要¥129.90，30ml。"),
    ("zh", "敏感肌能不能用？我念一下说明书给你听！"),
    ("zh", "好"),
    ("zh", "这款Serum精华的SPF50+真的好用，喜欢的赶紧下单。"),
]


def speak(voice: Voice, text: str, language: Language, **more: float | int) -> list[Utterance]:
    """All parts of a line, each asked for as the room asks: by where the last one ended."""
    parts: list[Utterance] = []
    start = int(more.pop("start", 0))
    rate = more.get("rate")
    while start >= 0:
        request = Speak(1, "L1", text, language, rate, start)
        part = next(iter(voice.speak(request)))
        parts.append(part)
        start = part.rest_start
    return parts


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "text"), LINES)
def test_lines(voices: Open, name: str, language: Language, text: str) -> None:
    voice = voices(name)
    if language not in voice.languages:
        with pytest.raises(ProviderError, match=f"not {language}") as caught:
            speak(voice, text, language)
        assert not caught.value.retryable
        return
    parts = speak(voice, text, language)
    for part in parts:
        check_times(part)
        assert part.text == text
        assert (part.line_id, part.language) == ("L1", language)
        assert true_peak_dbtp(part.samples) <= -1.4
        heard = part.samples[: round(part.phrases[-1].end_s * SAMPLE_RATE_HZ)]
        if len(heard) > 0.8 * SAMPLE_RATE_HZ and name not in RANDOM:
            assert loudness_lufs(heard) == pytest.approx(-16.0, abs=1.5)
    for part, following in pairwise(parts):
        assert following.phrases[0].text_start == part.rest_start
        assert following.phrases[0].sentence_text_start == part.rest_sentence_start
        assert part.phrases[-1].text_end == part.rest_start
    whole = join_parts(parts)
    check_times(whole)
    assert "".join(text[p.text_start : p.text_end] for p in whole.phrases) == text
    assert any(phone.symbol for phone in whole.phones)
    assert {text[w.text_start : w.text_end] for w in whole.words} >= words_of(text)


def words_of(text: str) -> set[str]:
    """Words that have to be found again in any voice: long Latin ones and single characters."""
    known = {"everyone", "linen", "shirt", "weighs", "精", "华", "说", "明", "书", "好"}
    return {word for word in known if word in text}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["", "😀🎉", " \n", "！！"])
def test_nothing_to_say(voices: Open, name: str, text: str) -> None:
    voice = voices(name)
    with pytest.raises(ProviderError, match="nothing to say") as caught:
        speak(voice, text, voice.languages[0])
    assert not caught.value.retryable


@pytest.mark.parametrize("name", NAMES)
def test_the_rest_of_a_line_is_the_same_line(voices: Open, name: str) -> None:
    """Another voice may take over in the middle: it is given the line and where to go on."""
    voice = voices(name)
    language: Language = "en" if "en" in voice.languages else "zh"
    text = {
        "en": "One, two and three. Four, five and six.",
        "zh": "今天这瓶，只要九块。明天就没有了。",
    }
    start = text[language].index({"en": "Four", "zh": "明"}[language])
    parts = speak(voice, text[language], language, start=start)
    whole = join_parts(parts)
    check_times(whole)
    assert whole.text == text[language]
    assert whole.phrases[0].text_start == start
    assert whole.phrases[-1].text_end == len(text[language])
    assert whole.phrases[0].sentence == 1
    assert whole.phrases[0].sentence_text_start == start


@pytest.mark.parametrize("name", NAMES)
def test_the_pace_is_that_asked_for(voices: Open, name: str) -> None:
    voice = voices(name)
    language: Language = "en" if "en" in voice.languages else "zh"
    text, units = {
        "en": ("It keeps its shape after washing and it dries over night.", 11),
        "zh": ("穿在身上很舒服洗了也不容易变形。", 15),
    }[language]
    paces = []
    for rate in (130.0, 190.0) if language == "en" else (200.0, 290.0):
        duration_s = join_parts(speak(voice, text, language, rate=rate)).duration_s
        paces.append(units / duration_s * 60)
        if name not in RANDOM:
            assert paces[-1] == pytest.approx(rate, rel=0.3)
    assert paces[1] > (1.0 if name in RANDOM else 1.15) * paces[0]


@pytest.mark.parametrize("name", NAMES)
def test_no_cut_clicks(voices: Open, name: str) -> None:
    """Where a phrase ends, and speech may be cut, the sound has faded away."""
    voice = voices(name)
    language = voice.languages[0]
    text = "今天这瓶，只要九块。明天就没有了。" if language == "zh" else "One, two and three. Four!"
    for part in speak(voice, text, language):
        for phrase in part.phrases:
            end = round(phrase.end_s * SAMPLE_RATE_HZ)
            around = part.samples[max(0, end - 24) : end + 24]
            assert float(np.max(np.abs(np.diff(around)), initial=0.0)) < 0.05


@pytest.mark.parametrize("name", [name for name in NAMES if name not in RANDOM])
def test_moods_change_pace_and_pitch(voices: Open, name: str) -> None:
    voice = voices(name)
    text = "Good evening everyone, and welcome to our little shop."

    def spoken(mood: str) -> tuple[float, float]:
        """Seconds of speech, and the median pitch in Hz."""
        marks = (Mark("emotion", mood, 0, len(text)),)
        parts, start = [], 0
        while start >= 0:
            parts.append(next(iter(voice.speak(Speak(1, "L1", text, "en", None, start, marks)))))
            start = parts[-1].rest_start
        whole = join_parts(parts)
        said_s = sum(p.end_s - p.start_s for p in whole.phones if p.symbol)
        pitch_hz = librosa.yin(whole.samples[::3], fmin=60, fmax=400, sr=SAMPLE_RATE_HZ // 3)
        return said_s, float(np.median(pitch_hz))

    (glad_s, glad_hz), (sorry_s, sorry_hz) = spoken("delight"), spoken("sympathy")
    assert glad_s < 0.95 * sorry_s
    assert glad_hz > 1.02 * sorry_hz
