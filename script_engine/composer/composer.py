"""Pitches and the small talk around them, written from facts and a phrase book."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.language import Language
from core.line import Cue, Line, LineKind
from script_engine.composer.formats import PLAIN, ShowFormat, choose_format
from script_engine.composer.grammar import Pick, expand
from script_engine.composer.interests import Interests
from script_engine.composer.memory import Picks, Said, Turns
from script_engine.composer.moments import moments
from script_engine.composer.phrases import SLOT, Move, Template, book
from script_engine.composer.plan import Planner, Step
from script_engine.composer.slots import Filling, Slot
from script_engine.cues import cue
from script_engine.gate import Blocked, Draft, Gate
from script_engine.shop import Shop
from script_engine.spoken import speaking_s

CANDIDATES = 16
# ways a move is worded, of which the freshest is said
_ROUNDS = 4
_REFUSALS = 3
# after so many, the facts of this move are taken to be unspeakable
_LEGAL: frozenset[Move] = frozenset({"offer", "stock", "extra", "caution", "policy", "notice"})
# prices and legal words: never cut in the middle, and they may come again within the hour
_MAY_REPEAT = _LEGAL | {"opening", "evergreen"}
# without the last two a room would fall silent when all else is used up
_LINE_S = 8.0
# about how long a line of the closing takes
_SPARE_S = 3.0
_ASKS = re.compile(
    r"(?:吗|(?<!着)呢)$|[，：？。](?:有没有|是不是|怎么|哪)[^，。？：]*$|(?:没有|了没)$|"
    r"(?:^|[,;:?.] )(?:did|do|does|don't|any|is|are|am|who|what|where|which|how)\b[^,;:?.]*$",
    re.IGNORECASE,
)
# a question that closes a line
_SENTENCE = re.compile(r"(?:^|(?<=[.!?] ))[a-z]")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to word a step."""

    text: str
    template: Template
    places: dict[str, int]
    # where each slot begins in the text
    fact_ids: tuple[str, ...]
    picks: tuple[Pick, ...]


