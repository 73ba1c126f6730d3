from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.line import Cue
from room.captions import caption
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
from tests.fakes.speech import make_line, speak_phrases, speak_text

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


def parts_of(line_id: str, generation: int = 1, *, cut_at: CutAt = "phrase") -> list[Play]:
    """A line as a slow voice gives it."""
    line = make_line(line_id)
    return [
        Play(line_id, line.kind, part, (), cut_at, generation, continues=number > 0)
        for number, part in enumerate(speak_phrases(line))
    ]


def test_parts_that_are_there_are_played_as_one_line() -> None:
    track = SoundTrack(FPS)
    parts = parts_of("A")
    for part in [*parts, play("B")]:
        track.play(part)
    sound, events = run(track, range(800))
    assert [e.play.line_id for e in events if isinstance(e, LineStarted)] == ["A", "B"]
    assert [(e.play.line_id, e.resume_at) for e in events if isinstance(e, LineEnded)] == [
        ("A", -1), ("B", -1),
    ]  # fmt: skip
    coming = [e for e in events if isinstance(e, LineComing)][: len(parts)]
    assert [e.play for e in coming] == parts
    for event in coming:  # each sounds from the picture on that the face was told of
        heard = sound[event.frame * 1920 :][: len(event.play.utterance.samples)]
        np.testing.assert_array_equal(heard, event.play.utterance.samples)
    shown = [e.text for e in events if isinstance(e, PhraseStarted)]
    assert "".join(shown[: len(parts)]) == parts[0].utterance.text


def test_a_line_waits_for_its_next_part_and_nothing_comes_between() -> None:
    track = SoundTrack(FPS)
    first, *others = parts_of("A")
    track.play(first)
    track.play(play("B"))
    _, events = run(track, range(200))
    assert not track.speaking
    assert [e.play.line_id for e in events if isinstance(e, LineStarted)] == ["A"]
    assert not [e for e in events if isinstance(e, LineEnded)]
    for part in others:
        track.play(part)
    _, events = run(track, range(200, 1000))
    assert [e.play.line_id for e in events if isinstance(e, LineEnded)] == ["A", "B"]


@pytest.mark.parametrize("waiting", [True, False])
def test_a_line_in_parts_is_cut_after_the_part_that_sounds(waiting: bool) -> None:
    track = SoundTrack(FPS)
    parts = parts_of("A")
    for part in parts[:1] if waiting else parts:
        track.play(part)
    inside = round(parts[0].utterance.duration_s * FPS) + (20 if waiting else -3)
    run(track, range(inside))
    track.cut(Cut(2))
    track.play(play("answer", 2))
    _, events = run(track, range(inside, 400))
    ends = [(e.play.line_id, e.resume_at) for e in events if isinstance(e, LineEnded)]
    assert ends == [("A", parts[0].utterance.rest_sentence_start), ("answer", -1)]
    track.play(parts[1])  # spoken too late: nobody waits for it any more
    _, events = run(track, range(400, 500))
    assert events == []


@pytest.mark.parametrize(("cut_at", "heard"), [("sentence", 2), ("end", 4)])
def test_a_line_in_parts_runs_on_to_where_it_may_be_cut(cut_at: CutAt, heard: int) -> None:
    track = SoundTrack(FPS)
    parts = parts_of("A", cut_at=cut_at)
    track.play(parts[0])
    _, begun = run(track, range(10))
    track.cut(Cut(2))
    track.play(play("answer", 2))
    for part in parts[1:]:
        track.play(part)
    _, events = run(track, range(10, 800))
    events = begun + events
    phrases = [e.play.line_id for e in events if isinstance(e, PhraseStarted)]
    assert phrases.count("A") == heard
    first = next(e for e in events if isinstance(e, LineEnded))
    assert first.resume_at == (parts[1].utterance.rest_start if heard == 2 else -1)


def test_a_line_whose_rest_will_not_come_is_over() -> None:
    track = SoundTrack(FPS)
    first, *_ = parts_of("A")
    track.play(first)
    track.play(play("B"))
    run(track, range(100))
    track.leave("A")
    _, events = run(track, range(100, 500))
    assert [e.play.line_id for e in events if isinstance(e, LineEnded)] == ["A", "B"]


def test_a_line_of_captions_alone_leaves_the_music_up() -> None:
    track = SoundTrack(FPS)
    track.play(Play("A", "pitch", caption(make_line("A")), (), "phrase", 1))
    _, events = run(track, range(50))
    assert [e.play.line_id for e in events if isinstance(e, LineStarted)] == ["A"]
    assert [e for e in events if isinstance(e, PhraseStarted)]
    assert not track.speaking
