"""Which language a text is in."""

import pytest

from core.language import Language
from knowledge.language import language_of


@pytest.mark.parametrize(
    ("text", "otherwise", "language"),
    [
        ("玻尿酸精华", "en", "zh"),
        ("SPF50+ PA++++，通勤够用", "en", "zh"),
        ("Vitamin C serum", "zh", "en"),
        ("The brand 沐言 makes a very good serum", "zh", "en"),
        ("30 ml", "zh", "zh"),
        ("199.00", "en", "en"),
        ("保湿クリーム", "zh", "ja"),
        ("수분 크림", "zh", "ko"),
        ("Feuchtigkeitscreme für den Tag", "de", "de"),
    ],
)
def test_scripts_tell(text: str, otherwise: Language, language: Language) -> None:
    assert language_of(text, otherwise) == language
