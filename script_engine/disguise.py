"""Words written so that a filter does not see them, read as they are meant.

`最~好~用`, `治/疗`, `全网最❤低❤价`, `zui好用`, `加薇信`: fillers between single characters
are taken out, homophones and pinyin put right. Each character keeps the way back to where it stood.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from script_engine.text import CJK, HAN, Folded

_DATA = Path(__file__).parent / "lexicon" / "disguise.toml"
# Fillers around a lone character: 治/疗/脚/气 hides a word, 大/中/小 joined does no harm.
_FILLER = r"[\s~～*·•.\-_/\\|^=+#&'`´丶→←↓↑⇒>»›、]"
_NUMERAL = re.compile(r"[一二三四五六七八九十两百千万\d]")
_SPELLED = re.compile(rf"[{CJK}](?:{_FILLER}{{1,2}}[{CJK}](?![{CJK}]))*{_FILLER}{{1,2}}[{CJK}]")


def unmask(folded: Folded) -> Folded:
    """A folded text with disguises taken off; a text without any is given back as it is."""
    text, origin = folded.text, folded.origin
    if not HAN.search(text):
        return folded
    drop = {i for i, c in enumerate(text) if _is_picture(c)}
    for match in _SPELLED.finditer(text):
        lone = len(re.findall(rf"[{CJK}]", match.group()))
        if lone >= 3 and not _NUMERAL.search(match.group()):
            drop |= {i for i in range(*match.span()) if not HAN.match(text[i])}
    if drop:
        kept = [i for i in range(len(text)) if i not in drop]
        text = "".join(text[i] for i in kept)
        origin = (*(origin[i] for i in kept), origin[-1])
    for pattern, said in _meant():
        for start, end in reversed([match.span() for match in pattern.finditer(text)]):
            places = [*origin[start : start + len(said) - 1], origin[end - 1]]
            text = text[:start] + said + text[end:]
            origin = (*origin[:start], *places, *origin[end:])
    return Folded(text, origin)


@lru_cache(maxsize=1)
def _meant() -> tuple[tuple[re.Pattern[str], str], ...]:
    raw = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return tuple((re.compile(entry["pattern"]), entry["said"]) for entry in raw["as"])


def _is_picture(character: str) -> bool:
    return character > "\u2000" and unicodedata.category(character) in {"So", "Sk"}
