"""A shop as the room sees it: products, facts, search, live changes."""

import gc
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from core.clock import Clock
from core.errors import ConfigError, ContentError
from core.language import Language
from core.product import Fact, Money, Product
from knowledge.catalogue import Catalogue, build_catalogue, pictures_in
from knowledge.changes import WEBHOOK, Refused, changes_in
from knowledge.documents import facts_of_document
from knowledge.facts import Context
from knowledge.files import FileFacts, product_files, read_facts
from knowledge.live import ChangeDesk
from knowledge.naming import Namer
from knowledge.overrides import FILE, Override, is_outdated, load_overrides, save_overrides
from knowledge.report import Entry, LoadReport
from knowledge.retrieval import RANKINGS, Hit, Question, Ranking
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
BUILT: Final = 0.45
# how much of a load is done when the files are read, and when they are put together
FOCUS: Final = 2.0
# weight of facts of the product in focus
ASIDE: Final = 1.4
# its weight when the question names others alone
NAMED: Final = 1.2
# weight of facts of a product that the question names: this once, and once more when it is sure
SURE: Final = 0.6
ALMOST_CERTAIN: Final = 0.9
# scores from which a product counts as named, and from which it does among many
_TOGETHER: Final = re.compile(r"[和跟与同配搭比]|一起|\b(?:with|and|than|or|vs)\b", re.IGNORECASE)
# words that join the product in focus to another
MOST_NAMED: Final = 4
# products that one question compares


