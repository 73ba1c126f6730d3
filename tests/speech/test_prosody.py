import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import correlate

from core.line import Claim, Cue, Line
from core.utterance import SAMPLE_RATE_HZ, Utterance, Word
from speech.prosody import Mark, emphasised, marks_of, plan
from speech.speaker import Speaker
from speech.text.clauses import split_clauses


def say(speaker: Speaker, text: str, *marks: Mark) -> Utterance:
    language = "en" if text.isascii() else "zh"
    return speaker.speak("L1", text, language, "built-in", None, marks)


def pitch_hz(utterance: Utterance, start_s: float, end_s: float) -> float:
    """The median pitch of a stretch, by autocorrelation of 40 ms frames."""
    size, found = SAMPLE_RATE_HZ // 25, []
    sound = utterance.samples[round(start_s * SAMPLE_RATE_HZ) : round(end_s * SAMPLE_RATE_HZ)]
    for at in range(0, len(sound) - size, size // 4):
        frame = sound[at : at + size].astype(np.float64) * np.hanning(size)
        lags = correlate(frame, frame, "full", "fft")[size - 1 :]
        low, high = SAMPLE_RATE_HZ // 420, SAMPLE_RATE_HZ // 120
        best = low + int(np.argmax(lags[low:high]))
        if lags[best] > 0.3 * lags[0] > 0:
            found.append(SAMPLE_RATE_HZ / best)
    return float(np.median(found))


def word(utterance: Utterance, text: str) -> Word:
    return next(w for w in utterance.words if utterance.text[w.text_start : w.text_end] == text)


def test_cues_and_claims_become_marks() -> None:
    text = "姐妹们好，玻尿酸保湿精华只要¥99，放心拍。"
    name, price = text.index("玻尿酸"), text.index("¥99")
    line = Line(
        "L1", text, "zh", "pitch", (),
        cues=(Cue("emotion", "smile", 0), Cue("gesture", "wave", 3), Cue("emotion", "earnest", 17)),
        claims=(
            Claim("ingredient", "玻尿酸", name, name + 3, "BT1001.name"),
            Claim("effect", "保湿", name + 3, name + 5, "BT1001.name"),
            Claim("price", "¥99", price, price + 3, "BT1001.price"),
            Claim("quantity", "30ml", 0, 1, "BT1001.volume"),
        ),
    )  # fmt: skip
    assert marks_of(line) == (
        Mark("emotion", "smile", 0, 17),
        Mark("emotion", "earnest", 17, len(text)),
        Mark("emphasis", "", price, price + 3),
        Mark("emphasis", "", name, name + 5),
    )
    assert marks_of(Line("L1", text, "zh", "pitch", ())) == ()


@pytest.mark.parametrize(
    ("text", "loud"),
    [
        ("今天只要¥129.90哦", ["¥129.90"]), ("打8折，到手99元", ["8折", "99元"]),
        ("九块九包邮", ["九块九"]), ("only $19.99 or 20% off", ["$19.99", "20% off"]),
        ("30ml的8号链接，8折叠", []), ("US$5-10", ["US$5-10"]),
    ],
)  # fmt: skip
def test_money_stands_out_by_itself(text: str, loud: list[str]) -> None:
    assert [text[start:end] for start, end in emphasised(text, ())] == loud


def test_an_emphasised_word_is_slower_and_higher_after_a_short_pause(speaker: Speaker) -> None:
    text = "我们家的这款面霜真的很不错"
    start = text.index("面霜")
    plain, loud = say(speaker, text), say(speaker, text, Mark("emphasis", "", start, start + 2))
    first, last = word(loud, "面"), word(loud, "霜")
    before, after = word(plain, "面"), word(plain, "霜")
    assert last.end_s - first.start_s > 1.08 * (after.end_s - before.start_s)
    higher = pitch_hz(loud, first.start_s, last.end_s) / pitch_hz(
        plain, before.start_s, after.end_s
    )
    assert 1.02 < higher < 1.25


@pytest.mark.parametrize("text", ["你们想要吗", "好不好看呢", "这个要不要带走"])
def test_a_chinese_question_ends_higher(speaker: Speaker, text: str) -> None:
    asked, told = say(speaker, f"{text}？"), say(speaker, f"{text}。")
    ends = [pitch_hz(u, u.words[-1].start_s, u.words[-1].end_s) for u in (asked, told)]
    assert ends[0] > 1.05 * ends[1]
    begins = [pitch_hz(u, u.words[0].start_s, u.words[1].end_s) for u in (asked, told)]
    assert begins[0] == pytest.approx(begins[1], rel=0.03)  # the rest keeps its tones


def test_emotions_change_pace_and_pitch(speaker: Speaker) -> None:
    text = "妈妈今天喝汤了，妈妈今天喝汤了，妈妈今天喝汤了"
    made = {e: say(speaker, text, Mark("emotion", e, 0, 99)) for e in ("delight", "sympathy")}
    made[""] = say(speaker, text)
    assert made["delight"].duration_s < 0.98 * made[""].duration_s
    assert made["sympathy"].duration_s > 1.04 * made[""].duration_s
    pitches = {e: pitch_hz(u, 0, u.duration_s) for e, u in made.items()}
    assert pitches["sympathy"] < pitches[""] < pitches["delight"]


def test_a_pause_is_longer_before_a_long_phrase() -> None:
    text = "先说价格，今天这一瓶精华在我们直播间里是一百块，好的，再说材质。"
    clauses = split_clauses(text)
    pauses = [d.pause_s for d in plan(text, clauses, ())]
    longest = max(range(1, len(clauses)), key=lambda i: clauses[i].end - clauses[i].start)
    assert pauses[longest - 1] == max(pauses[:-1])


marks = st.lists(
    st.builds(
        Mark, st.sampled_from(["emphasis", "emotion"]),
        st.sampled_from(["", "smile", "delight", "earnest", "sympathy", "unheard-of"]),
        st.integers(-3, 40), st.integers(-3, 60),
    ),
    max_size=4,
)  # fmt: skip


@given(marks=marks, text=st.text("好吗今天¥9.，。？ abc元%", max_size=30))
def test_any_marks_make_a_plan(marks: list[Mark], text: str) -> None:
    clauses = split_clauses(text)
    deliveries = plan(text, clauses, marks)
    assert len(deliveries) == len(clauses)
    assert all(0.08 <= d.pause_s < 0.8 for d in deliveries)
