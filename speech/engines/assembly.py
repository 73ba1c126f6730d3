"""A synthesiser's sound and the guide's timing -> a part of an utterance."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import soxr

from core.utterance import SAMPLE_RATE_HZ, Phone, Phrase, Utterance, Word
from speech.engines.voice import Sound, SoundPhone, SoundWord
from speech.engines.warp import Warp, warp_by_phones, warp_by_sound
from speech.mastering import level
from speech.messages import Speak
from speech.text.clauses import Clause

_QUIET = 0.012
"""Of the loudest 10 ms: quieter than this at the ends is silence."""
_LEAD_S, _TAIL_S = 0.008, 0.020
_PAUSE_S: Final = 0.14
"""A silence inside a phrase that is longer than this is a pause and no part of a stop."""
_FADE: Final = SAMPLE_RATE_HZ * 5 // 1000


def joined(chunks: Sequence[Sound]) -> Sound:
    """The pieces of a streaming synthesiser as one sound."""
    if len(chunks) == 1:
        return chunks[0]
    if not chunks:
        return Sound(np.zeros(0, np.float32), SAMPLE_RATE_HZ)
    return Sound(np.concatenate([chunk.samples for chunk in chunks]), chunks[0].rate_hz)


def lifted(sound: Sound, ratio: float) -> Sound:
    """The same played faster by `ratio`: its pitch rises by as much and it is shorter by as much.

    Within a semitone nobody takes it for another person.
    """
    if ratio == 1.0:
        return sound
    phones = [replace(p, start_s=p.start_s / ratio, end_s=p.end_s / ratio) for p in sound.phones]
    words = [replace(w, start_s=w.start_s / ratio, end_s=w.end_s / ratio) for w in sound.words]
    return Sound(sound.samples, round(sound.rate_hz * ratio), tuple(phones), tuple(words))


def trimmed(sound: Sound) -> Sound:
    """Without the silence around it."""
    begin, end = _heard(sound)
    length_s = (end - begin) / sound.rate_hz
    begin_s = begin / sound.rate_hz

    def clip(seconds: float) -> float:
        return min(max(seconds - begin_s, 0.0), length_s)

    phones = [replace(p, start_s=clip(p.start_s), end_s=clip(p.end_s)) for p in sound.phones]
    words = [replace(w, start_s=clip(w.start_s), end_s=clip(w.end_s)) for w in sound.words]
    return Sound(
        sound.samples[begin:end], sound.rate_hz,
        tuple(p for p in phones if p.end_s > p.start_s),
        tuple(w for w in words if w.end_s > w.start_s),
    )  # fmt: skip


def assemble(
    request: Speak,
    voice: str,
    guide: Utterance,
    clause: Clause,
    rest: Clause | None,
    place: Callable[[int], int],
    sound: Sound,
) -> Utterance:
    """One phrase of a line, with the pause after it.

    Args:
        guide: the whole line in the built-in voice.
        rest: the phrase that follows, None after the last.
        place: the offset in the line of an offset in the words that were said.
    """
    number = next(i for i, p in enumerate(guide.phrases) if p.text_start == clause.start)
    phrase = guide.phrases[number]
    following = guide.phrases[number + 1].start_s if rest else guide.duration_s
    spoken = trimmed(sound)
    samples = np.asarray(spoken.samples, np.float32)
    if spoken.rate_hz != SAMPLE_RATE_HZ:
        samples = soxr.resample(samples, spoken.rate_hz, SAMPLE_RATE_HZ, "HQ")
    samples = level(_faded(samples))
    end_s = len(samples) / SAMPLE_RATE_HZ

    guide_phones = _within(guide, phrase)
    guide_words = [
        (w, w.start_s - phrase.start_s, w.end_s - phrase.start_s)
        for w in guide.words
        if clause.start <= w.text_start < clause.end
    ]
    if spoken.words:
        warp = _warp_by_words(guide_words, spoken.words, place, phrase, end_s)
    elif spoken.phones:
        warp = warp_by_phones([_bare(p) for p in guide_phones], spoken.phones)
    else:
        first, last = (round(at * SAMPLE_RATE_HZ) for at in (phrase.start_s, phrase.end_s))
        warp = warp_by_sound(
            guide.samples[first:last], SAMPLE_RATE_HZ, spoken.samples, spoken.rate_hz
        )
    if spoken.phones and not spoken.words:
        phones = [Phone(p.symbol, p.start_s, p.end_s, p.stress) for p in spoken.phones]
    else:
        phones = [replace(p, start_s=warp(p.start_s), end_s=warp(p.end_s)) for p in guide_phones]
        phones = _paused(phones, samples)
    pause = np.zeros(round((following - phrase.end_s) * SAMPLE_RATE_HZ), np.float32)
    whole = np.concatenate((samples, pause))
    words = [
        Word(word.text_start, word.text_end, warp(start), min(warp(end), end_s))
        for word, start, end in guide_words
    ]
    return Utterance(
        line_id=request.line_id,
        text=request.text,
        language=request.language,
        voice=voice,
        samples=whole,
        phones=_touching(phones, len(samples), len(whole)),
        words=_apart(words),
        phrases=(
            Phrase(clause.start, clause.end, 0.0, end_s, clause.sentence, clause.sentence_start),
        ),
        rest_start=rest.start if rest else -1,
        rest_sentence_start=rest.sentence_start if rest else -1,
    )


def _heard(sound: Sound) -> tuple[int, int]:
    """From where to where there is more than silence."""
    hop = max(1, sound.rate_hz // 100)
    count = -(-len(sound.samples) // hop)
    padded = np.pad(sound.samples, (0, count * hop - len(sound.samples))).reshape(count, hop)
    loudness = np.sqrt((padded**2).mean(1))
    loud = np.flatnonzero(loudness > _QUIET * float(loudness.max(initial=0.0)))
    if not len(loud):
        return 0, len(sound.samples)
    begin = int(loud[0]) * hop - round(_LEAD_S * sound.rate_hz)
    end = (int(loud[-1]) + 1) * hop + round(_TAIL_S * sound.rate_hz)
    return max(0, begin), min(len(sound.samples), end)


def _within(guide: Utterance, phrase: Phrase) -> list[Phone]:
    """The guide's phones of one phrase, timed from its beginning."""
    return [
        replace(p, start_s=p.start_s - phrase.start_s, end_s=p.end_s - phrase.start_s)
        for p in guide.phones
        if p.start_s >= phrase.start_s - 1e-6 and p.end_s <= phrase.end_s + 1e-6
    ]


