"""Never the same hour twice. The fast test is an hour; the whole night is a soak test."""

from datetime import datetime

import pytest

from benchmarks.variety import distinct, repeats, speak
from core.language import Language
from knowledge.shop import Shop

LANGUAGES: list[Language] = ["zh", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_hour_hardly_repeats_itself(language: Language, shop: Shop, when: datetime) -> None:
    hour = list(speak(shop, language, 1, when))
    assert len(hour) > 350
    assert min(distinct(hour, language)) >= 0.92
    assert not repeats(hour)


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_night_hardly_repeats_itself(language: Language, shop: Shop, when: datetime) -> None:
    night = list(speak(shop, language, 8, when))
    shares = distinct(night, language)
    print(language, f"{min(shares):.3f} to {max(shares):.3f} of {len(night)} lines")
    assert min(shares) >= 0.90
    assert not repeats(night)


@pytest.mark.parametrize("language", LANGUAGES)
def test_even_a_single_product_finds_other_words(
    language: Language, shop: Shop, when: datetime
) -> None:
    hour = list(speak(shop, language, 1, when, products=["BT1001"]))
    assert min(distinct(hour, language)) >= 0.75
    assert not repeats(hour)
