"""Vectors without a model: likeness of spelling."""

import numpy as np

from knowledge.vectors import DIMENSIONS, Embedder, VectorIndex

TEXTS = [
    "玻尿酸保湿精华",
    "亚麻衬衫连衣裙",
    "rechargeable moon lamp",
    "kiln glaze mug",
    "记忆棉枕头",
]


def test_typos_and_word_forms_find_their_text() -> None:
    embedder = Embedder(TEXTS)
    index = VectorIndex(embedder.corpus())
    for query, row in (
        ("玻尿算精华", 0),
        ("衬衫裙", 1),
        ("lamps recharging moonlight", 2),
        ("glazed mugs", 3),
        ("枕头记忆", 4),
    ):
        assert index.nearest(embedder.embed(query), 3)[0][0] == row


def test_vectors_have_length_one_and_are_the_same_each_time() -> None:
    first, second = Embedder(TEXTS).corpus(), Embedder(TEXTS).corpus()
    assert first.shape == (len(TEXTS), DIMENSIONS)
    assert first.dtype == np.float32
    assert np.allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert np.array_equal(first, second)


def test_an_empty_text_is_near_nothing() -> None:
    assert not Embedder(TEXTS).embed("").any()
