"""The frame clock: every period one picture and its sound leave, whatever happens."""

import logging
import queue
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from core.clock import Clock
from core.errors import ConfigError, MediaError
from core.frame import Card, Frame
from core.language import Language
from core.line import Cue
from core.motion import Pose
from core.utterance import SAMPLE_RATE_HZ, Utterance
from render.layer import Layer
from room import messages as msg
from room.messages import Side
from room.stage.bed import Bed
from room.stage.governor import Governor
from room.stage.track import (
    LineComing,
    LineEnded,
    LineStarted,
    PhraseStarted,
    SoundTrack,
    TrackEvent,
)

log = logging.getLogger(__name__)

MAX_BLIND_PICTURES = 50
# pictures in a row that could not be drawn before the stage gives up and is started again

MUTE_FADE = SAMPLE_RATE_HZ // 100
"""Samples in which the voice goes and comes when it is muted in mid-word."""


class Actor(Protocol):
    """Moves face and body."""

    def begin(self, utterance: Utterance, cues: Sequence[Cue], at_frame: int) -> None: ...
    def cut(self, at_frame: int) -> None: ...
    def notice(self, side: Side, at_frame: int) -> None: ...
    def pose(self, frame: int) -> Pose: ...


class Camera(Protocol):
    """Draws a pose as an I420 picture at one of its levels (0 the best)."""

    @property
    def levels(self) -> Sequence[str]: ...
    @property
    def timings(self) -> dict[str, float]: ...
    def draw(self, pose: Pose, layers: Sequence[Layer], level: int) -> np.ndarray: ...
    def set_scene(self, path: str) -> None: ...


class Graphics(Protocol):
    """Card, caption, question and label."""

    def set_card(self, card: Card | None) -> None: ...
    def set_caption(self, text: str) -> None: ...
    def set_question(self, name: str, text: str) -> None: ...
    def layers(self) -> Sequence[Layer]: ...


class Outlet(Protocol):
    """Takes every frame; returns how many waiting pictures it had to give up."""

    def put(self, frame: Frame) -> int: ...
    def counters(self) -> dict[str, int]: ...


class StageLoop:
    """One broadcast. `run` returns when it is told to close."""

    def __init__(
        self,
        *,
        fps: int,
        language: Language,
        actor: Actor,
        camera: Camera,
        graphics: Graphics,
        outlet: Outlet,
        clock: Clock,
        report: Callable[[object], None],
        bed: Bed | None = None,
    ) -> None:
        """`bed` is the music; None for the pad that needs no file."""
        self._fps, self._period_s = fps, 1.0 / fps
        self._actor, self._camera, self._graphics = actor, camera, graphics
        self._outlet, self._clock, self._report = outlet, clock, report
        self._track, self._bed = SoundTrack(fps), bed or Bed()
        self._governor = Governor(camera.levels, self._period_s, language)
        self._coming: msg.Play | None = None
        # the line that the face was last told of
        self._muted = False
        self._voice_gain = 1.0
        self._blind = 0
        self._frame = 0
        self._closing = False
        self._late = self._level_changes = 0

    def rehearse(self) -> None:
        """Draw at every level once, unseen, so that nothing is compiled or uploaded on air."""
        pose = self._actor.pose(self._frame)
        self._frame += 1
        for level in range(len(self._camera.levels)):
            for _ in range(3):
                self._camera.draw(pose, self._graphics.layers(), level)

    def run(self, inbox: "queue.SimpleQueue[object]") -> None:
        origin = self._clock.now() - self._frame * self._period_s
        while True:
            while not inbox.empty():
                self.handle(inbox.get())
            if self._closing:
                return
            self.step(origin)
            wait = origin + self._frame * self._period_s - self._clock.now()
            if wait > 0:
                self._clock.sleep(wait)

    def handle(self, message: object) -> None:
        match message:
            case msg.Play():
                self._track.play(message)
            case msg.Leave(line_id):
                self._track.leave(line_id)
            case msg.Cut():
                self._track.cut(message)
            case msg.Notice(side):
                self._actor.notice(side, self._frame)
            case msg.ShowCard(card):
                self._graphics.set_card(card)
            case msg.ShowQuestion(name, text):
                self._graphics.set_question(name, text)
            case msg.SetMuted(muted):
                self._muted = muted
            case msg.SetScene(path):
                try:
                    self._camera.set_scene(path)
                except (ConfigError, MediaError) as error:
                    self._report(msg.Fault("scene", str(error)))
            case msg.Close() | None:
                self._closing = True
            case _:
                raise TypeError(f"the stage takes no {type(message).__name__}")

    def step(self, origin: float) -> None:
        """Send picture number `self._frame` with its sound."""
        frame, began = self._frame, self._clock.now()
        speech, events = self._track.next(frame)
        for event in events:
            self._tell(event, began)
        speaking = self._track.speaking and not self._muted
        sound = self._bed.next(len(speech), speaking=speaking) + self._faded(speech)
        behind = began - (origin + frame * self._period_s)
        picture = self._draw(frame) if behind < self._period_s else None
        done = self._clock.now()
        if picture is not None and done - (origin + frame * self._period_s) > 2 * self._period_s:
            self._late += 1
        given_up = self._outlet.put(Frame(frame, self._fps, picture, np.clip(sound, -1, 1)))
        if self._governor.picture(done - began, skipped=given_up + (picture is None)):
            self._level_changes += 1
        self._frame += 1
        if self._frame % self._fps == 0:
            self._report(self._beat())

    def _faded(self, speech: np.ndarray) -> np.ndarray:
        """The voice; muted or unmuted in mid-word it fades, so that nobody hears a click."""
        goal = 0.0 if self._muted else 1.0
        if self._voice_gain == goal:
            return speech * np.float32(goal)
        gain = np.full(len(speech), goal, np.float32)
        count = min(MUTE_FADE, len(speech))
        gain[:count] = np.linspace(self._voice_gain, goal, count, dtype=np.float32)
        self._voice_gain = goal
        return speech * gain

    def _beat(self) -> msg.Beat:
        own = {"pictures_late": self._late, "level_changes": self._level_changes}
        return msg.Beat(
            self._outlet.counters() | own,
            self._governor.name,
            self._governor.reason,
            {step: round(spent, 2) for step, spent in self._camera.timings.items()},
        )

    def _draw(self, frame: int) -> np.ndarray | None:
        try:
            pose = self._actor.pose(frame)
            picture = self._camera.draw(pose, self._graphics.layers(), self._governor.level)
        except MediaError as error:
            self._blind += 1
            if self._blind == 1:
                self._report(msg.Fault("picture", str(error)))
            if self._blind > MAX_BLIND_PICTURES:
                raise
            return None
        self._blind = 0
        return picture

    def _tell(self, event: TrackEvent, at_s: float) -> None:
        match event:
            case LineComing(play, frame):
                self._coming = play
                self._actor.begin(play.utterance, play.cues, frame)
            case LineStarted(play, frame):
                self._report(msg.Started(play.line_id, play.generation, frame, at_s))
            case PhraseStarted(_, text):
                self._graphics.set_caption(text)
            case LineEnded(play, frame, resume_at, heard):
                if heard:
                    self._graphics.set_caption("")
                    self._actor.cut(frame + 1)
                elif play is self._coming:
                    self._actor.cut(frame)
                self._report(msg.Ended(play.line_id, play.generation, frame, at_s, resume_at))
