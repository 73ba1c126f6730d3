import contextlib
import itertools

import librosa
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import ProviderError
from core.language import Language
from core.utterance import SAMPLE_RATE_HZ, Utterance
from speech.mastering import loudness_lufs, true_peak_dbtp
from speech.speaker import DEFAULT_RATES, Speaker

LINES: list[tuple[str, Language]] = [
    ("姐妹们看过来，今天这瓶Serum精华直播间只要¥129.90，SPF50+ PA+++，30ml。", "zh"),
    ("敏感肌能不能用？我念一下说明书给你听！", "zh"),
    ("Today's price is $19.99 for the 30 ml bottle, and it ships in 2-3 days.", "en"),
    ("The BT1001 is here, 喜欢的姐妹赶紧下单, only ¥99!", "en"),
    ("好", "zh"),
    ("OK", "en"),
    ("こんにちは、ようこそ。", "ja"),
    ("歡迎嚟到直播間", "yue"),
    ("안녕하세요 여러분.", "ko"),
    ("Guten Tag, heute nur 19 Euro.", "de"),
    ("Bonjour à tous, c'est 19 euros.", "fr"),
    ("Hola, hoy cuesta 19 euros.", "es"),
]


def check(utterance: Utterance) -> None:
    """What holds for every utterance."""
    text, n = utterance.text, len(utterance.samples)
    phones, words, phrases = utterance.phones, utterance.words, utterance.phrases
    assert phones[0].start_s == 0
    assert round(phones[-1].end_s * SAMPLE_RATE_HZ) == n
    assert all(a.end_s == b.start_s for a, b in itertools.pairwise(phones))
    assert all(phone.end_s > phone.start_s for phone in phones)
    lengths = [round(p.end_s * SAMPLE_RATE_HZ) - round(p.start_s * SAMPLE_RATE_HZ) for p in phones]
    assert sum(lengths) == n

    assert all(0 <= w.text_start < w.text_end <= len(text) for w in words)
    assert all(a.text_end <= b.text_start for a, b in itertools.pairwise(words))
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(words))
    assert all(0 <= w.start_s < w.end_s <= utterance.duration_s for w in words)

    assert "".join(text[p.text_start : p.text_end] for p in phrases) == text
    assert all(a.end_s < b.start_s for a, b in itertools.pairwise(phrases))
    assert [p.sentence for p in phrases] == sorted(p.sentence for p in phrases)
    assert all(p.sentence_text_start <= p.text_start for p in phrases)
    for word in words:
        inside = [p for p in phrases if p.text_start <= word.text_start < p.text_end]
        assert len(inside) == 1
        assert inside[0].start_s <= word.start_s
        assert word.end_s <= inside[0].end_s

    assert utterance.samples.dtype == np.float32
    assert float(np.max(np.abs(utterance.samples))) <= 1.0


@pytest.mark.parametrize(("text", "language"), LINES)
def test_lines(speaker: Speaker, text: str, language: Language) -> None:
    utterance = speaker.speak("L1", text, language, "built-in", None)
    check(utterance)
    assert true_peak_dbtp(utterance.samples) <= -1.5
    if utterance.duration_s > 1.5:
        assert loudness_lufs(utterance.samples) == pytest.approx(-16.0, abs=1.0)


def test_all_words_are_heard(speaker: Speaker) -> None:
    text = "这瓶Serum精华只要¥129.90，30ml。"
    words = speaker.speak("L1", text, "zh", "built-in", None).words
    assert [text[w.text_start : w.text_end] for w in words] == [
        "这", "瓶", "Serum", "精", "华", "只", "要", "¥129.90", "30ml",
    ]  # fmt: skip
    price = words[7]
    assert price.end_s - price.start_s > 0.7


def test_phones_of_mandarin_have_tones_and_those_of_english_stress(speaker: Speaker) -> None:
    phones = speaker.speak("L1", "妈麻马骂吗", "zh", "built-in", None).phones
    assert [p.tone for p in phones if p.symbol == "ɑ"] == [1, 2, 3, 4, 5]
    assert not any(p.tone for p in phones if p.symbol == "m")
    english = speaker.speak("L1", "banana", "en", "built-in", None).phones
    assert 1 in [p.stress for p in english]
    assert not any(p.tone for p in english)


