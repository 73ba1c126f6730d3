"""Debian's flite: English, permissively licensed, with the time of each of its phones.

It runs as a process of its own for each phrase (about 40 ms).
"""

import re
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from core.errors import ProviderError
from core.language import Language
from speech.engines.voice import Sound, SoundPhone

MISSING: Final = "the program flite is not installed: sudo apt-get install -y flite"
_TIMEOUT_S = 20.0
_SEGMENT = re.compile(r"(\S+):(\d+\.\d+)")

_IPA: Final[dict[str, tuple[str, ...]]] = {
    "pau": ("",), "aa": ("ɑ",), "ae": ("æ",), "ah": ("ʌ",), "ao": ("ɔ",), "aw": ("aʊ",),
    "ax": ("ə",), "ay": ("aɪ",), "b": ("b",), "ch": ("tʃ",), "d": ("d",), "dh": ("ð",),
    "eh": ("ɛ",), "er": ("ɜː",), "ey": ("eɪ",), "f": ("f",), "g": ("ɡ",), "hh": ("h",),
    "ih": ("ɪ",), "iy": ("iː",), "jh": ("dʒ",), "k": ("k",), "l": ("l",), "m": ("m",), "n": ("n",),
    "ng": ("ŋ",), "ow": ("oʊ",), "oy": ("ɔɪ",), "p": ("p",), "r": ("ɹ",), "s": ("s",),
    "sh": ("ʃ",), "t": ("t",), "th": ("θ",), "uh": ("ʊ",), "uw": ("uː",), "v": ("v",),
    "w": ("w",), "y": ("j",), "z": ("z",), "zh": ("ʒ",), "axr": ("ɚ",), "dx": ("ɾ",), "el": ("l",),
    "em": ("m",), "en": ("n",), "ix": ("ɪ",),
}  # fmt: skip
"""CMU's phones, as flite prints them, in the phone set of the house."""


class Flite:
    """One of the voices inside Debian's package: slt (a woman), rms, awb or kal (men)."""

    languages: tuple[Language, ...] = ("en",)
    device = "cpu"

    def __init__(self, speaker: str) -> None:
        """
        Raises:
            ProviderError: the program or the voice is not there.
        """
        path = shutil.which("flite")
        if path is None:
            raise ProviderError(MISSING, retryable=False)
        self._path, self._speaker = path, speaker
        known = self._run("-lv").removeprefix("Voices available:").split()
        if speaker not in known:
            raise ProviderError(
                f"flite has no voice {speaker!r}; there are: {', '.join(sorted(known))}",
                retryable=False,
            )
        self.fingerprint = f"flite {speaker} {Path(path).stat().st_mtime_ns}"

    def say(self, text: str, language: Language, speed: float) -> Iterator[Sound]:
        with tempfile.TemporaryDirectory(prefix="presenter-flite-") as folder:
            path = Path(folder) / "said.wav"
            stretch = f"duration_stretch={1 / speed:.3f}"
            printed = self._run(
                *("-voice", self._speaker, "--setf", stretch, "-psdur"), "-t", text, "-o", path
            )
            with wave.open(str(path)) as file:
                rate_hz, raw = file.getframerate(), file.readframes(file.getnframes())
        samples = np.frombuffer(raw, np.int16).astype(np.float32) / 32768
        yield Sound(samples, rate_hz, _phones(printed, len(samples) / rate_hz))

    def close(self) -> None:
        """Each phrase's process has ended by itself."""

    def _run(self, *arguments: str | Path) -> str:
        try:
            done = subprocess.run(
                [self._path, *arguments], capture_output=True, text=True, timeout=_TIMEOUT_S,
                check=True, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise ProviderError(f"flite failed: {error}", retryable=True) from error
        return done.stdout.strip()


def _phones(printed: str, duration_s: float) -> tuple[SoundPhone, ...]:
    phones: list[SoundPhone] = []
    at = 0.0
    for name, end in _SEGMENT.findall(printed):
        end_s = min(float(end), duration_s)
        symbols = _IPA.get(name, ("",))
        phones.extend(SoundPhone(symbol, at, end_s) for symbol in symbols if end_s > at)
        at = max(at, end_s)
    return tuple(phones)
