"""Loudness and peaks by ffmpeg's own meter (EBU R 128), which shares no code with ours."""

import re
import subprocess
from dataclasses import dataclass

import numpy as np

from core.utterance import SAMPLE_RATE_HZ

_INTEGRATED = re.compile(r"I:\s+(-?[\d.]+|-?inf) LUFS")
_PEAK = re.compile(r"Peak:\s+(-?[\d.]+|-?inf) dBFS")


@dataclass(frozen=True, slots=True)
class Loudness:
    integrated_lufs: float
    true_peak_dbtp: float


def ebu_r128(samples: np.ndarray) -> Loudness:
    """Of mono sound at 48 kHz.

    Raises:
        FileNotFoundError: ffmpeg is not installed.
    """
    done = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", "-f", "f32le", "-ar", str(SAMPLE_RATE_HZ),
         "-ac", "1", "-i", "-", "-af", "ebur128=peak=true", "-f", "null", "-"],
        input=np.asarray(samples, np.float32).tobytes(), capture_output=True, check=True,
    )  # fmt: skip
    summary = done.stderr.decode().rpartition("Summary:")[2]
    integrated, peak = _INTEGRATED.search(summary), _PEAK.search(summary)
    if integrated is None or peak is None:
        raise ValueError(f"ffmpeg's meter said: {summary!r}")
    return Loudness(float(integrated[1]), float(peak[1]))
