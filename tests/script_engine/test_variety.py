"""Never the same hour twice. The fast test is an hour; the whole night is a soak test."""

from datetime import datetime
from pathlib import Path

import pytest

from benchmarks.variety import LEGAL, distinct, repeats, speak
from core.language import Language
from knowledge.shop import Shop, load_shop
from tests.fakes.clock import VirtualClock

DATA = Path(__file__).parent / "data"
TWELVE = [
    "BT1001", "BT1002", "BT1003", "BT1004", "BT1005", "BT1006", "linen-shirt-dress",
    "cotton-oxford-shirt", "wide-leg-trousers", "merino-cardigan", "HM3001", "HM3002",
]  # fmt: skip
LANGUAGES: list[Language] = ["zh", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_hour_hardly_repeats_itself(language: Language, shop: Shop, when: datetime) -> None:
    hour = list(speak(shop, language, 1, when))
    assert len(hour) > 400
    assert min(distinct(hour, language)) >= 0.93
    assert not repeats(hour)


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_night_hardly_repeats_itself(language: Language, shop: Shop, when: datetime) -> None:
    night = list(speak(shop, language, 8, when, products=TWELVE))
    pitched = [spoken for spoken in night if spoken[1].move not in LEGAL]
    everything, shares = distinct(night, language), distinct(pitched, language)
    print(
        language, f"{min(shares):.3f}, with legal words {min(everything):.3f}, {len(night)} lines"
    )
    assert min(shares) >= 0.90
    assert min(everything) >= 0.88
    assert not repeats(night)


@pytest.mark.parametrize("language", LANGUAGES)
def test_even_a_single_product_finds_other_words(
    language: Language, shop: Shop, when: datetime
) -> None:
    hour = list(speak(shop, language, 0.75, when, products=["HM3001"]))
    assert min(distinct(hour, language)) >= 0.75
    assert not repeats(hour)


@pytest.mark.soak
@pytest.mark.parametrize(("folder", "language"), [("corner-shop", "zh"), ("market-stall", "en")])
def test_shops_of_other_trades_with_few_facts_hardly_repeat_themselves(
    folder: str, language: Language, clock: VirtualClock, when: datetime
) -> None:
    goods = load_shop(DATA / folder, clock)
    night = list(speak(goods, language, 3, when))
    assert min(distinct(night, language)) >= 0.86
    assert sum(repeats(night).values()) <= 2
