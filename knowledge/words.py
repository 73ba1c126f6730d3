"""BM25: ranking texts by the words they share with a query.

Okapi BM25 with the weights of Robertson and Zaragoza (2009), computed once for every token and
text (eager scoring, Lù 2024), so that a query only adds up a few short arrays.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from jaxtyping import Float32

K1: Final = 1.2
B: Final = 0.75


class WordIndex:
    """Texts by the tokens they hold."""

    def __init__(self, texts: Iterable[Sequence[str]], like: "WordIndex | None" = None) -> None:
        """Index texts given as tokens.

        Args:
            texts: the tokens of each.
            like: an index whose rarity of words and usual length are taken over, so that the
                scores of both can be compared.
        """
        rows: dict[str, array[int]] = defaultdict(lambda: array("i"))
        counts: dict[str, array[int]] = defaultdict(lambda: array("i"))
        lengths: array[int] = array("i")
        for row, tokens in enumerate(texts):
            lengths.append(len(tokens))
            for token, count in Counter(tokens).items():
                rows[token].append(row)
                counts[token].append(count)
        self._count = len(lengths)
        size = np.asarray(lengths, np.float32)
        usual = float(size.mean()) if self._count else 1.0
        self._average: float = like._average if like else usual
        damping = K1 * (1 - B + B * size / max(self._average, 1e-9))
        self._rarity: dict[str, float]
        self._unseen: float
        # rarity of a token that no text has
        if like:
            self._rarity, self._unseen = like._rarity, like._unseen
        else:
            self._rarity = {token: self._rarity_of(len(those)) for token, those in rows.items()}
            self._unseen = self._rarity_of(0)
        self._rows = {token: np.asarray(those, np.int32) for token, those in rows.items()}
        self._weights: dict[str, Float32[np.ndarray, " rows"]] = {}
        for token, those in self._rows.items():
            often = np.asarray(counts.pop(token), np.float32)
            rarity = self._rarity.get(token, self._unseen)
            weights = rarity * often * (K1 + 1) / (often + damping[those])
            self._weights[token] = weights.astype(np.float32)

    def scores(self, tokens: Mapping[str, float]) -> Float32[np.ndarray, " texts"]:
        """How well each text matches a query's weighted tokens; 0 where they share none."""
        scores = np.zeros(self._count, np.float32)
        for token, weight in tokens.items():
            if token in self._rows:
                scores[self._rows[token]] += np.float32(weight) * self._weights[token]
        return scores

    def _rarity_of(self, holders: int) -> float:
        return float(np.log1p((self._count - holders + 0.5) / (holders + 0.5)))
