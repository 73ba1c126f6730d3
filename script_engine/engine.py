"""The script engine as a room uses it: what to say next, what to answer, what may be said."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import ConfigError, ContentError
from core.language import Language
from core.line import Line, Reply
from core.viewer import ViewerEvent
from script_engine.answers import Answerer
from script_engine.composer import Composer
from script_engine.composer.formats import ShowFormat, words_of
from script_engine.composer.tellable import sold_out
from script_engine.gate import Blocked, Draft, Gate, Verdict
from script_engine.pace import speaking_s
from script_engine.policy import LaunchRule, check_launch, load_policies
from script_engine.readings import usable
from script_engine.scripts import Paragraph, Script, load_script, parse_script
from script_engine.shop import Shop
from script_engine.text import detect_language
from script_engine.writers import COMPOSER, Desk, Models

__all__ = ["Blocked", "ScriptEngine", "line_json"]

# A line takes some five seconds; after so many the presenter says again that she is an AI.
NOTICE_EVERY_LINES = 80
LINGER_LINES = 3
# said after a pitch, while the rundown has not moved on: a new pitch would greet the room anew
SCRIPT_AGAIN = timedelta(minutes=60)
# a staff script is word for word the same: once an hour is enough


class ScriptEngine:
    """Everything that is said in a room comes from here, checked."""

    def __init__(
        self,
        shop: Shop,
        policies: Sequence[str],
        policies_dir: Path,
        *,
        language: Language = "zh",
        models: Models | None = None,
        formats: Sequence[ShowFormat] = (),
        seed: int | None = None,
        on_blocked: Callable[[Blocked], None] = lambda blocked: None,
    ) -> None:
        """An engine for one room.

        Args:
            shop: products and facts.
            policies: names of policy packs to obey, as `load_policies` takes them.
            policies_dir: where the packs are.
            language: to pitch in; answers come in the viewer's.
            models: that choose the words of pitches and answers; the composer alone when left out.
            formats: show formats to choose from by a product's category; the plain pitch when
                there are none.
            seed: of all choices of words; None takes one from the machine.
            on_blocked: told of every line that the gate kept back.

        Raises:
            ConfigError: a policy pack is missing or wrong.
        """
        self._shop, self._language = shop, language
        self._formats, self._seed = tuple(formats), seed
        self._policies = load_policies(policies, policies_dir)
        self.gate = Gate(shop, self._policies, words_of(formats))
        self.composer = Composer(shop, self.gate, formats=formats, seed=seed, on_blocked=on_blocked)
        self.desk = Desk(models, shop, self.gate, self.composer) if models else None
        # None: the composer writes, and there is nobody to run
        self._writer = self.desk or self.composer
        self._answerer = Answerer(
            shop, self.gate, language=language, seed=seed, on_blocked=on_blocked
        )
        self._answerer.warm_up()
        self._on_blocked = on_blocked
        self._pitch: Iterator[Line] = iter(())
        self._product = ""
        self._before = ""
        self._first: deque[Callable[[datetime], Line | None]] = deque([self.opening])
        self._since_notice = 0
        self._lingered = LINGER_LINES
        # lines since the last pitch ended
        self._scripts: dict[Path, Script] = {}
        self._performed: dict[tuple[Path, str], datetime] = {}
        self._now = datetime.min.replace(tzinfo=UTC)
        # of the line asked for

    def launch_obstacles(self) -> list[LaunchRule]:
        """What the room's platforms have against it going on air: refuse, or needs_operator."""
        return check_launch(self._policies)

    # the pitch

    def next_line(self, product_id: str, when: datetime) -> Line:
        """What to say next about the product in focus; never runs dry.

        The room's first line is its opening. A product that is sold out is not pitched: small
        talk is said instead.

        Raises:
            ConfigError: the policy packs forbid even the built-in small talk.
        """
        self._now = when
        while self._first:
            if line := self._first.popleft()(when):
                return line
        if self._since_notice >= NOTICE_EVERY_LINES:
            self._since_notice = 0
            if line := self.notice(when):
                return line
        self._since_notice += 1
        if product_id != self._product:
            self._before, self._product = self._product, product_id
            self._pitch, self._lingered = self._perform(product_id), LINGER_LINES
        line = next(self._pitch, None)
        if line is None and self._lingered < LINGER_LINES:
            self._lingered += 1
            line = self.composer.linger(product_id, self._language, when)
        if line is None or not self.still_true(line, when):
            self._pitch = self._writer.pitch(product_id, self._language, when)
            line = next(self._pitch, None)
            self._lingered = 0 if line else LINGER_LINES
        if line is None:
            line = self.evergreen(when)
        if line is None:
            raise ConfigError("the policy packs leave nothing to say")
        return line

    def bridge(self, product_id: str, when: datetime) -> Line | None:
        """Words that lead from the product before to this one; None when there was none."""
        if not self._product or product_id == self._product:
            return None
        return self.composer.bridge(self._product, product_id, self._language, when)

    def opening(self, when: datetime) -> Line | None:
        """Words to open the room with."""
        return self.composer.opening(self._language, when)

    def notice(self, when: datetime) -> Line | None:
        """The spoken notice that the presenter is an AI."""
        return self.composer.ai_notice(self._language, when)

    def evergreen(self, when: datetime) -> Line | None:
        """A line that needs no fact."""
        return self.composer.evergreen(self._language, when)

    def resume(self, when: datetime) -> Line | None:
        """Words to come back to the pitch with."""
        return self.composer.resume(self._language, when)

    def pitch_minutes(
        self, product_id: str, language: Language, minutes: float, when: datetime
    ) -> list[Line]:
        """A pitch of so many minutes, as staff read it beforehand; the room on air forgets it."""
        composer = Composer(
            self._shop, self.gate, formats=self._formats, seed=self._seed,
            on_blocked=self._on_blocked,
        )  # fmt: skip
        return list(composer.pitch_minutes(product_id, language, minutes, when))

    async def pitch_ahead(
        self, product_id: str, language: Language, minutes: float, when: datetime
    ) -> list[Line]:
        """The same in the words of the room's models, waiting for each as long as it writes."""
        if self.desk is None:
            return self.pitch_minutes(product_id, language, minutes, when)
        said: list[Line] = []
        left_s = minutes * 60
        while left_s > 0 and (lines := await self.desk.written(product_id, language, when)):
            for line in lines:
                if left_s > 0:
                    said.append(line)
                    left_s -= speaking_s(line.text, language)
        return said

    def minutes_of(self, product_id: str) -> float:
        """How long the product's show format lasts."""
        return self.composer.format_of(product_id).minutes

    def sellable(self, product_id: str, when: datetime | None = None) -> bool:
        """Whether the product is known and in stock."""
        facts = self._shop.facts_of(product_id)
        return bool(facts) and not sold_out(usable(facts, when) if when else facts)

    # viewers and operators

    def answer(self, event: ViewerEvent, focus: str | None, when: datetime) -> Reply:
        """What is done about a comment. The pitch will say more of what viewers ask about."""
        reply = self._answerer.answer(event, focus, when)
        if reply.action == "answer" and reply.fact_ids:
            known = (
                *self._shop.facts_of(reply.product_id or focus or ""),
                *self._shop.facts_of(""),
            )
            fields = [fact.field for fact in known if fact.id in reply.fact_ids]
            self.composer.interests.note(fields, when)
        return reply

    async def phrase(self, event: ViewerEvent, reply: Reply, when: datetime) -> Reply:
        """The reply in a model's words when there is one and they come in time, else as it is."""
        if self.desk is None or reply.line is None:
            return reply
        return await self.desk.phrase(event, reply, when)

    def operator_line(self, text: str, when: datetime, product_id: str = "") -> Line | Blocked:
        """What an operator typed, if it may be said."""
        draft = Draft(
            text=text.strip(),
            language=detect_language(text),
            kind="operator",
            product_id=product_id or self._product,
            move="operator",
        )
        return self._admit(draft, when)

    def _admit(self, draft: Draft, when: datetime) -> Line | Blocked:
        line = self.gate.admit(draft, when)
        if isinstance(line, Blocked):
            self._on_blocked(line)
        return line

    # checking

    def check(self, text: str, product_id: str, when: datetime) -> Verdict:
        """What a text asserts, what backs it, and which rules it breaks."""
        return self.gate.check(text, detect_language(text), product_id, when)

    def still_true(self, line: Line, when: datetime) -> bool:
        """Whether a line written earlier may still be said."""
        verdict = self.gate.check(
            line.text, line.language, line.product_id, when, tuple(filter(None, line.fact_ids))
        )
        return verdict.ok

    # staff scripts

    def load_scripts(self, folder: Path, scenes: Sequence[str] = ()) -> list[ContentError]:
        """Take the scripts of a folder in; they are said when their product comes up.

        What a script says of no product follows the room's opening. A script that has become
        wrong stays as it last was.

        Args:
            folder: with `*.md` files; it may be missing.
            scenes: the scenes a cue may name; empty when that is not known.

        Returns:
            what is wrong, each with file and line.
        """
        wrong = []
        before, self._scripts = self._scripts, {}
        for path in sorted(folder.glob("*.md")):
            try:
                self._scripts[path] = load_script(path, self._shop, self.gate, scenes)
            except ContentError as error:
                wrong.append(error)
                if path in before:
                    self._scripts[path] = before[path]
        if not before and self._first:
            for script in self._scripts.values():
                says = (partial(self._paragraph, script, each) for each in script.about(""))
                self._first.extend(says)
        return wrong

    def _perform(self, product_id: str) -> Iterator[Line]:
        """What staff wrote about a product, if it was not said within the hour."""
        for path, script in list(self._scripts.items()):
            last = self._performed.get((path, product_id))
            if not script.about(product_id) or (last and self._now - last < SCRIPT_AGAIN):
                continue
            self._performed[path, product_id] = self._now
            for paragraph in script.about(product_id):
                if line := self._paragraph(script, paragraph, self._now):
                    yield line

    def _paragraph(self, script: Script, paragraph: Paragraph, when: datetime) -> Line | None:
        line = script.line(paragraph, when)
        if isinstance(line, Blocked):
            self._on_blocked(line)
            return None
        return line

    def parse_script(self, text: str, path: Path) -> Script:
        """A staff script from its text. Raises ContentError with file and line."""
        return parse_script(text, path, self._shop, self.gate)

    def load_script(self, path: Path) -> Script:
        """A staff script from its file. Raises ContentError with file and line."""
        return load_script(path, self._shop, self.gate)


def line_json(line: Line) -> dict[str, Any]:
    """A line as `presenter pitch --json` prints it: text, cues, facts, claims with their facts."""
    return {
        "text": line.text,
        "by": line.by or COMPOSER,
        "language": line.language,
        "move": line.move,
        "cues": [asdict(cue) for cue in line.cues],
        "facts": list(line.fact_ids),
        "claims": [
            {"kind": claim.kind, "text": claim.text, "fact": claim.fact_id} for claim in line.claims
        ],
    }
