"""Words of the shop and how they are said: configs/lexicon/{zh,en}.toml."""

from pathlib import Path
from typing import Final

from pydantic import Field

from core.config import Settings, load_settings

FOLDER: Final = Path(__file__).resolve().parents[2] / "configs" / "lexicon"


class ChineseLexicon(Settings):
    """zh.toml"""

    units: dict[str, str] = Field(default_factory=dict)
    # "ml" -> 毫升; upper and lower case differ: W is 瓦, w is 万
    words: dict[str, str] = Field(default_factory=dict)
    # as written -> as said: "11.11" -> 双十一
    readings: dict[str, str] = Field(default_factory=dict)
    # 烟酰胺 -> "yan1 xian1 an4": pinyin with the tone's number, a syllable a character
    as_words: tuple[str, ...] = ()
    # capitals said as a word in Chinese speech, not spelled: PRO, LED ...


class EnglishLexicon(Settings):
    """en.toml"""

    units: dict[str, tuple[str, str]] = Field(default_factory=dict)
    # "ml" -> milliliter, milliliters
    words: dict[str, str] = Field(default_factory=dict)
    readings: dict[str, str] = Field(default_factory=dict)
    # words the voice gets wrong, spelled so that it gets them right; in Chinese lines too
    as_words: tuple[str, ...] = ()
    # capitals said as a word, not spelled: RAM


class Lexicon(Settings):
    """Both languages."""

    zh: ChineseLexicon = ChineseLexicon()
    en: EnglishLexicon = EnglishLexicon()

    @property
    def said_as_words(self) -> frozenset[str]:
        return frozenset(self.zh.as_words) | frozenset(self.en.as_words)


def load_lexicon(folder: Path = FOLDER) -> Lexicon:
    """The shop words in a folder.

    Raises:
        ConfigError: a file is missing or wrong.
    """
    return Lexicon(
        zh=load_settings(folder / "zh.toml", ChineseLexicon),
        en=load_settings(folder / "en.toml", EnglishLexicon),
    )
