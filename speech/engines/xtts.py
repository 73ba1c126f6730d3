"""Coqui's XTTS-v2: speaks as a recording does. It gives sound piece by piece and no timing."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import numpy as np

from core.errors import ProviderError
from core.language import Language
from speech.consent import require_consent
from speech.descriptions import XttsVoice
from speech.engines.coqui import choose_device, fingerprint, load_model
from speech.engines.voice import Sound
from speech.text.clauses import spoken_length_s

_NAMES: Final[Mapping[Language, str]] = {
    "zh": "zh-cn", "en": "en", "ja": "ja", "ko": "ko", "de": "de", "fr": "fr", "es": "es",
}  # fmt: skip
_CHUNK_TOKENS = 40
"""A piece of about two seconds: smaller ones decode the same latents again and again."""
_TAIL = ".。!！?？"


class Xtts:
    """An XTTS checkpoint with one person's voice, on the CPU (slowly) or a GPU."""

    def __init__(self, described: XttsVoice, today: date) -> None:
        """
        Raises:
            ConfigError: the recording comes without consent.
            ProviderError: the checkpoint or the recording cannot be used.
        """
        if described.reference is not None:
            require_consent(described.reference, today)
            if not described.reference.is_file():
                raise ProviderError(f"{described.reference} does not exist", retryable=False)
        folder = described.checkpoint
        device = choose_device(described.device)
        self._model: Any = load_model(folder / "model.pth", folder / "config.json").to(device)
        import torch

        self._torch = torch
        self.languages = tuple(name for name in described.languages if name in _NAMES)
        self.device = device.type
        config = self._model.config
        self._rate_hz = int(config.model_args.output_sample_rate)
        self._settings = {
            key: float(getattr(config, key))
            for key in ("temperature", "length_penalty", "repetition_penalty", "top_p")
        } | {"top_k": int(config.top_k)}
        self._latent, self._timbre = self._voice(described)
        self.fingerprint = fingerprint(
            "xtts", folder / "model.pth", described.speaker, described.reference or ""
        )

    def say(self, text: str, language: Language, speed: float) -> Iterator[Sound]:
        pieces = self._model.inference_stream(
            text.rstrip(_TAIL) or text, _NAMES[language], self._latent, self._timbre,
            stream_chunk_size=_CHUNK_TOKENS, speed=speed, enable_text_splitting=False,
            max_new_tokens=self._most_tokens(text), **self._settings,
        )  # fmt: skip
        try:
            for piece in pieces:
                samples = piece.float().cpu().numpy().reshape(-1)
                yield Sound(np.asarray(samples, np.float32), self._rate_hz)
        except (RuntimeError, ValueError, IndexError, AssertionError) as error:
            raise ProviderError(f"XTTS failed: {error}", retryable=True) from error

    def close(self) -> None:
        """The model goes with the process."""

    def _most_tokens(self, text: str) -> int:
        """XTTS may talk on and on after a short text; twice its length and a bit is enough."""
        arguments = self._model.config.model_args
        tokens_hz = arguments.input_sample_rate / arguments.gpt_code_stride_len
        wanted = int(tokens_hz * (2 * spoken_length_s(text) + 1.0))
        return min(wanted, int(arguments.gpt_max_audio_tokens))

    def _voice(self, described: XttsVoice) -> tuple[Any, Any]:
        config = self._model.config
        if described.reference is not None:
            try:
                latent, timbre = self._model.get_conditioning_latents(
                    audio_path=[str(described.reference)], max_ref_length=config.max_ref_len,
                    gpt_cond_len=config.gpt_cond_len, gpt_cond_chunk_len=config.gpt_cond_chunk_len,
                    sound_norm_refs=config.sound_norm_refs,
                )  # fmt: skip
            except (RuntimeError, OSError, ValueError) as error:
                raise ProviderError(
                    f"{described.reference}: {error}; a WAV of 6 to 30 s of clear speech is needed",
                    retryable=False,
                ) from error
            return latent, timbre
        manager = self._model.speaker_manager
        speakers = manager.speakers if manager is not None else {}
        if described.speaker not in speakers:
            raise ProviderError(
                f"the model has no speaker {described.speaker!r}; there are:"
                f" {', '.join(speakers) or 'none (speakers_xtts.pth is missing)'}",
                retryable=False,
            )
        latent, timbre = speakers[described.speaker].values()
        return latent, timbre
