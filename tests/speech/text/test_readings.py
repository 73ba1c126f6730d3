"""What a selling room says, read aloud: the sets in readings/, written by hand."""

from pathlib import Path

import pytest

from benchmarks.readings import FOLDER, Ear, is_right, read_cases, read_polyphones, ways
from speech.text.lexicon import Lexicon
from speech.text.pinyin import Pinyin

SETS = sorted(path for path in FOLDER.glob("*.txt"))
GOOD_SHARE = 0.98


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear()


@pytest.mark.parametrize(
    "path", [p for p in SETS if not p.stem.startswith("poly")], ids=lambda p: p.stem
)
def test_texts(ear: Ear, path: Path) -> None:
    cases = read_cases(path)
    misses = [(miss.case.text, miss.said) for miss in ear.misses(cases)]
    assert len(cases) >= 35
    assert len(misses) <= len(cases) * (1 - GOOD_SHARE), misses


@pytest.mark.parametrize(
    "path", [p for p in SETS if p.stem.startswith("poly")], ids=lambda p: p.stem
)
def test_characters_with_several_readings(lexicon: Lexicon, path: Path) -> None:
    pinyin = Pinyin(lexicon.zh.readings)
    sounds = read_polyphones(path)
    misses = [(s.text, said) for s in sounds if (said := s.heard(pinyin)) not in s.wanted]
    assert len(sounds) >= 35
    assert len(misses) <= len(sounds) * (1 - GOOD_SHARE), misses


def test_the_scale_itself() -> None:
    """A comparison that lets everything through would make the figures worthless."""
    assert is_right("只要 一百二十九块九", "只要一百二十九块九")
    assert is_right("One hundred and five, dollars", "one hundred five dollars")
    assert not is_right("一百二十九点九元", "一百二十九块九")
    assert not is_right("S P F 五十", "S P F 五十加")
    assert list(ways("[a|b] c|d")) == ["a c", "d", "b c", "d"]
