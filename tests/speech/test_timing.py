"""Times against those of the engine, and against each other, over mixed text."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.loudness import ebu_r128
from benchmarks.sound import cut_step, lines
from core.language import Language
from core.utterance import SAMPLE_RATE_HZ
from speech.espeak import RATE_HZ, Speech
from speech.speaker import Speaker
from speech.text.pinyin import Pinyin
from tests.speech.test_speaker import check

ZH = st.lists(
    st.sampled_from("今天这款精华面霜买二送一喜欢的姐妹可以拍下单重新发货还有库存"),
    min_size=3, max_size=14,
).map("".join)  # fmt: skip
EN_WORDS = ("this", "serum", "is", "light", "and", "quick", "to", "use", "buy", "one", "today",
            "while", "it", "lasts")  # fmt: skip
EN = st.lists(st.sampled_from(EN_WORDS), min_size=3, max_size=9).map(" ".join)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=ZH | EN, rate=st.sampled_from([None, 0.8, 1.2]))
def test_words_begin_where_the_engine_says(
    speaker: Speaker, monkeypatch: pytest.MonkeyPatch, text: str, rate: float | None
) -> None:
    language: Language = "en" if text.isascii() else "zh"
    heard: list[Speech] = []
    engine = speaker._engine
    speak = engine.speak

    def spied(*args: str, **kwargs: int) -> Speech:
        heard.append(speak(*args, **kwargs))
        return heard[-1]

    with monkeypatch.context() as patch:
        patch.setattr(engine, "speak", spied)
        asked = None if rate is None else rate * (165 if language == "en" else 270)
        utterance = speaker.speak("L1", text, language, "built-in", asked)
    if len(utterance.phrases) > 1:
        return  # each phrase is a run of its own
    events = [event.sample / RATE_HZ for event in heard[-1].words]
    if len(events) != len(utterance.words):
        return  # words that the engine ran together are one
    # from the second on: the silence before the first is not kept
    for word, event in list(zip(utterance.words, events, strict=True))[2:]:
        assert word.start_s - utterance.words[1].start_s == pytest.approx(
            event - events[1], abs=0.010
        )


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    parts=st.lists(ZH | EN | st.sampled_from(["¥129.90", "SPF50+", "8折", "，", "！"]), max_size=4),
    language=st.sampled_from(["zh", "en"]),
)
def test_everything_fits(speaker: Speaker, parts: list[str], language: Language) -> None:
    text = "".join(parts) + "好"
    check(speaker.speak("L1", text, language, "built-in", None))


@pytest.mark.parametrize("count", [20, pytest.param(100, marks=pytest.mark.soak)])
def test_mixed_lines_are_fit_for_broadcast(speaker: Speaker, count: int) -> None:
    """Loudness and peaks by ffmpeg's meter for every fifth; timing and cuts for all."""
    for number, (text, language) in enumerate(lines(count)):
        utterance = speaker.speak(str(number), text, language, "built-in", None)
        check(utterance)
        assert all(
            round(b.start_s * SAMPLE_RATE_HZ) == round(a.end_s * SAMPLE_RATE_HZ)
            for a, b in pairwise(utterance.phones)
        )
        assert cut_step(utterance) < 0.05
        assert abs(float(utterance.samples.mean())) < 1e-4
        if number % 5 == 0:
            meter = ebu_r128(utterance.samples)
            assert meter.integrated_lufs == pytest.approx(-16.0, abs=1.0)
            assert meter.true_peak_dbtp <= -1.5


def test_every_syllable_of_pinyin_is_spoken_as_one(speaker: Speaker) -> None:
    """None is taken for English, and each has a vowel: what is handed over is understood."""
    from pypinyin.constants import PINYIN_DICT

    pinyin = Pinyin({})
    syllables = {pinyin.read(chr(code))[0] for code in PINYIN_DICT if 0x4E00 <= code <= 0x9FA5}
    assert len(syllables) > 1200
    engine = speaker._engine
    engine.use_voice_file(speaker._files["built-in"]["zh"])
    wrong = []
    for syllable in sorted(syllables):
        made = engine.speak(f"{syllable}.", words_per_min=400, pitch=50, pitch_range=50)
        names = [event.name for event in made.phones if event.name]
        if any("(" in name for name in names) or not 1 <= len(names) <= 4 or len(made.words) != 1:
            wrong.append((syllable, names))
    assert not wrong
