"""BM25: ranking texts by the words they share with a query.

Okapi BM25 with the weights of Robertson and Zaragoza (2009), computed once for every token and
text (eager scoring, Lù 2024), so that a query only adds up a few short arrays.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from jaxtyping import Float32

K1: Final = 1.2
B: Final = 0.75


class WordIndex:
    """The texts of a shop by the tokens they hold."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Index texts given as tokens."""
        self._count = len(texts)
        lengths = np.array([len(tokens) for tokens in texts], np.float32)
        average = float(lengths.mean()) if self._count else 1.0
        damping = K1 * (1 - B + B * lengths / max(average, 1e-9))
        rows: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, list[int]] = defaultdict(list)
        for row, tokens in enumerate(texts):
            for token, count in Counter(tokens).items():
                rows[token].append(row)
                counts[token].append(count)
        self._rows = {token: np.array(those, np.int32) for token, those in rows.items()}
        self._weights: dict[str, Float32[np.ndarray, " rows"]] = {}
        for token, those in self._rows.items():
            often = np.array(counts[token], np.float32)
            rarity = np.log1p((self._count - len(those) + 0.5) / (len(those) + 0.5))
            weights = rarity * often * (K1 + 1) / (often + damping[those])
            self._weights[token] = weights.astype(np.float32)

    def scores(self, tokens: Iterable[str]) -> Float32[np.ndarray, " texts"]:
        """How well each text matches a query's tokens; 0 where they share none."""
        scores = np.zeros(self._count, np.float32)
        for token in tokens:
            if token in self._rows:
                scores[self._rows[token]] += self._weights[token]
        return scores
