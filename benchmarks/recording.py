"""What a viewer of a recording heard, and how soon: gaps, loudness, peaks, answers.

    python -m benchmarks.recording out.mp4 journal.jsonl

What is seen of the person, and sound against picture: `benchmarks.presence`.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pyloudnorm
from jaxtyping import Float64

from benchmarks.figure import Figure
from benchmarks.on_air import read_journal
from core.utterance import SAMPLE_RATE_HZ
from speech.mastering import true_peak_dbtp

SILENCE_DB = -60.0
BLOCK_S = 0.1
WINDOW_S = 3
SPEECH_LUFS = -23.0
"""A window louder than this holds speech; the music alone is some LU below."""
_HOP = SAMPLE_RATE_HZ // 500
_SEARCH_S = 0.5
_HEARD_S = 4.0
# so much of a line is looked for
_ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class Sound:
    """The decoded sound, mono, and the time of its first sample."""

    samples: Float64[np.ndarray, " n"]
    start_s: float
    gaps: int
    # places where a packet did not begin where the last one ended


def measure(recording: Path, journal: Path | None) -> list[Figure]:
    """All figures of one recording; those that need the journal only when it is there."""
    sound = read_sound(recording)
    times = picture_times(recording)
    figures = [
        Figure("length", len(sound.samples) / SAMPLE_RATE_HZ, "s"),
        Figure("pictures", len(times), ""),
        Figure("longest stretch without a new picture", float(np.diff(times).max()) * 1000, "ms"),
        Figure("gaps in the sound", sound.gaps, ""),
        Figure("longest silence", longest_silence_s(sound) * 1000, "ms", f"below {SILENCE_DB} dB"),
        Figure("loudness", loudness_lufs(recording), "LUFS"),
        *level_figures(sound),
    ]
    if journal is None:
        return figures
    return figures + answer_figures(read_journal(journal))


def answer_figures(entries: Sequence[dict[str, Any]]) -> list[Figure]:
    """Comment to the first audible sample of its answer."""
    last = {e["data"]["event_ids"][0]: e["data"] for e in entries if e["kind"] == "answer"}
    waits = [d["on_air"] - d["received"] for d in last.values() if d.get("on_air") is not None]
    if not waits:
        return []
    return [
        Figure("comments", len(last), ""),
        Figure("answered aloud", len(waits), ""),
        Figure("comment to answer (median)", float(np.median(waits)), "ms"),
        Figure("comment to answer (p95)", float(np.percentile(waits, 95)), "ms"),
    ]


def read_sound(path: Path) -> Sound:
    pieces, gaps, expected, start = [], 0, None, 0.0
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            at = float(frame.pts * frame.time_base)
            if expected is None:
                start = at
            elif abs(at - expected) > 0.002:
                gaps += 1
            expected = at + frame.samples / frame.sample_rate
            pieces.append(frame.to_ndarray().mean(axis=0))
    return Sound(np.concatenate(pieces).astype(np.float64), start, gaps)


def picture_times(path: Path) -> Float64[np.ndarray, " pictures"]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        times = [float(p.pts * p.time_base) for p in container.demux(stream) if p.pts is not None]
    return np.sort(np.asarray(times))


def longest_silence_s(sound: Sound) -> float:
    size = int(BLOCK_S * SAMPLE_RATE_HZ)
    blocks = sound.samples[: len(sound.samples) // size * size].reshape(-1, size)
    quiet = np.sqrt(np.mean(blocks**2, axis=1)) < 10 ** (SILENCE_DB / 20)
    longest = run = 0
    for silent in quiet:
        run = run + 1 if silent else 0
        longest = max(longest, run)
    return longest * BLOCK_S


def loudness_lufs(path: Path) -> float:
    """Integrated loudness of both channels (ITU-R BS.1770)."""
    with av.open(str(path)) as container:
        pieces = [frame.to_ndarray() for frame in container.decode(audio=0)]
    both = np.concatenate(pieces, axis=1).T.astype(np.float64)
    return float(pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(both))


def level_figures(sound: Sound) -> list[Figure]:
    """Peaks, DC, and how even the loudness is over the recording's length."""
    # the encoder writes the mono sound into both channels, 3 dB down each
    mono = sound.samples * 2**0.5
    size = WINDOW_S * SAMPLE_RATE_HZ
    meter = pyloudnorm.Meter(SAMPLE_RATE_HZ)
    loud = [
        float(meter.integrated_loudness(mono[at : at + size]))
        for at in range(0, len(mono) - size + 1, size)
    ]
    speech = [value for value in loud if value > SPEECH_LUFS]
    peak = max(
        true_peak_dbtp(sound.samples[at : at + 60 * SAMPLE_RATE_HZ])
        for at in range(0, len(sound.samples), 60 * SAMPLE_RATE_HZ)
    )
    figures = [
        Figure("true peak", peak, "dBTP", "of one channel, as broadcast"),
        Figure("DC", float(np.mean(sound.samples)) * 1e6, "ppm"),
    ]
    if speech:
        low, middle, high = np.percentile(speech, [5, 50, 95])
        note = f"{len(speech)} windows of {WINDOW_S} s with speech"
        figures += [
            Figure("loudness of speech (median)", float(middle), "LUFS", note),
            Figure("loudness of speech (5 % to 95 %)", float(high - low), "LU"),
        ]
    return figures