class Composer:
    """Writes lines in Chinese and English; every one of them has passed the gate."""

    def __init__(
        self,
        shop: Shop,
        gate: Gate,
        *,
        formats: Sequence[ShowFormat] = (),
        seed: int | None = None,
        on_blocked: Callable[[Blocked], None] = lambda blocked: None,
    ) -> None:
        """A writer for one shop.

        Args:
            shop: products and facts.
            gate: which each line must pass.
            formats: show formats to choose from by category; the plain pitch when there are none.
            seed: of its choices; None takes one from the machine.
            on_blocked: told of every line that the gate kept back.
        """
        self._shop = shop
        self._gate = gate
        self._formats = tuple(formats)
        self._rng = random.Random(seed)
        self.interests = Interests()
        self._planner = Planner(shop, self._rng, self.interests)
        self._said, self._turns, self._picks = Said(), Turns(), Picks()
        self._uses: Counter[str] = Counter()
        # of each template
        self._on_blocked = on_blocked

    def format_of(self, product_id: str) -> ShowFormat:
        """The show format that fits the product's category.

        Raises:
            KeyError: the shop has no such product.
        """
        facts = self._shop.facts_of(product_id, "category")
        written = [str(fact.value) for fact in facts]
        return choose_format(self._formats, [self._shop.product(product_id).category, *written])

    def pitch(self, product_id: str, language: Language, when: datetime) -> Iterator[Line]:
        """One pitch as its show format has it, another at each call; none when it is sold out.

        Raises:
            KeyError: the shop has no such product.
        """
        minutes = self.format_of(product_id).minutes
        return self.pitch_minutes(product_id, language, minutes, when)

    def pitch_minutes(
        self, product_id: str, language: Language, minutes: float, when: datetime
    ) -> Iterator[Line]:
        """So many minutes about a product: its show format, over and over when they are many."""
        show = self.format_of(product_id)
        rounds = max(1, round(minutes / show.minutes))
        spoken_s = 0.0
        for number in range(1, rounds + 1):
            until_s = minutes * 60 * number / rounds
            before_s = spoken_s
            for line in self._round(show, product_id, language, when, spoken_s, until_s):
                spoken_s += speaking_s(line.text, language)
                yield line
            if spoken_s == before_s:
                return

    def _round(
        self,
        show: ShowFormat,
        product_id: str,
        language: Language,
        when: datetime,
        spoken_s: float,
        until_s: float,
    ) -> Iterator[Line]:
        """One go at the show format, from `spoken_s` to `until_s` seconds after `when`."""
        planner = self._planner
        planner.begin()
        left_s = until_s - spoken_s
        closing = list(show.closing[: max(1, int(left_s // _LINE_S))])
        opening = [] if left_s < 2 * _LINE_S + len(closing) * _LINE_S else list(show.opening)
        silent = 0
        # moves in a row that found no words
        while left_s > _SPARE_S and silent < 2 * _REFUSALS:
            now = when + timedelta(seconds=until_s - left_s)
            if not planner.sellable(product_id, now):
                return
            step: Step | None
            if opening:
                step = planner.step(opening.pop(0), product_id, language, now)
            elif closing and left_s <= (len(closing) + 0.5) * _LINE_S:
                step = planner.step(closing.pop(0), product_id, language, now)
            else:
                step = planner.draw(show.body, product_id, language, now)
            fits_s = left_s if left_s < 2.5 * _LINE_S else None
            line = self.write(step, product_id, language, now, fits_s=fits_s) if step else None
            if line is None:
                silent += 1
                continue
            silent = 0
            left_s -= speaking_s(line.text, language)
            yield line

    def plan(self, product_id: str, language: Language, when: datetime) -> list[Step]:
        """The moves of one pitch, for writers who word them themselves; none when sold out.

        Raises:
            KeyError: the shop has no such product.
        """
        show, planner = self.format_of(product_id), self._planner
        if not planner.sellable(product_id, when):
            return []
        planner.begin()
        drawn = max(1, round(show.minutes * 60 / _LINE_S) - len(show.opening) - len(show.closing))
        steps = [planner.step(move, product_id, language, when) for move in show.opening]
        steps += [planner.draw(show.body, product_id, language, when) for _ in range(drawn)]
        steps += [planner.step(move, product_id, language, when) for move in show.closing]
        return [step for step in steps if step is not None]

    def opening(self, language: Language, when: datetime) -> Line | None:
        """Words to open the room with; they say that she is an AI."""
        return self._small_talk("opening", "greeting", language, when)

    def ai_notice(self, language: Language, when: datetime) -> Line | None:
        """The spoken notice that the presenter is generated by AI."""
        return self._small_talk("notice", "notice", language, when)

    def evergreen(self, language: Language, when: datetime) -> Line | None:
        """Something to say that needs no fact."""
        return self._small_talk("evergreen", "evergreen", language, when)

    def resume(self, language: Language, when: datetime) -> Line | None:
        """Words to come back with after an answer."""
        return self._small_talk("resume", "pitch", language, when)

    def bridge(
        self, before_id: str, product_id: str, language: Language, when: datetime
    ) -> Line | None:
        """Words from one product to the next."""
        before = Slot(self._shop.product(before_id).name_in(language))
        return self.write(Step("bridge"), product_id, language, when, extra={"before": before})

    def _small_talk(
        self, move: Move, kind: LineKind, language: Language, when: datetime
    ) -> Line | None:
        return self.write(Step(move), "", language, when, kind=kind)

    def write(
        self,
        step: Step,
        product_id: str,
        language: Language,
        when: datetime,
        *,
        kind: LineKind = "pitch",
        fits_s: float | None = None,
        extra: dict[str, Slot] | None = None,
    ) -> Line | None:
        """The move in words that were not said within the hour, or None when there are none.

        Args:
            step: the move and its facts.
            product_id: the product it is about, "" for none.
            language: to speak in.
            when: facts must hold now, and words said lately are avoided.
            kind: of the line.
            fits_s: how long the line should take to say; None for any length.
            extra: slots that only the caller can fill.
        """
        refused = 0
        for attempt in range(_ROUNDS):
            last = attempt == _ROUNDS - 1
            wordings = self._wordings(step, product_id, language, when, extra or {})
            for wording in self._freshest(wordings, language, fits_s):
                repeats = not self._said.fresh(wording.text, when)
                if repeats and not (last and step.move in _MAY_REPEAT):
                    continue
                draft = Draft(
                    text=wording.text,
                    language=language,
                    kind=kind,
                    product_id=product_id,
                    fact_ids=wording.fact_ids,
                    cues=_cues(wording),
                    interruptible=step.move not in _LEGAL,
                    move=step.move,
                )
                line = self._gate.admit(draft, when)
                if isinstance(line, Line):
                    self._remember(wording, line, when)
                    return line
                self._on_blocked(line)
                refused += 1
                if step.facts and refused == _REFUSALS:
                    return None
        return None

    def _remember(self, wording: Wording, line: Line, when: datetime) -> None:
        self._said.remember(line.text, when)
        self._turns.remember(line.text, line.language, when)
        self._picks.remember(wording.picks)
        self._uses[wording.template.text] += 1

    def _freshest(
        self, wordings: list[Wording], language: Language, fits_s: float | None
    ) -> list[Wording]:
        def worth(wording: Wording) -> float:
            stale = self._turns.staleness(wording.text, language)
            if fits_s is not None:
                stale += abs(speaking_s(wording.text, language) - fits_s) / (2 * fits_s)
            return stale

        return sorted(wordings, key=worth)

    def _wordings(
        self,
        step: Step,
        product_id: str,
        language: Language,
        when: datetime,
        extra: dict[str, Slot],
    ) -> list[Wording]:
        show = self.format_of(product_id) if product_id else PLAIN
        product = self._shop.product(product_id) if product_id else None
        phrases = book(language)
        now = moments(when)
        known = [*phrases.templates(step.move), *show.templates(step.move, language)]
        timely = [t for t in known if not t.at or now & set(t.at)]
        found = []
        for _ in range(CANDIDATES):
            filling = Filling(
                step, product, self._shop, phrases, language, when, self._rng, self._picks
            )
            slots = filling.fill() | extra
            template = self._choose(timely, slots)
            if template is None:
                break
            text, picks = expand(template.text, phrases.parts, self._picks, self._rng)
            found.append(_fill(template, text, picks, slots, language))
        return found

    def _choose(self, templates: list[Template], slots: dict[str, Slot]) -> Template | None:
        """A template all of whose slots can be filled, the least used ones more often."""
        fitting = [t for t in templates if t.slots <= set(slots)]
        telling = [t for t in fitting if any(slots[name].fact_ids for name in t.slots)]
        # A fact at hand is worth more than a phrase that goes without.
        if telling and (len(telling) == len(fitting) or self._rng.random() < 0.85):
            fitting = telling
        if not fitting:
            return None
        own = sum(template.flavour for template in fitting)
        lean = max(1.0, (len(fitting) - own) / own) if own else 1.0
        # The format's own words make up about half of what is said.
        weights = [
            (lean if template.flavour else 1.0) / (1 + self._uses[template.text]) ** 2
            for template in fitting
        ]
        return self._rng.choices(fitting, weights)[0]


def _fill(
    template: Template, expanded: str, picks: list[Pick], slots: dict[str, Slot], language: Language
) -> Wording:
    """The words with every slot filled."""
    text = ""
    places: dict[str, int] = {}
    fact_ids: list[str] = []
    all_picks = list(picks)
    position = 0
    for match in SLOT.finditer(expanded):
        text += expanded[position : match.start()]
        slot = slots[match[1]]
        places.setdefault(match[1], len(text))
        starts = not text or text.rstrip().endswith((".", "!", "?"))
        text += slot.text[:1].upper() + slot.text[1:] if starts and language != "zh" else slot.text
        fact_ids += slot.fact_ids
        all_picks += slot.picks
        position = match.end()
    text = _marked(text + expanded[position:])
    if language != "zh":
        text = _SENTENCE.sub(lambda match: match.group().upper(), text)
    return Wording(text, template, places, tuple(dict.fromkeys(fact_ids)), tuple(all_picks))


def _marked(text: str) -> str:
    """A question at the end gets its mark."""
    mark = {"。": "？", ".": "?"}.get(text[-1:])
    return text[:-1] + mark if mark and _ASKS.search(text[:-1]) else text


def _cues(wording: Wording) -> tuple[Cue, ...]:
    found = []
    for written in wording.template.cues:
        name, _, slot = written.partition("@")
        if not slot or slot in wording.places:
            found.append(cue(name, wording.places.get(slot, 0)))
    return tuple(sorted(found, key=lambda each: each.at))
