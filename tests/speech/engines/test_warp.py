import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.alignment import LINES, SPREAD, boundary_errors_ms
from benchmarks.taught import taught_sounds
from core.utterance import SAMPLE_RATE_HZ, Utterance
from speech.engines.assembly import trimmed
from speech.engines.flite import Flite
from speech.engines.voice import SoundPhone
from speech.engines.warp import align, features, match_phones, warp_by_phones, warp_by_sound
from speech.speaker import Speaker

PHRASES = (
    "The handle stays cool while the water boils.",
    "You can wash it at thirty degrees with similar colours.",
    "Our kitchen knife is forged from one piece of steel.",
    "The battery lasts about eleven hours on a single charge.",
    "Nobody has to iron this fabric after a long flight.",
    "A small bag of green tea comes with every order.",
)  # none of them was looked at when the alignment was tuned
CHINESE = ("这把刀是用一整块钢锻造的", "电池充一次电能用十一个小时", "每一单都送一小包绿茶")


def whole(utterance: Utterance) -> tuple[np.ndarray, list[SoundPhone]]:
    """A phrase's sound and phones, timed from its first sound."""
    start, end = utterance.phrases[0].start_s, utterance.phrases[-1].end_s
    samples = utterance.samples[round(start * SAMPLE_RATE_HZ) : round(end * SAMPLE_RATE_HZ)]
    phones = [
        SoundPhone(p.symbol, p.start_s - start, p.end_s - start)
        for p in utterance.phones
        if p.symbol
    ]
    return samples, phones


@pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")
@pytest.mark.parametrize("name", ["slt", "rms", "awb"])
def test_boundaries_are_those_flite_gives_itself(speaker: Speaker, name: str) -> None:
    engine, errors = Flite(name), list[float]()
    for text in PHRASES:
        samples, guide = whole(speaker.speak("L", text, "en", "built-in", None))
        sound = trimmed(next(iter(engine.say(text, "en", 1.0))))
        warp = warp_by_sound(samples, SAMPLE_RATE_HZ, sound.samples, sound.rate_hz)
        own = [phone for phone in sound.phones if phone.symbol]
        pairs = match_phones([p.symbol for p in guide], [p.symbol for p in own])
        assert len(pairs) > 0.8 * len(own)
        errors += [abs(warp(guide[i].start_s) - own[j].start_s) for i, j in pairs]
    assert np.median(errors) <= 0.025
    assert np.percentile(errors, 90) <= 0.1


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore")
def test_boundaries_are_the_durations_imposed_on_a_vits(speaker: Speaker) -> None:
    sounds = taught_sounds(LINES, SPREAD)
    errors = boundary_errors_ms(speaker, zip(LINES, sounds, strict=True))
    assert np.median(errors) <= 40


@pytest.mark.parametrize("share", [0.75, 1.2])
def test_chinese_of_another_speaker_and_pace(speaker: Speaker, share: float) -> None:
    errors: list[float] = []
    for text in CHINESE:
        samples, guide = whole(speaker.speak("L", text, "zh", "built-in", None))
        other, own = whole(speaker.speak("L", text, "zh", "built-in-man", 270 * share))
        warp = warp_by_sound(samples, SAMPLE_RATE_HZ, other, SAMPLE_RATE_HZ)
        for i, j in match_phones([p.symbol for p in guide], [p.symbol for p in own]):
            errors.append(abs(warp(guide[i].start_s) - own[j].start_s))
    assert np.median(errors) <= 0.025


def test_a_warp_of_a_sound_onto_itself_moves_nothing(speaker: Speaker) -> None:
    samples, phones = whole(speaker.speak("L", PHRASES[0], "en", "built-in", None))
    warp = warp_by_sound(samples, SAMPLE_RATE_HZ, samples, SAMPLE_RATE_HZ)
    assert max(abs(warp(p.start_s) - p.start_s) for p in phones) < 0.011


@given(n=st.integers(1, 40), m=st.integers(1, 40), seed=st.integers(0, 999))
def test_paths_go_from_end_to_end_and_never_back(n: int, m: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    path = align(rng.normal(size=(n, 5)), rng.normal(size=(m, 5)))
    assert path[0].tolist() == [0, 0]
    assert path[-1].tolist() == [n - 1, m - 1]
    steps = np.diff(path, axis=0)
    assert ((steps >= 0) & (steps <= 1)).all()
    assert (steps.sum(1) >= 1).all()


@given(samples=st.integers(1, 4000), rate_hz=st.sampled_from([8000, 16_000, 22_050, 48_000]))
def test_any_sound_has_features(samples: int, rate_hz: int) -> None:
    values = features(np.zeros(samples, np.float32), rate_hz)
    assert np.isfinite(values).all()
    assert len(values) >= 1


def test_transcriptions_that_differ_are_matched() -> None:
    guide, own = ["h", "ə", "l", "oʊ", "w"], ["h", "ʌ", "l", "l", "oʊ"]
    assert match_phones(guide, own) == [(0, 0), (1, 1), (2, 3), (3, 4)]
    assert match_phones([], ["a"]) == []


def test_words_follow_their_phones() -> None:
    guide = [SoundPhone("a", 0.0, 0.1), SoundPhone("b", 0.1, 0.2), SoundPhone("k", 0.2, 0.3)]
    own = [SoundPhone("a", 0.0, 0.3), SoundPhone("b", 0.3, 0.4), SoundPhone("k", 0.4, 0.9)]
    warp = warp_by_phones(guide, own)
    assert [round(warp(at), 3) for at in (0.0, 0.1, 0.2, 0.25, 0.3)] == [0.0, 0.3, 0.4, 0.65, 0.9]
