"""Lines that read like those that break the law, though no rule names their words.

Slang is an open list: rules find what they were written for. Beside them stands a logistic
regression over character n-grams and English words, trained on the project's labelled lines by
`python -m benchmarks.likeness`. It only ever adds a finding; what a rule says stays.
"""

import math
import re
import zlib
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from jaxtyping import Float32

FILE: Final = Path(__file__).with_name("lexicon") / "likeness.npz"
BITS: Final = 17
LONGEST_GRAM: Final = 4
AT_LEAST: Final = 0.66
"""Probability from which a line is kept back."""
_WORD = re.compile(r"[a-z']{2,}")
_CLAUSE = re.compile(r"[^，。！？；,.!?;]+")


def features(folded: str) -> dict[int, float]:
    """The line's n-grams and words as hashed features with weights, of length 1 together.

    Args:
        folded: as `script_engine.text.fold` and `disguise.unmask` leave it.
    """
    grams = Counter(
        folded[at : at + size]
        for size in range(1, LONGEST_GRAM + 1)
        for at in range(len(folded) - size + 1)
    )
    words = _WORD.findall(folded)
    said = Counter((*words, *(" ".join(pair) for pair in pairwise(words))))
    found: dict[int, float] = {}
    for kind, counts in (("c", grams), ("w", said)):
        norm = math.sqrt(sum(count * count for count in counts.values()))
        for text, count in counts.items():
            slot = zlib.crc32(f"{kind}{text}".encode()) & ((1 << BITS) - 1)
            found[slot] = found.get(slot, 0.0) + count / norm
    return found


@lru_cache(maxsize=4096)
def likeness(folded: str) -> float:
    """How likely a line is one that the law forbids, 0 to 1."""
    weights, bias = _model()
    score = bias + sum(float(weights[slot]) * value for slot, value in features(folded).items())
    return 1 / (1 + math.exp(-score))


def worst_clause(folded: str) -> tuple[int, int]:
    """The stretch of a folded line that tells most against it."""
    clauses = [match.span() for match in _CLAUSE.finditer(folded)] or [(0, len(folded))]
    return max(clauses, key=lambda span: likeness(folded[slice(*span)]))


@lru_cache(maxsize=1)
def _model() -> tuple[Float32[np.ndarray, " features"], float]:
    with np.load(FILE) as stored:
        weights = np.zeros(1 << BITS, np.float32)
        weights[stored["slots"]] = stored["weights"]
        return weights, float(stored["bias"])
