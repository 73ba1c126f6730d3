import pytest
from hypothesis import given
from hypothesis import strategies as st

from avatar.motion.phones import sounds_of
from avatar.motion.visemes import VISEMES

# What espeak-ng 1.52 sends as phone events for Mandarin syllables and for English.
ESPEAK_MANDARIN = (
    "p ph m f t th n l k kh χ tɕ tɕh ɕ ts. ts.h s. ʐ ts tsh s j w "
    "ɑ a o o- ə ər i i. i̪ u y ai ei ɑu ou iɑ iɛ io iou ua uai uei uo uə yɛ yæ yə yi onɡ ŋ ŋ-"
)
ESPEAK_ENGLISH = (
    "b d dʒ f h j k l m n n̩ p s t tʃ v w x z ð ŋ ɡ ɹ r ɾ ʃ ʒ ʔ θ "
    "a æ ɐ ɑː ɑːɹ ɒ ɔ ɔː ɔːɹ ə əl ɚ ɛ ɛɹ ɜː i iː ɪ ɪɹ ᵻ uː ʊ ʊɹ ʌ "
    "aɪ aɪɚ aʊ eɪ oʊ əʊ ɔɪ eə iə ʊə"
)


def shape(symbol: str) -> str:
    """The viseme most of a phone's first sound is made of."""
    return VISEMES[int(sounds_of(symbol)[0].mixture.argmax())]


@pytest.mark.parametrize("symbol", f"{ESPEAK_MANDARIN} {ESPEAK_ENGLISH}".split())
def test_every_symbol_of_espeak_is_a_sound(symbol: str) -> None:
    sounds = sounds_of(symbol)
    assert sum(sound.share for sound in sounds) == pytest.approx(1.0)
    assert [s.mixture.tolist() for s in sounds_of("ˈ" + symbol)] == [
        s.mixture.tolist() for s in sounds
    ]


@pytest.mark.parametrize("symbol", ["p", "ph", "b", "m", "pʰ", "m̩", "ˈm", "b2"])
def test_lips_meet_on_bilabials(symbol: str) -> None:
    assert [sound.contact for sound in sounds_of(symbol)] == ["lips"]


@pytest.mark.parametrize("symbol", ["f", "v", "ɱ"])
def test_teeth_meet_the_lip(symbol: str) -> None:
    assert [sound.contact for sound in sounds_of(symbol)] == ["teeth"]


@pytest.mark.parametrize("symbol", ["t", "s.", "u", "w", "onɡ", "ɑ", "kh"])
def test_nothing_else_touches(symbol: str) -> None:
    assert not any(sound.contact for sound in sounds_of(symbol))


@pytest.mark.parametrize(
    ("symbol", "viseme"),
    [("ɑ", "aa"), ("ˈɑu", "aa"), ("u", "ou"), ("y", "ou"), ("iː", "ih"), ("θ", "TH"), ("ʃ", "CH"),
     ("s", "SS"), ("n̩", "nn"), ("ˈ˥i", "ih"), ("ai4", "aa")],
)  # fmt: skip
def test_known_shapes(symbol: str, viseme: str) -> None:
    assert shape(symbol) == viseme


def test_a_diphthong_moves() -> None:
    first, second = sounds_of("ai")
    assert VISEMES[int(first.mixture.argmax())] == "aa"
    assert VISEMES[int(second.mixture.argmax())] == "ih"
    assert first.share > second.share


@pytest.mark.parametrize("symbol", ["", "(en)", "ˈ", "5", "˥˩", "?!"])
def test_marks_are_silent(symbol: str) -> None:
    assert sounds_of(symbol) == ()


@given(st.text(max_size=8))
def test_any_text_is_taken(symbol: str) -> None:
    for sound in sounds_of(symbol):
        assert sound.mixture.sum() == pytest.approx(1.0)
        assert sound.share > 0
