"""The user's own music as an endless loop: any file with sound that PyAV reads."""

from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.resampler import AudioResampler
from jaxtyping import Float32

from core.errors import MediaError
from core.utterance import SAMPLE_RATE_HZ

MAX_S: Final = 600.0
"""Of a longer file, the beginning: ten minutes are 115 MB of memory."""
MIN_S: Final = 2.0
CROSSFADE_S: Final = 1.5
"""The end runs into the beginning, at the same power."""
_SILENT: Final = 1e-3
"""Of the music's peak: quieter than this at both ends is the encoder's padding or a lead-in."""


def load_music(path: Path) -> Float32[np.ndarray, " samples"]:
    """One round of the music, mono, 48 kHz, at an RMS of 1, whose end runs into its beginning.

    Raises:
        MediaError: it cannot be read, holds no sound, or is too short.
    """
    sound = _without_silent_ends(_decode(path))
    if len(sound) < MIN_S * SAMPLE_RATE_HZ:
        raise MediaError(
            f"{path}: {len(sound) / SAMPLE_RATE_HZ:.1f} s of sound is too short for a music bed;"
            f" give it at least {MIN_S:.0f} s"
        )
    looped = _closed(sound)
    return np.asarray(looped / np.sqrt(np.mean(looped**2, dtype=np.float64)), np.float32)


def check_music(path: Path) -> None:
    """Whether a file holds sound, without reading all of it.

    Raises:
        MediaError: it does not.
    """
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise MediaError(f"{path} holds no sound")
            next(container.decode(audio=0))
    except (av.FFmpegError, StopIteration, OSError) as error:
        raise MediaError(f"{path} cannot be read as music: {error or 'it is empty'}") from error


def _decode(path: Path) -> Float32[np.ndarray, " samples"]:
    resampler = AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
    pieces: list[np.ndarray] = []
    length = 0
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise MediaError(f"{path} holds no sound")
            for frame in container.decode(audio=0):
                for out in resampler.resample(frame):
                    pieces.append(out.to_ndarray().reshape(-1))
                    length += out.samples
                if length >= MAX_S * SAMPLE_RATE_HZ:
                    break
            else:
                pieces += [out.to_ndarray().reshape(-1) for out in resampler.resample(None)]
    except (av.FFmpegError, OSError) as error:
        raise MediaError(f"{path} cannot be read as music: {error}") from error
    whole = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    return np.asarray(whole[: int(MAX_S * SAMPLE_RATE_HZ)], np.float32)


def _without_silent_ends(sound: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " m"]:
    if not len(sound):
        return sound
    loud = np.flatnonzero(np.abs(sound) > _SILENT * float(np.max(np.abs(sound))))
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound[:0]


def _closed(sound: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " m"]:
    """The end laid over the beginning, so that the loop has no seam; no DC."""
    count = min(int(CROSSFADE_S * SAMPLE_RATE_HZ), len(sound) // 4)
    ramp = np.sin(np.linspace(0, np.pi / 2, count, dtype=np.float32))
    out = sound[: len(sound) - count].copy()
    out[:count] = out[:count] * ramp + sound[len(sound) - count :] * ramp[::-1]
    return np.asarray(out - np.mean(out, dtype=np.float64), np.float32)
