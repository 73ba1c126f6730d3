"""Writing with a transformers model, token by token, within a grammar.

Before each token llguidance says which ones can still become JSON of the asked shape; all others
are struck out. Tokens that the grammar leaves no choice about are not even asked for. Importing
this module imports torch: only `local.py` does so, when a model is needed.
"""

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llguidance
import llguidance.hf
import numpy as np
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from core.errors import ProviderError
from script_engine.writers.chat import Request

_TOP_P = 0.9


class TransformersGenerator:
    """A causal language model on the GPU when there is one."""

    def __init__(self, folder: Path) -> None:
        """Load a model.

        Raises:
            ProviderError: the folder cannot be loaded.
        """
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        if self._device == "cpu":
            torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
        self._tokenizer = _load(AutoTokenizer, folder)
        dtype = "auto" if self._device == "cuda" else torch.float32
        self._model = _load(AutoModelForCausalLM, folder, dtype=dtype).to(self._device).eval()
        self._size: int = self._model.get_output_embeddings().weight.shape[0]
        self._grammar_tokens = llguidance.hf.from_tokenizer(self._tokenizer, n_vocab=self._size)
        self._random = torch.Generator(self._device)
        self._random.seed()

    def generate(self, request: Request, stop: threading.Event) -> Iterator[str]:
        """The reply in pieces; JSON of the request's schema unless it is stopped or too long.

        Raises:
            ProviderError: the prompt is too long, or memory is short.
        """
        prompt = self._prompt(request)
        most: int = getattr(self._model.config, "max_position_embeddings", 1 << 20)
        if prompt.shape[1] + request.max_tokens > most:
            message = f"a prompt of {prompt.shape[1]} tokens is too long for the model's {most}"
            raise ProviderError(message, retryable=True)
        grammar = llguidance.LLMatcher.grammar_from_json_schema(
            json.dumps(request.schema), overrides={"whitespace_flexible": False}
        )
        matcher = llguidance.LLMatcher(self._grammar_tokens, grammar)
        try:
            yield from self._write(prompt, matcher, request, stop)
        except torch.OutOfMemoryError as error:
            raise ProviderError(f"out of memory: {error}", retryable=True) from error

    def _write(
        self, prompt: torch.Tensor, matcher: Any, request: Request, stop: threading.Event
    ) -> Iterator[str]:
        written: list[int] = []
        sent, cache, new = 0, None, prompt
        with torch.inference_mode():
            while len(written) < request.max_tokens and not stop.is_set():
                output = self._model(input_ids=new, past_key_values=cache, use_cache=True)
                cache = output.past_key_values
                tokens = [self._choose(output.logits[0, -1], matcher, request.temperature)]
                if not matcher.consume_tokens(tokens):
                    raise ProviderError(f"grammar: {matcher.get_error()}", retryable=True)
                if not matcher.is_stopped():
                    forced = matcher.compute_ff_tokens()
                    if forced and matcher.consume_tokens(forced):
                        tokens += forced
                over = matcher.is_stopped()
                written += [token for token in tokens if token != self._tokenizer.eos_token_id]
                text: str = self._tokenizer.decode(written)
                # A character of several tokens is held back until it is whole.
                if over or not text.endswith("\ufffd"):
                    yield text[sent:]
                    sent = len(text)
                if over:
                    return
                new = torch.tensor([tokens], device=self._device)

    def _choose(self, logits: torch.Tensor, matcher: Any, temperature: float) -> int:
        """A token the grammar allows, drawn from the likeliest."""
        bits = np.unpackbits(np.frombuffer(matcher.compute_bitmask(), np.uint8), bitorder="little")[
            : self._size
        ]
        allowed = torch.from_numpy(bits.astype(bool)).to(self._device)
        logits = logits.float()[: len(bits)].masked_fill(~allowed, -torch.inf)
        chances, order = torch.softmax(logits / max(temperature, 1e-3), -1).sort(descending=True)
        chances[chances.cumsum(-1) - chances > _TOP_P] = 0.0
        return int(order[torch.multinomial(chances, 1, generator=self._random)])

    def _prompt(self, request: Request) -> torch.Tensor:
        messages = [
            {"role": "system", "content": request.system},
            {"role": "user", "content": request.user},
        ]
        if self._tokenizer.chat_template is None:
            plain = f"{request.system}\n\n{request.user}\n\n"
            tokens = self._tokenizer(plain, return_tensors="pt")
        else:
            tokens = self._tokenizer.apply_chat_template(
                messages, add_generation_prompt=True, return_tensors="pt", return_dict=True,
                enable_thinking=False,
            )  # fmt: skip
        ids: torch.Tensor = tokens["input_ids"]
        return ids.to(self._device)


def _load(kind: Any, folder: Path, **more: Any) -> Any:
    """What a folder holds of this kind; nothing is fetched from anywhere."""
    try:
        return kind.from_pretrained(folder, local_files_only=True, **more)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ProviderError(f"{folder} cannot be loaded: {error}", retryable=False) from error
