"""Text as search tokens: Chinese words and character pairs, English stems, numbers."""

import logging
import os
import re
import threading
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from knowledge.amounts import plain
from knowledge.numerals import with_digits

_PIECES: Final = re.compile(
    r"[\u3400-\u9fff]+|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[\u3040-\u30ff\uac00-\ud7af]+"
)
_COMMON_WORDS: Final = (
    "的 了 吗 呢 啊 吧 呀 是 我 你 您 它 他 她 这 那 个 有 没 在 和 也 就 都 还 要 会 能 可以 什么 "
    "怎么 "
    "the a an is are am be of to in on for and or it its this that these those do does did can i "
    "you my your me we so with at by if will would what which how"
)
_COMMON: Final = frozenset(_COMMON_WORDS.split())
_lock = threading.Lock()
_jieba: Any = None


def tokens_of(text: str) -> list[str]:
    """The tokens of a text, repeats included, in a form that a query and a fact share."""
    tokens: list[str] = []
    for piece in _PIECES.findall(with_digits(plain(text).lower())):
        if "\u3400" <= piece[0] <= "\u9fff":
            tokens += _chinese(piece)
        elif piece[0].isascii() and piece[0].isalpha():
            if piece not in _COMMON:
                tokens.append(_stem(piece))
        else:
            tokens.append(piece)
    return tokens


@lru_cache(maxsize=1 << 15)
def _chinese(run: str) -> tuple[str, ...]:
    """Words as jieba cuts them for search, and every pair of characters it did not give."""
    words = [word for word in _segmenter().cut_for_search(run) if word not in _COMMON]
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    return (*words, *(pair for pair in pairs if pair not in words))


def _stem(word: str) -> str:
    """An English word without its commonest endings; both sides of a match are cut alike."""
    word = word.removesuffix("'s")
    for ending, least in (
        ("ings", 4),
        ("ing", 4),
        ("ies", 3),
        ("ied", 3),
        ("ed", 4),
        ("es", 4),
        ("s", 3),
    ):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= least and not word.endswith("ss"):
            word = stem + "y" if ending in ("ies", "ied") else stem
            break
    return word.removesuffix("e") if len(word) > 4 else word


def _segmenter() -> Any:
    """jieba with its dictionary, loaded once: from our cache when it is there."""
    global _jieba  # one dictionary for the process: it takes a second to load
    with _lock:
        if _jieba is None:
            with warnings.catch_warnings():
                # jieba 0.42 asks setuptools for its files and has old escapes in its patterns
                warnings.simplefilter("ignore")
                import jieba
            jieba.setLogLevel(logging.ERROR)
            tokenizer = jieba.Tokenizer()
            folder = _cache_folder()
            folder.mkdir(parents=True, exist_ok=True)
            tokenizer.tmp_dir, tokenizer.cache_file = str(folder), "jieba.cache"
            tokenizer.initialize()
            _jieba = tokenizer
    return _jieba


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "presenter"
