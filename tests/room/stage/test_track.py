from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.line import Cue
from room.messages import Cut, CutAt, Play
from room.stage.track import (
    LineComing,
    LineEnded,
    LineStarted,
    PhraseStarted,
    SoundTrack,
    TrackEvent,
    cut_points_s,
)
from tests.fakes.speech import make_line, speak_text

FPS = 25


def play(line_id: str, generation: int = 1, *, cut_at: CutAt = "phrase") -> Play:
    line = make_line(line_id)
    return Play(line_id, line.kind, speak_text(line), (), cut_at, generation)


def run(track: SoundTrack, frames: range) -> tuple[np.ndarray, list[TrackEvent]]:
    sound: list[np.ndarray] = [np.zeros(0, np.float32)]
    events: list[TrackEvent] = []
    for frame in frames:
        samples, now = track.next(frame)
        sound.append(samples)
        events += now
    return np.concatenate(sound), events


def test_every_sample_of_a_line_is_heard_once_and_in_order() -> None:
    track = SoundTrack(FPS)
    first, second = play("A"), play("B")
    track.play(first)
    track.play(second)
    sound, events = run(track, range(400))
    started = [e.frame for e in events if isinstance(e, LineStarted)]
    for frame, line in zip(started, (first, second), strict=True):
        at = frame * 1920
        n = len(line.utterance.samples)
        np.testing.assert_array_equal(sound[at : at + n], line.utterance.samples)
    ends = [e.resume_at for e in events if isinstance(e, LineEnded)]
    assert ends == [-1, -1]


def test_a_cut_ends_the_line_at_its_next_phrase_and_names_the_sentence_to_resume() -> None:
    track = SoundTrack(FPS)
    line = play("A")
    track.play(line)
    phrases = line.utterance.phrases
    inside_third = round((phrases[2].start_s + 0.1) * FPS)
    run(track, range(inside_third))
    track.cut(Cut(2))
    _, events = run(track, range(inside_third, 400))
    (end,) = [e for e in events if isinstance(e, LineEnded)]
    assert end.frame == int(phrases[2].end_s * FPS - 1e-9)
    assert end.resume_at == phrases[3].sentence_text_start == phrases[2].text_start


def test_a_price_is_said_whole() -> None:
    track = SoundTrack(FPS)
    track.play(play("A", cut_at="end"))
    run(track, range(10))
    track.cut(Cut(2))
    _, events = run(track, range(10, 400))
    assert [e.resume_at for e in events if isinstance(e, LineEnded)] == [-1]


def test_a_cut_drops_older_lines_that_wait_and_keeps_newer() -> None:
    track = SoundTrack(FPS)
    for line in (play("A"), play("B"), play("C")):
        track.play(line)
    run(track, range(3))
    track.cut(Cut(2))
    track.play(play("answer", generation=2))
    _, events = run(track, range(3, 600))
    dropped = [e.play.line_id for e in events if isinstance(e, LineEnded) and not e.heard]
    started = [e.play.line_id for e in events if isinstance(e, LineStarted)]
    assert dropped == ["B", "C"]
    assert started == ["answer"]


@given(at=st.integers(0, 170), cut_at=st.sampled_from(["phrase", "sentence", "end"]))
def test_whatever_the_cut_no_phrase_is_broken(at: int, cut_at: CutAt) -> None:
    track = SoundTrack(FPS)
    line = play("A", cut_at=cut_at)
    track.play(line)
    sound, events = run(track, range(at))
    track.cut(Cut(2))
    rest, more = run(track, range(at, 300))
    heard = int(np.count_nonzero(np.concatenate([sound, rest])))
    ends = [0, *(round(s * 48000) for s in cut_points_s(line.utterance, cut_at))]
    assert min(abs(heard - end) for end in ends) <= 40  # zero crossings of the tone, and the fade
    captions = [e.text for e in events + more if isinstance(e, PhraseStarted)]
    assert "".join(captions) == line.utterance.text[: sum(map(len, captions))]


def test_the_face_is_told_of_the_next_line_before_it_sounds() -> None:
    track = SoundTrack(FPS)
    track.play(play("A"))
    track.play(play("B"))
    coming: dict[str, int] = {}
    started: dict[str, int] = {}
    for frame in range(400):
        for event in track.next(frame)[1]:
            if isinstance(event, LineComing):
                coming[event.play.line_id] = event.frame
                assert event.play.line_id == "A" or event.frame - frame >= 5
            elif isinstance(event, LineStarted):
                started[event.play.line_id] = event.frame
    assert coming == started


def test_nothing_to_say_is_silence_of_the_right_length() -> None:
    samples, events = SoundTrack(30).next(0)
    assert samples.shape == (1600,)
    assert not samples.any()
    assert events == []


def test_a_pause_is_silence_before_the_line() -> None:
    track = SoundTrack(FPS)
    asks = replace(play("B"), cues=(Cue("pause", "0.8"), Cue("emotion", "smile")))
    track.play(play("A"))
    track.play(asks)
    _, events = run(track, range(400))
    ended = next(e.frame for e in events if isinstance(e, LineEnded))
    began = [e.frame for e in events if isinstance(e, LineStarted)][1]
    coming = [e.frame for e in events if isinstance(e, LineComing)][1]
    assert began == coming
    assert began - ended == pytest.approx((0.28 + 0.8) * FPS, abs=2)


def test_an_answer_does_not_wait_for_a_pause_that_was_cut() -> None:
    track = SoundTrack(FPS)
    track.play(replace(play("A"), cues=(Cue("pause", "5"),)))
    run(track, range(3))
    track.cut(Cut(2))
    track.play(replace(play("B"), generation=2))
    _, events = run(track, range(3, 60))
    assert next(e.frame for e in events if isinstance(e, LineStarted)) < 15
