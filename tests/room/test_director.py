import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from core.errors import ProviderError
from core.line import Line, Reply
from core.utterance import Utterance
from core.viewer import ViewerEvent
from room import messages as msg
from room.comments import Comments, Waiting
from room.director import Director
from room.journal import Journal
from room.rundown import Rundown
from room.rungs import Rung
from room.speaker import Speaker
from tests.fakes.clock import SteppedClock
from tests.fakes.speech import make_line, speak_phrase, speak_text
from tests.fakes.stage import SoundOnlyStage, cancel

PITCH = "今天这瓶精华，直播间一百九十九。敏感肌也能用，放心拍。"


@dataclass
class FakeScript:
    """Numbered pitch lines; answers that repeat the question."""

    count: int = 0
    untrue: set[str] = field(default_factory=set)
    cursed: set[str] = field(default_factory=set)
    # products and comments over which it breaks down

    def next_line(self, product_id: str, when: datetime) -> Line:
        if product_id in self.cursed:
            raise KeyError(product_id)
        self.count += 1
        return make_line(f"{product_id}-{self.count}", PITCH, product_id=product_id)

    def bridge(self, product_id: str, when: datetime) -> Line | None:
        return None

    def answer(self, event: ViewerEvent, focus: str, when: datetime) -> Reply:
        if event.text in self.cursed:
            raise ZeroDivisionError("no such luck")
        line = make_line(f"re-{event.id}", "好问题，这款是三十毫升。", "answer")
        return Reply(event.id, "answer", line, (), "volume")

    async def phrase(self, event: ViewerEvent, reply: Reply, when: datetime) -> Reply:
        return reply

    def still_true(self, line: Line, when: datetime) -> bool:
        return line.id not in self.untrue


class FakeWorker:
    """Speaks at once; dies when told to."""

    realtime_factor = 0.01
    killed_by = ""

    def __init__(self, clock: SteppedClock) -> None:
        self.clock = clock
        self.dead = asyncio.Event()
        self.pid: int | None = 1
        self.busy = asyncio.Lock()

    @property
    def available(self) -> bool:
        return not self.dead.is_set()

    async def start(self) -> None:
        await self.clock.pause(0.5)

    async def speak_part(
        self, line: Line, *, start: int = 0, urgent: bool = False, spare_s: float | None = None
    ) -> Utterance:
        if self.dead.is_set():
            raise ProviderError("dead", retryable=True)
        if self.realtime_factor < 0.1:
            await self.clock.pause(0.02)
            return speak_text(line)
        part = speak_phrase(line, start)
        async with self.busy:
            await self.clock.pause(self.realtime_factor * part.duration_s)
        return part

    async def wait_dead(self) -> str:
        await self.dead.wait()
        return "killed by the test"

    async def stop(self) -> None:
        self.dead.set()


@dataclass
class Night:
    clock: SteppedClock
    director: Director
    stage: SoundOnlyStage
    journal: Journal
    script: FakeScript
    workers: list[FakeWorker]
    comments: int = 0

    def ask(self, text: str = "多少毫升？") -> None:
        self.comments += 1
        event = ViewerEvent(str(self.comments), "comment", text=text)
        self.director.heard(Waiting(event, self.clock.now()))

    def lines(self) -> list[str]:
        return [e.data["id"] for e in self.journal.after(0, "line", 10_000)]

    def answers(self) -> dict[str, dict[str, object]]:
        entries = self.journal.after(0, "answer", 10_000)
        return {entry.data["event_ids"][0]: entry.data for entry in entries}


@asynccontextmanager
async def night(realtime_factor: float = 0.01) -> AsyncIterator[Night]:
    clock = SteppedClock()
    journal, stage, script = Journal(None, clock), SoundOnlyStage(clock), FakeScript()
    workers: list[FakeWorker] = []

    def hire() -> FakeWorker:
        workers.append(FakeWorker(clock))
        workers[-1].realtime_factor = realtime_factor
        return workers[-1]

    speaker = Speaker([Rung("fake", hire, journal, clock)], journal, clock)
    rundown = Rundown(["A", "B"], lambda _: 3, lambda _: True, clock)
    director = Director(
        script, speaker, stage.send, journal, rundown, Comments(clock), clock, lambda _: None
    )
    stage.on_started, stage.on_ended = director.started, director.ended
    tasks = [asyncio.create_task(part.run()) for part in (stage, speaker, director)]
    try:
        yield Night(clock, director, stage, journal, script, workers)
    finally:
        await cancel(*tasks)


