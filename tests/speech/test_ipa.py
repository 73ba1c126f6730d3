import pytest

from speech.ipa import begins_closed, is_vowel, parse_symbol


@pytest.mark.parametrize(
    ("name", "symbols", "stress"),
    [
        ("ˈɑ", ["ɑ"], 1), ("ˌoʊ", ["oʊ"], 2), ("ts.h", ["ʈʂʰ"], 0), ("ˈonɡ", ["ʊ", "ŋ"], 1),
        ("(en)", [], 0), ("(cmn-latn-pinyin)", [], 0), ("", [""], 0),
    ],
)  # fmt: skip
def test_symbols(name: str, symbols: list[str], stress: int) -> None:
    found, found_stress = parse_symbol(name)
    assert ([symbol for symbol, _ in found], found_stress) == (symbols, stress)
    assert not found or sum(share for _, share in found) == pytest.approx(1.0)


def test_stops_are_closed_and_vowels_carry_tones() -> None:
    assert begins_closed("ʈʂʰ")
    assert not begins_closed("s")
    assert is_vowel("ʐ̩")
    assert not is_vowel("ʐ")
