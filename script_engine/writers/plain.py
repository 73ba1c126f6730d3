"""Talk that says nothing of any goods, as `plain.toml`, our own phrase books and jieba know it."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jieba

from core.config import Settings, load_settings
from core.product import Product
from script_engine import answers
from script_engine.composer import phrases
from script_engine.scenes import scenes
from script_engine.text import HAN, LATIN_WORD, fold

_FOLDER = Path(__file__).parent
_GRAMMAR = frozenset(
    ["r", "d", "p", "c", "u", "uj", "ul", "uz", "ug", "ud", "y", "e", "o"]
    + ["m", "mq", "q", "f", "t", "tg", "s"]
)
# parts of speech that say nothing of a thing: pronouns, adverbs, particles, times, places
_ITSELF = re.compile(r"它|\bit\b")


class PlainTalk(Settings):
    """What `plain.toml` says."""

    zh: str
    en: str
    # talk that says nothing of any goods
    everyday_zh: str
    everyday_en: str
    # things, places and people of everyday life, for sentences that say nothing of the goods
    loaded_zh: str
    loaded_en: str
    # words that always need a fact
    asserts: tuple[str, ...]
    # turns of phrase by which a clause says something of the goods
    promises: tuple[str, ...]
    # what the shop would do, with the verb as a group
    absolutes: tuple[str, ...]
    # what leaves no exception: it stands in a fact word for word
    abilities: tuple[str, ...]
    # words for what the goods do: then what they do stands in a fact
    here: tuple[str, ...]
    # what viewers may do here: look, ask, order
    pretends: tuple[str, ...]
    # a life of its own that no presenter of ours has

    def loaded(self, clause: str) -> list[str]:
        """Its words that always need a fact."""
        chinese = [word for word in self.loaded_zh.split() if word in clause]
        stems = set(map(stem_of, self.loaded_en.split()))
        return chinese + [w for w in LATIN_WORD.findall(clause) if stem_of(w) in stems]

    def does(self, clause: str) -> bool:
        """Whether a clause says what the goods do, and not what viewers may do here."""
        if not re.search("|".join(self.abilities), clause):
            return False
        return bool(re.search(_ITSELF, clause)) or not re.search("|".join(self.here), clause)

    def asserted(self, clause: str) -> bool:
        """Whether a clause says something about the goods outright."""
        return bool(re.search("|".join(self.asserts), clause)) or scenes().goods(clause)

    def absolute(self, clause: str) -> list[str]:
        """Turns of phrase that leave no exception."""
        return [m.group() for each in self.absolutes for m in re.finditer(each, clause)]

    @property
    def pretending(self) -> re.Pattern[str]:
        """A life of its own."""
        return re.compile("|".join(self.pretends))

    def promised(self, clause: str) -> list[str]:
        """Verbs of what a clause says that the shop will do."""
        found = (m for each in self.promises for m in re.finditer(each, clause))
        return [verb for match in found for verb in match.groups() if verb]


@lru_cache(maxsize=1)
def book() -> PlainTalk:
    return load_settings(_FOLDER / "plain.toml", PlainTalk)


def warm_up() -> None:
    """Read all word lists now, not while a room is on air."""
    jieba.initialize()
    grammar()
    plain_stems()
    scenes()


@lru_cache(maxsize=10_000)
def is_plain(word: str) -> bool:
    if word in book().loaded_zh.split():
        return False
    return word in _plain_talk() or word in grammar()


@lru_cache(maxsize=10_000)
def is_everyday(word: str) -> bool:
    if HAN.match(word):
        return word in book().everyday_zh
    return stem_of(word) in frozenset(map(stem_of, book().everyday_en.split()))


@lru_cache(maxsize=1)
def plain_stems() -> frozenset[str]:
    """English words that need no fact."""
    apart = f"{book().loaded_en} {book().everyday_en}".split()
    return frozenset(everyday_stems().difference(map(stem_of, apart)))


@lru_cache(maxsize=1)
def everyday_stems() -> frozenset[str]:
    return frozenset(map(stem_of, book().en.split()))


@lru_cache(maxsize=1000)
def named(product: Product) -> str:
    names = (product.name, *(n for _, n in product.names), *product.aliases, product.brand)
    parts = [*names, product.category, *(variant.name for variant in product.variants)]
    return fold("\n".join(parts)).text


def stem_of(word: str) -> str:
    for ending in ("'s", "’s", "ing", "ens", "ed", "er", "en", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


@lru_cache(maxsize=1)
def grammar() -> frozenset[str]:
    """Chinese words that say nothing of a thing, by their part of speech in jieba's dictionary."""
    with jieba.get_dict_file() as rows:
        parts = (row.decode("utf-8").split() for row in rows)
        return frozenset(entry[0] for entry in parts if entry[-1] in _GRAMMAR)


@lru_cache(maxsize=1)
def _plain_talk() -> str:
    """Everything our own phrase books and replies say: talk that needs no fact."""
    places = [Path(str(phrases.__file__)).parent, Path(str(answers.__file__)).parent]
    files = [*places[0].rglob("*.toml"), *places[1].glob("replies*.toml")]
    books = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(files))
    said = "\n".join(text for each in books for text in _strings(each))
    return fold(book().zh + "\n" + re.sub(r"\{\w+\}|\[\w+\]|[<>|]", " ", said)).text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
