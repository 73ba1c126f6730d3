"""What a viewer of a recording saw and heard: gaps, loudness, faces, and sound against picture.

    python -m benchmarks.recording out.mp4 journal.jsonl

Sound against picture is measured, not assumed: lines from the journal are spoken once more, found
in the recording by correlation, and the lip gap that mediapipe sees is laid over the opening that
the phones ask for. Positive offsets: the sound is early.
"""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import pyloudnorm
from jaxtyping import Float64
from scipy.signal import correlate

from benchmarks.figure import Figure
from core.line import Line
from core.utterance import SAMPLE_RATE_HZ, Utterance
from speech.client import SpeechWorker
from speech.mastering import true_peak_dbtp

SILENCE_DB = -60.0
BLOCK_S = 0.1
WINDOW_S = 3
SPEECH_LUFS = -23.0
"""A window louder than this holds speech; the music alone is some LU below."""
OPEN_VOWELS = frozenset("aɑæɛəɤoɔeʌɐ")
SEARCH_S = 0.6
LINES_EACH_END = 6
MIN_CHARACTERS = 12


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
    entries = read_journal(journal)
    figures += answer_figures(entries)
    lips = LipReader(recording)
    spoken = spoken_lines(entries)
    for where, lines in {"at the beginning": spoken, "at the end": spoken[::-1]}.items():
        offsets = asyncio.run(_offsets(lines, sound, lips))
        if offsets:
            note = f"median of {len(offsets)} lines"
            figures.append(
                Figure(f"sound against picture {where}", float(np.median(offsets)), "ms", note)
            )
    share = lips.found / max(1, lips.seen)
    figures.append(Figure("face found", 100 * share, "%", f"{lips.seen} pictures looked at"))
    return figures


def read_journal(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


def spoken_lines(entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines and answers that went on air, in order, long enough to compare."""
    aired = [
        entry["data"]
        for entry in entries
        if entry["kind"] in ("line", "answer") and "done" not in entry["data"]
    ]
    return [data for data in aired if "frame" in data and len(data["text"]) > MIN_CHARACTERS]


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


class LipReader:
    """Lip gap of each picture, in eye distances, as mediapipe's face mesh sees it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.seen = self.found = 0

    def gaps(self, start_s: float, end_s: float) -> Iterator[tuple[float, float]]:
        """(time, gap) of the pictures between two times."""
        import mediapipe

        mesh = mediapipe.solutions.face_mesh.FaceMesh(refine_landmarks=True)
        with mesh, av.open(str(self._path)) as container:
            stream = container.streams.video[0]
            container.seek(max(0, int((start_s - 2.5) / stream.time_base)), stream=stream)
            for frame in container.decode(stream):
                at = float(frame.pts * frame.time_base)
                if at > end_s:
                    return
                if at < start_s:
                    continue
                self.seen += 1
                result = mesh.process(frame.to_ndarray(format="rgb24"))
                if not result.multi_face_landmarks:
                    continue
                self.found += 1
                marks = result.multi_face_landmarks[0].landmark
                size = (frame.width, frame.height)
                yield at, _apart(marks, 13, 14, size) / _apart(marks, 33, 263, size)


def _apart(marks: Any, a: int, b: int, size: tuple[int, int]) -> float:
    return float(np.hypot((marks[a].x - marks[b].x) * size[0], (marks[a].y - marks[b].y) * size[1]))


async def _offsets(lines: Sequence[dict[str, Any]], sound: Sound, lips: LipReader) -> list[float]:
    worker = SpeechWorker()
    await worker.start()
    try:
        found = []
        for data in lines:
            chinese = any("\u4e00" <= char <= "\u9fff" for char in data["text"])
            line = Line("again", data["text"], "zh" if chinese else "en", "pitch", ())
            utterance = await worker.speak(line)
            offset = _offset_ms(utterance, data["frame"], sound, lips)
            if offset is not None:
                found.append(offset)
            if len(found) == LINES_EACH_END:
                break
        return found
    finally:
        await worker.stop()


def _offset_ms(
    utterance: Utterance, frame: int, sound: Sound, lips: LipReader, fps: int = 25
) -> float | None:
    heard = find_sound(utterance.samples, sound, frame / fps)
    if heard is None:
        return None
    end = min(heard + utterance.duration_s, heard + 6.0)
    track = list(lips.gaps(heard - SEARCH_S, end + SEARCH_S))
    if len(track) < 25:
        return None
    times, gaps = (np.asarray(values) for values in zip(*track, strict=True))
    grid = np.arange(heard, end, 0.005)
    wanted = _opening(utterance, grid - heard)
    wanted = wanted - wanted.mean()
    lags = np.arange(-0.4, 0.4, 0.005)
    scores = []
    for lag in lags:
        seen = np.interp(grid + lag, times, gaps)
        seen = seen - seen.mean()
        scores.append(float(wanted @ seen / (np.linalg.norm(wanted) * np.linalg.norm(seen) + 1e-9)))
    best = int(np.argmax(scores))
    return float(lags[best] * 1000) if scores[best] > 0.4 else None


def find_sound(
    samples: np.ndarray, sound: Sound, near_s: float, search_s: float = 1.0
) -> float | None:
    """When an utterance begins in the recording, to the sample; None when it is not there."""
    piece = samples[: 2 * SAMPLE_RATE_HZ].astype(np.float64)
    first = max(0, int((near_s - search_s - sound.start_s) * SAMPLE_RATE_HZ))
    window = sound.samples[first : first + len(piece) + int(2 * search_s * SAMPLE_RATE_HZ)]
    if len(window) < len(piece):
        return None
    scores = correlate(window, piece, mode="valid", method="fft")
    best = int(np.argmax(scores))
    matched = window[best : best + len(piece)]
    likeness = scores[best] / (np.linalg.norm(piece) * np.linalg.norm(matched) + 1e-9)
    return sound.start_s + (first + best) / SAMPLE_RATE_HZ if likeness > 0.7 else None


def _opening(utterance: Utterance, times: np.ndarray) -> np.ndarray:
    """How open the phones want the lips to be, smoothed as a mouth moves (about 80 ms)."""
    out = np.zeros(len(times))
    for phone in utterance.phones:
        inside = (times >= phone.start_s) & (times < phone.end_s)
        wide = any(char in OPEN_VOWELS for char in phone.symbol)
        out[inside] = 1.0 if wide else 0.15 if phone.symbol else 0.0
    width = np.hanning(17)
    return np.convolve(out, width / width.sum(), mode="same")


def main() -> None:
    recording, *journal = (Path(argument) for argument in sys.argv[1:])
    for figure in measure(recording, journal[0] if journal else None):
        sys.stdout.write(f"{figure.name:42s} {figure.value:10.2f} {figure.unit:5s} {figure.note}\n")


if __name__ == "__main__":
    main()
