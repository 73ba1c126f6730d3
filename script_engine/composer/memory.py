"""What was said lately, so that no hour sounds like the one before: sentences, turns, phrases."""

import random
import re
from collections import Counter, deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from core.language import Language
from script_engine.composer.grammar import Choice, Pick
from script_engine.text import fold, sentences

WINDOW = timedelta(minutes=60)
TURNS_WINDOW = timedelta(hours=2)
GRAM = 8
# characters in Chinese, words elsewhere: a stretch that a listener knows again
_MARKS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"[\w'’]+")
_LENGTHS_S = (3.0, 4.5, 6.0, 7.5, 9.0)
_SHORT_S = (2.5, 3.5, 4.5)
_LONG_S = 7.0
_FADE = 0.25
# how much less an option is wanted for each time it was taken more than the least taken


class Said:
    """Remembers each sentence for an hour of the room's time."""

    def __init__(self, window: timedelta = WINDOW) -> None:
        self._window = window
        self._last: dict[str, datetime] = {}

    def fresh(self, text: str, when: datetime) -> bool:
        """Whether no sentence of the text was said within the window."""
        return all(
            key not in self._last or when - self._last[key] >= self._window for key in _keys(text)
        )

    def remember(self, text: str, when: datetime) -> None:
        for key in _keys(text):
            self._last[key] = when
        if len(self._last) > 20_000:
            limit = when - self._window
            self._last = {key: last for key, last in self._last.items() if last > limit}


class Turns:
    """Remembers each run of eight characters or words for two hours."""

    def __init__(self, window: timedelta = TURNS_WINDOW) -> None:
        self._window = window
        self._heard: Counter[str] = Counter()
        self._order: deque[tuple[datetime, tuple[str, ...]]] = deque()

    def heard(self, text: str, language: Language) -> int:
        """How many of the text's runs were heard."""
        return sum(run in self._heard for run in grams(text, language))

    def remember(self, text: str, language: Language, when: datetime) -> None:
        while self._order and when - self._order[0][0] > self._window:
            for run in self._order.popleft()[1]:
                self._heard[run] -= 1
                if not self._heard[run]:
                    del self._heard[run]
        runs = grams(text, language)
        self._heard.update(runs)
        self._order.append((when, runs))


class Cadence:
    """Wants long and short lines to take turns, as people talk."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._last_s: deque[float] = deque(maxlen=2)

    def wanted_s(self) -> float:
        """How long the next line should take, in seconds."""
        tired = len(self._last_s) == 2 and min(self._last_s) > _LONG_S
        return self._rng.choice(_SHORT_S if tired else _LENGTHS_S)

    def remember(self, spoken_s: float) -> None:
        self._last_s.append(spoken_s)


class Picks:
    """Takes the options that were taken least. A `grammar.Picker`."""

    def __init__(self) -> None:
        self._uses: Counter[Pick] = Counter()

    def pick(self, choice: Choice, rng: random.Random) -> int:
        uses = [self._uses[choice.key, index] for index in range(len(choice.options))]
        least = min(uses)
        return rng.choices(range(len(uses)), [_FADE ** (each - least) for each in uses])[0]

    def remember(self, picks: Iterable[Pick]) -> None:
        self._uses.update(picks)


def grams(text: str, language: Language) -> tuple[str, ...]:
    """Every run of eight characters (Chinese) or words of a text, marks left out."""
    if language == "zh":
        bare = _MARKS.sub("", text)
        return tuple(bare[i : i + GRAM] for i in range(len(bare) - GRAM + 1))
    words = _WORDS.findall(text.lower())
    return tuple(" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1))


def _keys(text: str) -> list[str]:
    keys = [_MARKS.sub("", fold(sentence).text) for sentence in sentences(text)]
    return [key for key in keys if len(key) > 1]
