"""An answer in a model's words: the facts and what is done are decided by our own code."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

from core.clock import Clock
from core.line import Reply
from core.product import Fact, Product
from core.viewer import ViewerEvent
from script_engine.evidence import WHOLE_SHOP
from script_engine.gate import Blocked
from script_engine.shop import Shop
from script_engine.writers.briefs import Brief, answer_brief
from script_engine.writers.chat import Model
from script_engine.writers.ladder import BackOff
from script_engine.writers.prompts import Prompts
from script_engine.writers.reader import LineReader, Written
from script_engine.writers.vetting import Vetter

_BY_THE_BOOK = {"medical", "robot", "greeting", "thanks"}
# said in our own words always: they are about health, honesty, or need no thought
_CAREFUL = {"caution", "size_table"}
# facts whose very words matter
_TRIES = 2


class Phraser:
    """Puts answers in other words within a deadline."""

    def __init__(
        self,
        shop: Shop,
        vetter: Vetter,
        prompts: Prompts,
        clock: Clock,
        on_blocked: Callable[[Blocked], None],
        deadline_s: float,
    ) -> None:
        """A phraser for one shop.

        Args:
            shop: products and facts.
            vetter: that each answer must pass.
            prompts: the room's.
            clock: for leaving a slow model alone.
            on_blocked: told of each answer that is kept back.
            deadline_s: how long a viewer may wait for other words.
        """
        self._shop, self._vetter, self._prompts = shop, vetter, prompts
        self._on_blocked, self._deadline_s = on_blocked, deadline_s
        self._slow = BackOff(clock)

    async def phrase(self, model: Model, event: ViewerEvent, reply: Reply, when: datetime) -> Reply:
        """The reply in the model's words, or as it is when they are late or untrue.

        Raises:
            ProviderError: the model failed.
        """
        facts = self._facts(reply)
        product = self._product(reply.product_id)
        if not facts or product is None or not self._slow.ready:
            return reply
        brief = answer_brief(self._prompts, event.text, reply, facts)
        try:
            async with asyncio.timeout(self._deadline_s):
                for _ in range(_TRIES):
                    written = await _first(model, brief)
                    if written is None:
                        return reply
                    line = self._vetter.answer(written, reply, facts, product, when)
                    if not isinstance(line, Blocked):
                        self._slow.worked()
                        line = replace(line, by=model.name)
                        return replace(reply, line=line, fact_ids=line.fact_ids)
                    self._on_blocked(line)
        except TimeoutError:
            # A model too slow for answers may be good enough for pitches: this is no step down.
            self._slow.failed()
        return reply

    def _facts(self, reply: Reply) -> list[Fact]:
        """The facts behind a reply that may be put in other words; none when it may not."""
        if reply.action != "answer" or reply.line is None or reply.reason in _BY_THE_BOOK:
            return []
        owned = (*self._shop.facts_of(reply.product_id), *self._shop.facts_of(WHOLE_SHOP))
        by_id = {fact.id: fact for fact in owned}
        facts = [by_id[fact_id] for fact_id in reply.fact_ids if fact_id in by_id]
        if len(facts) != len(reply.fact_ids) or any(fact.type in _CAREFUL for fact in facts):
            return []
        return facts

    def _product(self, product_id: str) -> Product | None:
        return next((p for p in self._shop.products() if p.id == product_id), None)


async def _first(model: Model, brief: Brief) -> Written | None:
    """The first line of a reply, None when it has none."""
    reader = LineReader()
    async with aclosing(model.stream(brief.request)) as pieces:
        async for piece in pieces:
            if lines := reader.feed(piece):
                return lines[0]
    return None