def test_pauses_are_those_of_speech(speaker: Speaker) -> None:
    text = "今天这瓶精华真的很划算，大家一定要抓紧时间。喜欢的姐妹现在就可以下单。"
    phrases = speaker.speak("L1", text, "zh", "built-in", None).phrases
    gaps = [(b.start_s - a.end_s, a.sentence == b.sentence) for a, b in itertools.pairwise(phrases)]
    assert len(gaps) >= 2
    for gap, same in gaps:
        low, high = (0.1, 0.25) if same else (0.35, 0.5)
        assert low <= gap <= high


def test_pauses_are_silent_and_cuts_do_not_click(speaker: Speaker) -> None:
    text = "今天只要九块九。Really? 是真的！"
    utterance = speaker.speak("L1", text, "zh", "built-in", None)
    samples = utterance.samples
    for phrase in utterance.phrases:
        end = round(phrase.end_s * SAMPLE_RATE_HZ)
        assert float(np.max(np.abs(samples[end + 480 : end + 4800]))) < 0.01
        assert float(np.max(np.abs(np.diff(samples[end - 96 : end + 96])))) < 0.05


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("zh", "这款衬衫是纯棉的，穿在身上很舒服，洗了也不容易变形。敏感肌也能放心穿。", 32),
        ("en", "This shirt is made of pure cotton, it feels soft, and it keeps its shape.", 15),
    ],
)
def test_the_rate_is_kept(speaker: Speaker, language: Language, text: str, units: int) -> None:
    for rate in (DEFAULT_RATES[language], DEFAULT_RATES[language] * 0.8):
        duration_s = speaker.speak("L1", text, language, "built-in", rate).duration_s
        assert units / duration_s * 60 == pytest.approx(rate, rel=0.15)


@pytest.mark.parametrize(
    ("voice", "lowest_hz", "highest_hz"),
    [("built-in", 215, 280), ("built-in-alto", 160, 210), ("built-in-man", 80, 150)],
)
def test_each_voice_has_its_own_pitch(
    speaker: Speaker, voice: str, lowest_hz: float, highest_hz: float
) -> None:
    utterance = speaker.speak("L1", "妈妈妈妈妈妈妈妈", "zh", voice, None)
    pitch_hz = librosa.yin(utterance.samples, fmin=60, fmax=400, sr=SAMPLE_RATE_HZ)
    assert lowest_hz < np.median(pitch_hz) < highest_hz


@pytest.mark.parametrize("text", ["", "😀🎉", "！！！", " \n"])
def test_nothing_to_say_is_no_fault_of_the_voice(speaker: Speaker, text: str) -> None:
    with pytest.raises(ProviderError, match="nothing to say") as caught:
        speaker.speak("L1", text, "zh", "built-in", None)
    assert not caught.value.retryable


def test_unknown_voice(speaker: Speaker) -> None:
    with pytest.raises(ProviderError, match="built-in-man"):
        speaker.speak("L1", "好", "zh", "nobody", None)


words = st.sampled_from(
    ["姐妹们", "¥99.9", "SPF50+", "Serum", "，", "。", "😀", " ", "30ml", "2-3天", "XL", "吗？",
     "A", "\n", "…", "BT1001", "“好”", "don't", "20:30", "/", "龘", "é", "½", "③", "ⅳ", "α", "한"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(words, max_size=10), language=st.sampled_from(["zh", "en"]))
def test_anything_can_be_said(speaker: Speaker, parts: list[str], language: Language) -> None:
    text = "".join(parts)
    if any("a" <= char.lower() <= "z" or char.isdecimal() for char in text):
        check(speaker.speak("L1", text, language, "built-in", None))
    else:  # may have nothing to say, but fails with nothing else
        with contextlib.suppress(ProviderError):
            check(speaker.speak("L1", text, language, "built-in", None))


def test_endless_lines_are_refused(speaker: Speaker) -> None:
    with pytest.raises(ProviderError, match="split it") as caught:
        speaker.speak("L1", "说不完的话，" * 200, "zh", "built-in", None)
    assert not caught.value.retryable
