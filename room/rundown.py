"""Which product is in focus, and for how long."""

from collections.abc import Callable, Sequence

from core.clock import Clock
from core.errors import ContentError


class Rundown:
    """Goes round the products for ever; one that cannot be sold now is passed over."""

    def __init__(
        self,
        products: Sequence[str],
        minutes_of: Callable[[str], float],
        sellable: Callable[[str], bool],
        clock: Clock,
    ) -> None:
        if not products:
            raise ContentError("the shop has no products: nothing to present")
        self._products, self._minutes_of = list(products), minutes_of
        self._sellable, self._clock = sellable, clock
        self._at = 0
        self._since = clock.now()
        if not self._can(self.product):
            self.advance()

    @property
    def product(self) -> str:
        return self._products[self._at]

    @property
    def due(self) -> bool:
        """Time for the next product, or this one can no longer be sold."""
        if not self._can(self.product):
            return True
        return self._clock.now() - self._since >= self._minutes_of(self.product) * 60

    def advance(self) -> str:
        """On to the next product that can be sold; stays when there is none."""
        for step in range(1, len(self._products) + 1):
            at = (self._at + step) % len(self._products)
            if self._can(self._products[at]):
                self._at = at
                break
        self._since = self._clock.now()
        return self.product

    def _can(self, product_id: str) -> bool:
        """Whether a product can be sold; one that its file no longer has cannot."""
        try:
            return self._sellable(product_id)
        except ContentError:
            return False

    def jump(self, product_id: str) -> None:
        """Put one product in focus now.

        Raises:
            ContentError: the rundown has no such product.
        """
        if product_id not in self._products:
            known = ", ".join(self._products)
            raise ContentError(f"no product {product_id!r} in the rundown; there are: {known}")
        self._at = self._products.index(product_id)
        self._since = self._clock.now()

    def refresh(self, products: Sequence[str]) -> None:
        """The shop's products changed; the one in focus stays if it still exists."""
        if not products:
            return
        now = self.product
        self._products = list(products)
        self._at = self._products.index(now) if now in self._products else 0
