from pathlib import Path

import pytest

from core.errors import ConfigError
from speech.text.lexicon import load_lexicon, shop_lexicon
from speech.text.pinyin import Pinyin
from speech.text.reader import Reader, load_normaliser

OWN = """
[zh.readings]
"叶榭" = "ye4 xie4"
"酰" = "xian2"
[zh.words]
"KFC" = "肯德基"
[zh.units]
pot = "罐"
[en.words]
"B2G1" = "buy two get one"
[en.readings]
"Hermès" = "air mez"
"""


def test_a_shops_own_words_come_before_the_house_s(tmp_path: Path) -> None:
    assert shop_lexicon(tmp_path) is None
    (tmp_path / "lexicon.toml").write_text(OWN, encoding="utf-8")
    lexicon = load_lexicon(shop_file=shop_lexicon(tmp_path))
    assert Pinyin(lexicon.zh.readings).read("叶榭酰") == ("ye4", "xie4", "xian2")
    assert lexicon.zh.units["ml"] == "毫升"
    assert lexicon.en.readings["hermès"] == "air mez"
    reader = Reader(lexicon, load_normaliser())

    def said(text: str) -> str:
        return "".join(piece.spoken for piece in reader.read(text, 0, len(text), "zh"))

    assert said("KFC 2pot") == "肯德基 两罐"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[zh.readings]\n"叶榭" = "ye4"', ["zh.readings.叶榭", "2 characters", "1 syllables"]),
        ('[zh.readings]\n"叶" = "ye"', ["zh.readings.叶", "'ye'", "tone"]),
        ('[zh.readings]\n"叶" = "yeh4"', ["zh.readings.叶", "'yeh4'"]),
        ("[zh.reading]\n", ["reading", "did you mean 'readings'"]),
        ('[en.units]\nml = "milliliter"', ["en.units.ml"]),
        ("[zh.readings\n", ["TOML"]),
    ],
)
def test_a_wrong_entry_is_named_with_its_file(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_lexicon(shop_file=path)
    for word in [*words, "lexicon.toml"]:
        assert word in str(caught.value)


def test_every_reading_of_the_house_is_pinyin() -> None:
    assert len(load_lexicon().zh.readings) > 50
