"""What the script engine needs to know of a shop. The room hands in something that has it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.language import Language
from core.product import Fact, Product


class Hit(Protocol):
    """A fact found for a query."""

    @property
    def fact(self) -> Fact: ...

    @property
    def score(self) -> float:
        """0 to 1, higher is nearer."""
        ...


class Shop(Protocol):
    """Products and the facts about them, as they stand at the moment of asking."""

    def products(self) -> tuple[Product, ...]: ...

    def product(self, product_id: str) -> Product:
        """Raises KeyError when the shop has no such product."""
        ...

    def facts_of(self, product_id: str, field: str | None = None) -> tuple[Fact, ...]:
        """Facts of a product and its variants; of the whole shop when `product_id` is ""."""
        ...

    def find_product(self, text: str, focus: str | None = None) -> Sequence[tuple[str, float]]:
        """Products a viewer may mean, with how sure that is from 0 to 1, best first."""
        ...

    def search(
        self,
        query: str,
        *,
        product_id: str | None,
        language: Language | None,
        limit: int,
        when: datetime,
    ) -> Sequence[Hit]:
        """Facts nearest to the query in meaning and words, best first."""
        ...
