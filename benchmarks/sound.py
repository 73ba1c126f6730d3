"""A hundred mixed lines of the built-in voice: fit for broadcast, and exact in time?"""

import random
import tempfile
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean, pstdev

import numpy as np

from benchmarks.figure import Figure
from benchmarks.loudness import ebu_r128
from core.language import Language
from core.utterance import SAMPLE_RATE_HZ, Utterance
from speech.prosody import EMOTIONS, Mark
from speech.speaker import DEFAULT_RATES, Speaker
from speech.text.lexicon import load_lexicon
from speech.voices import BUILT_IN

LINES = 100
LONG_ENOUGH_S = 1.5
"""A loudness of less is not worth the name: BS.1770 gates in blocks of 0.4 s."""

_SHAPES: tuple[tuple[Language, str], ...] = (
    ("zh", "姐妹们看过来，今天这款{name}，{n}ml装，到手价只要¥{price}，想要的扣1！"),
    ("zh", "敏感肌能不能用呢？我念一下说明书：建议先在耳后试用{m}小时。"),
    ("zh", "库存还剩{n}件，{m}号链接，满{n}减{m}，今晚20:00截止。"),
    ("zh", "这一款SPF50+ PA+++的{name}，早C晚A都能用，喜欢的宝宝可以下单啦。"),
    ("zh", "尺码从S到XXL都有，身高{k}cm的姐妹拍M码就可以，拿不准的在公屏上问我。"),
    ("en", "Good evening everyone, tonight's {name} is only ${price}, and it ships in {m}-5 days."),
    ("en", "Is it right for sensitive skin? The label says no alcohol, no fragrance."),
    ("en", "We have {n} left in stock, so buy 2 get 1 free while they last!"),
    ("en", "It's made of 100% cotton, {n}g, and it washes well at 40°C."),
    ("zh", "这个牌子叫Hydra Boost，英文是{name}, only ${price} today, 喜欢的快拍。"),
)
_NAMES = ("Serum精华", "Linen Shirt", "小月亮台灯", "Night Cream", "X2-Pro", "玻尿酸面膜")


def lines(count: int = LINES, seed: int = 4) -> list[tuple[str, Language]]:
    """Mixed lines of a selling room with drawn names, prices and amounts."""
    draw = random.Random(seed)
    out = []
    for index in range(count):
        language, shape = _SHAPES[index % len(_SHAPES)]
        text = shape.format(
            name=draw.choice(_NAMES), n=draw.randint(10, 600), m=draw.randint(2, 9),
            k=draw.randint(150, 180), price=f"{draw.randint(9, 999)}.{draw.choice((0, 5, 90, 99))}",
        )  # fmt: skip
        out.append((text, language))
    return out


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        speaker = Speaker(load_lexicon(), Path(folder))
        speaker.warm_up()
        began = time.process_time()
        said = []
        for number, (text, language) in enumerate(lines()):
            emotion = tuple(EMOTIONS)[number % len(EMOTIONS)]
            mark = Mark("emotion", emotion, 0, len(text))
            said.append(speaker.speak(str(number), text, language, BUILT_IN, None, (mark,)))
        spent_s = time.process_time() - began
        return [
            Figure("lines", len(said), "", f"{sum(u.duration_s for u in said):.0f} s of speech"),
            Figure("work for a second of sound", spent_s / sum(u.duration_s for u in said), "s"),
            *_levels(said),
            *_timing(said),
            *_paces(speaker),
        ]


def _levels(said: Sequence[Utterance]) -> list[Figure]:
    meter = [ebu_r128(utterance.samples) for utterance in said]
    long = [m for m, u in zip(meter, said, strict=True) if u.duration_s >= LONG_ENOUGH_S]
    off = [abs(m.integrated_lufs + 16.0) for m in long]
    dc = max(abs(float(np.mean(u.samples, dtype=np.float64))) for u in said)
    return [
        Figure("loudness off -16 LUFS, at most", max(off), "LU", "ffmpeg ebur128, each line"),
        Figure("true peak, at most", max(m.true_peak_dbtp for m in meter), "dBTP"),
        Figure("DC, at most", dc * 1e6, "ppm"),
        Figure("step at a place to cut, at most", max(map(cut_step, said)), "", "of full scale 1"),
    ]


def cut_step(utterance: Utterance) -> float:
    """The largest jump between samples within 5 ms of a phrase's end: a click."""
    reach = SAMPLE_RATE_HZ // 200
    ends = [round(phrase.end_s * SAMPLE_RATE_HZ) for phrase in utterance.phrases]
    near = [utterance.samples[max(0, end - reach) : end + reach] for end in ends]
    return max((float(np.max(np.abs(np.diff(part)))) for part in near if len(part) > 1), default=0)


def _timing(said: Sequence[Utterance]) -> list[Figure]:
    wrong = sum(
        round(u.phones[-1].end_s * SAMPLE_RATE_HZ) != len(u.samples)
        or any(a.end_s != b.start_s for a, b in pairwise(u.phones))
        for u in said
    )
    pauses = [b.start_s - a.end_s for u in said for a, b in pairwise(u.phrases)]
    return [
        Figure("lines whose phones do not fill the sound", wrong, ""),
        Figure(
            "pause between phrases", mean(pauses) * 1000, "ms", f"sd {pstdev(pauses) * 1e3:.0f}"
        ),
    ]


def _paces(speaker: Speaker) -> list[Figure]:
    """How far the length of a minute of speech is from what its pace asks for, at most."""
    figures = []
    for language in ("zh", "en"):
        off, wanted_s, heard_s = [0.0], 0.0, 0.0
        for text, own in lines(60, seed=9):
            if own != language:
                continue
            heard_s += speaker.speak("pace", text, language, BUILT_IN, None).duration_s
            for spoken, count in speaker.count(text, language).items():
                wanted_s += count * 60 / DEFAULT_RATES[spoken]
            if heard_s > 60:
                off.append(abs(heard_s / wanted_s - 1))
                wanted_s = heard_s = 0.0
        figures.append(Figure(f"pace of a minute off by at most: {language}", 100 * max(off), "%"))
    return figures
