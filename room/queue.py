"""What the stage has been given to say, and what it still has to go back to."""

from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.line import Line

RESUMED = ("pitch", "notice", "evergreen", "greeting")
"""Kinds of line that are taken up again after an interruption."""


@dataclass(frozen=True, slots=True)
class Given:
    """A line in the stage's hands."""

    line: Line
    duration_s: float
    cut_points_s: tuple[float, ...] = ()
    # of its utterance, when it may be cut
    started_s: float | None = None


class SpeechQueue:
    """Mirrors the stage's queue from what it reports."""

    def __init__(self) -> None:
        self._given: OrderedDict[str, Given] = OrderedDict()
        self._again: deque[Line] = deque()
        self._cut: str | None = None
        self._dropped: set[str] = set()
        self._interrupted: set[str] = set()
        # lines that begin again where a sentence was cut

    @property
    def now(self) -> Line | None:
        """The line on air."""
        return next((g.line for g in self._given.values() if g.started_s is not None), None)

    @property
    def next(self) -> Line | None:
        waiting = (g.line for g in self._given.values() if g.started_s is None)
        return next(waiting, self._again[0] if self._again else None)

    @property
    def settled(self) -> bool:
        """False between a cut and the end of the line it cut."""
        return self._cut is None

    def ahead_s(self, now_s: float) -> float:
        """Seconds of speech the stage still has."""
        return sum(
            g.duration_s if g.started_s is None else max(0.0, g.duration_s - (now_s - g.started_s))
            for g in self._given.values()
        )

    def cut_in_s(self, now_s: float) -> float:
        """Seconds until what sounds could be cut; 0 when nothing sounds."""
        for given in self._given.values():
            if given.started_s is not None:
                at = now_s - given.started_s
                left = max(0.0, given.duration_s - at)
                return next((point - at for point in given.cut_points_s if point >= at), left)
        return 0.0

    def give(self, line: Line, duration_s: float, cut_points_s: Sequence[float]) -> None:
        self._given[line.id] = Given(line, duration_s, tuple(cut_points_s))

    def more(self, line_id: str, duration_s: float, cut_points_s: Sequence[float]) -> bool:
        """The next part of a line was spoken; False when the stage has done with that line."""
        given = self._given.get(line_id)
        if given is None:
            return False
        moved = tuple(given.duration_s + point for point in cut_points_s)
        self._given[line_id] = replace(
            given,
            duration_s=given.duration_s + duration_s,
            cut_points_s=given.cut_points_s + moved,
        )
        return True

    def started(self, line_id: str, at_s: float) -> Line | None:
        given = self._given.get(line_id)
        if given is None:
            return None
        self._given[line_id] = replace(given, started_s=at_s)
        return given.line

    def ended(self, line_id: str, resume_at: int) -> Line | None:
        """Take note that a line is over; what was not said goes back to be said again."""
        given = self._given.pop(line_id, None)
        if given is None:
            return None
        if self._cut == line_id:
            self._cut = None
        dropped = line_id in self._dropped
        self._dropped.discard(line_id)
        self._interrupted.discard(line_id)
        if resume_at >= 0 and given.line.kind in RESUMED and not dropped:
            rest = rest_of(given.line, resume_at)
            if given.started_s is None:
                self._again.append(rest)
            else:
                self._again.appendleft(rest)
                self._interrupted.add(rest.id)
        return given.line

    def cut(self, *, keep: bool = True) -> None:
        """A cut was sent: new pitch lines wait until the line on air has ended.

        With `keep` false, what the cut leaves unsaid is not taken up again.
        """
        now = self.now
        self._cut = now.id if now is not None else None
        if not keep:
            self._dropped.update(self._given)
            self._again.clear()

    def was_interrupted(self, line: Line) -> bool:
        """Whether a line says again the sentence in which it was cut."""
        return line.id in self._interrupted

    def take_again(self) -> Line | None:
        return self._again.popleft() if self._again else None

    def put_back(self, line: Line) -> None:
        """A line that was prepared but not given: it is the next one again."""
        self._again.appendleft(line)

    def lost(self) -> None:
        """The stage died: everything it had is to be said again, in order."""
        lines = [g.line for g in self._given.values() if g.line.kind in RESUMED]
        self._again.extendleft(reversed(lines))
        self._given.clear()
        self._cut = None


def rest_of(line: Line, at: int) -> Line:
    """The line from offset `at` on, with its cues and claims moved along."""
    if at <= 0:
        return line
    skipped = len(line.text) - len(line.text[at:].lstrip())
    return replace(
        line,
        id=f"{line.id}~{at}",
        text=line.text[skipped:],
        cues=tuple(replace(c, at=c.at - skipped) for c in line.cues if c.at >= skipped),
        claims=tuple(
            replace(c, start=c.start - skipped, end=c.end - skipped)
            for c in line.claims
            if c.start >= skipped
        ),
    )
