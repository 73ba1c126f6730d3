"""Gets lines spoken, whatever happens to the voices: the ladder from the chosen one to captions."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable, Sequence

from core.clock import Clock
from core.errors import ProviderError
from core.language import Language
from core.line import Line
from core.utterance import Utterance
from room.captions import CAPTIONS, caption
from room.journal import Journal
from room.rungs import Rung
from room.words import tell
from speech.client import LineKilledError

log = logging.getLogger(__name__)

QUICK_AHEAD_S = 9.0
"""Speech the stage holds ready from a quick voice: it covers one that dies and starts again."""
SLOW_AHEAD_S = 20.0
"""The same from a voice whose lines take a noticeable part of their length to make."""
QUICK_FACTOR = 0.15
# real-time factor up to which a voice is quick
MARGIN_S = 1.0
# so long before its sound would be missed, a line that does not come is given to the next voice
LAST_PATIENCE_S = 3.0
# for a voice that has none below it but captions
CAPTIONS_AFTER_S = 1.0
# without any voice, when no sound is left
LOADING_S = 15.0
# the same while voices are still being loaded
POLL_S = 0.05
KILLS = 2
# a text that killed a voice so often is not given to it again
REMEMBERED = 500


class Speaker:
    """Speaks with the highest voice of the ladder that works, and steps up again by itself.

    The ladder's last voice should be one that needs nothing but this machine.
    """

    def __init__(
        self, ladder: Sequence[Rung], journal: Journal, clock: Clock, language: Language = "en"
    ) -> None:
        self._ladder = tuple(ladder)
        self._journal, self._clock, self._language = journal, clock, language
        self._step: int | None = None
        # place in the ladder; None before any voice was ready
        self._kills: OrderedDict[tuple[str, str], int] = OrderedDict()
        for rung in self._ladder:
            rung.attach(self._changed, self._blame)

    @property
    def voice(self) -> str:
        """The voice in use."""
        if self._step is None:
            return self._ladder[0].name
        return self._name(self._step)

    @property
    def reason(self) -> str:
        """Why it is not the chosen one; "" when it is."""
        if not self._step:
            return ""
        first = self._ladder[0]
        if first.loading:
            return tell("voice_loading", self._language, voice=first.name)
        wait = max(0.0, first.retry_at_s - self._clock.now())
        return tell("voice_lost", self._language, cause=first.cause, wait=f"{wait:.1f}")

    @property
    def restarts(self) -> int:
        return sum(rung.restarts for rung in self._ladder)

    @property
    def ahead_s(self) -> float:
        """How much speech should be held ready."""
        workers = [rung.worker for rung in self._ladder if rung.available]
        slow = workers and workers[0] is not None and workers[0].realtime_factor > QUICK_FACTOR
        return SLOW_AHEAD_S if slow else QUICK_AHEAD_S

    async def run(self) -> None:
        """Keep every voice of the ladder alive. Ends only by cancellation."""
        async with asyncio.TaskGroup() as tasks:
            for rung in self._ladder:
                tasks.create_task(rung.run(), name=f"voice {rung.name}")

    async def stream(
        self, line: Line, *, urgent: bool = False, spare_s: Callable[[], float] = lambda: 0.0
    ) -> AsyncGenerator[Utterance, None]:
        """The line as sound, part by part; a voice that fails in the middle is taken over from.

        Args:
            spare_s: for how long there is speech enough; asked before each part.

        Raises:
            ProviderError: no voice can say this line.
        """
        start, refused = 0, dict[Rung, ProviderError]()
        while True:
            rung = self._choose(line, refused)
            if rung is None:
                if len(refused) == len(self._ladder):
                    raise next(reversed(refused.values()))
                if await self._wait_for_a_voice(line, refused, spare_s()):
                    continue
                self._settle()
                yield caption(line, start)
                return
            self._settle()
            part = await self._part(rung, line, start, urgent, spare_s(), refused)
            if part is None:
                continue
            yield part
            if part.is_last:
                return
            start = part.rest_start

    async def _part(
        self,
        rung: Rung,
        line: Line,
        start: int,
        urgent: bool,
        spare_s: float,
        refused: dict[Rung, ProviderError],
    ) -> Utterance | None:
        """What one voice makes of it; None when it fails, which is then taken note of."""
        worker = rung.worker
        if worker is None:
            return None
        others = [r for r in self._ladder if r is not rung and r not in refused and r.available]
        patience_s = max(spare_s - MARGIN_S, 0.0 if others else LAST_PATIENCE_S)
        try:
            part = await worker.speak_part(line, start=start, urgent=urgent, spare_s=patience_s)
        except LineKilledError as error:
            self._blame(rung.voice, line.text)
            rung.cause = str(error)
        except ProviderError as error:
            if error.retryable:
                rung.failed(str(error))
                self._settle()
            else:
                refused[rung] = error
        else:
            rung.succeeded()
            return part
        log.warning("a voice failed", extra={"line": line.id, "voice": rung.name})
        return None

    def _choose(self, line: Line, refused: dict[Rung, ProviderError]) -> Rung | None:
        for rung in self._ladder:
            if rung not in refused and self._kills.get((rung.voice, line.text), 0) >= KILLS:
                refused[rung] = ProviderError(
                    f"line {line.id} has killed the voice {rung.voice} {KILLS} times",
                    retryable=False,
                )
            if rung not in refused and rung.available:
                return rung
        return None

    async def _wait_for_a_voice(
        self, line: Line, refused: dict[Rung, ProviderError], spare_s: float
    ) -> bool:
        """Whether a voice comes up before its sound is missed."""
        began = self._clock.now()
        while self._choose(line, refused) is None:
            if len(refused) == len(self._ladder):
                return True
            loading = any(rung.loading for rung in self._ladder)
            patience_s = max(spare_s - MARGIN_S, LOADING_S if loading else CAPTIONS_AFTER_S)
            if self._clock.now() - began >= patience_s:
                return False
            await self._clock.pause(POLL_S)
        return True

    def _best(self) -> int:
        """The place of the highest voice that works; past the end for captions."""
        works = (i for i, rung in enumerate(self._ladder) if rung.available)
        return next(works, len(self._ladder))

    def _changed(self) -> None:
        """A voice came or went."""
        if self._step is not None:
            self._settle()

    def _settle(self) -> None:
        """Take note of a step down or up."""
        best, before = self._best(), self._step
        if best == before:
            return
        self._step = best
        if best < (before or 0):
            self._journal.add("step_up", part="voice", to=self._name(best))
        elif best:
            above = self._ladder[best - 1]
            reason = above.cause or tell("voice_loading", self._language, voice=above.name)
            self._journal.add("step_down", part="voice", to=self._name(best), reason=reason)

    def _name(self, step: int) -> str:
        return self._ladder[step].name if step < len(self._ladder) else CAPTIONS

    def _blame(self, voice: str, text: str) -> None:
        """A voice died over a text."""
        kills = self._kills.pop((voice, text), 0) + 1
        self._kills[voice, text] = kills
        while len(self._kills) > REMEMBERED:
            self._kills.popitem(last=False)
        if kills == KILLS and any(rung.voice != voice for rung in self._ladder):
            reason = tell("poison", self._language, voice=voice, times=str(KILLS))
            self._journal.add("blocked", by="voice", text=text, reason=reason)
