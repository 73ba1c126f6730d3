"""Encoders and rerankers from a local folder, in the layout of transformers.

A folder of sentence-transformers works too: what it says of pooling and of words to put before
texts is followed, else the vectors of the tokens are averaged (mean pooling, Reimers and Gurevych
2019). Nothing is ever downloaded. Needs the optional extra `models`.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from jaxtyping import Float32

from core.errors import ConfigError
from core.message import Message

BATCH: Final = 32
MOST_TOKENS: Final = 256
# of a text that are read; facts are shorter


class PretrainedEncoder:
    """Meaning as vectors, by a model such as bge, e5, gte or MiniLM."""

    def __init__(self, folder: Path) -> None:
        """Load a model; on the GPU where there is one. Raises ConfigError."""
        self._model, self._tokenizer, self._device = _loaded(folder, "AutoModel")
        self._takes_first = bool(_json(folder / "1_Pooling" / "config.json").get(
            "pooling_mode_cls_token"
        ))  # fmt: skip
        prompts = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
        self._before_query = str(prompts.get("query", ""))
        self._before_text = str(prompts.get("document") or prompts.get("passage") or "")

    @property
    def dimensions(self) -> int:
        return int(self._model.config.hidden_size)

    @property
    def weight(self) -> float:
        return 1.0

    def encode(self, texts: Sequence[str]) -> Float32[np.ndarray, "texts dimensions"]:
        """The vectors of texts to be found, of length 1."""
        return self._encode([self._before_text + text for text in texts])

    def encode_query(self, text: str) -> Float32[np.ndarray, "1 dimensions"]:
        """The vector of a question, of length 1."""
        return self._encode([self._before_query + text])

    def _encode(self, texts: Sequence[str]) -> Float32[np.ndarray, "texts dimensions"]:
        import torch

        out = np.zeros((len(texts), self.dimensions), np.float32)
        # texts of like length together: little is filled up
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), BATCH):
            those = order[start : start + BATCH]
            tokens = _tokens(self._tokenizer, self._device, [texts[at] for at in those])
            with torch.inference_mode():
                states = self._model(**tokens).last_hidden_state
                if self._takes_first:
                    pooled = states[:, 0]
                else:
                    mask = tokens["attention_mask"].unsqueeze(-1).to(states.dtype)
                    pooled = (states * mask).sum(1) / mask.sum(1).clamp(min=1)
                pooled = torch.nn.functional.normalize(pooled.float(), dim=-1)
            out[those] = pooled.cpu().numpy()
        return out


class PretrainedReranker:
    """A cross-encoder: reads a question and a fact together."""

    def __init__(self, folder: Path) -> None:
        """Load a model; on the GPU where there is one. Raises ConfigError."""
        kind = "AutoModelForSequenceClassification"
        self._model, self._tokenizer, self._device = _loaded(folder, kind)

    def scores(self, query: str, texts: Sequence[str]) -> Float32[np.ndarray, " texts"]:
        """How well each text answers the question; only the order means anything."""
        import torch

        tokens = _tokens(self._tokenizer, self._device, [query] * len(texts), list(texts))
        with torch.inference_mode():
            logits = self._model(**tokens).logits.float()
        # one output is the score itself; of two the second says that they belong together
        scores: Float32[np.ndarray, " texts"] = logits[:, -1].cpu().numpy()
        return scores


def _tokens(tokenizer: Any, device: str, *texts: Sequence[str]) -> Any:
    return tokenizer(
        *texts, padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="pt"
    ).to(device)


def _loaded(folder: Path, kind: str) -> tuple[Any, Any, str]:
    """A model ready to be asked, its tokenizer, and where it runs."""
    if not (folder / "config.json").is_file():
        message = Message(
            "no model is in this folder; it needs config.json, a tokenizer and the weights"
        )
        raise ConfigError(message, file=str(folder))
    try:
        import torch
        import transformers
        from safetensors import SafetensorError
    except ImportError as error:
        message = Message("a model needs the extra `models`: pip install 'presenter[models]'")
        raise ConfigError(message, file=str(folder)) from error
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = getattr(transformers, kind).from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, SafetensorError) as error:
        message = Message("the model cannot be loaded: {error}", error=error)
        raise ConfigError(message, file=str(folder)) from error
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return model.eval().to(device), tokenizer, device


def _json(path: Path) -> dict[str, Any]:
    """A small file that may be missing."""
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        message = Message("cannot be read as JSON: {error}", error=error)
        raise ConfigError(message, file=str(path)) from error
    return data if isinstance(data, dict) else {}
