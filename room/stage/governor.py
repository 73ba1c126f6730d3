"""Steps the drawing down when the machine is late, and up again when it has room."""

from collections.abc import Sequence

from core.language import Language
from room.words import tell

WINDOW_PICTURES = 50
DOWN_SHARE = 0.9
# a step down when drawing takes more of a picture's time than this on average
UP_SHARE = 0.65
# a step up when it has taken less than this for long
UP_AFTER_PICTURES = 500


class Governor:
    """Watches how long pictures take and chooses a level, 0 the best.

    A step up that proves too much is tried again only after twice as long, so that a machine just
    below a level does not swing between two.
    """

    def __init__(self, levels: Sequence[str], period_s: float, language: Language = "en") -> None:
        self._levels, self._period_s, self._language = tuple(levels), period_s, language
        self._recent: list[float] = []
        self._calm, self._patience = 0, UP_AFTER_PICTURES
        self._rose_at = -1
        self._count = 0
        self.level = 0
        self.reason = ""

    @property
    def name(self) -> str:
        return self._levels[self.level]

    def picture(self, took_s: float, *, skipped: int = 0) -> bool:
        """Count one picture that took so long; True when the level changed."""
        self._count += 1
        self._recent.append(took_s + skipped * self._period_s)
        if len(self._recent) < WINDOW_PICTURES:
            return False
        share = sum(self._recent) / len(self._recent) / self._period_s
        self._recent.clear()
        if share > DOWN_SHARE and self.level < len(self._levels) - 1:
            if self._rose_at >= 0 and self._count - self._rose_at < self._patience:
                self._patience *= 2
            self._calm = 0
            self.level += 1
            self.reason = tell("slow", self._language, share=f"{share:.0%}")
            return True
        self._calm = self._calm + WINDOW_PICTURES if share < UP_SHARE else 0
        if self.level > 0 and self._calm >= self._patience:
            self._calm, self._rose_at = 0, self._count
            self.level -= 1
            if self.level == 0:
                self.reason = ""
            return True
        return False
