"""A VITS that was taught, here and in half a minute, to say a few lines as flite says them.

Its sounds last as long as it is told, to the frame: what an alignment finds can be held against it.
Trained are the text encoder, the flow and the decoder, on mel spectra of short stretches with
flite's own durations; it mumbles, but phone by phone in the right place.
"""

from collections.abc import Sequence

import numpy as np

from speech.engines.coqui import prepare
from speech.engines.flite import Flite
from speech.engines.voice import Sound, SoundPhone

RATE_HZ, HOP = 16_000, 256
STEPS = 600
STRETCH_FRAMES = 48
LEARNING_RATE = 3e-3
FFT, BANDS = 512, 40


def taught_sounds(lines: Sequence[str], spread: float, seed: int = 0) -> list[Sound]:
    """Each line with its phones, every phone made up to `spread` longer or shorter than taught."""
    prepare()
    import torch
    from librosa.filters import mel
    from TTS.tts.configs.vits_config import VitsConfig
    from TTS.tts.models.vits import Vits

    torch.set_num_threads(1)  # the model is small: threads would only wait for each other
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    teacher = Flite("slt")
    lessons = [next(iter(teacher.say(line, "en", 1.0))) for line in lines]
    symbols = sorted({phone.symbol for sound in lessons for phone in sound.phones if phone.symbol})
    letters = {symbol: chr(ord("A") + i) for i, symbol in enumerate(symbols)} | {"": " "}
    model = Vits(_config(VitsConfig, "".join(letters[s] for s in symbols)))
    bands = torch.tensor(mel(sr=RATE_HZ, n_fft=FFT, n_mels=BANDS))
    window = torch.hann_window(FFT)

    def spectrum(samples: "torch.Tensor") -> "torch.Tensor":
        power = torch.stft(samples, FFT, FFT // 4, window=window, return_complex=True).abs() ** 2
        return torch.log(bands @ power + 1e-4)

    known = model.tokenizer.characters
    tokens, durations = [], []
    for sound in lessons:
        tokens.append(torch.tensor([[known.char_to_id(letters[p.symbol]) for p in sound.phones]]))
        ends = [round(phone.end_s * RATE_HZ / HOP) for phone in sound.phones]
        durations.append(np.diff([0, *ends]))
    parts = (model.text_encoder, model.flow, model.waveform_decoder)
    parameters = [parameter for part in parts for parameter in part.parameters()]
    optimiser = torch.optim.Adam(parameters, LEARNING_RATE, betas=(0.8, 0.95))
    model.train()
    for _ in range(STEPS):
        k = int(rng.integers(len(lessons)))
        _, means, _, _ = model.text_encoder(tokens[k], torch.tensor([tokens[k].shape[1]]))
        frames = torch.repeat_interleave(means, torch.tensor(durations[k]), dim=2)
        z = model.flow(frames, torch.ones(1, 1, frames.shape[2]), reverse=True)
        last = min(z.shape[2], len(lessons[k].samples) // HOP) - STRETCH_FRAMES
        at = int(rng.integers(max(1, last)))
        made = model.waveform_decoder(z[:, :, at : at + STRETCH_FRAMES])[0, 0]
        wanted = torch.tensor(lessons[k].samples[at * HOP : (at + STRETCH_FRAMES) * HOP])
        loss = (spectrum(made) - spectrum(wanted)).abs().mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimiser.step()
    model.eval()
    model.inference_noise_scale = 0.0
    sounds = []
    for sound, ids, taught in zip(lessons, tokens, durations, strict=True):
        changed = np.round(taught * rng.uniform(1 - spread, 1 + spread, len(taught)))
        imposed = np.maximum(1, changed)
        aux = {
            "x_lengths": torch.tensor([ids.shape[1]]), "d_vectors": None, "speaker_ids": None,
            "language_ids": None, "durations": torch.tensor(imposed, dtype=torch.float32)[None],
        }  # fmt: skip
        with torch.no_grad():
            samples = model.inference(ids, aux)["model_outputs"][0, 0].numpy()
        edges = np.concatenate(([0.0], np.cumsum(imposed))) * HOP / RATE_HZ
        phones = tuple(
            SoundPhone(phone.symbol, float(start), float(end))
            for phone, start, end in zip(sound.phones, edges, edges[1:], strict=False)
        )
        sounds.append(Sound(samples, RATE_HZ, phones))
    return sounds


def _config(kind: type, letters: str) -> object:
    from TTS.config.shared_configs import BaseAudioConfig
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsArgs

    size = VitsArgs(
        init_discriminator=False, use_sdp=False, hidden_channels=48,
        hidden_channels_ffn_text_encoder=64, num_heads_text_encoder=2, num_layers_text_encoder=1,
        num_layers_flow=1, num_layers_posterior_encoder=1, upsample_initial_channel_decoder=64,
        resblock_type_decoder="2", resblock_kernel_sizes_decoder=[3],
        resblock_dilation_sizes_decoder=[[1, 2]],
    )  # fmt: skip
    return kind(
        model_args=size, add_blank=False, use_phonemes=False, text_cleaner="basic_cleaners",
        test_sentences=[],
        audio=BaseAudioConfig(
            sample_rate=RATE_HZ, hop_length=HOP, win_length=1024, fft_size=1024
        ),
        characters=CharactersConfig(
            characters_class="TTS.tts.models.vits.VitsCharacters", characters=letters,
            punctuations=" ", pad="_", phonemes=None,
        ),
    )  # fmt: skip
