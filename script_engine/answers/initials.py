"""Questions typed by the first letters of their pinyin: zmp for 怎么泡."""

import re
import tomllib
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from script_engine.answers.folder import FOLDER
from script_engine.text import CJK

_VERBS = "泡用洗吃喝买卖穿戴拍退换开装存放喂煮冲"
_CHINESE = re.compile(f"[{CJK}]{{3,6}}")


@lru_cache(maxsize=1)
def asked_by_initials() -> dict[str, str]:
    """Initials to the question they stand for; the first in the order of the lists wins."""
    intents = tomllib.loads((FOLDER / "intents.toml").read_text(encoding="utf-8"))["intent"]
    asked = [f"怎么{verb}" for verb in _VERBS]
    asked += [word for intent in intents for word in intent["words"]]
    found: dict[str, str] = {}
    for words in asked:
        if _CHINESE.fullmatch(words):
            letters = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
            found.setdefault(letters, words)
    return {letters: words for letters, words in found.items() if not re.search("[aeiou]", letters)}
