"""What a shop sells and what is known about it, each fact with its source."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from core.language import Language

FactType = Literal[
    "price", "stock", "quantity", "size_table", "ingredients", "material", "certificate", "date",
    "usage", "caution", "policy", "selling_point", "question", "text",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's smallest unit: 19900 CNY is 199 yuan."""

    minor: int
    currency: str
    # ISO 4217


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands."""

    file: str
    # path inside the shop folder
    place: str
    # "Sheet1 row 7, column 直播价", "page 3", "line 12", "$.offers.price"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be said."""

    id: str
    # "BT1001.price", "BT1001/30ml.stock", "shop.shipping.2": product, variant, field
    product_id: str
    # "" for the whole shop
    variant: str
    # "" for the product itself
    field: str
    # canonical key: name, brand, price, list_price, stock, volume, skin_type, return_policy ...
    type: FactType
    value: str | float | Money
    # text as staff wrote it, a number in `unit`, or an amount
    unit: str
    language: Language
    source: Source
    label: str = ""
    # the header or question as staff wrote it: 适用肤质, "How do I wash it?"
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    def valid_at(self, when: datetime) -> bool:
        starts = self.valid_from is None or self.valid_from <= when
        return starts and (self.valid_until is None or when < self.valid_until)


@dataclass(frozen=True, slots=True)
class Variant:
    """A size, colour or volume of a product with its own price and stock."""

    name: str
    sku: str


@dataclass(frozen=True, slots=True)
class Product:
    """One thing for sale. What is known about it is in its facts."""

    id: str
    name: str
    # in the language of the file it came from
    names: tuple[tuple[Language, str], ...]
    category: str
    # beauty, apparel, home, or what staff wrote
    brand: str
    aliases: tuple[str, ...]
    variants: tuple[Variant, ...]
    ordinal: int
    # 1 for 一号链接
    image: str
    # path inside the shop folder, "" when there is none

    def name_in(self, language: Language) -> str:
        return dict(self.names).get(language, self.name)
