from datetime import datetime

import pytest

from core.viewer import ViewerEvent
from knowledge.shop import Shop
from script_engine.answers import Answerer
from script_engine.gate import Gate


@pytest.mark.parametrize(
    ("text", "product_id"),
    [
        ("最便宜的是哪个", "HM3002"),
        ("What's your cheapest item?", "HM3002"),
        ("你们哪款最贵", "merino-cardigan"),
    ],
)
@pytest.mark.parametrize("focus", [None, "BT1001"])
def test_the_ends_of_the_shops_prices(
    text: str, product_id: str, focus: str | None, shop: Shop, gate: Gate, when: datetime
) -> None:
    reply = Answerer(shop, gate, seed=3).answer(ViewerEvent("e", "comment", text=text), focus, when)
    assert (reply.action, reply.product_id) == ("answer", product_id)
    assert reply.line is not None
    price = shop.fact(next(fact for fact in reply.fact_ids if "price" in fact))
    assert price is not None
    assert price.product_id == product_id
