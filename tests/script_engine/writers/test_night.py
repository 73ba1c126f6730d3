from collections import Counter

import pytest

from core.clock import SystemClock
from core.language import Language
from knowledge.shop import Shop
from script_engine.spoken import speaking_s
from tests.fakes.lying_llm import LIES, LyingLLM
from tests.script_engine.writers.checker import untrue
from tests.script_engine.writers.conftest import OpenDesk, settle

PRODUCT_MINUTES = 3
MODES = ["honest", *LIES, "honest", "broken", "stall", "cut", "honest", "500", "429", "thinking"]


@pytest.mark.parametrize(("language", "minutes"), [("zh", 30), ("en", 12)])
async def test_half_an_hour_with_a_lying_model(
    language: Language, minutes: int, office: OpenDesk, shop: Shop
) -> None:
    """Nothing untrue is said, there is no gap, and the model is gone back to each time."""
    machine = SystemClock()
    products = [product.id for product in shop.products()]
    said, longest_s, number = [], 0.0, 0
    with LyingLLM(MODES, seed=11).serving() as llm:
        async with office(llm) as room:
            while room.clock.t < minutes * 60:
                product_id = products[number % len(products)]
                until_s = room.clock.t + PRODUCT_MINUTES * 60
                number += 1
                while room.clock.t < until_s:
                    for line in room.desk.pitch(product_id, language, room.clock.wall()):
                        said.append(line)
                        room.clock.t += speaking_s(line.text, language)
                        await settle(room.desk, 0.05)
                        asked_s = machine.now()
                        if room.clock.t >= until_s:
                            break
                        longest_s = max(longest_s, machine.now() - asked_s)
            llm.released.set()
    assert [(line.text, bad) for line in said if (bad := untrue(line, shop, llm.lies))] == []
    assert longest_s < 2.0
    assert len(llm.lies) >= 3 * minutes
    assert len(said) >= 5 * minutes
    assert sum(line.text in llm.told for line in said) >= minutes / 3
    ups = Counter(change.up for change in room.changes)
    assert ups[True] >= 2
    assert ups[False] >= 2
    assert max(Counter(line.text for line in said if line.move != "offer").values()) <= 2
