"""Texts as vectors: what an encoder is, and the one that needs no model.

The built-in encoder hashes characters and pairs of them into buckets, weighs them by TF-IDF and
projects them at random. Nearness of such vectors is likeness of spelling, in any script: it bridges
typos, word forms and parts of words that word search misses. The projection keeps inner products
within about 1 / sqrt(256) (Johnson and Lindenstrauss 1984). `knowledge.pretrained` has the
encoders that know meaning.
"""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import numpy as np
from jaxtyping import Float32
from scipy import sparse

from knowledge.amounts import plain

DIMENSIONS: Final = 256
BUCKETS: Final = 1 << 14
_GRAMS: Final = (1, 2)
_SEED: Final = 20_261_122
_CHUNK: Final = 4096
# texts taken at once, so that a large shop needs little memory
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
# Fibonacci hashing: the golden ratio in 64 bits


class Encoder(Protocol):
    """Turns texts into vectors of length 1 whose inner product is how near they are."""

    @property
    def dimensions(self) -> int: ...

    @property
    def weight(self) -> float:
        """How much its ranking counts next to that by words."""
        ...

    def encode(self, texts: Sequence[str]) -> Float32[np.ndarray, "texts dimensions"]:
        """Texts to be found."""
        ...

    def encode_query(self, text: str) -> Float32[np.ndarray, "1 dimensions"]:
        """What somebody asks."""
        ...


EncoderFor = Callable[[Sequence[str]], Encoder]
"""Gives the encoder for the texts of a shop; one that learns nothing from them ignores them."""


class GramEncoder:
    """Fitted once to the texts of a shop."""

    def __init__(self, texts: Sequence[str]) -> None:
        seen = np.zeros(BUCKETS)
        for start in range(0, len(texts), _CHUNK):
            seen += np.bincount(_counts(texts[start : start + _CHUNK]).indices, minlength=BUCKETS)
        self._idf = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
        signs = np.random.default_rng(_SEED).integers(0, 2, (BUCKETS, DIMENSIONS), dtype=np.int8)
        self._projection = (signs * np.int8(2) - np.int8(1)).astype(np.float32)

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    @property
    def weight(self) -> float:
        return 0.4  # spelling is a weaker sign than words

    def encode(self, texts: Sequence[str]) -> Float32[np.ndarray, "texts 256"]:
        """The vectors of texts; 0 where a text is empty."""
        out = np.zeros((len(texts), DIMENSIONS), np.float32)
        for start in range(0, len(texts), _CHUNK):
            counts = _counts(texts[start : start + _CHUNK])
            counts.data = (1 + np.log(counts.data)) * self._idf[counts.indices]
            out[start : start + counts.shape[0]] = counts @ self._projection
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        return out

    def encode_query(self, text: str) -> Float32[np.ndarray, "1 256"]:
        return self.encode([text])


def _counts(texts: Sequence[str]) -> sparse.csr_matrix:
    """How often each hashed character and pair of them occurs in each text."""
    lines = [" ".join(plain(text).lower().split()) for text in texts]
    letters = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), np.uint32).astype(
        np.uint64
    )
    text_of = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    rows, buckets = [], []
    for n in _GRAMS:
        count = len(letters) - n + 1
        if count <= 0:
            break
        code = np.full(count, n, np.uint64)
        for i in range(n):
            code = (code ^ letters[i : i + count]) * _MIX
            code ^= code >> np.uint64(29)
        # a run must lie inside one text, and a space alone says nothing
        inside = text_of[:count] == text_of[n - 1 :]
        if n == 1:
            inside &= letters != ord(" ")
        rows.append(text_of[:count][inside])
        buckets.append((code[inside] * _MIX >> np.uint64(50)).astype(np.int32))
    shape = (len(lines), BUCKETS)
    if not rows:
        return sparse.csr_matrix(shape, dtype=np.float32)
    at = (np.concatenate(rows), np.concatenate(buckets))
    return sparse.csr_matrix((np.ones(len(at[0]), np.float32), at), shape=shape)
