"""Neural voices made here, with random weights: the real models in the real files, in seconds.

They do not speak. What they show is that loading, cloning, streaming and timing work, and how fast.
"""

import json
import wave
from pathlib import Path
from typing import Any

import numpy as np

from speech.engines.coqui import prepare

LETTERS = "abcdefghijklmnopqrstuvwxyz12345"


def write_vits(folder: Path, *, small: bool, phonemes: bool = False, language: str = "en") -> Path:
    """A voice's TOML file beside a VITS checkpoint; `small` has 0.4 million parameters, else 36."""
    prepare()
    import torch
    from TTS.config.shared_configs import BaseAudioConfig
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    from TTS.tts.models.vits import Vits

    torch.manual_seed(0)
    arguments = VitsArgs(init_discriminator=False, use_sdp=False)
    if small:
        arguments.hidden_channels, arguments.hidden_channels_ffn_text_encoder = 32, 64
        arguments.num_heads_text_encoder = arguments.num_layers_text_encoder = 2
        arguments.num_layers_flow = arguments.num_layers_posterior_encoder = 2
        arguments.upsample_initial_channel_decoder = 32
        arguments.resblock_type_decoder, arguments.resblock_kernel_sizes_decoder = "2", [3]
        arguments.resblock_dilation_sizes_decoder = [[1, 2]]
    audio = BaseAudioConfig(
        sample_rate=16_000 if small else 22_050, hop_length=256, win_length=1024, fft_size=1024
    )
    config = VitsConfig(
        model_args=arguments, audio=audio, add_blank=True, test_sentences=[],
        use_phonemes=phonemes, text_cleaner="phoneme_cleaners" if phonemes else "basic_cleaners",
        phonemizer="espeak" if phonemes else None,
        phoneme_language="en-us" if phonemes else None,
        characters=None if phonemes else CharactersConfig(
            characters_class="TTS.tts.models.vits.VitsCharacters", characters=LETTERS,
            punctuations="!,.?;: ", pad="_", phonemes=None,
        ),
    )  # fmt: skip
    model = Vits(config).eval()
    _write(folder, model, model.config)
    return _describe(folder, "vits", f'languages = ["{language}"]\nthreads = 2\n')


def write_xtts(folder: Path, *, consent: bool = True) -> Path:
    """A voice's TOML file beside an XTTS checkpoint of 92 MB and a recording to clone.

    Its language model is shrunk to 0.6 million parameters; the decoder and the speaker encoder have
    no smaller size.
    """
    prepare()
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
    from TTS.tts.models.xtts import Xtts

    folder.mkdir(parents=True, exist_ok=True)
    tokens = Tokenizer(models.BPE(unk_token="[UNK]"))  # noqa: S106 - no password
    tokens.pre_tokenizer = pre_tokenizers.Whitespace()
    names = [f"[{language}]" for language in XttsConfig().languages]
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=["[STOP]", "[UNK]", "[SPACE]", *names, "[START]"],
        initial_alphabet=list(f"{LETTERS}67890,.?!'"), show_progress=False,
    )  # fmt: skip
    tokens.train_from_iterator(["hello there how are you today", "ni3 hao3 wo3 shi4"], trainer)
    tokens.save(str(folder / "vocab.json"))
    torch.manual_seed(0)
    size = XttsArgs(
        gpt_layers=2, gpt_n_model_channels=64, gpt_n_heads=2, gpt_use_perceiver_resampler=True,
        gpt_number_text_tokens=tokens.get_vocab_size(),
        gpt_start_text_token=tokens.token_to_id("[START]"),
        gpt_stop_text_token=tokens.token_to_id("[STOP]"), gpt_num_audio_tokens=258,
        gpt_start_audio_token=256, gpt_stop_audio_token=257, decoder_input_dim=64,
        gpt_max_audio_tokens=60, gpt_max_text_tokens=200,
    )  # fmt: skip
    config = XttsConfig(model_args=size)
    _write(folder, Xtts(config), config)
    reference = folder / "person.wav"
    write_tone(reference)
    if consent:
        reference.with_name("person.consent.toml").write_text(
            'who = "nobody: a tone made by a program"\nwhen = 2026-01-01\nfor_what = "tests"\n'
        )
    return _describe(folder, "xtts", 'languages = ["en", "zh"]\nreference = "person.wav"\n')


def write_tone(path: Path, seconds: float = 4.0, rate_hz: int = 22_050) -> None:
    """Something that trembles like a voice, as a WAV file."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    tone = 0.3 * np.sin(2 * np.pi * 180 * t) * (1 + 0.3 * np.sin(2 * np.pi * 3 * t))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((tone * 32767).astype("<i2").tobytes())


def _write(folder: Path, model: Any, config: Any) -> None:
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    config.save_json(str(folder / "config.json"))


def _describe(folder: Path, engine: str, more: str) -> Path:
    path = folder / "voice.toml"
    checkpoint = json.dumps(str(folder))
    path.write_text(
        f'engine = "{engine}"\ncheckpoint = {checkpoint}\nlicence = "none: random weights"\n{more}',
        encoding="utf-8",
    )
    return path
