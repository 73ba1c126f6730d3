"""A shop kept in memory, with the face the script engine needs of one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.language import Language
from core.product import Fact, FactType, Money, Product, Source, Variant

SOURCE = Source("fake.xlsx", "row 2")


@dataclass(frozen=True, slots=True)
class FakeHit:
    fact: Fact
    score: float


class FakeShop:
    """Products and facts as given; finds by the letters that texts share."""

    def __init__(self, products: Sequence[Product], facts: Sequence[Fact]) -> None:
        self._products = tuple(products)
        self._facts = list(facts)

    def products(self) -> tuple[Product, ...]:
        return self._products

    def product(self, product_id: str) -> Product:
        return {product.id: product for product in self._products}[product_id]

    def facts_of(self, product_id: str, field: str | None = None) -> tuple[Fact, ...]:
        return tuple(
            fact
            for fact in self._facts
            if fact.product_id == product_id and field in (None, fact.field)
        )

    def find_product(self, text: str, focus: str | None = None) -> list[tuple[str, float]]:
        return [
            (product.id, 1.0)
            for product in self._products
            if any(name in text for name in (product.name, *product.aliases))
        ]

    def search(
        self,
        query: str,
        *,
        product_id: str | None,
        language: Language | None,
        limit: int,
        when: datetime,
    ) -> list[FakeHit]:
        hits = [
            FakeHit(fact, len(set(query) & set(str(fact.value))) / max(1, len(query)))
            for fact in self._facts
            if product_id in (None, fact.product_id) and fact.valid_at(when)
        ]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def add(self, fact: Fact) -> None:
        """One more fact."""
        self._facts.append(fact)

    def put(self, fact: Fact) -> None:
        """Exchange the fact with this id for another."""
        self._facts = [fact if old.id == fact.id else old for old in self._facts]


def product(product_id: str = "P1", name: str = "晨露精华", **more: object) -> Product:
    plain = Product(
        id=product_id,
        name=name,
        names=(("zh", name),),
        category="beauty",
        brand="晨露",
        aliases=(),
        variants=(),
        ordinal=1,
        image="",
    )
    return replace(plain, **more)


def fact(
    field: str,
    value: str | float | Money,
    kind: FactType = "text",
    *,
    product_id: str = "P1",
    variant: str = "",
    unit: str = "",
    label: str = "",
    language: Language = "zh",
    number: int = 0,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> Fact:
    owner = product_id or "shop"
    stem = f"{owner}/{variant}.{field}" if variant else f"{owner}.{field}"
    return Fact(
        id=f"{stem}.{number}" if number else stem,
        product_id=product_id,
        variant=variant,
        field=field,
        type=kind,
        value=value,
        unit=unit,
        language=language,
        source=SOURCE,
        label=label,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def yuan(amount: float) -> Money:
    return Money(round(amount * 100), "CNY")


def serum_shop(*more: Fact, stock: float = 86) -> FakeShop:
    """One serum with a price, a stock, claims in words, and the shop's promises."""
    return FakeShop(
        [
            product(
                aliases=("小晨露",), variants=(Variant("30ml", ""), Variant("50ml", "")), ordinal=1
            )
        ],
        [
            fact("name", "晨露精华", label="商品名称"),
            fact("price", yuan(199), "price", label="直播价"),
            fact("list_price", yuan(299), "price", label="日常价"),
            fact("stock", stock, "stock", label="库存"),
            fact("volume", 30.0, "quantity", unit="ml", label="净含量"),
            fact("shelf_life", 36.0, "quantity", unit="个月", label="保质期"),
            fact(
                "selling_point", "玻尿酸保湿，清爽不黏腻", "selling_point", number=1, label="卖点"
            ),
            fact("skin_type", "干性、中性肌肤", label="适用肤质"),
            fact("caution", "敏感肌请先在耳后试用", "caution", number=1, label="注意事项"),
            fact("usage", "每次取2到3滴，按压至吸收", "usage", number=1, label="使用方法"),
            fact("shipping", "付款后48小时内发货，全国包邮", "policy", product_id="", label="发货"),
            fact("returns", "支持7天无理由退货", "policy", product_id="", label="退换"),
            fact("coupon", "满300减30优惠券", "policy", product_id="", label="优惠券"),
            *more,
        ],
    )
