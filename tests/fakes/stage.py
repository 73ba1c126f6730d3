"""A stage without pictures: the real sound track, driven by a test's clock."""

import asyncio
from collections.abc import Callable

from core.clock import Clock
from room import messages as msg
from room.stage.track import LineEnded, LineStarted, SoundTrack

FPS = 25


class SoundOnlyStage:
    """Takes what a stage takes and reports what a stage reports."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._track = SoundTrack(FPS)
        self._frame = 0
        self.on_started: Callable[[msg.Started], None] = lambda _: None
        self.on_ended: Callable[[msg.Ended], None] = lambda _: None
        self.sent: list[object] = []
        self.silent_frames = self.longest_silence = 0

    def send(self, message: object) -> None:
        self.sent.append(message)
        if isinstance(message, msg.Play):
            self._track.play(message)
        elif isinstance(message, msg.Cut):
            self._track.cut(message)

    async def run(self) -> None:
        origin = self._clock.now()
        while True:
            _, events = self._track.next(self._frame)
            at_s = self._clock.now()
            for event in events:
                if isinstance(event, LineStarted):
                    play = event.play
                    self.on_started(msg.Started(play.line_id, play.generation, event.frame, at_s))
                elif isinstance(event, LineEnded):
                    play = event.play
                    self.on_ended(
                        msg.Ended(play.line_id, play.generation, event.frame, at_s, event.resume_at)
                    )
            self.silent_frames = 0 if self._track.speaking else self.silent_frames + 1
            self.longest_silence = max(self.longest_silence, self.silent_frames)
            self._frame += 1
            await self._clock.pause(origin + self._frame / FPS - self._clock.now())


async def cancel(*tasks: "asyncio.Task[None]") -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
