"""A room without a stage: it answers by a list, keeps a journal and shows a test picture."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from console.port import Control, ControlResult
from core.clock import Clock
from core.frame import Card
from core.line import Action, Line
from core.product import Money
from core.state import JournalEntry, JournalKind, RoomState, SinkState, Status
from core.viewer import ViewerEvent
from tests.fakes import preview
from tests.fakes.console_shop import FakeShop


@dataclass(frozen=True, slots=True)
class Canned:
    """What is said to a comment that holds `words`."""

    words: str
    action: Action
    text: str = ""
    facts: tuple[str, ...] = ()


REPLIES = (
    Canned("多少钱", "answer", "这瓶玻尿酸精华，直播间今天是199元。", ("BT1001.price",)),
    Canned("敏感", "answer", "说明书上写着，干性、中性和敏感肌都能用。", ("BT1001.skin_type",)),
    Canned("发货", "answer", "拍下以后48小时内发货，江浙沪第二天就能到。", ("shop.shipping",)),
    Canned("how much", "answer", "The serum is 199 yuan in the room today.", ("BT1001.price",)),
    Canned("加微信", "moderate"),
    Canned("哈哈", "ignore"),
)
NOT_KNOWN = Canned("", "unknown", "这个资料里没有写，我请同事核实之后再告诉你。")


class FakeRoom:
    def __init__(self, shop: FakeShop, clock: Clock, origin_s: float = 0.0) -> None:
        self.shop = shop
        self.clock = clock
        self.began_s = clock.now() - origin_s
        self.entries: list[JournalEntry] = []
        self.ended = asyncio.Event()
        self.previews_until: int | None = None
        # chunks after which the picture breaks off, as when the stage dies
        self._broken = 0
        self._seen: set[str] = set()
        self._followers: set[asyncio.Queue[RoomState | JournalEntry]] = set()
        self._state = RoomState(
            room="夜班直播间", status="live", seconds_since_start=0.0, line=None, next_line=None,
            card=None, voice="built-in", quality="full", reasons=(), sinks=(
                SinkState("rtmp://push.example.com/live", "live"),
                SinkState("file:night.mp4", "live"),
            ),
            counters={"pictures_sent": 0, "pictures_late": 0, "pictures_skipped": 0,
                      "reconnects": 0, "restarts": 0, "answered": 0, "blocked": 0},
        )  # fmt: skip
        self._show("BT1001")

    # what a test scripts

    def change(self, **values: Any) -> None:
        self._state = replace(self._state, **values)
        self._publish(self.state())

    def count(self, **by: int) -> None:
        counters = self._state.counters
        self.change(counters=counters | {name: counters.get(name, 0) + n for name, n in by.items()})

    def add(self, kind: JournalKind, /, **data: Any) -> None:
        entry = self.entry(kind, **data)
        self.entries.append(entry)
        self._publish(entry)

    def entry(self, kind: JournalKind, /, **data: Any) -> JournalEntry:
        """The next entry, not yet written."""
        return JournalEntry(len(self.entries) + 1, self._ms(), kind, data)

    def break_preview(self) -> None:
        """As when the stage dies: each picture that is being watched breaks off."""
        self._broken += 1

    @property
    def followers(self) -> int:
        return len(self._followers)

    def say(self, line: Line, following: Line | None = None) -> None:
        self.change(line=line, next_line=following)
        self.add("line", id=line.id, text=line.text, kind=line.kind, language=line.language,
                 product_id=line.product_id, facts=list(line.fact_ids))  # fmt: skip

    # the port

    def state(self) -> RoomState:
        return replace(self._state, seconds_since_start=self.clock.now() - self.began_s)

    async def take_events(self, events: Sequence[ViewerEvent]) -> list[str]:
        taken = []
        for event in events:
            if event.id in self._seen:
                continue
            self._seen.add(event.id)
            taken.append(event.id)
            if event.kind == "comment":
                self._answer(event)
        return taken

    def journal(self, after: int, kind: JournalKind | None, limit: int) -> list[JournalEntry]:
        return [e for e in self.entries if e.n > after and kind in (None, e.kind)][:limit]

    def last_entry(self) -> int:
        return len(self.entries)

    @asynccontextmanager
    async def follow(self) -> AsyncIterator[AsyncIterator[RoomState | JournalEntry]]:
        queue: asyncio.Queue[RoomState | JournalEntry] = asyncio.Queue(256)

        async def items() -> AsyncIterator[RoomState | JournalEntry]:
            while True:
                try:
                    yield await asyncio.wait_for(queue.get(), 0.5)
                except TimeoutError:
                    yield self.state()

        self._followers.add(queue)
        try:
            yield items()
        finally:
            self._followers.discard(queue)

    async def control(self, command: Control) -> ControlResult:
        status: dict[str, Status] = {
            "pause": "paused", "resume": "live", "mute": "muted", "unmute": "live",
            "takeover": "human", "release": "live", "end": "ended",
        }  # fmt: skip
        if command.do == "say":
            verdict = await self.shop.check(command.text, "")
            if not verdict.ok:
                self.count(blocked=1)
                self.add("blocked", text=command.text, by="operator", rules=list(verdict.rules),
                         claims=[{"kind": c.kind, "text": c.text, "reason": c.reason}
                                 for c in verdict.claims])  # fmt: skip
                return ControlResult(False, "这句话没有通过核对", verdict.claims, verdict.rules)
            ids = tuple(claim.fact_id for claim in verdict.claims)
            self.say(Line(f"op-{self._ms()}", command.text, "zh", "operator", ids,
                          claims=verdict.claims))  # fmt: skip
        elif command.do == "show_product":
            if self.shop.product(command.product_id) is None:
                return ControlResult(False, f"no product {command.product_id!r} in this shop")
            self._show(command.product_id)
        elif command.do == "skip":
            self.change(line=self._state.next_line, next_line=None)
        elif command.do == "scene":
            return ControlResult(False, f"no scene {command.scene!r}")
        if command.do in status:
            self.change(status=status[command.do])
        self.add("operator", do=command.do, text=command.text, product_id=command.product_id)
        return ControlResult(True)

    @asynccontextmanager
    async def preview(self) -> AsyncIterator[AsyncIterator[bytes]]:
        async def chunks() -> AsyncIterator[bytes]:
            count, broken = 0, self._broken
            async for chunk in preview.live(self.clock, self.began_s):
                yield chunk
                count += 1
                if count == self.previews_until or broken != self._broken:
                    return

        yield chunks()

    def metrics(self) -> str:
        rows = (f"presenter_{name}_total {n}" for name, n in self._state.counters.items())
        return "\n".join(rows) + "\n"

    # inside

    def _ms(self) -> int:
        return round((self.clock.now() - self.began_s) * 1000)

    def _publish(self, item: RoomState | JournalEntry) -> None:
        for queue in self._followers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(item)

    def _answer(self, event: ViewerEvent) -> None:
        canned = next((c for c in REPLIES if c.words in event.text.lower()), NOT_KNOWN)
        now = self._ms()
        data: dict[str, Any] = {
            "event_ids": [event.id],
            "comments": [{"id": event.id, "user": event.user.name, "text": event.text}],
            "action": canned.action, "text": canned.text, "facts": list(canned.facts),
            "reason": "", "received": now, "decided": now + 12,
        }  # fmt: skip
        self.add("answer", **data)
        if canned.text:
            self.count(answered=1)
            self.add("answer", **data, on_air=now + 620, done=now + 3900)

    def _show(self, product_id: str) -> None:
        listing = self.shop.product(product_id)
        if listing is not None:
            price = next(f.value for f in listing.facts if f.field == "price")
            text = f"¥{price.minor / 100:g}" if isinstance(price, Money) else str(price)
            product = listing.product
            self.change(card=Card(product.id, product.name, text, ordinal=product.ordinal))
