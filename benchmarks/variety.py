"""How much a room repeats itself through a night, all it says counted."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from benchmarks.figure import Figure
from core.clock import SystemClock
from core.language import Language
from core.line import Line
from core.viewer import ViewerEvent
from knowledge.shop import Shop, load_shop
from room.settings import CONFIGS, DEFAULT_SHOP
from script_engine.composer.formats import load_formats
from script_engine.composer.memory import grams
from script_engine.engine import ScriptEngine
from script_engine.pace import speaking_s
from script_engine.text import sentences

HOURS = 2.5
"""Of `presenter bench variety`; the soak test goes through eight."""
WINDOW_S = 7200.0
AGAIN_S = 3600.0
ASKED_EVERY_S = 150.0
LEGAL = frozenset({"offer", "stock", "extra", "policy", "caution", "notice"})
"""Moves whose sentences may come again within the hour: prices and legal words."""
QUESTIONS: dict[Language, tuple[str, ...]] = {
    "zh": ("多少钱", "什么材质的", "产地是哪里", "怎么用", "什么时候发货", "可以退吗", "还有货吗"),
    "en": ("How much is it?", "What is it made of?", "Where is it from?", "How do I use it?",
           "When does it ship?", "Can I return it?", "Is it in stock?"),
}  # fmt: skip

Spoken = tuple[float, Line]
"""A line and the second it begins at."""


def measure() -> list[Figure]:
    """A long evening in Chinese and in English, written but not spoken."""
    clock = SystemClock()
    shop = load_shop(DEFAULT_SHOP, clock)
    figures = []
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        night = list(speak(shop, language, HOURS, clock.wall()))
        pitched = [spoken for spoken in night if spoken[1].move not in LEGAL]
        figures += [
            Figure(f"distinct runs of 8, least of any 2 hours, {language}",
                   100 * min(distinct(night, language)), "%", f"{len(night)} lines"),
            Figure(f"the same, prices and legal words aside, {language}",
                   100 * min(distinct(pitched, language)), "%", f"{len(pitched)} lines"),
            Figure(f"sentences said again within the hour, {language}",
                   sum(repeats(night).values()), ""),
        ]  # fmt: skip
    return figures


def speak(
    shop: Shop,
    language: Language,
    hours: float,
    when: datetime,
    products: Sequence[str] = (),
    seed: int = 1,
    asked_every_s: float = ASKED_EVERY_S,
) -> Iterator[Spoken]:
    """What a room says: its opening and notices, product after product with the words between
    them; questions are asked, whose answers are no part of it but whose interest is."""
    formats = list(load_formats(CONFIGS / "formats").values())
    engine = ScriptEngine(
        shop, (), CONFIGS / "policies", language=language, formats=formats, seed=seed
    )
    questions = itertools.cycle(QUESTIONS[language])
    spoken_s, asked_s = 0.0, asked_every_s

    def says(line: Line) -> Spoken:
        nonlocal spoken_s
        began_s, spoken_s = spoken_s, spoken_s + speaking_s(line.text, language)
        return began_s, line

    for product_id in itertools.cycle(products or [product.id for product in shop.products()]):
        if not engine.sellable(product_id, when):
            continue
        if bridge := engine.bridge(product_id, when + timedelta(seconds=spoken_s)):
            yield says(bridge)
        until_s = spoken_s + engine.minutes_of(product_id) * 60
        while spoken_s < until_s:
            if spoken_s >= hours * 3600:
                return
            now = when + timedelta(seconds=spoken_s)
            if spoken_s >= asked_s:
                asked_s += asked_every_s
                comment = ViewerEvent(f"asked-{asked_s:.0f}", "comment", text=next(questions))
                engine.answer(comment, product_id, now)
            yield says(engine.next_line(product_id, now))


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
