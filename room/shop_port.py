"""The shop of a live room as its console sees it (console.port.ShopPort)."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from console.port import (
    ChangesTaken,
    FieldName,
    Listing,
    RefusedChange,
    ReportRow,
    ShopFile,
    Verdict,
)
from core.errors import ContentError
from core.language import Language
from core.line import Line
from core.message import Message, told
from core.product import Fact
from knowledge.changes import WEBHOOK
from knowledge.intake import copy_in
from knowledge.report import Entry
from knowledge.settings import known_fields
from knowledge.shop import product_files
from room.room import Room
from room.settings import SCRIPTS

MAX_UPLOAD_BYTES = 50 * 2**20
MOST_TOLD = 50
# changes of one message that the journal lists


class ShopDesk:
    """Reads and changes the room's shop; every change reaches the room at once."""

    def __init__(self, room: Room) -> None:
        self._room = room

    def products(self) -> list[Listing]:
        shop = self._room.shop
        return [Listing(product, shop.facts_of(product.id)) for product in shop.products()]

    def product(self, product_id: str) -> Listing | None:
        shop = self._room.shop
        try:
            return Listing(shop.product(product_id), shop.facts_of(product_id))
        except ContentError:
            return None

    def facts(self, fact_ids: Sequence[str]) -> list[Fact]:
        found = (self._room.shop.fact(fact_id) for fact_id in fact_ids)
        return [fact for fact in found if fact is not None]

    def shop_facts(self) -> list[Fact]:
        return list(self._room.shop.facts_of(""))

    def image(self, product_id: str) -> Path | None:
        listing = self.product(product_id)
        if listing is None or not listing.product.image:
            return None
        return self._room.shop.folder / listing.product.image

    def files(self) -> list[ShopFile]:
        shop = self._room.shop
        return [self._file(path) for path in product_files(shop.folder)]

    async def upload(self, name: str, content: bytes) -> ShopFile:
        folder = self._room.shop.folder
        plain = PurePosixPath(name.replace("\\", "/")).name
        if not plain or plain.startswith("."):
            raise ContentError(Message("a product file needs a plain name"), file=name)
        if len(content) > MAX_UPLOAD_BYTES:
            message = Message("larger than {most} MB", most=MAX_UPLOAD_BYTES >> 20)
            raise ContentError(message, file=plain)
        await asyncio.to_thread(self._take_in, plain, content)
        self._room.facts_changed()
        return self._file(folder / plain)

    async def patch(self, product_id: str, field: str, value: str, variant: str) -> Fact:
        facts = self._room.shop.patch(product_id, field, value, variant)
        self._room.facts_changed()
        self._room.journal.add(
            "shop", file="console", product_id=product_id, field=field, value=value,
            variant=variant,
        )  # fmt: skip
        return facts[0]

    async def take_changes(self, message: object) -> ChangesTaken:
        facts, refused = self._room.shop.take_changes(message, WEBHOOK)
        if facts:
            self._room.facts_changed()
        self._room.journal.add(
            "shop", file=WEBHOOK, changed=[fact.id for fact in facts[:MOST_TOLD]],
            refused=[told(one, self._room.settings.language) for one in refused[:MOST_TOLD]],
        )  # fmt: skip
        return ChangesTaken(
            facts, tuple(RefusedChange(one.item, str(one.reason)) for one in refused)
        )

    def fields(self) -> list[FieldName]:
        return [FieldName(key, zh, en) for key, zh, en in known_fields()]

    async def map_column(self, file: str, column: str, field: str) -> ShopFile:
        shop = self._room.shop
        await asyncio.to_thread(shop.map_column, file, column, field)
        self._room.facts_changed()
        return self._file(shop.folder / file)

    def scripts(self) -> list[str]:
        folder = self._room.shop.folder / SCRIPTS
        return sorted(path.name for path in folder.glob("*.md"))

    def script(self, name: str) -> str | None:
        path = self._script_path(name)
        return path.read_text(encoding="utf-8") if path.is_file() else None

    async def save_script(self, name: str, text: str) -> None:
        path = self._script_path(name)
        self._room.engine.parse_script(text, path)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    async def check(self, text: str, product_id: str) -> Verdict:
        verdict = self._room.engine.check(text, product_id, self._room.now())
        rules = tuple(f"{broken.text}: {broken.reason}" for broken in verdict.violations)
        return Verdict(verdict.ok, verdict.text, verdict.claims, rules)

    async def pitch(self, product_id: str, language: Language, minutes: float) -> list[Line]:
        return self._room.engine.pitch_minutes(product_id, language, minutes, self._room.now())

    def _take_in(self, name: str, content: bytes) -> None:
        shop = self._room.shop
        with tempfile.TemporaryDirectory() as place:
            source = Path(place) / name
            source.write_bytes(content)
            entries = copy_in([source], shop.folder, self._room.clock)
        refused = [one for one in entries if one.outcome == "refused" and one.file == name]
        if refused and not (shop.folder / name).exists():
            raise ContentError(refused[0].message, file=name)
        shop.reload([shop.folder / name])

    def _file(self, path: Path) -> ShopFile:
        name = path.relative_to(self._room.shop.folder).as_posix()
        rows = tuple(_row(entry) for entry in self._room.shop.report.of(name))
        return ShopFile(name, path.stat().st_size if path.exists() else 0, rows)

    def _script_path(self, name: str) -> Path:
        plain = PurePosixPath(name).name
        if plain != name or not name.endswith(".md") or name.startswith("."):
            raise ContentError(Message("a script is called something.md"), file=name)
        return self._room.shop.folder / SCRIPTS / name


def _row(entry: Entry) -> ReportRow:
    column = entry.place.column if entry.outcome == "guessed" and not entry.place.row else ""
    return ReportRow(
        str(entry.place), entry.outcome, str(entry.message), entry.product, entry.field, column,
        entry.message.zh,
    )  # fmt: skip
