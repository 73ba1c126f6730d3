"""What the console needs from a room. The room implements it; the console knows nothing else.

Journal entries carry plain data. The page shows these keys, and any other key as it stands:

    start       room, presenter, scene
    line        id, text, kind, language, product_id, facts (ids)
    answer      event_ids, comments [{id, user, text}], action, text, facts, reason,
                received, decided, on_air, done (ms since start; absent while not yet known)
    blocked     text, by (operator, gate, voice, script), claims [{kind, text, reason}], rules,
                reason
    step_down   part (stage, voice, picture), to, reason
    step_up     part, to                  restart     part, reason
    operator    do, text, product_id, scene, ok, message
    sink        url, state, message       shop        file, read, guessed, refused
    end         reason

An answer is written when it is decided and, with the same `event_ids`, again when it is on air and
when it is done: the later entry holds.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from core.language import Language
from core.line import Claim, Line
from core.product import Fact, Product
from core.state import JournalEntry, JournalKind, RoomState
from core.viewer import ViewerEvent

Verb = Literal[
    "pause", "resume", "skip", "mute", "unmute", "takeover", "release", "say", "show_product",
    "scene", "end",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Control:
    """What an operator asks of the room."""

    do: Verb
    text: str = ""
    # say
    product_id: str = ""
    # show_product
    scene: str = ""
    # scene


@dataclass(frozen=True, slots=True)
class ControlResult:
    """What came of it. A refused line names each claim that does not hold, and why."""

    ok: bool
    message: str = ""
    claims: tuple[Claim, ...] = ()
    rules: tuple[str, ...] = ()
    # of the policy pack, that the text breaks: a sentence each


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a text."""

    ok: bool
    text: str
    claims: tuple[Claim, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A product and all that is known of it."""

    product: Product
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What became of one row, page or question of a product file."""

    place: str
    # "Sheet1 row 7, column 直播价"
    outcome: Literal["read", "guessed", "refused"]
    message: str
    # what was read, what was guessed from what, or why it is refused and what to do
    product_id: str = ""
    field: str = ""
    column: str = ""
    # the header, where a column was guessed or passed over: staff may say what it is
    message_zh: str = ""
    # the message in Chinese; "" where there is none


@dataclass(frozen=True, slots=True)
class FieldName:
    """What a column may be taken for."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class RefusedChange:
    """A part of a message from another program that cannot be done."""

    item: int
    # which of the message's items, from 1
    reason: str


@dataclass(frozen=True, slots=True)
class ChangesTaken:
    """What became of a message from another program."""

    changed: tuple[Fact, ...]
    refused: tuple[RefusedChange, ...]


@dataclass(frozen=True, slots=True)
class ShopFile:
    """A product file and how its last reading went."""

    name: str
    # path inside the shop folder
    size_bytes: int
    rows: tuple[ReportRow, ...]


class ShopPort(Protocol):
    """The shop of the room. Methods that read or write raise ContentError naming file and row."""

    def products(self) -> list[Listing]: ...

    def product(self, product_id: str) -> Listing | None: ...

    def facts(self, fact_ids: Sequence[str]) -> list[Fact]:
        """Those of these facts that are known, in the order asked for."""
        ...

    def shop_facts(self) -> list[Fact]:
        """What holds for the whole shop: delivery, returns."""
        ...

    def image(self, product_id: str) -> Path | None: ...

    def files(self) -> list[ShopFile]: ...

    async def upload(self, name: str, content: bytes) -> ShopFile:
        """Take a product file in and read it; a file of that name is replaced."""
        ...

    async def patch(self, product_id: str, field: str, value: str, variant: str) -> Fact:
        """Set one fact, written as staff write it: "199", "¥199", "35 件"."""
        ...

    async def take_changes(self, message: object) -> ChangesTaken:
        """Prices and stock as another program sends them, in its own words."""
        ...

    def fields(self) -> list[FieldName]:
        """What a column may be taken for; the last one leaves it out."""
        ...

    async def map_column(self, file: str, column: str, field: str) -> ShopFile:
        """Say what a column of a file is; kept in the mapping file, and read anew at once."""
        ...

    def scripts(self) -> list[str]: ...

    def script(self, name: str) -> str | None: ...

    async def save_script(self, name: str, text: str) -> None: ...

    async def check(self, text: str, product_id: str) -> Verdict:
        """What the gate says of a text; `product_id` may be "" for no product in particular."""
        ...

    async def pitch(self, product_id: str, language: Language, minutes: float) -> list[Line]: ...


class RoomPort(Protocol):
    """A live room, seen from its console."""

    @property
    def shop(self) -> ShopPort: ...

    def state(self) -> RoomState: ...

    async def take_events(self, events: Sequence[ViewerEvent]) -> list[str]:
        """The ids taken; an event whose id has been seen is not taken again."""
        ...

    def journal(self, after: int, kind: JournalKind | None, limit: int) -> list[JournalEntry]:
        """Entries with n > after, in order, the first `limit` of them."""
        ...

    def last_entry(self) -> int:
        """Number of the newest journal entry, 0 while there is none."""
        ...

    def follow(self) -> AbstractAsyncContextManager[AsyncIterator[RoomState | JournalEntry]]:
        """The state on each change and at least every second; journal entries as written.

        Bounded: one who falls behind loses the oldest items, and finds lost entries in `journal`.
        """
        ...

    async def control(self, command: Control) -> ControlResult: ...

    def preview(self) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """Live fragmented MP4 (ISO/IEC 14496-12), H.264 and AAC.

        First JSON: {"codecs": "avc1.42C01F,mp4a.40.2"} (RFC 6381). Then the initialisation segment
        (ftyp, moov). Then fragments (moof, mdat) of about 0.2 s, the first starting with a key
        picture. The iterator ends when the encoder restarts or the reader falls behind.
        """
        ...

    def metrics(self) -> str:
        """In the text format of Prometheus."""
        ...
