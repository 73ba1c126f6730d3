"""Texts as vectors: what an encoder is, and the one that needs no model.

The built-in encoder knows three things of a text: its spelling (characters and pairs of them), its
words, and its concepts (`knowledge.concepts`: the fields it is about and the kinds of meaning it
touches, in Chinese and English alike). Each is weighed by TF-IDF and has its share of the vector,
which is projected at random; that keeps inner products within about 1 / sqrt(256) (Johnson and
Lindenstrauss 1984). So a vector bridges typos, word forms and, by concepts, languages.
`knowledge.pretrained` has the encoders that have read more than our list of words.
"""

import zlib
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import numpy as np
from jaxtyping import Float32
from scipy import sparse

from knowledge.amounts import plain
from knowledge.concepts import concepts_of_fact, concepts_of_question
from knowledge.tokens import tokens_of

DIMENSIONS: Final = 256
BUCKETS: Final = 1 << 14
# of characters and pairs of them
WORD_BUCKETS: Final = 1 << 14
# of words, and as many of concepts
ALL_BUCKETS: Final = BUCKETS + 2 * WORD_BUCKETS
_SHARES: Final = (0.5, 1.0, 1.0)
# how much spelling, words and concepts weigh
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


Concepts = Callable[[str, Sequence[str]], list[str]]
"""The concepts of a text with these tokens."""
EncoderFor = Callable[[Sequence[str]], Encoder]
"""Gives the encoder for the texts of a shop; one that learns nothing from them ignores them."""


class ConceptEncoder:
    """Fitted once to the texts of a shop."""

    def __init__(self, texts: Sequence[str]) -> None:
        seen = np.zeros(ALL_BUCKETS)
        for start in range(0, len(texts), _CHUNK):
            for part in _features(texts[start : start + _CHUNK], concepts_of_fact):
                seen += np.bincount(part.indices, minlength=ALL_BUCKETS)
        self._idf = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
        signs = np.random.default_rng(_SEED).integers(
            0, 2, (ALL_BUCKETS, DIMENSIONS), dtype=np.int8
        )
        self._projection = (signs * np.int8(2) - np.int8(1)).astype(np.float32)

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    @property
    def weight(self) -> float:
        return 0.6  # a list of words knows less than the words themselves

    def encode(self, texts: Sequence[str]) -> Float32[np.ndarray, "texts 256"]:
        """The vectors of texts; 0 where a text is empty."""
        return self._encode(texts, concepts_of_fact)

    def encode_query(self, text: str) -> Float32[np.ndarray, "1 256"]:
        return self._encode([text], concepts_of_question)

    def _encode(
        self, texts: Sequence[str], concepts: Concepts
    ) -> Float32[np.ndarray, "texts dimensions"]:
        out = np.zeros((len(texts), DIMENSIONS), np.float32)
        for start in range(0, len(texts), _CHUNK):
            for part, share in zip(
                _features(texts[start : start + _CHUNK], concepts), _SHARES, strict=True
            ):
                part.data = (1 + np.log(part.data)) * self._idf[part.indices]
                squares = np.asarray(part.multiply(part).sum(axis=1)).ravel()
                length = np.maximum(np.sqrt(squares), 1e-9)
                out[start : start + part.shape[0]] += (
                    (part @ self._projection) * (share / length)[:, None]
                ).astype(np.float32)
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        return out


def _features(texts: Sequence[str], concepts: Concepts) -> tuple[sparse.csr_matrix, ...]:
    """Spelling, words and concepts of texts, each in buckets of its own."""
    tokens = [tokens_of(text) for text in texts]
    about = [concepts(text, words) for text, words in zip(texts, tokens, strict=True)]
    return _counts(texts), _hashed(tokens, BUCKETS), _hashed(about, BUCKETS + WORD_BUCKETS)


def _hashed(lists: Sequence[Sequence[str]], first: int) -> sparse.csr_matrix:
    """How often each of a text's strings occurs, hashed into buckets from `first` on."""
    ends = np.cumsum([0, *map(len, lists)])
    at = np.fromiter(
        (first + zlib.crc32(one.encode()) % WORD_BUCKETS for those in lists for one in those),
        np.int32,
    )
    shape = (len(lists), ALL_BUCKETS)
    matrix = sparse.csr_matrix((np.ones(len(at), np.float32), at, ends), shape=shape)
    matrix.sum_duplicates()
    return matrix


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
    shape = (len(lines), ALL_BUCKETS)
    if not rows:
        return sparse.csr_matrix(shape, dtype=np.float32)
    at = (np.concatenate(rows), np.concatenate(buckets))
    return sparse.csr_matrix((np.ones(len(at[0]), np.float32), at), shape=shape)
