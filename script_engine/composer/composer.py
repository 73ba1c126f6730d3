"""Pitches and the small talk around them, written from facts and a phrase book."""

import itertools
import random
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from core.language import Language
from core.line import Line, LineKind
from script_engine.composer.formats import PLAIN, ShowFormat, choose_format
from script_engine.composer.grammar import expand
from script_engine.composer.interests import Interests
from script_engine.composer.memory import Cadence, Picks, Said, Turns
from script_engine.composer.moments import moments
from script_engine.composer.naming import Namer, Names
from script_engine.composer.phrases import Move, Template, book
from script_engine.composer.plan import SMALL_TALK, Planner, Step
from script_engine.composer.slots import Filling, Slot
from script_engine.composer.trades import UNKNOWN, trade_of_product
from script_engine.composer.wording import Wording, cues_of, worded
from script_engine.gate import Blocked, Draft, Gate
from script_engine.pace import speaking_s
from script_engine.shop import Shop

CANDIDATES = 16
# ways a move is worded, of which the freshest is said
_OTHER_CANDIDATES = 5
# and ways of each kind of small talk that may stand in for another
_HOUR = timedelta(minutes=65)
# no sentence comes again within it; some minutes more, for a pitch runs by a clock of its own
_ROUNDS = 4
_REFUSALS = 3
# after so many, the facts of this move are taken to be unspeakable
_LEGAL: frozenset[Move] = frozenset({"offer", "stock", "extra", "caution", "policy", "notice"})
# prices and legal words: never cut in the middle, and they may come again within the hour
_MAY_REPEAT = _LEGAL | {"opening", "evergreen"}
# without the last two a room would fall silent when all else is used up
_LINE_S = 7.0
# about how long a line takes
_SPARE_S = 1.5
# what may be missing at the end of a pitch
_FILLERS: tuple[Move, ...] = ("beat", "ask", "beat", "talk", "beat")
# what ends a pitch to the second
_LINGERING: tuple[Move, ...] = ("recap", "ask", "talk", "beat")
# what is said after it
_AFTER_S = 7.0
_BEAT_AFTER = 0.4
# how often a line of so many seconds is followed by a short one
_LATELY, _SAME = 10, 1.0
# small talk of the last lines, and what each of the same kind counts against another
_OWN = 1.0
# what words of the format's own may have been heard more
_CADENCE = 0.3
# what a length that does not suit counts against runs that were heard


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
        self._said, self._turns, self._picks = Said(_HOUR), Turns(), Picks()
        self._cadence = Cadence(self._rng)
        self._lately: deque[Move] = deque(maxlen=_LATELY)
        self._namer = Namer(shop, gate)
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
        closing = list(show.closing[: max(1, int(left_s // (1.5 * _LINE_S)))])
        opening = [] if left_s < (2 + len(closing)) * _LINE_S else list(show.opening)
        ends = itertools.cycle(show.small_talk(_FILLERS))
        silent, last_s = 0, 0.0
        # moves in a row that found no words, and how long the last line was
        while left_s > _SPARE_S and silent < 3 * len(_FILLERS):
            now = when + timedelta(seconds=until_s - left_s)
            if not planner.sellable(product_id, now):
                return
            short = last_s > _AFTER_S and self._rng.random() < _BEAT_AFTER
            room_s = left_s - len(closing) * _LINE_S
            step: Step | None
            fits_s = None
            if opening:
                step = planner.step(opening.pop(0), product_id, language, now)
            elif room_s > 0.5 * _LINE_S:
                step = Step("beat") if short else planner.draw(show.body, product_id, language, now)
                fits_s = room_s if room_s < 1.5 * _LINE_S else None
            elif closing:
                step = planner.step(closing.pop(0), product_id, language, now)
                fits_s = left_s if not closing and left_s < 1.5 * _LINE_S else None
            else:
                step, fits_s = planner.step(next(ends), product_id, language, now), left_s
            line = self.write(step, product_id, language, now, fits_s=fits_s) if step else None
            if line is None:
                silent, last_s = silent + 1, 0.0
                continue
            silent, last_s = 0, speaking_s(line.text, language)
            left_s -= last_s
            yield line

    def linger(self, product_id: str, language: Language, when: datetime) -> Line | None:
        """A little more about a product whose pitch is over; None when nothing comes to mind."""
        moves = self.format_of(product_id).small_talk(_LINGERING)
        for move in self._rng.sample(moves, len(moves)):
            step = self._planner.step(move, product_id, language, when)
            if step and (line := self.write(step, product_id, language, when)):
                return line
        return None

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
        before = Slot(self._namer.names(before_id, language, when).full)
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

        Small talk that was heard gives way to other small talk.

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
            if product_id and step.move in SMALL_TALK:
                for move in self.format_of(product_id).small_talk(SMALL_TALK):
                    if move != step.move:
                        wordings += self._wordings(
                            Step(move), product_id, language, when, {}, _OTHER_CANDIDATES
                        )
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
                    cues=cues_of(wording),
                    interruptible=wording.move not in _LEGAL,
                    move=wording.move,
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
        if wording.move in SMALL_TALK:
            self._lately.append(wording.move)
        self._cadence.remember(speaking_s(line.text, line.language))

    def _freshest(
        self, wordings: list[Wording], language: Language, fits_s: float | None
    ) -> list[Wording]:
        wanted_s = self._cadence.wanted_s()

        def worth(wording: Wording) -> float:
            stale = float(self._turns.heard(wording.text, language))
            if wording.template.flavour:
                stale -= _OWN
            if wording.move in SMALL_TALK:
                stale += _SAME * self._lately.count(wording.move)
            takes_s = speaking_s(wording.text, language)
            if fits_s is not None:
                return stale + 5 * abs(takes_s - fits_s)
            return stale + _CADENCE * abs(takes_s - wanted_s)

        return sorted(wordings, key=worth)

    def _wordings(
        self,
        step: Step,
        product_id: str,
        language: Language,
        when: datetime,
        extra: dict[str, Slot],
        number: int = CANDIDATES,
    ) -> list[Wording]:
        show = self.format_of(product_id) if product_id else PLAIN
        product = self._shop.product(product_id) if product_id else None
        phrases = book(language)
        now = moments(when)
        trade = trade_of_product(self._shop, product_id) if product_id else UNKNOWN
        names = self._namer.names(product_id, language, when) if product_id else Names("", (), "")
        known = [*phrases.templates(step.move), *show.templates(step.move, language)]
        timely = [
            t
            for t in known
            if (not t.at or now & set(t.at)) and (not t.trades or trade.name in t.trades)
        ]
        if step.move == "peek":
            extra = self._next_door(step, product_id, language, when)
        found = []
        for _ in range(number):
            filling = Filling(
                step, product, names, trade, self._shop, phrases, language, when, self._rng,
                self._picks,
            )  # fmt: skip
            slots = filling.fill() | extra
            template = self._choose(timely, slots)
            if template is None:
                break
            text, picks = expand(template.text, phrases.parts, self._picks, self._rng)
            found.append(worded(step.move, template, text, picks, slots, language))
        return found

    def _next_door(
        self, step: Step, product_id: str, language: Language, when: datetime
    ) -> dict[str, Slot]:
        """How the product is called that a fact is of, and its link; empty if it has no name
        that may be said beside the product in focus."""
        other = self._shop.product(step.facts[0].product_id)
        names = self._namer.names(other.id, language, when)
        for name in filter(None, (names.full, names.noun)):
            if self._gate.check(name, language, product_id, when).ok:
                return {"neighbour": Slot(name), "neighbour_link": Slot(str(other.ordinal))}
        return {}

    def _choose(self, templates: list[Template], slots: dict[str, Slot]) -> Template | None:
        """A template all of whose slots can be filled, the least used ones more often."""
        fitting = [t for t in templates if t.slots <= set(slots)]
        if "asked" in slots:
            fitting = [t for t in fitting if "pre" in t.slots] or fitting
        telling = [t for t in fitting if any(slots[name].fact_ids for name in t.slots)]
        # A fact at hand is worth more than a phrase that goes without.
        if telling and (len(telling) == len(fitting) or self._rng.random() < 0.85):
            fitting = telling
        if not fitting:
            return None
        own = sum(template.flavour or bool(template.trades) for template in fitting)
        lean = max(1.0, (len(fitting) - own) / own) if own else 1.0
        # Words of the format and of the trade make up about half of what is said.
        weights = [
            (lean if template.flavour or template.trades else 1.0)
            / (1 + self._uses[template.text]) ** 2
            for template in fitting
        ]
        return self._rng.choices(fitting, weights)[0]
