"""Vectors: likeness of spelling, exact search and the graph for very many."""

import numpy as np
import pytest

from knowledge.encoders import DIMENSIONS, ConceptEncoder
from knowledge.vectors import VectorIndex

TEXTS = [
    "玻尿酸保湿精华",
    "亚麻衬衫连衣裙",
    "rechargeable moon lamp",
    "kiln glaze mug",
    "记忆棉枕头",
]


def test_typos_and_word_forms_find_their_text() -> None:
    encoder = ConceptEncoder(TEXTS)
    index = VectorIndex(encoder.encode(TEXTS))
    for query, row in (
        ("玻尿算精华", 0),
        ("衬衫裙", 1),
        ("lamps recharging moonlight", 2),
        ("glazed mugs", 3),
        ("枕头记忆", 4),
    ):
        assert index.nearest(encoder.encode_query(query), 3)[0][0] == row


def test_vectors_have_length_one_and_are_the_same_each_time() -> None:
    first, second = ConceptEncoder(TEXTS).encode(TEXTS), ConceptEncoder(TEXTS).encode(TEXTS)
    assert first.shape == (len(TEXTS), DIMENSIONS)
    assert first.dtype == np.float32
    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert np.array_equal(first, second)


def test_a_text_has_the_same_vector_alone_and_among_many() -> None:
    encoder = ConceptEncoder(TEXTS)
    many = encoder.encode(TEXTS * 1000)
    assert np.allclose(many[4998], encoder.encode_query(TEXTS[4998 % 5])[0], atol=1e-6)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "é" * 300, "\x00"])
def test_odd_texts_have_vectors(text: str) -> None:
    vector = ConceptEncoder([*TEXTS, text]).encode_query(text)
    assert np.isfinite(vector).all()
    assert vector.any() == bool(text.strip())


def test_the_graph_finds_nearly_what_exact_search_finds() -> None:
    vectors = np.random.default_rng(1).normal(size=(3000, 32)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    exact, graph = VectorIndex(vectors), VectorIndex(vectors, most_exact=1000)
    assert exact.exact
    assert not graph.exact
    found = 0
    for query in vectors[:100] + np.float32(0.02):
        wanted = {row for row, _ in exact.nearest(query[None], 10)}
        found += len(wanted & {row for row, _ in graph.nearest(query[None], 10)})
    assert found >= 950
    assert graph.likeness(vectors[:1], [0, 5])[0] == pytest.approx(1.0, abs=1e-5)
