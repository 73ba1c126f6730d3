"""How far sound and picture lie apart in a recording that flashes and clicks at the same moments.

    python -m benchmarks.av_offset recording.mp4

Positive: the sound is early. ITU-R BT.1359 finds +45 ms and -125 ms noticeable.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

QUIET_S = 0.2
# two flashes or clicks lie at least so far apart


@dataclass(frozen=True, slots=True)
class Offset:
    """One flash and the click that belongs to it."""

    seen_s: float
    heard_s: float

    @property
    def offset_s(self) -> float:
        return self.seen_s - self.heard_s


def measure_offsets(path: Path) -> list[Offset]:
    """Each flash with the click nearest to it."""
    seen_s, heard_s = _flashes(path), np.asarray(_clicks(path))
    if not len(heard_s):
        return []
    return [Offset(at, float(heard_s[np.abs(heard_s - at).argmin()])) for at in seen_s]


def _flashes(path: Path) -> list[float]:
    """When the picture turns bright."""
    with av.open(str(path)) as container:
        times, levels = [], []
        for picture in container.decode(video=0):
            times.append(float(picture.pts * picture.time_base))
            levels.append(float(picture.to_ndarray(format="gray").mean()))
    return _onsets(np.asarray(times), np.asarray(levels))


def _clicks(path: Path) -> list[float]:
    """When the sound turns loud."""
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        times, levels = [], []
        for sound in container.decode(audio=0):
            samples = np.abs(sound.to_ndarray()).max(axis=0)
            times.append(float(sound.pts * sound.time_base) + np.arange(len(samples)) / rate)
            levels.append(samples)
    return _onsets(np.concatenate(times), np.concatenate(levels))


def _onsets(times_s: np.ndarray, levels: np.ndarray) -> list[float]:
    loud_s = times_s[levels > (levels.min() + levels.max()) / 2]
    gaps = np.diff(loud_s, prepend=-np.inf)
    return [float(at) for at in loud_s[gaps > QUIET_S]]


def main() -> None:
    for path in sys.argv[1:]:
        offsets_ms = [1000 * offset.offset_s for offset in measure_offsets(Path(path))]
        if not offsets_ms:
            sys.stdout.write(f"{path}: no flash with a click\n")
            continue
        worst_ms = max(offsets_ms, key=abs)
        sys.stdout.write(
            f"{path}: {len(offsets_ms)} flashes, sound early by {np.median(offsets_ms):+.1f} ms, "
            f"at worst {worst_ms:+.1f} ms\n"
        )


if __name__ == "__main__":
    main()