class Shop:
    """One shop's knowledge. Made by `load_shop`.

    Reading is safe from any thread while another reloads: a load builds a new view beside the old
    one and then exchanges them.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._clock = clock
        self._files: dict[str, FileFacts] = {}
        self._settings = ShopSettings()
        self._mapping = ColumnMapping()
        self._overrides: dict[str, Override] = {}
        self._report = LoadReport((), 0, 0)
        self._models = Models()
        self._view = View.empty()
        self._changing = threading.RLock()
        # held for moments only: a live change never waits for a load

    # what is known

    @property
    def settings(self) -> ShopSettings:
        return self._settings

    @property
    def report(self) -> LoadReport:
        """How the last load or reload went, for all files."""
        return self._report

    def products(self) -> tuple[Product, ...]:
        """All products in the order of their link numbers."""
        return tuple(self._view.products.values())

    def product(self, product_id: str) -> Product:
        """Raises ContentError when there is none with this id."""
        try:
            return self._view.products[product_id]
        except KeyError:
            known = ", ".join(list(self._view.products)[:20])
            message = f"no product has the id {product_id!r}; there are: {known or 'none at all'}"
            raise ContentError(message, file=str(self.folder)) from None

    def fact(self, fact_id: str) -> Fact | None:
        """The fact with an id, whether it holds now or not."""
        return self._view.by_id.get(fact_id)

    def facts_of(
        self, product_id: str, field: str | None = None, when: datetime | None = None
    ) -> tuple[Fact, ...]:
        """Facts of a product, or of the whole shop for "", that hold at a moment.

        Args:
            product_id: a product's id; an unknown one has no facts.
            field: canonical key (`knowledge.fields`), None for all.
            when: now when left out.
        """
        moment = when or self._clock.wall()
        return tuple(
            fact
            for fact in self._view.facts.get(product_id, ())
            if (field is None or fact.field == field) and fact.valid_at(moment)
        )

    def find_product(self, text: str, focus: str | None = None) -> list[tuple[str, float]]:
        """Products a text may mean with scores from 0 to 1. See `Namer.find`."""
        return self._view.namer.find(text, focus)

    def search(
        self,
        query: str,
        *,
        product_id: str | None = None,
        language: Language | None = None,
        limit: int = 5,
        when: datetime | None = None,
        rankings: Mapping[Ranking, float] | None = None,
    ) -> tuple[Hit, ...]:
        """Facts that may answer a question, the best first.

        Args:
            query: what somebody asks, in any language.
            product_id: the product in focus; None for no one product. Products that the question
                names, numbers or compares weigh more than the one in focus.
            language: preferred, not required; numbers and prices are of every language.
            limit: at most so many.
            when: facts that do not hold then are left out; now when left out.
            rankings: what is fused, with its weight (`retrieval.RANKINGS`); all when left out.
        """
        view = self._view
        about = _about(query, view.namer.find(query, product_id), product_id)
        question = Question(
            query, about, language, limit, when or self._clock.wall(), rankings or RANKINGS
        )
        return view.retriever.search(question, view.by_id.get)

    # what changes

    def reload(
        self, paths: Iterable[Path] = (), progress: Callable[[str, float], None] | None = None
    ) -> LoadReport:
        """Read changed files again, all of them when none is named.

        What cannot be read keeps what was last known: a broken file all its facts, a broken row
        its own. A file that is gone takes its facts with it. Rows that did not change are not
        understood again, nor products of which the files say the same.

        Args:
            paths: the changed files.
            progress: called with what is done and how much of the whole is, 0 to 1.
        """
        with _without_collector():
            return self._reload(paths, progress or _silent)

    def _reload(self, paths: Iterable[Path], tell: Callable[[str, float], None]) -> LoadReport:
        changed = {self._name(path) for path in paths}
        entries = self._read_settings()
        present = {self._name(path): path for path in product_files(self.folder)}
        whole = not changed or bool(changed & {"shop.toml", f"{STATE}/mapping.toml"})
        files: dict[str, FileFacts] = {}
        for number, (name, path) in enumerate(present.items()):
            known = self._files.get(name)
            if known is None or whole or name in changed:
                tell(f"reading {name}", READING * number / len(present))
                known = read_facts(path, self._context(name), known)
            files[name] = known
        self._files = files
        self._build(entries, tell)
        tell("ready", 1.0)
        return self._report

    def patch(
        self,
        product_id: str,
        field: str,
        value: str | float | Money,
        variant: str = "",
        by: str = "console",
    ) -> tuple[Fact, ...]:
        """Change a fact while the room runs; kept over a restart until the files change it.

        A price given for a product with variants holds for all of them. A stock can be given for
        all of them only when it is 0. A price or stock that the files do not give is added.

        Returns:
            the changed facts.

        Raises:
            ContentError: no such product, variant or fact, or a value that cannot be.
        """
        with self._changing:
            product = self.product(product_id)
            fresh = self._fresh(product, field, value, variant, by)
            self._override(fresh)
            return tuple(self._view.by_id[one.fact_id] for one in fresh)

    def take_changes(self, message: object, by: str) -> tuple[tuple[Fact, ...], list[Refused]]:
        """Make the changes that another program sends (`knowledge.changes`), all at once.

        Returns:
            the changed facts, and what could not be done.

        Raises:
            ContentError: the message holds no item that names a product.
        """
        with self._changing:
            saved = self._mapping.of(WEBHOOK)
            changes, refused = changes_in(message, self._view.products.values(), saved)
            fresh: list[Override] = []
            for item, change in changes:
                try:
                    product = self.product(change.product_id)
                    fresh += self._fresh(product, change.field, change.value, change.variant, by)
                except ContentError as error:
                    refused.append(Refused(item, str(error)))
            self._override(fresh)
            ids = dict.fromkeys(one.fact_id for one in fresh)
            return tuple(self._view.by_id[fact_id] for fact_id in ids), refused

    def map_column(self, file: str, header: str, field: str) -> LoadReport:
        """Say what a column of a file is: kept in the mapping file, and the file is read anew.

        Raises:
            ContentError: there is no such file.
            ConfigError: no field is called so, or the mapping file is wrong.
        """
        if file not in self._files:
            known = ", ".join(self._files)
            raise ContentError(f"there is no such file; there are: {known}", file=file)
        save_column(self.folder, file, header, field)
        return self.reload([self.folder / file])

    def _fresh(
        self, product: Product, field: str, value: str | float | Money, variant: str, by: str
    ) -> list[Override]:
        """A change as overrides of facts. Raises ContentError."""
        desk = ChangeDesk(
            product, self._view.catalogue.facts_of(product.id),
            self._view.facts.get(product.id, ()), self._clock.wall(), self._settings.currency, by,
        )  # fmt: skip
        return desk.overrides(field, value, variant)

    def _override(self, fresh: Sequence[Override]) -> None:
        """Keep changes and make them known. The index keeps ids and stays."""
        if not fresh:
            return
        overrides = {**self._overrides, **{one.fact_id: one for one in fresh}}
        save_overrides(self.folder, overrides.values())
        changed = {self._owner(one, self._view) for one in fresh}
        self._overrides = overrides
        self._view = self._view.refreshed(changed, overrides)

    def _owner(self, override: Override, view: View) -> str:
        fact = view.by_id.get(override.fact_id)
        return override.product_id or (fact.product_id if fact else "")

    # how it is built

    def _name(self, path: Path) -> str:
        """A path as reports show it: inside the shop folder, with slashes."""
        try:
            return path.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            return path.as_posix()

    def _read_settings(self) -> list[Entry]:
        """Read what stands beside the product files; what is wrong keeps its last good state."""
        entries: list[Entry] = []
        try:
            settings = load_shop_settings(self.folder)
            if settings.retrieval != self._settings.retrieval:
                self._models = load_models(settings.retrieval, self.folder)
            self._settings = settings
        except ConfigError as error:
            entries.append(Entry("refused", "shop.toml", str(error)))
        try:
            self._mapping = load_mapping(self.folder)
        except ConfigError as error:
            entries.append(Entry("refused", f"{STATE}/mapping.toml", str(error)))
        try:
            with self._changing:
                self._overrides = load_overrides(self.folder)
        except ContentError as error:
            entries.append(Entry("refused", FILE, str(error)))
        return entries

    def _context(self, name: str) -> Context:
        return Context(
            name, self._settings.currency, self._settings.zone, self._clock.wall(),
            self._mapping.of(name),
        )  # fmt: skip

    def _build(self, entries: list[Entry], tell: Callable[[str, float], None]) -> None:
        """A new view from all files."""
        tell("putting the files together", READING)
        earlier = self._view
        pictures = pictures_in(self.folder)
        drafts = [draft for taken in self._files.values() for draft in taken.drafts]
        mentions = [mention for taken in self._files.values() for mention in taken.mentions]
        for taken in self._files.values():
            entries += taken.entries
        catalogue = build_catalogue(drafts, mentions, pictures, earlier.tables)
        tables, namer = catalogue, earlier.namer
        if tables.products != earlier.tables.products:
            namer = Namer(tables.products)
        counts = {name: len(taken.drafts) for name, taken in self._files.items()}
        documents = {name: taken for name, taken in self._files.items() if taken.blocks}
        # documents are tied to products by name, so the products come first
        for name, taken in documents.items():
            found = facts_of_document(taken.blocks, self._context(name), namer.named)
            drafts += found.drafts
            mentions += found.mentions
            entries += found.entries
            counts[name] += len(found.drafts)
        if documents:
            catalogue = build_catalogue(drafts, mentions, pictures, earlier.catalogue)
        base = {fact.id: fact for part in catalogue.parts.values() for fact in part.facts}
        with self._changing:
            entries += self._drop_outdated(base, catalogue)
            overrides = self._overrides
        view = View.made(
            catalogue, tables, namer, overrides, earlier, self._models,
            lambda done: tell("indexing", BUILT + (1 - BUILT) * done),
        )  # fmt: skip
        with self._changing:
            # what was changed while the view was made
            late = {key: one for key, one in self._overrides.items() if overrides.get(key) != one}
            if late:
                owners = {self._owner(one, view) for one in late.values()}
                view = view.refreshed(owners, self._overrides)
            self._view = view
        entries += catalogue.entries
        entries += [
            Entry("read", name, f"{count} facts") for name, count in counts.items() if count
        ]
        self._report = LoadReport(tuple(entries), len(view.products), len(view.by_id))

    def _drop_outdated(self, base: dict[str, Fact], catalogue: Catalogue) -> list[Entry]:
        """Forget live changes of facts that the files have changed since."""
        gone = [
            one
            for one in self._overrides.values()
            if is_outdated(one, base.get(one.fact_id), catalogue.parts)
        ]
        if not gone:
            return []
        self._overrides = {k: o for k, o in self._overrides.items() if o not in gone}
        save_overrides(self.folder, self._overrides.values())
        return [
            Entry(
                "guessed", FILE, f"{one.fact_id}: the files are newer, the live change is dropped"
            )
            for one in gone
        ]


def load_shop(
    folder: Path, clock: Clock, progress: Callable[[str, float], None] | None = None
) -> Shop:
    """Everything in a shop folder. Files that cannot be read are in the report; the others count.

    Args:
        folder: the shop.
        clock: tells which facts hold.
        progress: called with what is done and how much of the whole is, 0 to 1.

    Raises:
        ContentError: there is no such folder.
    """
    if not folder.is_dir():
        raise ContentError("no such shop folder", file=str(folder))
    shop = Shop(folder, clock)
    shop.reload(progress=progress)
    return shop


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keeps the collector of cycles away while very many values without cycles are made.

    It would look at all of them again and again, for more than half of the time of a reload.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _silent(label: str, fraction: float) -> None:
    """Progress that nobody watches."""


def _about(query: str, named: Sequence[tuple[str, float]], focus: str | None) -> dict[str, float]:
    """The products a question is about, with their weights.

    A kind of thing that many products are (台灯 in a shop of lamps) names none of them.
    """
    sure = [(product, score) for product, score in named if score >= SURE]
    if len(sure) > MOST_NAMED:
        sure = [(product, score) for product, score in sure if score >= ALMOST_CERTAIN]
    sure = sure[:MOST_NAMED]
    about = {product: NAMED * (1 + score) for product, score in sure}
    if focus:
        aside = bool(about) and focus not in about and not _TOGETHER.search(query)
        about[focus] = max(about.get(focus, 0.0), ASIDE if aside else FOCUS)
    return about


__all__ = ["Hit", "Shop", "load_shop", "product_files"]
