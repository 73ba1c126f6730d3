"""BM25 against its formula written out."""

import math

import numpy as np

from knowledge.words import K1, B, WordIndex

TEXTS = [["红", "茶", "茶"], ["绿", "茶"], ["杯", "子", "大", "红"]]


def test_scores_follow_the_formula() -> None:
    average = 3.0
    for row, tokens in enumerate(TEXTS):
        expected = 0.0
        for token in ("红", "茶"):
            often = tokens.count(token)
            having = sum(token in text for text in TEXTS)
            rarity = math.log(1 + (len(TEXTS) - having + 0.5) / (having + 0.5))
            length = 1 - B + B * len(tokens) / average
            expected += rarity * often * (K1 + 1) / (often + K1 * length)
        scores = WordIndex(TEXTS).scores({"红": 1, "茶": 1})
        assert np.isclose(scores[row], expected)


def test_unknown_words_and_no_texts_score_nothing() -> None:
    assert WordIndex(TEXTS).scores({"天": 1}).tolist() == [0, 0, 0]
    assert WordIndex([]).scores({"茶": 1}).tolist() == []
    assert WordIndex([[], ["茶"]]).scores({"茶": 1})[0] == 0
