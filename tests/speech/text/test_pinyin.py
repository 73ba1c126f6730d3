import pytest

from speech.text.lexicon import Lexicon
from speech.text.pinyin import Pinyin


@pytest.mark.parametrize(
    ("han", "said"),
    [
        ("你好", "ni2 hao3"), ("不要", "bu2 yao4"), ("一起", "yi4 qi3"), ("第一", "di4 yi1"),
        ("一号链接", "yi1 hao4 lian4 jie1"), ("一零零一", "yi1 ling2 ling2 yi1"),
        ("二十一块", "er4 shi2 yi1 kuai4"), ("烟酰胺", "yan1 xian1 an4"),
        ("便宜", "pian2 yi5"), ("重新", "chong2 xin1"), ("重量", "zhong4 liang4"),
        ("绿色", "lv4 se4"), ("女生", "nv3 sheng1"), ("胸围", "xong1 wei2"), ("窘", "jong3"),
        ("洗发水", "xi3 fa4 shui3"),
    ],
)  # fmt: skip
def test_readings(lexicon: Lexicon, han: str, said: str) -> None:
    assert " ".join(Pinyin(lexicon.zh.readings).read(han)) == said


def test_every_reading_has_a_syllable_for_each_character(lexicon: Lexicon) -> None:
    for word, said in lexicon.zh.readings.items():
        assert len(said.split()) == len(word), word


def test_a_character_nobody_knows_still_counts() -> None:
    assert len(Pinyin({}).read("好\u4dbf好")) == 3
