"""A pitch in the making: its moves in order, and the lines that are written so far."""

from collections.abc import Sequence

from core.language import Language
from core.line import Line
from core.product import Product
from script_engine.composer.plan import Step

_OURS = frozenset({"peek"})
# moves about another product: the composer has its name


class Sheet:
    """At most one line for each move; what was passed is not wanted any more."""

    def __init__(self, product: Product, language: Language, steps: Sequence[Step]) -> None:
        self.product, self.language, self.steps = product, language, tuple(steps)
        self.at = 0
        # the move said last, counted from 1
        self.closed = False
        # nobody will say the rest: another product is in focus, or it is over
        self.asked = False
        # a model has written all it could of it
        self._lines: list[Line | None] = [None] * len(steps)

    def wanted(self) -> dict[int, Step]:
        """Moves that can still be written in time, by their number from 1."""
        if self.closed or self.asked:
            return {}
        # The move right after the one being said cannot be written in time.
        first = self.at + 2 if self.at else 1
        numbered = list(enumerate(self.steps, 1))[first - 1 :]
        return {
            number: step
            for number, step in numbered
            if self._lines[number - 1] is None and step.move not in _OURS
        }

    def put(self, number: int, line: Line) -> bool:
        """A line for a move; False when that is passed or has one."""
        if not self.at < number <= len(self._lines) or self._lines[number - 1] is not None:
            return False
        self._lines[number - 1] = line
        return True

    def take(self, number: int) -> Line | None:
        """The line for a move, if there is one; it and those before are done with."""
        self.at = number
        return self._lines[number - 1]

    @property
    def ready(self) -> int:
        """Lines written and not yet said."""
        return sum(line is not None for line in self._lines[self.at :])