def _bare(phone: Phone) -> SoundPhone:
    return SoundPhone(phone.symbol, phone.start_s, phone.end_s, phone.stress)


def _warp_by_words(
    guide: Sequence[tuple[Word, float, float]],
    said: Sequence[SoundWord],
    place: Callable[[int], int],
    phrase: Phrase,
    end_s: float,
) -> Warp:
    """A warp through the beginnings and ends of the words that both know."""
    knots = [(0.0, 0.0), (phrase.end_s - phrase.start_s, end_s)]
    for word in said:
        start, end = place(word.text_start), place(word.text_end)
        same = [entry for entry in guide if start <= entry[0].text_start < max(end, start + 1)]
        if same:
            knots += [(same[0][1], word.start_s), (same[-1][2], word.end_s)]
    array = np.maximum.accumulate(np.array(sorted(knots)), axis=0)
    keep = np.concatenate((np.diff(array[:, 0]) > 0, [True]))
    return Warp(array[keep, 0], np.minimum(array[keep, 1], end_s))


def _paused(phones: Sequence[Phone], samples: np.ndarray) -> list[Phone]:
    """The phones with the pauses that the sound has and the guide has not."""
    out = list(phones)
    for start_s, end_s in _silences(samples):
        kept: list[Phone] = []
        for phone in out:
            if phone.end_s <= start_s or phone.start_s >= end_s:
                kept.append(phone)
            elif phone.start_s < start_s and start_s - phone.start_s >= phone.end_s - end_s:
                kept.append(replace(phone, end_s=start_s))
            elif phone.end_s > end_s:
                kept.append(replace(phone, start_s=end_s))
        at = sum(phone.end_s <= start_s for phone in kept)
        out = [*kept[:at], Phone("", start_s, end_s), *kept[at:]]
    return out


def _silences(samples: np.ndarray) -> list[tuple[float, float]]:
    hop = SAMPLE_RATE_HZ // 200
    count = len(samples) // hop
    loudness = np.sqrt((samples[: count * hop].reshape(count, hop) ** 2).mean(1))
    quiet = np.concatenate(([0], loudness < _QUIET * loudness.max(initial=0.0), [0]))
    edges = np.flatnonzero(np.diff(quiet))
    return [
        (begin / 200, end / 200)
        for begin, end in zip(edges[::2], edges[1::2], strict=True)
        if end - begin > _PAUSE_S * 200
    ]


def _touching(phones: Sequence[Phone], heard: int, whole: int) -> tuple[Phone, ...]:
    """Phones that fill the sound to the sample, each beginning where the last ended."""
    out: list[Phone] = []
    at = 0
    for index, phone in enumerate(phones):
        following = phones[index + 1].start_s if index + 1 < len(phones) else np.inf
        end = min(heard, round(min(max(phone.end_s, phone.start_s), following) * SAMPLE_RATE_HZ))
        if index + 1 == len(phones):
            end = heard
        if end > at:
            out.append(replace(phone, start_s=at / SAMPLE_RATE_HZ, end_s=end / SAMPLE_RATE_HZ))
            at = end
    if at < heard:
        out.append(Phone("", at / SAMPLE_RATE_HZ, heard / SAMPLE_RATE_HZ))
    if whole > heard:
        out.append(Phone("", heard / SAMPLE_RATE_HZ, whole / SAMPLE_RATE_HZ))
    return tuple(out)


def _apart(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words that do not overlap and take some time each."""
    out: list[Word] = []
    for word in words:
        start = max(word.start_s, out[-1].end_s if out else 0.0)
        if word.end_s > start:
            out.append(replace(word, start_s=start))
    return tuple(out)


def _faded(samples: np.ndarray) -> np.ndarray:
    """The same with 5 ms of fade at both ends, so that a cut makes no click."""
    count = min(_FADE, len(samples) // 2)
    ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(count, 1))).astype(np.float32)
    out = samples.copy()
    out[:count] *= ramp
    out[len(out) - count :] *= ramp[::-1]
    return out
