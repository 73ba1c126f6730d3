"""Gives lines to the stage part by part, and takes them back."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace

from core.clock import Clock
from core.errors import ProviderError
from core.line import Cue, Line
from core.utterance import Utterance
from room import messages as msg
from room.queue import SpeechQueue
from room.speaker import Speaker
from room.stage.track import cut_points_s


class Delivery:
    """The one way to the stage's sound, for the pitch, answers and operators alike."""

    def __init__(
        self,
        speaker: Speaker,
        send: Callable[[object], None],
        clock: Clock,
        cut_at: Callable[[Line], msg.CutAt],
    ) -> None:
        """`cut_at` is asked once of each line, when its first part goes to the stage."""
        self._speaker, self._send, self._clock, self._cut_at = speaker, send, clock, cut_at
        self._forgotten = 0
        # lines chosen in an older generation are not taken up again
        self.generation = 1
        # how often what was queued has been cut: a line of the pitch chosen before is for later
        self.queue = SpeechQueue()

    def wants_more(self) -> bool:
        """Whether the stage has less ahead than the voice keeps ready."""
        return self.queue.settled and self._ahead_s() < self._speaker.ahead_s

    def is_wanted(self, line: Line, generation: int) -> bool:
        """Whether a line chosen in a generation may still be said; else it is kept for later,
        unless its product was left meanwhile."""
        if generation == self.generation:
            return True
        self.put_back(line, generation)
        return False

    def put_back(self, line: Line, generation: int) -> None:
        """Keep a line that was chosen and not said, unless its product was left meanwhile."""
        if generation >= self._forgotten:
            self.queue.put_back(line)

    def cut(self, *, keep: bool = True) -> None:
        """Stop at the next place where it may be; what is left unsaid is kept or forgotten."""
        self.generation += 1
        if not keep:
            self._forgotten = self.generation
        self.queue.cut(keep=keep)
        self._send(msg.Cut(self.generation))

    async def say(self, line: Line, begin: Callable[[], bool], *, urgent: bool = False) -> None:
        """Speak a line and give it to the stage part by part, as long as the stage wants it.

        `begin` is asked when the first part is there; when it refuses, nothing is said.

        Raises:
            ProviderError: it cannot be spoken, or not to its end.
        """
        play: msg.Play | None = None

        def spare_s() -> float:
            return 0.0 if urgent and play is None else self._ahead_s()

        try:
            async with aclosing(
                self._speaker.stream(line, urgent=urgent, spare_s=spare_s)
            ) as parts:
                async for part in parts:
                    if play is None:
                        if not begin():
                            return
                        play = self._play(line, part)
                    elif not self._go_on(line, play, part):
                        return
        except ProviderError:
            if play is not None:
                self._send(msg.Leave(line.id))
            raise

    def _ahead_s(self) -> float:
        return self.queue.ahead_s(self._clock.now())

    def _play(self, line: Line, part: Utterance) -> msg.Play:
        cut_at = self._cut_at(line)
        cues = _cues_in(line, part)
        play = msg.Play(line.id, line.kind, part, cues, cut_at, self.generation)
        self.queue.give(line, part.duration_s, cut_points_s(part, cut_at))
        self._send(play)
        return play

    def _go_on(self, line: Line, play: msg.Play, part: Utterance) -> bool:
        """The next part of a line; False when the stage has done with it."""
        points = cut_points_s(part, play.cut_at)
        if not self.queue.more(play.line_id, part.duration_s, points):
            return False
        cues = _cues_in(line, part)
        self._send(replace(play, utterance=part, cues=cues, continues=True))
        return True


def _cues_in(line: Line, part: Utterance) -> tuple[Cue, ...]:
    """What is to be done while a part of the line is said."""
    begins = part.phrases[0].text_start
    return tuple(
        cue for cue in line.cues if begins <= cue.at and (part.is_last or cue.at < part.rest_start)
    )
