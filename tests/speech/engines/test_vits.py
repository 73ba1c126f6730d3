from itertools import pairwise

from speech.engines.vits import ipa_phones, letter_words


def test_letters_become_words() -> None:
    text = "hi, you"
    tokens = [(char, at * 0.1, at * 0.1 + 0.1) for at, char in enumerate(text)]
    (hi, you) = letter_words(tokens, [(0, 2), (4, 7)])
    assert (hi.text_start, hi.text_end, hi.start_s, round(hi.end_s, 3)) == (0, 2, 0.0, 0.2)
    assert (you.text_start, round(you.start_s, 3), round(you.end_s, 3)) == (4, 0.4, 0.7)


def test_a_text_the_model_changed_has_no_words_of_its_own() -> None:
    assert letter_words([("a", 0.0, 0.1)], [(0, 1), (2, 3)]) == ()


def test_phoneme_letters_become_phones() -> None:
    said = ["h", "ə", "l", "ˈ", "o", "ʊ", " ", "s", "i", "ː", ","]
    tokens = [(name, at * 0.05, at * 0.05 + 0.05) for at, name in enumerate(said[:-1])]
    tokens.append((",", 0.5, 0.7))
    phones = ipa_phones(tokens)
    assert [p.symbol for p in phones] == ["h", "ə", "l", "o", "ʊ", "s", "iː", ""]
    assert [p.stress for p in phones if p.symbol == "o"] == [1]
    assert all(a.end_s == b.start_s for a, b in pairwise(phones))
    assert (phones[0].start_s, phones[-1].end_s) == (0.0, 0.7)
