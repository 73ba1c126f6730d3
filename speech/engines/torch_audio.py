"""What coqui-tts needs of torchaudio and torchcodec, for an environment that has neither.

coqui-tts refuses to be imported without both. The torchaudio on PyPI is linked against CUDA: beside
a CPU build of torch it cannot be loaded, and takes the models of transformers down with it. What
inference uses of it is little, so it is here, with torchaudio's module tree: a checkpoint's keys
("spectrogram.window", "mel_scale.fb") still find their places.
"""

import importlib.machinery
import importlib.util
import math
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import torch


def install() -> None:
    """Stand in for what is missing; does nothing where both are installed."""
    if importlib.util.find_spec("torchcodec") is None:
        _module("torchcodec")
    if importlib.util.find_spec("torchaudio") is not None:
        return
    package = _module("torchaudio")
    package.functional = _module("torchaudio.functional")
    package.transforms = _module("torchaudio.transforms")
    package.load, package.save = load, save
    package.functional.resample = resample
    for kind in (Resample, Spectrogram, MelScale, MelSpectrogram):
        setattr(package.transforms, kind.__name__, kind)


def _module(name: str) -> Any:
    module = types.ModuleType(name, __doc__)
    module.__spec__ = importlib.machinery.ModuleSpec(name, None, is_package="." not in name)
    module.__path__ = []
    sys.modules[name] = module
    return module


def load(path: str | Path, **_: Any) -> tuple[torch.Tensor, int]:
    """A sound file as (channels, samples) from -1 to 1, and its rate."""
    samples, rate_hz = soundfile.read(str(path), dtype="float32", always_2d=True)
    return torch.from_numpy(np.ascontiguousarray(samples.T)), int(rate_hz)


def save(path: str | Path, samples: torch.Tensor, rate_hz: int, **_: Any) -> None:
    soundfile.write(str(path), samples.detach().cpu().numpy().T, rate_hz)


def resample(
    waveform: torch.Tensor,
    orig_freq: int,
    new_freq: int,
    lowpass_filter_width: int = 6,
    rolloff: float = 0.99,
    **_: Any,
) -> torch.Tensor:
    """The last dimension at another rate: windowed-sinc interpolation, one filter a phase."""
    common = math.gcd(int(orig_freq), int(new_freq))
    down, up = int(orig_freq) // common, int(new_freq) // common
    if down == up:
        return waveform
    base = min(down, up) * rolloff
    reach = math.ceil(lowpass_filter_width * down / base)
    taps = np.arange(-reach, reach + down) / down
    times = (np.arange(0, -up, -1)[:, None] / up + taps[None]) * base
    times = np.clip(times, -lowpass_filter_width, lowpass_filter_width)
    window = np.cos(times * np.pi / lowpass_filter_width / 2) ** 2
    kernels = torch.from_numpy(np.sinc(times) * window * (base / down)).to(waveform)
    rows = waveform.reshape(-1, waveform.shape[-1])
    padded = torch.nn.functional.pad(rows, (reach, reach + down))[:, None]
    phases = torch.nn.functional.conv1d(padded, kernels[:, None], stride=down)
    length = math.ceil(up * rows.shape[-1] / down)
    out = phases.transpose(1, 2).reshape(len(rows), -1)[:, :length]
    return out.reshape(*waveform.shape[:-1], length)


class Resample(torch.nn.Module):
    """`resample` as a module."""

    def __init__(self, orig_freq: int = 16_000, new_freq: int = 16_000, **_: Any) -> None:
        super().__init__()
        self._rates = orig_freq, new_freq

    def forward(self, waveform: torch.Tensor) -> torch.Tensor:
        return resample(waveform, *self._rates)


class Spectrogram(torch.nn.Module):
    """Short-time spectra, (..., bins, frames)."""

    def __init__(
        self,
        n_fft: int = 400,
        win_length: int | None = None,
        hop_length: int | None = None,
        pad: int = 0,
        window_fn: Any = torch.hann_window,
        power: float | int | None = 2.0,
        normalized: bool = False,
        wkwargs: dict[str, Any] | None = None,
        center: bool = True,
        pad_mode: str = "reflect",
        **_: Any,
    ) -> None:
        super().__init__()
        length = win_length or n_fft
        self._fft, self._length, self._hop = n_fft, length, hop_length or length // 2
        self._pad, self._power, self._normalized = pad, power, normalized
        self._centre, self._pad_mode = center, pad_mode
        self.register_buffer("window", window_fn(length, **(wkwargs or {})))

    def forward(self, waveform: torch.Tensor) -> torch.Tensor:
        window: torch.Tensor = self.get_buffer("window")
        rows = torch.nn.functional.pad(
            waveform.reshape(-1, waveform.shape[-1]), (self._pad, self._pad)
        )
        spectra = torch.stft(
            rows, self._fft, self._hop, self._length, window, self._centre, self._pad_mode,
            normalized=False, onesided=True, return_complex=True,
        )  # fmt: skip
        spectra = spectra.reshape(*waveform.shape[:-1], *spectra.shape[-2:])
        if self._normalized:
            spectra = spectra / window.pow(2).sum().sqrt()
        return spectra if self._power is None else spectra.abs().pow(self._power)


class MelScale(torch.nn.Module):
    """Spectra in triangular bands of the mel scale."""

    def __init__(
        self,
        n_mels: int = 128,
        sample_rate: int = 16_000,
        f_min: float | int = 0.0,
        f_max: float | int | None = None,
        n_stft: int = 201,
        norm: str | None = None,
        mel_scale: str = "htk",
    ) -> None:
        super().__init__()
        from librosa.filters import mel

        bands = mel(
            sr=sample_rate, n_fft=2 * (n_stft - 1), n_mels=n_mels, fmin=f_min,
            fmax=f_max or sample_rate / 2, htk=mel_scale == "htk", norm=norm,
        )  # fmt: skip
        self.register_buffer("fb", torch.from_numpy(bands.T.copy()))

    def forward(self, spectra: torch.Tensor) -> torch.Tensor:
        bands: torch.Tensor = self.get_buffer("fb")
        return torch.matmul(spectra.transpose(-1, -2), bands).transpose(-1, -2)


class MelSpectrogram(torch.nn.Module):
    """Both, one after the other."""

    def __init__(
        self,
        sample_rate: int = 16_000,
        n_fft: int = 400,
        win_length: int | None = None,
        hop_length: int | None = None,
        f_min: float | int = 0.0,
        f_max: float | int | None = None,
        pad: int = 0,
        n_mels: int = 128,
        window_fn: Any = torch.hann_window,
        power: float | int = 2.0,
        normalized: bool = False,
        wkwargs: dict[str, Any] | None = None,
        center: bool = True,
        pad_mode: str = "reflect",
        onesided: bool | None = None,
        norm: str | None = None,
        mel_scale: str = "htk",
    ) -> None:
        super().__init__()
        self.spectrogram = Spectrogram(
            n_fft, win_length, hop_length, pad, window_fn, power, normalized, wkwargs, center,
            pad_mode,
        )  # fmt: skip
        self.mel_scale = MelScale(
            n_mels, sample_rate, f_min, f_max, n_fft // 2 + 1, norm, mel_scale
        )

    def forward(self, waveform: torch.Tensor) -> torch.Tensor:
        spectra: torch.Tensor = self.mel_scale(self.spectrogram(waveform))
        return spectra
