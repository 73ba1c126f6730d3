import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avatar.motion.mouth import MouthTrack, mouth_track
from core.blendshapes import INDEX
from core.utterance import Utterance
from tests.fakes.utterances import chatter, utter

JAW, CLOSE = INDEX["jawOpen"], INDEX["mouthClose"]
PARTING = [INDEX[f"mouth{what}{side}"] for what in ("UpperUp", "LowerDown")
           for side in ("Left", "Right")] + [INDEX["mouthFunnel"]]  # fmt: skip
LABIAL = ("p", "ph", "b", "m")
OTHER = ("t", "n", "k", "s.", "tɕ", "l", "ɑ", "ai", "u", "y", "onɡ", "ɔː", "", "ʃ", "iou")


def gap(weights: np.ndarray) -> float:
    """How far the lips are apart, in units of jawOpen."""
    return float(weights[JAW] - weights[CLOSE] + weights[PARTING].max())


def pictures_of(utterance: Utterance, symbols: tuple[str, ...], fps: int) -> list[int]:
    """The picture nearest to the centre of each phone of a kind."""
    return [round((p.start_s + p.end_s) / 2 * fps) for p in utterance.phones if p.symbol in symbols]


speech = st.lists(
    st.tuples(st.sampled_from(LABIAL + OTHER + ("f", "v")), st.floats(0.03, 0.25)),
    min_size=1,
    max_size=30,
)


@settings(deadline=None)
@given(speech, st.sampled_from([20, 25, 30, 50]))
def test_lips_close_on_every_bilabial(phones: list[tuple[str, float]], fps: int) -> None:
    utterance = utter(phones)
    track = mouth_track(utterance, fps)
    for picture in pictures_of(utterance, LABIAL, fps):
        assert gap(track.at(picture)) < 0.02


@settings(deadline=None)
@given(speech, st.sampled_from([25, 30]))
def test_teeth_meet_the_lip_on_f_and_v(phones: list[tuple[str, float]], fps: int) -> None:
    # lips that must close next door win, so there is none next door here
    spaced = [pair for phone in phones if phone[0] not in LABIAL for pair in (phone, ("ɑ", 0.12))]
    utterance = utter([("ɑ", 0.1), *spaced])
    track = mouth_track(utterance, fps)
    for picture in pictures_of(utterance, ("f", "v"), fps):
        weights = track.at(picture)
        assert weights[INDEX["mouthRollLower"]] > 0.4
        assert weights[JAW] < 0.06


@settings(deadline=None)
@given(speech)
def test_weights_stay_in_range_and_never_pop(phones: list[tuple[str, float]]) -> None:
    weights = mouth_track(utter(phones), 25).weights
    assert weights.min() >= 0
    assert weights.max() <= 1
    assert np.abs(np.diff(weights, axis=0)).max() < 0.6  # shut from open takes two pictures
    assert not weights[0].any()
    assert not weights[-1].any()


def test_pauses_are_still() -> None:
    track = mouth_track(utter([("m", 0.1), ("ɑ", 0.2), ("", 0.6), ("t", 0.06), ("ou", 0.2)]), 25)
    middle = [track.at(picture) for picture in range(13, 19)]
    assert max(weights.max() for weights in middle) < 0.01


def test_a_silent_utterance_does_not_move_the_mouth() -> None:
    assert not mouth_track(utter([("", 1.0)]), 25).weights.any()
    assert not mouth_track(utter([]), 25).weights.any()


def test_a_short_gap_inside_a_word_does_not_shut_the_mouth() -> None:
    track = mouth_track(utter([("ɑ", 0.2), ("", 0.04), ("k", 0.05), ("ɑ", 0.2)]), 50)
    assert min(track.at(picture)[JAW] for picture in range(8, 18)) > 0.12


def mean_opening(track: MouthTrack) -> float:
    return float(track.weights[:, JAW].mean())


def test_loud_syllables_open_wider_than_murmured_ones() -> None:
    utterance = utter([("t", 0.08), ("ɑ", 0.25)] * 4)
    samples = utterance.samples.copy()
    samples[len(samples) // 2 :] *= 0.1
    murmured = Utterance(
        "line", utterance.text, "zh", "test", samples, utterance.phones, utterance.words,
        utterance.phrases,
    )  # fmt: skip
    track = mouth_track(murmured, 25)
    half = len(track.weights) // 2
    assert track.weights[:half, JAW].max() > 1.2 * track.weights[half + 2 :, JAW].max()


def test_hurried_speech_opens_less() -> None:
    slow = mouth_track(utter([("t", 0.10), ("ɑ", 0.25)] * 6), 50)
    fast = mouth_track(utter([("t", 0.04), ("ɑ", 0.06)] * 6), 50)
    assert fast.weights[:, JAW].max() < 0.9 * slow.weights[:, JAW].max()


def test_rounding_is_anticipated() -> None:
    pucker = INDEX["mouthPucker"]
    before_u = mouth_track(utter([("t", 0.1), ("s", 0.1), ("u", 0.2)]), 50)
    before_a = mouth_track(utter([("t", 0.1), ("s", 0.1), ("ɑ", 0.2)]), 50)
    assert before_u.at(8)[pucker] > before_a.at(8)[pucker] + 0.08


def test_no_flutter_at_speed() -> None:
    """Inner consonants do not make the jaw rattle: it turns less often than phones change."""
    utterance = utter([("t", 0.04), ("ə", 0.05)] * 20)
    jaw = mouth_track(utterance, 50).weights[15:-20, JAW]
    assert np.abs(np.diff(jaw)).max() < 0.05
    assert np.ptp(jaw) < 0.10


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
def test_chatter_moves_and_comes_to_rest(fps: int) -> None:
    track = mouth_track(chatter(np.random.default_rng(3), 30), fps)
    assert mean_opening(track) > 0.08
    assert not track.at(10**6).any()
    assert not track.at(-(10**6)).any()
