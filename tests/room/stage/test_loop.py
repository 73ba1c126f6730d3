import queue
import threading
from dataclasses import replace

import numpy as np
import pytest

from core.errors import MediaError
from core.frame import Card, Frame
from core.line import Cue
from core.motion import Pose, rest_rotations
from render.layer import Layer
from room import messages as msg
from room.stage.loop import MAX_BLIND_PICTURES, StageLoop
from room.stage.outputs import MAX_WAITING_PICTURES, Outputs
from tests.fakes.clock import VirtualClock
from tests.fakes.speech import make_line, speak_text

FPS = 25
PICTURE = np.zeros((6, 4), np.uint8)


class Actor:
    def __init__(self) -> None:
        self.did: list[tuple[object, ...]] = []

    def begin(self, utterance: object, cues: object, at_frame: int) -> None:
        self.did.append(("begin", at_frame))

    def cut(self, at_frame: int) -> None:
        self.did.append(("cut", at_frame))

    def notice(self, side: str, at_frame: int) -> None:
        self.did.append(("notice", side))

    def pose(self, frame: int) -> Pose:
        return Pose(np.zeros(52), rest_rotations())


class Camera:
    """Takes as long as it is told, or fails."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock, self.took_s, self.error = clock, 0.01, ""
        self.levels = ("full", "small")
        self.timings: dict[str, float] = {}
        self.drawn_at: list[int] = []

    def draw(self, pose: Pose, layers: object, level: int) -> np.ndarray:
        self.clock.sleep(self.took_s)
        if self.error:
            raise MediaError(self.error)
        self.drawn_at.append(level)
        return PICTURE

    def set_scene(self, path: str) -> None:
        raise MediaError(f"no light for {path}")


class Graphics:
    def __init__(self) -> None:
        self.captions: list[str] = []

    def set_card(self, card: Card | None) -> None: ...
    def set_question(self, name: str, text: str) -> None: ...
    def set_caption(self, text: str) -> None:
        self.captions.append(text)

    def layers(self) -> tuple[Layer, ...]:
        return ()


class Stage:
    """A stage loop with everything around it made of paper."""

    def __init__(self) -> None:
        self.clock = VirtualClock()
        self.actor, self.camera, self.graphics = Actor(), Camera(self.clock), Graphics()
        self.frames: list[Frame] = []
        self.reports: list[object] = []
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.stop_at = 0
        self.loop = StageLoop(
            fps=FPS, language="zh", actor=self.actor, camera=self.camera, graphics=self.graphics,
            outlet=self, clock=self.clock, report=self.reports.append,
        )  # fmt: skip

    def counters(self) -> dict[str, int]:
        return {"pictures_sent": sum(frame.picture is not None for frame in self.frames)}

    def put(self, frame: Frame) -> int:
        self.frames.append(frame)
        if len(self.frames) >= self.stop_at:
            self.inbox.put(msg.Close())
        return 0

    def run(self, frames: int) -> None:
        self.stop_at = frames
        self.loop.run(self.inbox)


def play(line_id: str = "A") -> msg.Play:
    line = make_line(line_id)
    return msg.Play(line_id, line.kind, speak_text(line), (), "phrase", 1)


def test_frames_leave_on_time_with_their_samples() -> None:
    stage = Stage()
    stage.run(100)
    assert [frame.index for frame in stage.frames] == list(range(100))
    assert {len(frame.samples) for frame in stage.frames} == {1920}
    assert stage.clock.now() == pytest.approx(100 / FPS)
    assert all(frame.picture is not None for frame in stage.frames)


def test_a_late_machine_skips_pictures_but_no_sound() -> None:
    stage = Stage()
    stage.camera.took_s = 0.06  # one and a half periods
    stage.run(45)
    missing = [frame.index for frame in stage.frames if frame.picture is None]
    assert len(missing) > 5
    assert np.diff(missing).min() > 1  # never two in a row
    assert [frame.index for frame in stage.frames] == list(range(45))
    assert all(len(frame.samples) == 1920 for frame in stage.frames)
    assert stage.clock.now() == pytest.approx(45 / FPS, abs=0.1)


def test_lateness_steps_the_level_down_and_is_told() -> None:
    stage = Stage()
    stage.camera.took_s = 0.045
    stage.run(200)
    assert 1 in stage.camera.drawn_at
    beats = [report for report in stage.reports if isinstance(report, msg.Beat)]
    assert beats[-1].quality == "small"
    assert beats[-1].reason
    assert beats[-1].counters["level_changes"] == 1


def test_a_line_is_performed_captioned_and_reported() -> None:
    stage = Stage()
    stage.inbox.put(play())
    stage.run(200)
    (started,) = [r for r in stage.reports if isinstance(r, msg.Started)]
    (ended,) = [r for r in stage.reports if isinstance(r, msg.Ended)]
    assert stage.actor.did[0] == ("begin", started.frame)
    assert ended.resume_at == -1
    assert "".join(stage.graphics.captions) == make_line().text
    assert stage.graphics.captions[-1] == ""
    voiced = [np.abs(frame.samples).max() > 0.08 for frame in stage.frames]
    assert voiced[started.frame + 1]
    assert not voiced[ended.frame + 10]


def test_a_line_dropped_before_its_first_sound_is_not_mimed() -> None:
    """Pause came while the face prepared: nothing follows that would take the mouth over."""
    stage = Stage()
    stage.loop.handle(replace(play("A"), cues=(Cue("pause", "0.8"),)))
    stage.loop.step(stage.clock.now())
    assert [what for what, _ in stage.actor.did] == ["begin"]
    stage.loop.handle(msg.Cut(2))
    stage.loop.step(stage.clock.now())
    assert stage.actor.did[1:] == [("cut", 1)]
    (ended,) = [r for r in stage.reports if isinstance(r, msg.Ended)]
    assert ended.line_id == "A"


def test_dropping_a_line_the_face_was_not_told_of_leaves_the_one_on_air() -> None:
    stage = Stage()
    stage.loop.handle(play("A"))
    stage.loop.step(stage.clock.now())
    stage.loop.handle(replace(play("B"), generation=0))
    stage.loop.handle(msg.Cut(1))
    stage.loop.step(stage.clock.now())
    assert [what for what, _ in stage.actor.did] == ["begin"]


def test_muted_means_no_voice_but_never_silence() -> None:
    stage = Stage()
    stage.inbox.put(msg.SetMuted(True))
    stage.inbox.put(play())
    stage.run(150)
    sound = np.concatenate([frame.samples for frame in stage.frames])
    tone = np.abs(np.fft.rfft(sound))[round(220 * len(sound) / 48000)]
    stage = Stage()
    stage.inbox.put(play())
    stage.run(150)
    loud = np.concatenate([frame.samples for frame in stage.frames])
    assert np.abs(np.fft.rfft(loud))[round(220 * len(loud) / 48000)] > 5 * tone
    assert np.abs(sound.reshape(-1, 4800)).max(axis=1).min() > 0


def test_muting_in_mid_word_makes_no_click() -> None:
    stage = Stage()
    put = stage.put

    def put_and_press(frame: Frame) -> int:
        if frame.index in (30, 47):
            stage.inbox.put(msg.SetMuted(frame.index == 30))
        return put(frame)

    stage.put = put_and_press  # type: ignore[method-assign]
    stage.inbox.put(play())
    stage.run(60)
    sound = np.concatenate([frame.samples for frame in stage.frames])
    voice = np.abs(np.diff(sound))[20 * 1920 : 55 * 1920]
    assert voice.max() < 0.01  # a tone of 0.1 at 220 Hz steps by 0.003
    spectrum = [np.abs(np.fft.rfft(stage.frames[i].samples))[9] for i in (29, 40, 50)]  # 225 Hz
    assert spectrum[1] < 0.2 * min(spectrum[0], spectrum[2])


def test_a_camera_that_fails_is_told_once_and_given_up_after_a_while() -> None:
    stage = Stage()
    stage.camera.error = "the context is lost"
    with pytest.raises(MediaError, match="context is lost"):
        stage.run(1000)
    assert len(stage.frames) == MAX_BLIND_PICTURES
    assert all(frame.picture is None for frame in stage.frames)
    faults = [report for report in stage.reports if isinstance(report, msg.Fault)]
    assert faults == [msg.Fault("picture", "the context is lost")]


def test_a_scene_that_cannot_be_had_leaves_the_old_one() -> None:
    stage = Stage()
    stage.inbox.put(msg.SetScene("moon.toml"))
    stage.run(3)
    assert msg.Fault("scene", "no light for moon.toml") in stage.reports
    assert all(frame.picture is not None for frame in stage.frames)


def test_a_room_that_is_gone_ends_the_broadcast() -> None:
    stage = Stage()
    stage.inbox.put(None)
    stage.run(10**6)
    assert len(stage.frames) <= 1


def test_an_encoder_that_is_behind_costs_pictures_and_no_sound() -> None:
    gate, sent = threading.Event(), []

    def send(frame: Frame) -> None:
        gate.wait(10)
        sent.append(frame)

    outputs = Outputs(send, lambda text: None)
    given_up = [outputs.put(Frame(n, FPS, PICTURE, np.zeros(1920, np.float32))) for n in range(20)]
    gate.set()
    outputs.close()
    assert [frame.index for frame in sent] == list(range(20))
    shown = [frame.index for frame in sent if frame.picture is not None]
    assert len(shown) <= MAX_WAITING_PICTURES + 1
    assert shown[-MAX_WAITING_PICTURES:] == list(range(15, 20))
    assert sum(given_up) == 20 - len(shown)
    counters = outputs.counters()
    assert (counters["pictures_sent"], counters["pictures_skipped"]) == (len(shown), sum(given_up))
    assert counters["longest_gap_ms"] == 40 * sum(given_up)
