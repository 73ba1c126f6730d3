"""The sound of the broadcast, one picture's worth at a time.

Utterances start on a picture's first sample and may be cut after any of their phrases. Nothing here
knows a clock: the samples handed out are the clock.
"""

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float32

from core.utterance import SAMPLE_RATE_HZ, Utterance
from room.messages import Cut, CutAt, Play

GAP_S = 0.28
FADE = int(0.005 * SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True)
class LineComing:
    """The face may prepare: the line's first sample leaves with `frame`, unless it is cut."""

    play: Play
    frame: int


@dataclass(frozen=True, slots=True)
class LineStarted:
    play: Play
    frame: int


@dataclass(frozen=True, slots=True)
class LineEnded:
    play: Play
    frame: int
    resume_at: int
    # offset in the line's text where speaking should go on; -1 when it was said whole
    heard: bool
    # False when it was dropped before it began


@dataclass(frozen=True, slots=True)
class PhraseStarted:
    play: Play
    text: str


TrackEvent = LineComing | LineStarted | LineEnded | PhraseStarted


class SoundTrack:
    """What sounds now and what is queued behind it."""

    def __init__(self, fps: int) -> None:
        if SAMPLE_RATE_HZ % fps:
            raise ValueError(f"{fps} pictures a second do not divide {SAMPLE_RATE_HZ} samples")
        self._fps = fps
        self._per_frame = SAMPLE_RATE_HZ // fps
        self._gap_frames = round(GAP_S * fps)
        self._queue: deque[Play] = deque()
        self._now: Play | None = None
        self._position = 0
        self._end = 0
        self._phrase = -1
        self._wait = 0
        # pictures of silence left before the next line
        self._announced: Play | None = None
        self._dropped: list[Play] = []

    @property
    def speaking(self) -> bool:
        return self._now is not None

    @property
    def silent_frames_ahead(self) -> bool:
        """Nothing sounds and nothing is queued."""
        return self._now is None and not self._queue

    def play(self, play: Play) -> None:
        self._queue.append(play)

    def cut(self, cut: Cut) -> None:
        """Drop what is older than the cut; end the line that sounds at its next phrase's end."""
        old = [play for play in self._queue if play.generation < cut.generation]
        self._dropped += old
        self._queue = deque(play for play in self._queue if play.generation >= cut.generation)
        if old:
            self._wait = min(self._wait, self._gap_frames)
        now = self._now
        if now and now.generation < cut.generation:
            points = cut_points_s(now.utterance, now.cut_at)
            ends = (sample for point in points if (sample := _sample(point)) >= self._position)
            self._end = min(self._end, next(ends, self._end))

    def next(self, frame: int) -> tuple[Float32[np.ndarray, " samples"], list[TrackEvent]]:
        """The samples of picture `frame`, and what began or ended with it."""
        events: list[TrackEvent] = [
            LineEnded(play, frame, 0, heard=False) for play in self._dropped
        ]
        self._dropped.clear()
        out = np.zeros(self._per_frame, np.float32)
        if self._now is None:
            if self._queue and self._announced is not self._queue[0]:
                self._announced = self._queue[0]
                self._wait += round(_pause_s(self._announced) * self._fps)
                events.append(LineComing(self._announced, frame + self._wait))
            if self._wait > 0:
                self._wait -= 1
            elif self._queue:
                self._begin(self._queue.popleft())
                assert self._now is not None  # noqa: S101 - for the type checker
                events.append(LineStarted(self._now, frame))
        if self._now is not None:
            events += self._fill(self._now, out, frame)
        return out, events

    def _begin(self, play: Play) -> None:
        self._now, self._position, self._phrase = play, 0, -1
        self._end = len(play.utterance.samples)

    def _fill(self, play: Play, out: np.ndarray, frame: int) -> list[TrackEvent]:
        events: list[TrackEvent] = []
        phrases = play.utterance.phrases
        following = self._phrase + 1
        if following < len(phrases) and self._position >= _sample(phrases[following].start_s) - 1:
            self._phrase = following
            text = play.utterance.text
            events.append(
                PhraseStarted(
                    play, text[phrases[following].text_start : phrases[following].text_end]
                )
            )
        n = min(len(out), self._end - self._position)
        out[:n] = play.utterance.samples[self._position : self._position + n]
        self._position += n
        if self._position >= self._end:
            whole = self._end >= len(play.utterance.samples)
            if not whole:
                fade = min(FADE, n)
                out[n - fade : n] *= np.linspace(1, 0, fade, dtype=np.float32)
            events.append(
                LineEnded(play, frame, -1 if whole else self._resume_at(play), heard=True)
            )
            self._now, self._wait = None, self._gap_frames
        return events

    def _resume_at(self, play: Play) -> int:
        """Where the first sentence that was not said whole begins."""
        unsaid = [p for p in play.utterance.phrases if _sample(p.end_s) > self._end]
        return unsaid[0].sentence_text_start if unsaid else -1


def cut_points_s(utterance: Utterance, cut_at: CutAt) -> list[float]:
    """When speech may be cut, in seconds of the utterance, in order; always its end."""
    phrases = utterance.phrases
    ends = [
        phrase.end_s
        for phrase, following in pairwise(phrases)
        if cut_at == "phrase" or (cut_at == "sentence" and phrase.sentence != following.sentence)
    ]
    return [*ends, utterance.duration_s]


def _pause_s(play: Play) -> float:
    """The silence a line asks for before its first word."""
    return sum(float(cue.value) for cue in play.cues if cue.kind == "pause" and cue.at == 0)


def _sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
