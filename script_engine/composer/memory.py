"""Which sentences were said lately, so that no hour sounds like the one before."""

import re
from datetime import datetime, timedelta

from script_engine.text import fold, sentences

WINDOW = timedelta(minutes=60)
_MARKS = re.compile(r"[\W_]+")


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


def _keys(text: str) -> list[str]:
    keys = [_MARKS.sub("", fold(sentence).text) for sentence in sentences(text)]
    return [key for key in keys if len(key) > 1]
