"""Sentences about the viewers' own life, in which nothing is said of the goods."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "lexicon" / "scenes.toml"


@dataclass(frozen=True, slots=True)
class Scenes:
    """Tells sentences about the viewers' own life from those about the goods."""

    lives: re.Pattern[str]
    # whose life it is about: the viewer's, a time of day, the weather
    points: re.Pattern[str]
    # words that point at the goods, or say what they do to somebody

    def is_scene(self, sentence: str) -> bool:
        """Whether a folded sentence is about the viewers' life and says nothing of the goods."""
        return bool(self.lives.search(sentence)) and not self.points.search(sentence)

    def goods(self, clause: str) -> bool:
        """Whether a folded clause points at the goods."""
        return bool(self.points.search(clause))


@lru_cache(maxsize=1)
def scenes() -> Scenes:
    """The words of `scenes.toml`, read once."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Scenes(re.compile("|".join(raw["scenes"])), re.compile("|".join(raw["goods"])))
