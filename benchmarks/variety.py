"""How much the built-in writer repeats itself over a night of the demo shop."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from benchmarks.figure import Figure
from core.clock import SystemClock
from core.language import Language
from core.line import Line
from knowledge.shop import Shop, load_shop
from room.settings import CONFIGS, DEFAULT_SHOP
from script_engine.composer import Composer
from script_engine.composer.formats import load_formats
from script_engine.composer.memory import grams
from script_engine.gate import Gate
from script_engine.policy import load_policies
from script_engine.pace import speaking_s
from script_engine.text import sentences

HOURS = 8
WINDOW_S = 7200.0
AGAIN_S = 3600.0
LEGAL = frozenset({"offer", "stock", "extra", "policy", "caution", "notice"})
"""Moves whose sentences may come again within the hour: prices and legal words."""

Spoken = tuple[float, Line]
"""A line and the second it begins at."""


def measure() -> list[Figure]:
    """A night of eight hours in Chinese and in English, written but not spoken."""
    clock = SystemClock()
    shop = load_shop(DEFAULT_SHOP, clock)
    figures = []
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        night = list(speak(shop, language, HOURS, clock.wall()))
        figures += [
            Figure(f"distinct runs of 8, least of any 2 hours, {language}",
                   100 * min(distinct(night, language)), "%"),
            Figure(f"sentences said again within the hour, {language}",
                   sum(repeats(night).values()), "", f"{len(night)} lines"),
        ]  # fmt: skip
    return figures


def speak(
    shop: Shop,
    language: Language,
    hours: float,
    when: datetime,
    products: Sequence[str] = (),
    seed: int = 1,
) -> Iterator[Spoken]:
    """Pitch after pitch, product after product, for so many hours."""
    gate = Gate(shop, load_policies((), CONFIGS / "policies"))
    formats = list(load_formats(CONFIGS / "formats").values())
    composer = Composer(shop, gate, formats=formats, seed=seed)
    spoken_s = 0.0
    for product_id in itertools.cycle(products or [product.id for product in shop.products()]):
        for line in composer.pitch(product_id, language, when + timedelta(seconds=spoken_s)):
            yield spoken_s, line
            spoken_s += speaking_s(line.text, language)
            if spoken_s >= hours * 3600:
                return


def distinct(night: Sequence[Spoken], language: Language) -> list[float]:
    """The share of runs of eight characters or words that are distinct, for each 2 hours."""
    end_s = night[-1][0]
    starts = range(0, max(1, int(end_s - WINDOW_S) + 1), 1800)
    shares = []
    for start_s in starts:
        inside = (line for at_s, line in night if start_s <= at_s < start_s + WINDOW_S)
        runs = [run for line in inside for run in grams(line.text, language)]
        shares.append(len(set(runs)) / len(runs))
    return shares


def repeats(night: Sequence[Spoken]) -> Counter[str]:
    """Sentences said again within the hour, prices and legal words aside."""
    last: dict[str, float] = {}
    again: Counter[str] = Counter()
    for at_s, line in night:
        if line.move in LEGAL:
            continue
        for sentence in sentences(line.text):
            if at_s - last.get(sentence, -AGAIN_S) < AGAIN_S:
                again[sentence] += 1
            last[sentence] = at_s
    return again