def find_sound(
    samples: np.ndarray, sound: Sound, near_s: float, until_s: float, within_s: float = _SEARCH_S
) -> float | None:
    """When an utterance begins in the recording, to 2 ms; None when it is not there.

    Found by its loudness: a formant voice says a line a little otherwise each time, so that waves
    part after some periods, while rise and fall of the sound stay.

    Args:
        samples: of the utterance.
        sound: of the recording.
        near_s: about when it begins.
        until_s: when it ends or is cut.
        within_s: so much earlier or later it is looked for; what is shorter than all that time is
            not found.
    """
    longest = min(len(samples) / SAMPLE_RATE_HZ, until_s - near_s - 0.1, _HEARD_S)
    if longest < 2 * within_s:
        return None
    wanted = _rise_and_fall(samples[: int(longest * SAMPLE_RATE_HZ)])
    first = max(0, int((near_s - within_s - sound.start_s) * SAMPLE_RATE_HZ))
    last = first + int((longest + 2 * within_s) * SAMPLE_RATE_HZ)
    heard = _rise_and_fall(sound.samples[first:last])
    if len(heard) < len(wanted):
        return None
    windows = np.lib.stride_tricks.sliding_window_view(heard, len(wanted))
    windows = windows - windows.mean(1, keepdims=True)
    wanted = wanted - wanted.mean()
    size = np.linalg.norm(windows, axis=1) * np.linalg.norm(wanted) + 1e-9
    likeness = windows @ wanted / size
    best = int(np.argmax(likeness))
    begins_s = sound.start_s + first / SAMPLE_RATE_HZ + best * _HOP / SAMPLE_RATE_HZ
    return begins_s if likeness[best] > _ALIKE else None


def _rise_and_fall(samples: np.ndarray) -> Float64[np.ndarray, " hops"]:
    """Loudness every 2 ms, compressed as ears do, over 10 ms."""
    power = np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])
    edges = np.arange(0, len(samples) - 5 * _HOP, _HOP)
    out: np.ndarray = ((power[edges + 5 * _HOP] - power[edges]) / (5 * _HOP)) ** 0.25
    return out


def main() -> None:
    recording, *journal = (Path(argument) for argument in sys.argv[1:])
    for figure in measure(recording, journal[0] if journal else None):
        sys.stdout.write(f"{figure.name:42s} {figure.value:10.2f} {figure.unit:5s} {figure.note}\n")


if __name__ == "__main__":
    main()
