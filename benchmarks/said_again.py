"""Lines of a journal found again in the sound of its recording, phrase by phrase."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.on_air import heard_lines, read_journal, say_again
from benchmarks.recording import Sound, find_sound, read_sound
from core.utterance import SAMPLE_RATE_HZ, Utterance

FPS = 25
ASTRAY_S = 0.12
"""A phrase is looked for so much before and after where the line's beginning puts it."""

Span = tuple[float, float]
"""From and until when, in seconds of the recording."""


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """A line found in the recording."""

    utterance: Utterance
    phrases_s: Sequence[float]
    # where each phrase begins in the utterance; what is before the first counts as part of it
    late_s: Sequence[float]
    # the time in the recording less that in the utterance, for each phrase
    ends_s: float
    # of what was heard of it, in the recording

    @property
    def starts_s(self) -> float:
        """When its first sample is heard."""
        return self.late_s[0]

    def heard_at(self, time_s: float) -> float:
        """When an instant of the utterance is heard."""
        return time_s + self.late_s[max(0, bisect_right(self.phrases_s, time_s) - 1)]

    def sounding(self, heard_s: float) -> float:
        """The instant of the utterance that is heard at a time of the recording."""
        begun = [begin + late for begin, late in zip(self.phrases_s, self.late_s, strict=True)]
        return heard_s - self.late_s[max(0, bisect_right(begun, heard_s) - 1)]


def find_lines(
    recording: Path, journal: Path, voice: str, lexicon: Path | None
) -> tuple[list[Spoken], list[Span]]:
    """The journal's lines where the recording has their sound, and when anything was said."""
    sound = read_sound(recording)
    found, said = [], []
    for heard, utterance in say_again(heard_lines(read_journal(journal)), voice, lexicon):
        begun = heard.frame / FPS
        said.append((begun, begun + utterance.duration_s))
        cut = None if heard.cut_frame is None else heard.cut_frame / FPS
        spoken = find_line(utterance, sound, begun, cut)
        if spoken is not None:
            found.append(spoken)
    return found, said


def find_line(
    utterance: Utterance, sound: Sound, near_s: float, cut_s: float | None
) -> Spoken | None:
    """Where the recording has an utterance; None when it is not found.

    On air the parts of a line each begin with a picture, and a formant voice is not as fast every
    time: phrases are up to 50 ms from where the line's beginning puts them, so each is found by
    itself. One that is not found is as late as the one before.

    Args:
        utterance: what is looked for.
        sound: of the recording.
        near_s: about when it begins.
        cut_s: when it was cut, if it was.
    """
    heard_until_s = near_s + utterance.duration_s
    until_s = heard_until_s if cut_s is None else min(heard_until_s, cut_s)
    starts_s = find_sound(utterance.samples, sound, near_s, until_s)
    if starts_s is None:
        return None
    phrases_s = [phrase.start_s for phrase in utterance.phrases] or [0.0]
    ends_s = [phrase.end_s for phrase in utterance.phrases] or [utterance.duration_s]
    late_s: list[float] = []
    for begin_s, end_s in zip(phrases_s, ends_s, strict=True):
        samples = utterance.samples[int(begin_s * SAMPLE_RATE_HZ) : int(end_s * SAMPLE_RATE_HZ)]
        near = starts_s + begin_s
        there = find_sound(samples, sound, near, min(starts_s + end_s, until_s), ASTRAY_S)
        before = late_s[-1] if late_s else starts_s
        late_s.append(before if there is None else there - begin_s)
    ends = utterance.duration_s + late_s[-1]
    return Spoken(utterance, phrases_s, late_s, ends if cut_s is None else min(ends, cut_s - 0.1))
