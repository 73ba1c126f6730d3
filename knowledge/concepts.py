"""What a text is about, in no language: fields that are asked for or told, and kinds of meaning.

The Chinese "起球吗" and the English "Does it pill?" share no letter, but both touch the line of
`synonyms.toml` that holds both words; "多少钱" and "price" are about one field. A text's concepts
bridge what spelling cannot.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from knowledge.asking import asked_fields
from knowledge.fields import BY_KEY
from knowledge.synonyms import groups

_ASKS: Final = re.compile(r"[?？]|[吗呢么]\b")


def concepts_of_fact(text: str, tokens: Iterable[str]) -> list[str]:
    """The concepts of a text to be found: its words' meanings, and the field it is labelled with.

    Args:
        text: as `knowledge.index.text_of` gives it.
        tokens: its tokens.
    """
    told = [field for words, field in _field_words() if words in text]
    asked = list(asked_fields(text)) if not told and _ASKS.search(text) else []
    return [f"field {key}" for key in told or asked] + _meanings(tokens)


def concepts_of_question(text: str, tokens: Iterable[str]) -> list[str]:
    """The concepts of what somebody asks."""
    asked = [f"field {key}" for key in asked_fields(text)]
    low = text.lower()
    said = [f"meaning {n}" for n, group in enumerate(groups()) if group.said.search(low)]
    return asked + list(dict.fromkeys([*said, *_meanings(tokens)]))


def _meanings(tokens: Iterable[str]) -> list[str]:
    known = _by_token()
    found = dict.fromkeys(n for token in tokens for n in known.get(token, ()))
    return [f"meaning {n}" for n in found]


@lru_cache(maxsize=1)
def _by_token() -> dict[str, Sequence[int]]:
    """The kinds of meaning that a token alone stands for."""
    known: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups()):
        for token in group.tokens:
            known[token].append(n)
    return dict(known)


@lru_cache(maxsize=1)
def _field_words() -> list[tuple[str, str]]:
    return [(f"{field.zh} {field.en}", key) for key, field in BY_KEY.items()]
