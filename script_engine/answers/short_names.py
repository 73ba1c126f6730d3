"""The short names viewers make of long ones: the grinder, 普洱, 外套."""

import re
from collections import defaultdict
from collections.abc import Sequence

from core.product import Product
from script_engine.answers.stems import stem
from script_engine.text import CJK, fold

_LEAST_LATIN = 4
# letters of a last word that is taken for a name


class ShortNames:
    """Parts of names and categories that only one product of a shop has."""

    def __init__(self, products: Sequence[Product]) -> None:
        self.products = products
        owners: dict[str, set[str]] = defaultdict(set)
        for product in products:
            for part in _parts(product):
                owners[part].add(product.id)
        self._owner = {part: next(iter(ids)) for part, ids in owners.items() if len(ids) == 1}

    def find(self, folded: str, unless: str = "") -> list[str]:
        """Products that a folded comment names by a part no other has, in the order it does.

        Args:
            folded: the comment.
            unless: a text in which a part may not stand: what is known of the product on air.
        """
        found: dict[str, None] = {}
        for match in re.finditer(f"[a-z]{{{_LEAST_LATIN},}}|[{CJK}]+", folded):
            run = match.group()
            parts = [stem(run)] if run.isascii() else [run[i : i + 2] for i in range(len(run) - 1)]
            for part in parts:
                owner = self._owner.get(part)
                if owner is not None and part not in unless:
                    found.setdefault(owner)
        return list(found)


def _parts(product: Product) -> set[str]:
    """The last words of English names, and every pair of characters of Chinese ones."""
    found: set[str] = set()
    leaf = re.split(r"[/>|]", product.category)[-1]
    for name in (product.name, *(name for _, name in product.names), *product.aliases, leaf):
        text = fold(name).text
        words = re.findall("[a-z]+", text)
        if words and len(words[-1]) >= _LEAST_LATIN:
            found.add(stem(words[-1]))
        for run in re.findall(f"[{CJK}]+", text):
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return found
