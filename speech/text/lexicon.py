"""Words of the shop and how they are said: configs/lexicon/{zh,en}.toml, SHOP/lexicon.toml."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import Field

from core.config import Settings, load_settings
from core.errors import ConfigError

FOLDER: Final = Path(__file__).resolve().parents[2] / "configs" / "lexicon"

SHOP_FILE: Final = "lexicon.toml"
"""A shop's own words, in its folder."""

_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINAL = "[iuv]?(?:a|ai|an|ang|ao|e|ei|en|eng|er|ê|i|ia|ian|ie|in|ing|o|ong|ou|u|v|n|ve|ue)"
_SYLLABLE = re.compile(rf"(?:{_INITIAL})?{_FINAL}[1-5]")


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


def load_lexicon(folder: Path = FOLDER, shop_file: Path | None = None) -> Lexicon:
    """The shop words in a folder, and a shop's own before them.

    Args:
        folder: holds zh.toml and en.toml.
        shop_file: the same tables under [zh] and [en] (`SHOP/lexicon.toml`); its entries win.

    Raises:
        ConfigError: a file is missing or wrong; the file and the key are named.
    """
    chinese = load_settings(folder / "zh.toml", ChineseLexicon)
    _check_readings(chinese.readings, folder / "zh.toml", "readings")
    english = load_settings(folder / "en.toml", EnglishLexicon)
    if shop_file is None:
        return Lexicon(zh=chinese, en=english)
    own = load_settings(shop_file, Lexicon)
    _check_readings(own.zh.readings, shop_file, "zh.readings")
    return Lexicon(
        zh=ChineseLexicon(
            units=chinese.units | own.zh.units,
            words=chinese.words | own.zh.words,
            readings=chinese.readings | own.zh.readings,
            as_words=chinese.as_words + own.zh.as_words,
        ),
        en=EnglishLexicon(
            units=english.units | own.en.units,
            words=english.words | own.en.words,
            readings=english.readings | {w.lower(): s for w, s in own.en.readings.items()},
            as_words=english.as_words + own.en.as_words,
        ),
    )


def shop_lexicon(shop: Path) -> Path | None:
    """A shop's own lexicon, if it has one."""
    path = shop / SHOP_FILE
    return path if path.is_file() else None


def _check_readings(readings: Mapping[str, str], file: Path, key: str) -> None:
    """Each character has its syllable, and each syllable is one."""
    for word, said in readings.items():
        syllables = said.split()
        if len(syllables) != len(word):
            raise ConfigError(
                f"{word} has {len(word)} characters, {said!r} {len(syllables)} syllables; write one"
                ' syllable a character with its tone: "ni2 shi4"',
                file=str(file),
                key=f"{key}.{word}",
            )
        for syllable in syllables:
            if not _SYLLABLE.fullmatch(syllable):
                raise ConfigError(
                    f"{syllable!r} is no syllable of pinyin with a tone's number, 1 to 5 (ü is v):"
                    ' "lv4"',
                    file=str(file),
                    key=f"{key}.{word}",
                )
