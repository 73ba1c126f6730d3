"""The sound of the broadcast, one picture's worth at a time.

Utterances start on a picture's first sample and may be cut after any of their phrases. A line of a
slow voice comes in parts: what follows a part is played without a gap as soon as it is there.
Nothing here knows a clock: the samples handed out are the clock.
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
        self._open: Play | None = None
        # the last part that was heard of a line that has more to come
        self._cutting = self._abandoned = False
        # the line on air is to end as soon as it may; its missing parts will not come
        self._sounding = False
        # what is on air can be heard: a line of captions alone cannot
        self._position = 0
        self._end = 0
        self._phrase = -1
        self._wait = 0
        # pictures of silence left before the next line
        self._announced: Play | None = None
        self._dropped: list[Play] = []

    @property
    def speaking(self) -> bool:
        return self._now is not None and self._sounding

    @property
    def silent_frames_ahead(self) -> bool:
        """Nothing sounds and nothing is queued."""
        return self._now is None and not self._queue

    @property
    def _line(self) -> Play | None:
        """A part of the line on air."""
        return self._now or self._open

    def play(self, play: Play) -> None:
        if not play.continues:
            self._queue.append(play)
            return
        line = self._line
        places = [i + 1 for i, other in enumerate(self._queue) if other.line_id == play.line_id]
        if places or (line is not None and line.line_id == play.line_id):
            self._queue.insert(places[-1] if places else 0, play)

    def leave(self, line_id: str) -> None:
        """No more parts of a line will come: it is over with what there is."""
        if self._line is not None and self._line.line_id == line_id:
            self._abandoned = True

    def cut(self, cut: Cut) -> None:
        """Drop what is older than the cut; end the line that sounds at its next phrase's end."""
        line = self._line
        old = [play for play in self._queue if play.generation < cut.generation]
        if line is not None and line.generation < cut.generation:
            self._cutting = True
            old = [play for play in old if play.line_id != line.line_id]
        self._dropped += [play for play in old if not play.continues]
        self._queue = deque(play for play in self._queue if play not in old)
        if old:
            self._wait = min(self._wait, self._gap_frames)
        self._shorten()

    def next(self, frame: int) -> tuple[Float32[np.ndarray, " samples"], list[TrackEvent]]:
        """The samples of picture `frame`, and what began or ended with it."""
        events: list[TrackEvent] = [
            LineEnded(play, frame, 0, heard=False) for play in self._dropped
        ]
        self._dropped.clear()
        out = np.zeros(self._per_frame, np.float32)
        if self._open is not None:
            events += self._go_on(self._open, frame)
        elif self._now is None:
            events += self._begin_next(frame)
        if self._now is not None:
            events += self._fill(self._now, out, frame)
            events += self._announce_part(frame)
        return out, events

    def _begin_next(self, frame: int) -> list[TrackEvent]:
        events: list[TrackEvent] = []
        if self._queue and self._announced is not self._queue[0]:
            self._announced = self._queue[0]
            self._wait += round(_pause_s(self._announced) * self._fps)
            events.append(LineComing(self._announced, frame + self._wait))
        if self._wait > 0:
            self._wait -= 1
        elif self._queue:
            play = self._queue.popleft()
            self._cutting = self._abandoned = False
            self._begin(play)
            events.append(LineStarted(play, frame))
        return events

    def _go_on(self, part: Play, frame: int) -> list[TrackEvent]:
        """The next part of the line on air, if it is there; silence until it is."""
        if self._abandoned:
            return [self._end_line(part, frame, -1)]
        if self._cutting and _may_end_after(part.utterance, part.cut_at):
            return [self._end_line(part, frame, part.utterance.rest_sentence_start)]
        if not self._queue or not self._is_next_part(self._queue[0]):
            return []
        play = self._queue.popleft()
        self._open = None
        events: list[TrackEvent] = []
        if self._announced is not play:
            events.append(LineComing(play, frame))
        self._begin(play)
        return events

    def _announce_part(self, frame: int) -> list[TrackEvent]:
        """The face may prepare for a part that is there before the one on air is over."""
        if not self._queue or not self._is_next_part(self._queue[0]):
            return []
        if self._announced is self._queue[0]:
            return []
        self._announced = self._queue[0]
        left = -(-(self._end - self._position) // self._per_frame)
        return [LineComing(self._announced, frame + 1 + left)]

    def _is_next_part(self, play: Play) -> bool:
        line = self._line
        return play.continues and line is not None and play.line_id == line.line_id

    def _begin(self, play: Play) -> None:
        self._now, self._position, self._phrase = play, 0, -1
        self._sounding = any(phone.symbol for phone in play.utterance.phones)
        self._end = len(play.utterance.samples)
        self._shorten()

    def _shorten(self) -> None:
        """A line that is being cut ends where it next may."""
        now = self._now
        if now is None or not self._cutting:
            return
        points = cut_points_s(now.utterance, now.cut_at)
        ends = (sample for point in points if (sample := _sample(point)) >= self._position)
        self._end = min(self._end, next(ends, self._end))

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
                events.append(self._end_line(play, frame, self._resume_at(play)))
            elif play.utterance.is_last:
                events.append(self._end_line(play, frame, -1))
            else:
                self._now, self._open = None, play
        return events

    def _end_line(self, play: Play, frame: int, resume_at: int) -> LineEnded:
        self._queue = deque(other for other in self._queue if not self._is_next_part(other))
        self._now = self._open = None
        self._wait = self._gap_frames
        return LineEnded(play, frame, resume_at, heard=True)

    def _resume_at(self, play: Play) -> int:
        """Where the first sentence that was not said whole begins."""
        unsaid = [p for p in play.utterance.phrases if _sample(p.end_s) > self._end]
        return unsaid[0].sentence_text_start if unsaid else play.utterance.rest_sentence_start


def cut_points_s(utterance: Utterance, cut_at: CutAt) -> list[float]:
    """When speech may be cut, in seconds of the utterance, in order.

    The end of a line is always among them, that of a part only where the line may be cut there.
    """
    phrases = utterance.phrases
    ends = [
        phrase.end_s
        for phrase, following in pairwise(phrases)
        if cut_at == "phrase" or (cut_at == "sentence" and phrase.sentence != following.sentence)
    ]
    if utterance.is_last:
        ends.append(utterance.duration_s)
    elif _may_end_after(utterance, cut_at):
        ends.append(phrases[-1].end_s)
    return ends


def _may_end_after(part: Utterance, cut_at: CutAt) -> bool:
    """Whether a line may be cut between a part and the next."""
    return cut_at == "phrase" or (
        cut_at == "sentence" and part.rest_start == part.rest_sentence_start
    )


def _pause_s(play: Play) -> float:
    """The silence a line asks for before its first word."""
    return sum(float(cue.value) for cue in play.cues if cue.kind == "pause" and cue.at == 0)


def _sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
