"""The product card from a product's facts."""

from datetime import datetime
from pathlib import Path

from core.frame import Card
from core.language import Language
from core.product import Fact, Money, Product

SIGNS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "HKD": "HK$"}
MINOR_DIGITS = {"JPY": 0, "KRW": 0}
MAX_POINTS = 3


def show_money(money: Money) -> str:
    """As a price is written on a card: ¥199, $24.90."""
    digits = MINOR_DIGITS.get(money.currency, 2)
    major, minor = divmod(money.minor, 10**digits)
    cents = f".{minor:0{digits}d}" if minor else ""
    return f"{SIGNS.get(money.currency, money.currency + ' ')}{major}{cents}"


def make_card(
    product: Product, facts: tuple[Fact, ...], language: Language, shop: Path, when: datetime
) -> Card:
    """What the facts that hold now let us show; of variants' prices the lowest."""
    held = [fact for fact in facts if fact.valid_at(when)]

    def prices(field: str) -> list[Money]:
        found = [f.value for f in held if f.field == field and isinstance(f.value, Money)]
        return sorted(found, key=lambda money: money.minor)

    now, before = prices("price"), prices("list_price")
    price = show_money(now[0]) if now else ""
    if len({money.minor for money in now}) > 1:
        price += " 起" if language == "zh" else " up"
    points = [str(f.value) for f in held if f.field == "selling_point" and f.language == language]
    image = shop / product.image if product.image else None
    return Card(
        product_id=product.id,
        title=product.name_in(language),
        price=price,
        list_price=show_money(before[0]) if before and now and before[0] != now[0] else "",
        points=tuple(points[:MAX_POINTS]),
        image=str(image) if image and image.is_file() else "",
        ordinal=product.ordinal,
    )
