"""Putting facts in words, in the viewer's language."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.language import Language
from core.product import Fact, Product
from script_engine.answers.wording import replies, word
from script_engine.glossary import render
from script_engine.spoken import joined, told
from script_engine.text import HAN

LIMIT = 80
# characters of an answer's facts in Chinese; twice as many in English


@dataclass(frozen=True, slots=True)
class Answer:
    """Words and the facts behind them."""

    text: str
    fact_ids: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    # types of these facts
    product: Product | None = None
    # when it is about another than the one asked for


class Teller:
    """Words answers about one product in one language."""

    def __init__(self, product: Product | None, language: Language, rng: random.Random) -> None:
        self._product, self.language, self._rng = product, language, rng

    @property
    def limit(self) -> int:
        return LIMIT if self.language == "zh" else 2 * LIMIT

    def speaks(self, fact: Fact) -> bool:
        """Whether a fact's value is in this language, or is an amount."""
        return not isinstance(fact.value, str) or fact.language == self.language

    def told(self, fact: Fact) -> str:
        """A fact's value in this language: as it stands, rendered, or quoted."""
        if self.speaks(fact):
            return told(fact, self.language, self.limit)
        value = told(fact, fact.language, self.limit)
        return render(value, self.language) or value

    def say(self, wording: str, facts: Sequence[Fact]) -> Answer:
        """As many of the facts as one answer can hold."""
        parts: list[str] = []
        for fact in facts:
            text = self.told(fact)
            if parts and sum(map(len, parts)) + len(text) > self.limit:
                break
            parts.append(text)
        used = list(facts[: len(parts)])
        short = all(len(part) <= 14 for part in parts)
        comma = "，" if self.language == "zh" else "; "
        value = joined(parts, self.language) if short else comma.join(parts)
        if any(self._quoted(fact) for fact in used):
            wording, value, short = "quoted", f"“{value}”", False
        slots = self.names() | {"value": value}
        label = replies(self.language).labels.get(facts[0].field, "") or self._header(facts[0])
        if label and short:
            slots["label"] = label
            if wording == "fact" and self.language == "zh" and not HAN.search(value):
                wording = "labelled"
        return self.worded(wording, slots, used)

    def worded(self, wording: str, slots: dict[str, str], facts: Sequence[Fact]) -> Answer:
        """An answer of one kind with its slots filled, and the facts they were filled from."""
        try:
            text = word(wording, slots, self.language, self._rng)
        except KeyError:
            name = self._product.name_in(self.language) if self._product else ""
            text = word(wording, {"name": name} | slots, self.language, self._rng)
        return Answer(
            text,
            tuple(dict.fromkeys(fact.id for fact in facts)),
            frozenset(fact.type for fact in facts),
        )

    def names(self) -> dict[str, str]:
        """The slots that every product has."""
        if self._product is None:
            return {}
        name = self._product.name_in(self.language)
        # a name in Chinese characters has no place in an English sentence that can do without
        slots = {"name": name} if self.language == "zh" or not HAN.search(name) else {}
        if self._product.ordinal:
            slots["ordinal"] = str(self._product.ordinal)
        return slots

    def _header(self, fact: Fact) -> str:
        """A fact's header as staff wrote it, when it is short and in this language."""
        header = re.sub(r"[(（].*?[)）]|[:：*]", "", fact.label).strip()
        fits = bool(HAN.search(header)) == (self.language == "zh")
        return header if fact.field == "feature" and fits and 1 < len(header) <= 12 else ""

    def _quoted(self, fact: Fact) -> bool:
        if self.speaks(fact) or not isinstance(fact.value, str):
            return False
        # the name of a size or colour is said as it stands
        whole = render(told(fact, fact.language, self.limit), self.language)
        return whole is None and fact.field not in {"size", "brand", "name"}


def both(answers: Sequence[Answer], language: Language) -> Answer:
    """Two answers to a comment that asks two things."""
    gap = "" if language == "zh" else " "
    return Answer(
        gap.join(answer.text for answer in answers),
        tuple(dict.fromkeys(i for answer in answers for i in answer.fact_ids)),
        frozenset().union(*(answer.kinds for answer in answers)),
        answers[0].product,
    )