async def test_the_pitch_goes_on_without_a_gap() -> None:
    async with night() as room:
        await room.clock.advance(5)
        room.stage.longest_silence = 0
        await room.clock.advance(120)
        assert room.stage.longest_silence <= 10
        assert room.lines()[:3] == ["A-1", "A-2", "A-3"]


async def test_an_answer_starts_after_the_phrase_and_the_sentence_comes_again() -> None:
    async with night() as room:
        await room.clock.advance(4.2)  # inside the second phrase of the first line
        room.ask()
        await room.clock.advance(10)
        answer = room.answers()["1"]
        received, on_air = answer["received"], answer["on_air"]
        assert isinstance(on_air, int)
        assert isinstance(received, int)
        assert 0 < on_air - received <= 2500
        assert room.lines()[:2] == ["A-1", "A-1~16"]
        assert answer["done"] is not None


async def test_a_comment_a_second_is_answered_promptly_and_the_pitch_lives() -> None:
    async with night() as room:
        await room.clock.advance(5)
        for _ in range(120):
            room.ask()
            await room.clock.advance(1)
        latencies = sorted(room.director.latencies_ms)
        assert len(latencies) >= 8
        assert latencies[len(latencies) // 2] <= 2000
        # between two answers at least one sentence is said whole: the talk gets on
        assert room.script.count >= 6
        assert len(set(room.lines())) == len(room.lines())
        await room.clock.advance(60)
        answers = room.answers()
        assert len(answers) == 120
        # she looks at the comments for those she answers, and not at each that arrives
        looks = [m for m in room.stage.sent if isinstance(m, msg.Notice)]
        assert len(looks) == len(room.director.latencies_ms)
        assert all(a["action"] == "answer" or a["reason"] for a in answers.values())


async def test_a_comment_now_and_then_hardly_waits() -> None:
    rng = random.Random(7)
    async with night() as room:
        await room.clock.advance(5)
        for _ in range(40):
            room.ask()
            await room.clock.advance(rng.uniform(12, 20))
        latencies = sorted(room.director.latencies_ms)
        assert len(latencies) == 40
        assert latencies[20] <= 1500
        assert latencies[37] <= 2500


async def test_a_fault_over_one_comment_or_product_does_not_end_the_night() -> None:
    async with night() as room:
        room.script.cursed = {"？？？", "A"}
        await room.clock.advance(10)
        assert {name[0] for name in room.lines()} == {"B"}
        room.ask("？？？")
        room.ask()
        await room.clock.advance(15)
        first, second = room.answers()["1"], room.answers()["2"]
        assert first["action"] == "ignore"
        assert "no such luck" in str(first["reason"])
        assert second["on_air"]
        faults = [e.data for e in room.journal.after(0, "blocked", 100)]
        assert {(f["by"], f["product_id"]) for f in faults} == {("engine", "A")}


async def test_at_the_end_no_comment_is_forgotten() -> None:
    async with night() as room:
        await room.clock.advance(4)
        for _ in range(5):
            room.ask()
        room.director.close()
        assert all(answer["reason"] == "the room has ended" for answer in room.answers().values())
        assert len(room.answers()) == 5


async def test_a_voice_that_dies_is_back_before_anybody_hears_it() -> None:
    async with night() as room:
        await room.clock.advance(10)
        room.stage.longest_silence = 0
        room.workers[-1].dead.set()
        await room.clock.advance(30)
        assert len(room.workers) == 2
        assert room.stage.longest_silence <= 10
        kinds = [(e.kind, e.data.get("part")) for e in room.journal.after(0)]
        assert ("restart", "voice") in kinds
        assert ("step_up", "voice") in kinds


async def test_a_held_pitch_is_silent_and_comes_back_to_its_sentence() -> None:
    async with night() as room:
        await room.clock.advance(4.2)
        room.director.hold(True)
        await room.clock.advance(10)
        lines = room.lines()
        await room.clock.advance(10)
        assert room.lines() == lines
        room.ask()
        await room.clock.advance(3)
        assert room.answers()["1"]["on_air"]
        room.director.hold(False)
        await room.clock.advance(5)
        assert "A-1~16" in room.lines()


async def test_a_person_in_the_seat_is_not_talked_over() -> None:
    async with night() as room:
        await room.clock.advance(4)
        room.director.deaf = True
        room.director.hold(True)
        room.ask()
        await room.clock.advance(10)
        assert room.answers() == {}
        typed = make_line("typed", "大家好，我是店长。", "operator")
        saying = asyncio.create_task(room.director.say(typed))
        await room.clock.advance(2)
        await saying
        assert room.lines()[-1] == "typed"


async def test_the_next_product_forgets_the_rest_of_the_last() -> None:
    async with night() as room:
        await room.clock.advance(4)
        assert room.director.next_product() == "B"
        await room.clock.advance(8)
        after = room.lines()[1:]
        assert after
        assert all(line.startswith("B") for line in after)


async def test_a_line_whose_fact_changed_is_not_taken_up_again() -> None:
    async with night() as room:
        await room.clock.advance(4.2)
        room.script.untrue |= {"A-1~16", "A-2"}
        room.director.recheck()
        await room.clock.advance(20)
        assert not {"A-1~16", "A-2"} & set(room.lines())
        blocked = [e.data["by"] for e in room.journal.after(0, "blocked")]
        assert blocked == ["gate", "gate"]


async def test_a_new_stage_is_given_what_the_old_one_had() -> None:
    async with night() as room:
        await room.clock.advance(4.2)
        had = [m.line_id for m in room.stage.sent if isinstance(m, msg.Play)]
        room.stage.sent.clear()
        room.director.stage_lost()
        await room.clock.advance(3)
        again = [m.line_id for m in room.stage.sent if isinstance(m, msg.Play)]
        assert again[: len(had)] == had


async def test_a_slow_voice_is_heard_after_its_first_phrase_and_then_without_a_gap() -> None:
    async with night(realtime_factor=0.7) as room:
        first_phrase_s = speak_phrase(make_line(text=PITCH)).duration_s
        await room.clock.advance(0.5 + 0.7 * first_phrase_s + 0.6)
        assert room.lines() == ["A-1"]  # long before the line could be there as a whole
        await room.clock.advance(10)
        room.stage.longest_silence = 0
        await room.clock.advance(120)
        assert room.stage.longest_silence <= 10
        assert room.lines()[:3] == ["A-1", "A-2", "A-3"]
        assert len(set(room.lines())) == len(room.lines())


async def test_the_answer_of_a_slow_voice_overtakes_what_is_spoken_ahead() -> None:
    async with night(realtime_factor=0.5) as room:
        await room.clock.advance(44.5)  # by now twenty seconds are ready
        room.ask()
        await room.clock.advance(12)
        answer = room.answers()["1"]
        received, on_air, done = answer["received"], answer["on_air"], answer["done"]
        assert isinstance(on_air, int)
        assert isinstance(received, int)
        assert isinstance(done, int)
        assert 0 < on_air - received <= 5000
        assert done > on_air
        await room.clock.advance(60)
        lines = room.lines()
        resumed = [line for line in lines if "~" in line]
        assert len(resumed) == 1  # the sentence that was cut comes again, and only that
        assert len(set(lines)) == len(lines)


async def test_a_slow_line_is_forgotten_with_its_product() -> None:
    async with night(realtime_factor=0.7) as room:
        await room.clock.advance(5)
        room.director.next_product()
        await room.clock.advance(30)
        after = room.lines()[1:]
        assert after
        assert all(line.startswith("B") for line in after)
