"""The nearest of many vectors, in faiss.

Exact up to 100,000; beyond, a graph of neighbours (HNSW, Malkov and Yashunin 2018) that finds
nearly all of the same in a fraction of the time.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from jaxtyping import Float32

MOST_EXACT: Final = 100_000
_NEIGHBOURS: Final = 16
_WIDTH_BUILT: Final = 48
# candidates kept while the graph is made: more finds more and takes longer
_WIDTH_SEARCHED: Final = 96


class VectorIndex:
    """Nearest vectors by inner product."""

    def __init__(
        self, vectors: Float32[np.ndarray, "texts dimensions"], most_exact: int = MOST_EXACT
    ) -> None:
        """Index vectors of length 1; those of more than `most_exact` texts as a graph."""
        import faiss

        self.exact = len(vectors) <= most_exact
        self._index: Any
        if self.exact:
            self._index = faiss.IndexFlatIP(vectors.shape[1])
        else:
            self._index = faiss.IndexHNSWFlat(
                vectors.shape[1], _NEIGHBOURS, faiss.METRIC_INNER_PRODUCT
            )
            self._index.hnsw.efConstruction = _WIDTH_BUILT
            self._index.hnsw.efSearch = _WIDTH_SEARCHED
        self._index.add(np.ascontiguousarray(vectors))

    def nearest(
        self, vector: Float32[np.ndarray, "1 dimensions"], count: int
    ) -> list[tuple[int, float]]:
        """Rows and their likeness from -1 to 1, the nearest first."""
        import faiss

        # waiting for threads costs more than they bring to one question
        faiss.omp_set_num_threads(1)
        scores, rows = self._index.search(vector, min(count, self._index.ntotal))
        return [(int(row), float(s)) for row, s in zip(rows[0], scores[0], strict=True) if row >= 0]

    def likeness(
        self, vector: Float32[np.ndarray, "1 dimensions"], rows: Sequence[int]
    ) -> Float32[np.ndarray, " rows"]:
        """How near some rows are, exactly."""
        if not rows:
            return np.zeros(0, np.float32)
        those = self._index.reconstruct_batch(np.asarray(rows, np.int64))
        likeness: Float32[np.ndarray, " rows"] = those @ vector[0]
        return likeness
