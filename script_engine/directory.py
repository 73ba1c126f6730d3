"""Which products a text names, found without going through all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.product import Product
from script_engine.text import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """A product's name in a folded text."""

    start: int
    end: int
    product_ids: tuple[str, ...]
    # more than one where products share a name


class Directory:
    """The names, ids and link numbers of a shop's products."""

    def __init__(self, products: Sequence[Product]) -> None:
        self.products = tuple(products)
        self.by_id = {product.id: product for product in products}
        self._by_ordinal = {product.ordinal: product.id for product in reversed(products)}
        self._names: dict[str, tuple[str, ...]] = {}
        for product in products:
            for name in _names(product):
                self._names[name] = (*self._names.get(name, ()), product.id)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def mentions(self, folded: str) -> tuple[Mention, ...]:
        """Every name in a text, in order of place; overlapping ones too."""
        found = []
        for start in range(len(folded)):
            for length in self._lengths:
                if start + length > len(folded):
                    continue
                ids = self._names.get(folded[start : start + length])
                if ids is not None:
                    found.append(Mention(start, start + length, ids))
        return tuple(found)

    def linked(self, ordinal: float) -> str:
        """The product behind a link number, "" for none."""
        return self._by_ordinal.get(int(ordinal), "") if ordinal == int(ordinal) else ""


def _names(product: Product) -> set[str]:
    """Ways to name a product that are long enough not to be met by chance."""
    names = {product.name, *(name for _, name in product.names), *product.aliases}
    folded = {fold(name).text for name in names if name}
    return {name for name in folded if len(name) >= (6 if name.isascii() else 3)}
