from script_engine.crossing import foreign, in_other_words, meanings


def test_a_thing_means_the_same_in_both_languages() -> None:
    assert meanings("the grip is cork") & meanings("软木握把") == {"手柄", "软木"}
    assert not meanings("the grip is cork") & meanings("碳素竿身")


def test_the_longest_word_counts() -> None:
    assert meanings("低亮度") == {"低亮度"}


def test_a_fact_is_known_in_the_words_of_the_other_language() -> None:
    assert "cork" in in_other_words("软木握把")
    assert "软木" in in_other_words("a cork grip")


def test_languages_differ_by_their_characters() -> None:
    assert foreign("直径16cm", "16 cm across")
    assert not foreign("直径16cm", "高8cm")
