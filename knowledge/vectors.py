"""Texts as vectors without any model: hashed character n-grams, TF-IDF, random projection.

Nearness of such vectors is likeness of spelling, in any script: it bridges typos, word forms and
parts of words that word search misses. The projection keeps inner products within about
1 / sqrt(256) (Johnson and Lindenstrauss 1984).
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from jaxtyping import Float32

from knowledge.amounts import plain

DIMENSIONS: Final = 256
BUCKETS: Final = 1 << 14
_GRAMS: Final = (1, 2, 3)
_SEED: Final = 20_261_122


class Embedder:
    """Fitted once to the texts of a shop, then turns texts into vectors."""

    def __init__(self, texts: Sequence[str]) -> None:
        seen = np.zeros(BUCKETS)
        self._counts = [_grams(text) for text in texts]
        for counts in self._counts:
            seen[list(counts)] += 1
        self._idf = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
        signs = np.random.default_rng(_SEED).integers(0, 2, (BUCKETS, DIMENSIONS), dtype=np.int8)
        self._projection = signs * np.int8(2) - np.int8(1)

    def corpus(self) -> Float32[np.ndarray, "texts 256"]:
        """The vectors of the texts it was fitted to, of length 1."""
        return self._vectors(self._counts)

    def embed(self, text: str) -> Float32[np.ndarray, "1 256"]:
        """The vector of one more text, of length 1 (0 when it is empty)."""
        return self._vectors([_grams(text)])

    def _vectors(self, counted: Sequence[Counter[int]]) -> Float32[np.ndarray, "texts 256"]:
        out = np.zeros((len(counted), DIMENSIONS), np.float32)
        for row, counts in zip(out, counted, strict=True):
            if counts:
                buckets = np.fromiter(counts.keys(), np.int64, len(counts))
                weights = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
                row += (weights * self._idf[buckets]) @ self._projection[buckets]
        lengths = np.linalg.norm(out, axis=1, keepdims=True)
        vectors: Float32[np.ndarray, "texts 256"] = out / np.maximum(lengths, 1e-9)
        return vectors


class VectorIndex:
    """Exact nearest vectors by inner product, in faiss."""

    def __init__(self, vectors: Float32[np.ndarray, "texts 256"]) -> None:
        import faiss

        self._index: Any = faiss.IndexFlatIP(DIMENSIONS)
        self._index.add(np.ascontiguousarray(vectors))

    def nearest(self, vector: Float32[np.ndarray, "1 256"], count: int) -> list[tuple[int, float]]:
        """Rows and their likeness from -1 to 1, the nearest first."""
        scores, rows = self._index.search(vector, min(count, self._index.ntotal))
        return [(int(row), float(s)) for row, s in zip(rows[0], scores[0], strict=True) if row >= 0]


def _grams(text: str) -> Counter[int]:
    """How often each hashed run of one to three characters occurs."""
    line = " ".join(plain(text).lower().split())
    return Counter(
        zlib.crc32(line[i : i + n].encode()) % BUCKETS
        for n in _GRAMS
        for i in range(len(line) - n + 1)
        if not line[i : i + n].isspace()
    )
