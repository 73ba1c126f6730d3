"""One model at work on one pitch: asks, reads lines as they come, has refused ones rewritten."""

from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace

from core.clock import Clock
from core.errors import ProviderError
from core.line import Line
from core.product import Fact
from script_engine.composer.plan import Step
from script_engine.gate import Blocked
from script_engine.writers.briefs import Brief, pitch_brief, rewrite_brief
from script_engine.writers.chat import Model
from script_engine.writers.pace import Pace, watched
from script_engine.writers.prompts import Prompts
from script_engine.writers.reader import LineReader, Written
from script_engine.writers.sheet import Sheet
from script_engine.writers.vetting import REPEATED, Vetter

_TOO_MANY = 3
# times the lines asked for: a model that goes on and on is not listened to


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is told how a model is doing."""

    on_stall: Callable[[str], None]
    on_line: Callable[[], None]
    # one of its lines may be said
    on_blocked: Callable[[Blocked], None]


class Author:
    """A model that writes pitches."""

    def __init__(
        self,
        model: Model,
        vetter: Vetter,
        prompts: Prompts,
        clock: Clock,
        *,
        stall_s: float,
        patience_s: float,
    ) -> None:
        self.model = model
        self._vetter, self._prompts, self._clock = vetter, prompts, clock
        self._pace, self._patience_s = Pace(stall_s), patience_s

    async def write(self, sheet: Sheet, watch: Watch) -> None:
        """Write what is wanted of a sheet; stops early when nobody wants it any more.

        Raises:
            ProviderError: the model failed, or not one of its lines may be said.
        """
        steps = sheet.wanted()
        brief = pitch_brief(self._prompts, sheet.product, steps, sheet.language)
        taken, refused = await self._ask(sheet, steps, brief, watch)
        again = {number: why for number, why in refused.items() if number in sheet.wanted()}
        if again:
            brief = rewrite_brief(self._prompts, sheet.product, steps, again, sheet.language)
            wanted = {number: steps[number] for number in again}
            taken += (await self._ask(sheet, wanted, brief, watch))[0]
        if sheet.closed:
            return
        if not taken:
            why = next(iter(refused.values())).reasons[0] if refused else "there was no line in it"
            raise ProviderError(f"nothing it wrote may be said: {why}", retryable=True)
        sheet.asked = True

    async def _ask(
        self, sheet: Sheet, steps: Mapping[int, Step], brief: Brief, watch: Watch
    ) -> tuple[int, dict[int, Blocked]]:
        """How many lines a reply had that may be said, and which of the others were refused."""
        reader, heard, taken = LineReader(), 0, 0
        refused: dict[int, Blocked] = {}
        pieces = watched(
            self.model.stream(brief.request), self._pace, self._clock, self._patience_s,
            watch.on_stall,
        )  # fmt: skip
        async with aclosing(pieces):
            async for piece in pieces:
                for written in reader.feed(piece):
                    heard += 1
                    number = written.step or heard
                    if number not in steps:
                        continue
                    checked = self._check(written, sheet, steps[number], brief.facts)
                    if isinstance(checked, Blocked):
                        if checked.reasons != (REPEATED,):
                            watch.on_blocked(checked)
                        refused.setdefault(number, checked)
                    elif sheet.put(number, checked):
                        taken += 1
                        refused.pop(number, None)
                        watch.on_line()
                if sheet.closed or heard > _TOO_MANY * len(steps):
                    break
        return taken, refused

    def _check(
        self, written: Written, sheet: Sheet, step: Step, facts: Mapping[str, Fact]
    ) -> Line | Blocked:
        when = self._clock.wall()
        line = self._vetter.line(written, step, facts, sheet.product, sheet.language, when)
        return replace(line, by=self.model.name) if isinstance(line, Line) else line
