"""A fact that does not know its product's final id and its own number yet."""

from dataclasses import dataclass
from datetime import datetime

from core.language import Language
from core.product import FactType, Money
from knowledge.report import Place


@dataclass(frozen=True, slots=True)
class Draft:
    """What one cell or paragraph says."""

    product: str
    # id, or name where the file has no ids; "" for the whole shop
    field: str
    type: FactType
    value: str | float | Money
    language: Language
    file: str
    place: Place
    variant: str = ""
    unit: str = ""
    label: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """That a file speaks of a product, and what it says that is no fact."""

    product: str
    by_name: bool
    # the file has no id for it
    file: str
    place: Place
    aliases: tuple[str, ...] = ()
    ordinal: int = 0
    image: str = ""
    variant: str = ""
    sku: str = ""
