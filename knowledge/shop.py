"""A shop as the room sees it: products, facts, search, live changes."""

import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from core.clock import Clock
from core.errors import ContentError
from core.language import Language
from core.message import Message, Word, joined, message_of
from core.product import Fact, Money, Product
from knowledge.catalogue import Catalogue
from knowledge.changes import WEBHOOK, Refused, changes_in
from knowledge.files import product_files
from knowledge.focus import products_asked_about
from knowledge.folder import READING, ShopFolder
from knowledge.live import ChangeDesk
from knowledge.overrides import FILE, Override, is_outdated, load_overrides, save_overrides
from knowledge.report import Entry, LoadReport
from knowledge.retrieval import RANKINGS, Hit, Question, Ranking
from knowledge.settings import ShopSettings
from knowledge.view import View

BUILT: Final = 0.45
"""How much of a load is done when the files are put together."""


class Shop:
    """One shop's knowledge. Made by `load_shop`.

    Reading is safe from any thread while another reloads: a load builds a new view beside the old
    one and then exchanges them.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._clock = clock
        self._source = ShopFolder(folder, clock)
        self._overrides: dict[str, Override] = {}
        self._report = LoadReport((), 0, 0)
        self._view = View.empty()
        self._changing = threading.RLock()
        # held for moments only: a live change never waits for a load

    # what is known

    @property
    def settings(self) -> ShopSettings:
        return self._source.settings

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
            known = joined(list(self._view.products)[:20], chinese="、")
            message = Message(
                "no product has the id {product_id!r}; there are: {known}",
                product_id=product_id, known=known or Word("none at all", "一件都没有"),
            )  # fmt: skip
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
        about = products_asked_about(query, view.namer.find(query, product_id), product_id)
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
        entries = [*self._source.read_settings(), *self._read_overrides()]
        self._source.read_files(paths, tell)
        self._build(entries, tell)
        tell(Message("ready"), 1.0)
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
            saved = self._source.mapping.of(WEBHOOK)
            changes, refused = changes_in(message, self._view.products.values(), saved)
            fresh: list[Override] = []
            for item, change in changes:
                try:
                    product = self.product(change.product_id)
                    fresh += self._fresh(product, change.field, change.value, change.variant, by)
                except ContentError as error:
                    refused.append(
                        Refused(item, Message("{text}", text=Word(str(error), error.zh)))
                    )
            self._override(fresh)
            ids = dict.fromkeys(one.fact_id for one in fresh)
            return tuple(self._view.by_id[fact_id] for fact_id in ids), refused

    def map_column(self, file: str, header: str, field: str) -> LoadReport:
        """Say what a column of a file is: kept in the mapping file, and the file is read anew.

        Raises:
            ContentError: there is no such file.
            ConfigError: no field is called so, or the mapping file is wrong.
        """
        return self.reload([self._source.map_column(file, header, field)])

    def _fresh(
        self, product: Product, field: str, value: str | float | Money, variant: str, by: str
    ) -> list[Override]:
        """A change as overrides of facts. Raises ContentError."""
        desk = ChangeDesk(
            product, self._view.catalogue.facts_of(product.id),
            self._view.facts.get(product.id, ()), self._clock.wall(), self.settings.currency, by,
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

    def _read_overrides(self) -> list[Entry]:
        """Read the live changes kept from earlier; when they are broken, keep those known."""
        try:
            with self._changing:
                self._overrides = load_overrides(self.folder)
        except ContentError as error:
            return [Entry("refused", FILE, message_of(error))]
        return []

    def _build(self, entries: list[Entry], tell: Callable[[str, float], None]) -> None:
        """A new view from all files."""
        tell(Message("putting the files together"), READING)
        earlier = self._view
        whole = self._source.assemble(earlier)
        catalogue = whole.catalogue
        base = {fact.id: fact for part in catalogue.parts.values() for fact in part.facts}
        with self._changing:
            entries += self._drop_outdated(base, catalogue)
            overrides = self._overrides
        view = View.made(
            catalogue, whole.tables, whole.namer, overrides, earlier, self._source.models,
            lambda done: tell(Message("indexing"), BUILT + (1 - BUILT) * done),
        )  # fmt: skip
        with self._changing:
            # what was changed while the view was made
            late = {key: one for key, one in self._overrides.items() if overrides.get(key) != one}
            if late:
                owners = {self._owner(one, view) for one in late.values()}
                view = view.refreshed(owners, self._overrides)
            self._view = view
        entries += whole.entries
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
        dropped = (
            Message("{fact}: the files are newer, the live change is dropped", fact=one.fact_id)
            for one in gone
        )
        return [Entry("guessed", FILE, message) for message in dropped]


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
        raise ContentError(Message("no such shop folder"), file=str(folder))
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


__all__ = ["Hit", "Shop", "load_shop", "product_files"]
