"""A comment as it is understood: slang spelled out, emoji set aside, its language known."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from core.language import Language
from script_engine.answers.folder import FOLDER
from script_engine.answers.initials import asked_by_initials
from script_engine.glossary import into_chinese
from script_engine.text import HAN, detect_language, fold

_EMOJI = re.compile(
    "[\U0001f000-\U0001f4af\U0001f4b1-\U0001faff\u2600-\u27bf\ufe0f\u200d]|\\[[^\\]]{1,6}\\]"
)
_MONEY_BAG = re.compile(r"[💰💲💵]+\s*[?？]*")
_MONEY_SIGN = re.compile(r"^\s*[￥¥$€£]+\s*[?？]*\s*$")
_SKELETONS = {
    re.sub("[aeiou]", "", word): word
    for word in ("much", "many", "what", "when", "where", "price", "have", "does", "long", "size",
                 "colour", "stock", "which", "shipping", "discount", "please", "left", "weight")
}  # fmt: skip
# common words of asking by their consonants
_CLAUSE = re.compile(
    r"(?:(?<=[吗么呢不没啊呀吧嘛])|(?<=多少)|(?<=多少钱)|(?<=怎么卖)|(?<=几[\u4e00-\u9fff])"
    r"|(?<=多[久大长重高厚宽]))\s+(?=[\u4e00-\u9fff])"
)
# a blank that stands for a comma: 配料干净吗 有啥
_MENTION = re.compile(r"@\S+\s*")
_STRETCHED = re.compile(r"(.)\1{3,}")
_FOREIGN_SCRIPT = re.compile(
    "[\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af\u1100-\u11ff\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f"
    "\u0590-\u05ff\u0900-\u097f\u0370-\u03ff]"
)
_FOREIGN_WORDS = re.compile(
    r"[¿¡]|\b(?:bonjour|merci|combien|livraison|est-ce|avez|vous|je|pour|quel(?:le)?|hola|gracias|"
    r"cu[aá]nto|cuesta|tienen|env[ií]o|precio|para|qu[eé]|hallo|danke|wie|viel|kostet|ist|das|und|"
    r"haben|sie|versand|quanto|custa|costa|obrigad[oa]|voc[eê]|tem|frete|grazie|ciao|per|berapa|"
    r"harga|terima|kasih|ada|bao nhiêu|giá|xin|chào)\b"
)


@dataclass(frozen=True, slots=True)
class Comment:
    """What a viewer wrote, ready to be understood."""

    raw: str
    text: str
    # folded and simplified, slang spelled out, without emoji; English words for goods in a Chinese
    # comment are in Chinese
    language: Language
    # to answer in
    foreign: bool = False
    # written in a language that is not spoken here


@lru_cache(maxsize=1)
def _slang() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    raw = tomllib.loads((FOLDER / "slang.toml").read_text(encoding="utf-8"))
    return raw["zh"], raw["en"], raw["initials"]


def read_comment(raw: str) -> Comment:
    """A comment with what is not speech taken out and slang spelled out."""
    said = _MENTION.sub(
        "", _EMOJI.sub(" ", _MONEY_SIGN.sub("多少钱", _MONEY_BAG.sub(" 多少钱 ", raw)))
    )
    text = re.sub(r"\s+", " ", fold(_CLAUSE.sub("，", said)).text).strip()
    text = _STRETCHED.sub(r"\1\1\1", text)
    chinese, english, initials = _slang()
    for wrong, right in chinese.items():
        text = text.replace(wrong, right)
    if not is_chinese(text):
        text = _spelled_out(text, english)
    bare = re.sub(r"[\s?？!！。.~]+", "", text)
    if (meant := _initials(bare, initials)) is not None:
        return Comment(raw, meant, "zh")
    if is_chinese(text):
        text = re.sub(
            r"(?<![a-z0-9])[a-z]{3,6}(?![a-z0-9])",
            lambda match: _initials(match.group(), initials) or match.group(),
            text,
        )
    if is_foreign(text):
        return Comment(raw, text, "en", foreign=True)
    language: Language = detect_language(text)
    if language == "zh":
        text = fold(into_chinese(text)).text
    return Comment(raw, text, language)


def _initials(letters: str, known: dict[str, str]) -> str | None:
    """What is meant by the first letters of its pinyin, a letter for 吗, 呢, 啊 behind them."""
    for ending in ("", "m", "n", "a", "y", "ne", "ma", "ya"):
        if ending and not letters.endswith(ending):
            continue
        stem = letters.removesuffix(ending)
        if (meant := known.get(stem) or asked_by_initials().get(stem)) is not None:
            return meant
    return None


def _spelled_out(text: str, slang: dict[str, str]) -> str:
    """English short forms in full, words without their vowels too: hw mch."""

    def full(match: re.Match[str]) -> str:
        word = match.group()
        return slang.get(word) or _SKELETONS.get(word, word)

    return re.sub(r"[a-z0-9']+", full, text)


def is_foreign(folded: str) -> bool:
    """Whether a text is in a language other than Chinese and English, as far as can be told."""
    if len(_FOREIGN_SCRIPT.findall(folded)) * 3 >= len(folded.replace(" ", "")):
        return bool(folded)
    words = re.findall(r"[^\W\d_]+", folded)
    marked = len(_FOREIGN_WORDS.findall(folded))
    return not is_chinese(folded) and marked >= 2 and marked * 4 >= len(words)


def is_chinese(text: str) -> bool:
    return bool(HAN.search(text))
