"""What stands in for torchaudio against what is known of the signals."""

from pathlib import Path

import librosa
import numpy as np
import pytest
import torch

from speech.engines import torch_audio

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.parametrize(("old", "new"), [(22_050, 24_000), (48_000, 16_000), (16_000, 22_050)])
def test_a_tone_stays_that_tone(old: int, new: int) -> None:
    t = np.arange(old) / old
    tone = torch.from_numpy(np.sin(2 * np.pi * 440 * t).astype(np.float32))
    out = torch_audio.resample(tone[None], old, new)[0].numpy()
    assert len(out) == new
    wanted = np.sin(2 * np.pi * 440 * np.arange(new) / new)
    assert np.abs(out - wanted)[200:-200].max() < 2e-3


def test_mel_spectra_are_librosas() -> None:
    sound = np.random.default_rng(0).normal(size=22_050).astype(np.float32)
    ours = torch_audio.MelSpectrogram(
        22_050, n_fft=1024, hop_length=256, win_length=1024, n_mels=80, f_max=8000.0, norm="slaney"
    )
    wanted = librosa.feature.melspectrogram(
        y=sound, sr=22_050, n_fft=1024, hop_length=256, n_mels=80, fmax=8000.0, htk=True,
        norm="slaney", pad_mode="reflect",
    )  # fmt: skip
    got = ours(torch.from_numpy(sound)).numpy()
    assert np.allclose(got, wanted, rtol=1e-3, atol=1e-4)
    assert {"spectrogram.window", "mel_scale.fb"} == set(ours.state_dict())


def test_sound_files_come_back(tmp_path: Path) -> None:
    sound = torch.linspace(-0.5, 0.5, 100)[None]
    torch_audio.save(tmp_path / "a.wav", sound, 8000)
    got, rate_hz = torch_audio.load(tmp_path / "a.wav")
    assert rate_hz == 8000
    assert torch.allclose(got, sound, atol=1e-4)
