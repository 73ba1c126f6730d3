"""Joining what the engine gives, run by run, into one sound with exact times."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import soxr
from jaxtyping import Float32

from core.utterance import SAMPLE_RATE_HZ
from speech.espeak import RATE_HZ, Speech
from speech.ipa import begins_closed, is_vowel, parse_symbol
from speech.text.tokens import Run

_AUDIBLE: Final = 130
"""Of 32768: quieter than this at the ends is silence."""
_FADE: Final = RATE_HZ * 5 // 1000
_CLOSURE: Final = RATE_HZ * 30 // 1000
_TAIL: Final = RATE_HZ * 12 // 1000
_SHORT_GAP: Final = RATE_HZ * 90 // 1000
"""A silence between two sounds shorter than this is part of one of them."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phone in samples of the engine's rate."""

    symbol: str
    start: int
    end: int
    stress: int = 0
    tone: int = 0


@dataclass(frozen=True, slots=True)
class WordSpan:
    """A stretch of the line's text in samples of the engine's rate."""

    text_start: int
    text_end: int
    start: int
    end: int


@dataclass(slots=True)
class Timeline:
    """Sound, phones and words as they come, touching each other from sample 0."""

    chunks: list[Float32[np.ndarray, " n"]] = field(default_factory=list)
    phones: list[Span] = field(default_factory=list)
    words: list[WordSpan] = field(default_factory=list)
    length: int = 0

    def add_silence(self, duration_s: float) -> None:
        count = round(duration_s * RATE_HZ)
        if not count:
            return
        self.chunks.append(np.zeros(count, np.float32))
        self.phones.append(Span("", self.length, self.length + count))
        self.length += count

    def add_speech(self, run: Run, speech: Speech, gain: float) -> None:
        """Append a run's sound without the silence around it; nothing if it is all silence."""
        loud = np.flatnonzero(np.abs(speech.samples.astype(np.int32)) > _AUDIBLE)
        spans = _spans(speech)
        voiced = [span for span in spans if span.symbol]
        if not len(loud) or not voiced:
            return
        first = max(voiced[0].start, int(loud[0]) - _CLOSURE)
        last = min(len(speech.samples), int(loud[-1]) + _TAIL)
        placed = _fill_gaps([_placed(s, first, last, self.length) for s in spans])
        placed = [span for span in placed if span.end > span.start]
        words = self._words(run, speech, placed, first)
        tones = {word.start: tone for word, tone in words if tone}
        self.phones.extend(_toned(placed, tones))
        self.words.extend(word for word, _ in words)
        sound = speech.samples[first:last].astype(np.float32) * np.float32(gain / 32768)
        self.chunks.append(_faded(sound))
        self.length += last - first

    def _words(
        self, run: Run, speech: Speech, phones: list[Span], first: int
    ) -> list[tuple[WordSpan, int]]:
        """When each token is heard, with its tone. Tokens that the engine ran together are one."""
        begins: list[tuple[int, int]] = []  # token, sample
        for event in sorted(speech.words, key=lambda event: event.sample):
            token = int(np.searchsorted(run.offsets, event.offset, side="right")) - 1
            at = max(0, event.sample - first) + self.length
            if token >= 0 and (not begins or token > begins[-1][0]):
                begins.append((token, at))
        if not begins or begins[0][0] != 0:
            begins.insert(0, (0, self.length))
        out: list[tuple[WordSpan, int]] = []
        edges = [*begins[1:], (len(run.tokens), phones[-1].end)]
        for (token, start), (next_token, end) in zip(begins, edges, strict=True):
            heard = [p for p in phones if p.symbol and p.start < end and p.end > start]
            if not heard:
                continue
            members = run.tokens[token:next_token]
            said = members[0].said
            tone = int(said[-1]) if run.language == "zh" and said[-1].isdigit() else 0
            word = WordSpan(
                min(t.start for t in members),
                max(t.end for t in members),
                max(start, heard[0].start),
                min(end, heard[-1].end),
            )
            out.append((word, tone))
        return out

    def sound(self) -> Float32[np.ndarray, " samples"]:
        """All of it at 48 kHz."""
        whole = np.concatenate(self.chunks) if self.chunks else np.zeros(0, np.float32)
        out = soxr.resample(whole, RATE_HZ, SAMPLE_RATE_HZ, "HQ")
        wanted = at_48k(self.length)
        return np.pad(out, (0, max(0, wanted - len(out))))[:wanted].astype(np.float32)


def at_48k(sample: int) -> int:
    """The sample at 48 kHz that is heard with this one of the engine's."""
    return round(sample * SAMPLE_RATE_HZ / RATE_HZ)


def _spans(speech: Speech) -> list[Span]:
    """The engine's events as touching spans over its whole sound."""
    events = [(parse_symbol(e.name), e.sample) for e in speech.phones]
    events = [event for event in events if event[0][0]]
    ends = [sample for _, sample in events[1:]] + [len(speech.samples)]
    spans: list[Span] = []
    if events and events[0][1] > 0:
        spans.append(Span("", 0, events[0][1]))
    for ((symbols, stress), start), end in zip(events, ends, strict=True):
        edge, share_so_far = start, 0.0
        for symbol, share in symbols:
            share_so_far += share
            until = start + round((end - start) * share_so_far)
            spans.append(Span(symbol, edge, until, stress))
            edge = until
    return _fill_gaps(spans)


def _fill_gaps(spans: list[Span]) -> list[Span]:
    """Short silences join the stop that follows (its closure), else the sound before."""
    spans = [span for span in spans if span.end > span.start]
    out: list[Span] = []
    start_with: int | None = None
    for index, span in enumerate(spans):
        if start_with is not None:
            span = Span(span.symbol, start_with, span.end, span.stress, span.tone)
            start_with = None
        following = spans[index + 1] if index + 1 < len(spans) else None
        if not span.symbol and span.end - span.start < _SHORT_GAP:
            if following is not None and (begins_closed(following.symbol) or not following.symbol):
                start_with = span.start
                continue
            if out:
                last = out[-1]
                out[-1] = Span(last.symbol, last.start, span.end, last.stress, last.tone)
                continue
            if following is not None:
                start_with = span.start
                continue
        out.append(span)
    return out


def _placed(span: Span, first: int, last: int, at: int) -> Span:
    """A span clipped to what is kept of the sound and moved to its place."""
    start, end = (min(max(edge, first), last) - first + at for edge in (span.start, span.end))
    return Span(span.symbol, start, end, span.stress, span.tone)


def _toned(phones: list[Span], tones: dict[int, int]) -> list[Span]:
    """Vowels carry the tone of the syllable they stand in."""
    out: list[Span] = []
    tone = 0
    starts = sorted(tones)
    for phone in phones:
        middle = (phone.start + phone.end) // 2
        index = int(np.searchsorted(starts, middle, side="right")) - 1
        tone = tones[starts[index]] if index >= 0 else 0
        carried = tone if is_vowel(phone.symbol) else 0
        out.append(Span(phone.symbol, phone.start, phone.end, phone.stress, carried))
    return out


def _faded(sound: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
    """The same with 5 ms of fade at both ends, so that a cut makes no click."""
    count = min(_FADE, len(sound) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(count, 1))).astype(np.float32)
    sound[:count] *= ramp
    sound[len(sound) - count :] *= ramp[::-1]
    return sound
