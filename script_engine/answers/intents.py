"""What a comment asks about, also when it is typed in pinyin or with slips of the finger."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from rapidfuzz import fuzz

from script_engine.answers.comment import Comment, is_chinese
from script_engine.answers.folder import FOLDER
from script_engine.answers.nearest import CLOSE, nearest
from script_engine.answers.question import question

_CLOSE = 86.0
# likeness in percent from which a mistyped English word is taken for a known one


@dataclass(frozen=True, slots=True)
class Intent:
    """Something viewers ask about and the fields that answer it."""

    name: str
    fields: tuple[str, ...]
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    must: re.Pattern[str] | None
    # what a fact has to say to be an answer; None when its field is enough
    says: re.Pattern[str] | None
    # how facts in words speak of it; None when they do so in the words it is asked with
    sounds: tuple[str, ...]
    # the Chinese words in pinyin, blank between syllables


@lru_cache(maxsize=1)
def intents() -> tuple[Intent, ...]:
    """All intents, the most specific first."""
    raw = tomllib.loads((FOLDER / "intents.toml").read_text(encoding="utf-8"))
    return tuple(
        Intent(
            entry["name"],
            tuple(entry["fields"]),
            tuple(entry["words"]),
            re.compile("|".join([*map(_literal, entry["words"]), *entry.get("patterns", ())])),
            re.compile(entry["must"]) if "must" in entry else None,
            re.compile(entry["says"]) if "says" in entry else None,
            tuple(sound(word) for word in entry["words"] if is_chinese(word) and len(word) > 1),
        )
        for entry in raw["intent"]
    )


def _literal(word: str) -> str:
    if not word.isascii():
        return re.escape(word)
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])"


@lru_cache(maxsize=8192)
def sound(text: str) -> str:
    """Toneless pinyin with blanks between syllables."""
    return " ".join(lazy_pinyin(text, style=Style.NORMAL))


def find_intents(comment: Comment) -> list[Intent]:
    """What the comment asks about, the most specific first; empty when it cannot be told."""
    found = [intent for intent in intents() if intent.pattern.search(comment.text)]
    return found or _by_sound(comment) or _by_spelling(comment) or _by_likeness(comment)


def is_guess(comment: Comment) -> bool:
    """Whether what a comment asks is only told by its likeness to other questions."""
    return not (_by_sound(comment) or _by_spelling(comment))


def _by_likeness(comment: Comment) -> list[Intent]:
    """Questions put in other words: 还能不能再少一点, "can it go in the washer"."""
    meaning, likeness = nearest(comment.text)
    if likeness < CLOSE:
        return []
    return [intent for intent in intents() if intent.name == meaning]


def _by_sound(comment: Comment) -> list[Intent]:
    """Homophones (多少前) and whole questions in pinyin (duoshaoqian)."""
    letters = re.sub(r"[^a-z]", "", comment.text)
    spoken = f" {sound(comment.text)} " if is_chinese(comment.text) else ""
    found = []
    for intent in intents():
        for each in intent.sounds:
            joined = each.replace(" ", "")
            typed = not spoken and len(joined) >= 5 and joined in letters
            heard = bool(spoken) and each.count(" ") >= 2 and f" {each} " in spoken
            if typed or heard:
                found.append(intent)
                break
    return found


def _by_spelling(comment: Comment) -> list[Intent]:
    """English words with a slip of the finger: "shiping", "ingrediants"."""
    typed = re.findall(r"[a-z]{5,}", comment.text)
    best: list[tuple[float, Intent]] = []
    for intent in intents():
        english = [word for word in intent.words if word.isascii()]
        known = [part for word in english for part in word.split() if len(part) > 4]
        score = max((fuzz.ratio(a, b) for a in typed for b in known), default=0.0)
        length = len(comment.text)
        phrases = [w for w in english if " " in w and len(w) > 8 and length <= len(w) + 10]
        score = max([score, *(fuzz.ratio(word, comment.text) for word in phrases)])
        if score >= _CLOSE:
            best.append((score, intent))
    return [intent for _, intent in sorted(best, key=lambda pair: -pair[0])[:1]]


_BETWEEN = re.compile(r"\bbetween\b|\bcompare|\bdiff|差多少|差价|对比|哪个|哪款|区别")
# an "and" that belongs to one question


def sides(text: str) -> list[str]:
    """Both sides of an "and" of which each asks for something known: price and care."""
    if _BETWEEN.search(text):
        return [text]
    sides = [
        side
        for side in re.split(r"\s(?:and|&)\s|还有|以及|(?<=[价格钱寸量质重])[和跟]", text)
        if side
    ]
    topical = [any(key[0] not in "=+" for unit in question(side).units for key in unit.keys)
               or any(i.pattern.search(side) for i in intents()) for side in sides]  # fmt: skip
    return sides if len(sides) == 2 and all(topical) else [text]
