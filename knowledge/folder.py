"""A shop's folder: its settings, its files as last read, and the catalogue that they make."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from core.clock import Clock
from core.errors import ConfigError, ContentError
from core.message import Message, joined
from core.product import Fact
from knowledge.catalogue import Catalogue, build_catalogue, pictures_in
from knowledge.documents import facts_of_document
from knowledge.facts import Context
from knowledge.files import FileFacts, product_files, read_facts, saved_at
from knowledge.naming import Namer
from knowledge.report import Entry, refused_settings
from knowledge.settings import (
    STATE,
    ColumnMapping,
    ShopSettings,
    load_mapping,
    load_shop_settings,
    save_column,
)
from knowledge.view import Models, View, load_models

READING: Final = 0.3
"""How much of a load is done when the files are read."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """What all files say together."""

    catalogue: Catalogue
    tables: Catalogue
    # without the documents, which are tied to products by name
    namer: Namer
    entries: list[Entry]


class ShopFolder:
    """Reads the files of a shop. What cannot be read keeps what was last known."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self.path, self._clock = path, clock
        self.settings = ShopSettings()
        self.mapping = ColumnMapping()
        self.models = Models()
        self._files: dict[str, FileFacts] = {}

    def read_settings(self) -> list[Entry]:
        """Read what stands beside the product files; what is wrong keeps its last good state."""
        entries: list[Entry] = []
        try:
            settings = load_shop_settings(self.path)
            if settings.retrieval != self.settings.retrieval:
                self.models = load_models(settings.retrieval, self.path)
            self.settings = settings
        except ConfigError as error:
            entries.append(refused_settings("shop.toml", error))
        try:
            self.mapping = load_mapping(self.path)
        except ConfigError as error:
            entries.append(refused_settings(f"{STATE}/mapping.toml", error))
        return entries

    def read_files(self, paths: Iterable[Path], tell: Callable[[str, float], None]) -> None:
        """Read changed files again, all of them when none is named or the settings changed.

        Args:
            paths: the changed files.
            tell: called with what is done and how much of the whole load is, 0 to 1.
        """
        changed = {self._name(path) for path in paths}
        present = {self._name(path): path for path in product_files(self.path)}
        whole = not changed or bool(changed & {"shop.toml", f"{STATE}/mapping.toml"})
        files: dict[str, FileFacts] = {}
        for number, (name, path) in enumerate(present.items()):
            known = self._files.get(name)
            if known is None or whole or name in changed:
                tell(Message("reading {name}", name=name), READING * number / len(present))
                known = read_facts(path, self._context(name), known)
            files[name] = known
        self._files = files

    def map_column(self, file: str, header: str, field: str) -> Path:
        """Say in the mapping file what a column is; returns the path of the column's file.

        Raises:
            ContentError: there is no such file.
            ConfigError: no field is called so, or the mapping file is wrong.
        """
        if file not in self._files:
            message = Message(
                "there is no such file; there are: {known}", known=joined(self._files, chinese="、")
            )
            raise ContentError(message, file=file)
        save_column(self.path, file, header, field)
        return self.path / file

    def assemble(self, earlier: View) -> Assembled:
        """The catalogue of all files; parts that did not change are taken from the view before."""
        pictures = pictures_in(self.path)
        drafts = [draft for taken in self._files.values() for draft in taken.drafts]
        mentions = [mention for taken in self._files.values() for mention in taken.mentions]
        entries = [entry for taken in self._files.values() for entry in taken.entries]
        catalogue = build_catalogue(drafts, mentions, pictures, earlier.tables)
        tables, namer = catalogue, earlier.namer
        if tables.products != earlier.tables.products:
            namer = Namer(tables.products)
        counts = {name: len(taken.drafts) for name, taken in self._files.items()}
        documents = {name: taken for name, taken in self._files.items() if taken.blocks}
        # documents are tied to products by name, so the products come first
        parts = tables.parts.values() if documents else ()
        facts = [fact for part in parts for fact in part.facts if fact.field == "category"]
        kinds = partial(products_of_kind, facts)
        for name, taken in documents.items():
            found = facts_of_document(taken.blocks, self._context(name), namer.named, kinds)
            drafts += found.drafts
            mentions += found.mentions
            entries += found.entries
            counts[name] += len(found.drafts)
        if documents:
            catalogue = build_catalogue(drafts, mentions, pictures, earlier.catalogue)
        entries += catalogue.entries
        entries += [
            Entry("read", name, Message("{count} facts", count=count))
            for name, count in counts.items()
            if count
        ]
        return Assembled(catalogue, tables, namer, entries)

    def _name(self, path: Path) -> str:
        """A path as reports show it: inside the shop folder, with slashes."""
        try:
            return path.resolve().relative_to(self.path.resolve()).as_posix()
        except ValueError:
            return path.as_posix()

    def _context(self, name: str) -> Context:
        return Context(
            name, self.settings.currency, self.settings.zone, self._clock.wall(),
            self.mapping.of(name), saved_at(self.path / name, self.settings.zone),
        )  # fmt: skip


def products_of_kind(categories: Iterable[Fact], text: str) -> list[str]:
    """The ids of the products of whose categories a text names most: 女装外套 is 外套 of 女装."""
    said = text.lower()
    named: Counter[str] = Counter()
    for fact in categories:
        kinds = set(re.split(r"[/>|、,，\s]+", str(fact.value).lower()))
        named[fact.product_id] += sum(len(kind) for kind in kinds if len(kind) > 1 and kind in said)
    most = max(named.values(), default=0)
    return [product_id for product_id, letters in named.items() if most and letters == most]
