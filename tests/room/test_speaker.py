"""The ladder under virtual time, with voices that fail as they are told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from core.errors import ProviderError
from core.line import Line
from core.utterance import Utterance
from room.journal import Journal
from room.rungs import Rung
from room.speaker import Speaker
from speech.client import LineKilledError
from tests.fakes.clock import SteppedClock
from tests.fakes.speech import make_line, speak_phrase, speak_text
from tests.fakes.stage import cancel

TEXT = "今天这瓶精华，直播间一百九十九。敏感肌也能用，放心拍。"


@dataclass
class Voice:
    """Speaks a phrase at a time; each life does what `fate` says."""

    name: str
    clock: SteppedClock
    load_s: float = 0.5
    work_s: float = 0.2
    kills: set[str] = field(default_factory=set)
    # texts it dies over
    broken: str = ""
    # why it refuses everything
    lives: int = 0
    asked: list[tuple[str, int]] = field(default_factory=list)

    def __call__(self) -> "Worker":
        return Worker(self)


class Worker:
    realtime_factor = 0.3
    killed_by = ""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice
        self.dead = asyncio.Event()
        self.cause = ""
        self.pid: int | None = None

    @property
    def available(self) -> bool:
        return not self.dead.is_set()

    async def start(self) -> None:
        self.voice.lives += 1
        await self.voice.clock.pause(self.voice.load_s)

    async def speak_part(
        self, line: Line, *, start: int = 0, urgent: bool = False, spare_s: float | None = None
    ) -> Utterance:
        self.voice.asked.append((line.id, start))
        await self.voice.clock.pause(self.voice.work_s)
        if self.voice.broken:
            raise ProviderError(self.voice.broken, retryable=True)
        if line.text in self.voice.kills:
            self.die()
            raise LineKilledError("died", retryable=True)
        if self.dead.is_set():
            raise ProviderError("dead", retryable=True)
        return speak_phrase(line, start, self.voice.name)

    def die(self) -> None:
        self.cause = f"{self.voice.name} was killed"
        self.dead.set()

    async def wait_dead(self) -> str:
        await self.dead.wait()
        return self.cause

    async def stop(self) -> None:
        self.dead.set()


@dataclass
class Ladder:
    clock: SteppedClock
    speaker: Speaker
    journal: Journal
    rungs: list[Rung]

    async def say(self, text: str = TEXT, line_id: str = "L") -> list[str]:
        """Who spoke each part, or what went wrong."""
        line = make_line(line_id, text)
        heard: list[str] = []

        async def speak() -> None:
            try:
                async for part in self.speaker.stream(line):
                    heard.append(part.voice)
            except ProviderError as error:
                heard.append(f"! {error}")

        task = asyncio.create_task(speak())
        for _ in range(2000):
            await self.clock.advance(0.05)
            if task.done():
                break
        await task
        return heard

    def steps(self) -> list[tuple[str, str]]:
        return [
            (entry.kind, entry.data["to"])
            for entry in self.journal.after(0, None, 10_000)
            if entry.kind in ("step_up", "step_down")
        ]


@asynccontextmanager
async def ladder(*voices: Voice, settle_s: float = 2.0) -> AsyncIterator[Ladder]:
    clock = voices[0].clock
    journal = Journal(None, clock)
    rungs = [
        Rung(voice.name, voice, journal, clock, standby=i > 0 and voice.name == voices[0].name)
        for i, voice in enumerate(voices)
    ]
    speaker = Speaker(rungs, journal, clock)
    task = asyncio.create_task(speaker.run())
    try:
        await clock.advance(settle_s)
        yield Ladder(clock, speaker, journal, rungs)
    finally:
        await cancel(task)


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


async def test_the_chosen_voice_speaks(clock: SteppedClock) -> None:
    async with ladder(Voice("clone", clock), Voice("built-in", clock)) as room:
        assert await room.say() == ["clone"] * 4
        assert (room.speaker.voice, room.speaker.reason, room.steps()) == ("clone", "", [])


async def test_until_it_is_loaded_the_next_one_speaks(clock: SteppedClock) -> None:
    async with ladder(Voice("clone", clock, load_s=30), Voice("built-in", clock)) as room:
        assert await room.say() == ["built-in"] * 4
        assert "clone is still being loaded" in room.speaker.reason
        await clock.advance(30)
        assert await room.say() == ["clone"] * 4
        assert room.steps() == [("step_down", "built-in"), ("step_up", "clone")]


async def test_another_voice_goes_on_where_one_died(clock: SteppedClock) -> None:
    clone = Voice("clone", clock)
    async with ladder(clone, Voice("built-in", clock)) as room:
        line = make_line("L", TEXT)
        heard: list[tuple[str, int]] = []

        async def speak() -> None:
            async for part in room.speaker.stream(line):
                heard.append((part.voice, part.phrases[0].text_start))
                if len(heard) == 2:
                    worker = room.rungs[0].worker
                    assert isinstance(worker, Worker)
                    worker.die()

        task = asyncio.create_task(speak())
        began = clock.now()
        while not task.done():
            await clock.advance(0.05)
        await task
        starts = [p.text_start for p in speak_text(line).phrases]
        assert heard == list(zip(["clone", "clone", "built-in", "built-in"], starts, strict=True))
        assert clock.now() - began < 4 * 0.2 + 1.0  # stepped over within a second
        await clock.advance(5)
        assert await room.say() == ["clone"] * 4
        assert room.steps() == [("step_down", "built-in"), ("step_up", "clone")]
        assert clone.lives == 2


async def test_a_voice_that_fails_rests_longer_each_time_and_comes_back(
    clock: SteppedClock,
) -> None:
    server = Voice("server", clock, broken="503")
    async with ladder(server, Voice("built-in", clock)) as room:
        for _ in range(30):
            assert set(await room.say()) == {"built-in"}
            await clock.advance(1.0)
        assert 3 <= len(server.asked) <= 7  # not thirty times
        assert "503" in room.speaker.reason
        server.broken = ""
        await clock.advance(60)
        assert set(await room.say()) == {"server"}
        assert room.steps()[-1] == ("step_up", "server")


async def test_a_line_that_kills_twice_is_given_to_the_next_voice(clock: SteppedClock) -> None:
    clone = Voice("clone", clock, kills={TEXT})
    async with ladder(clone, Voice("built-in", clock)) as room:
        for _ in range(4):
            assert set(await room.say()) == {"built-in"}
            await clock.advance(5)
        assert len(clone.asked) == 2
        assert set(await room.say("别的话也要说。")) == {"clone"}
        (told,) = room.journal.after(0, "blocked", 100)
        assert told.data["text"] == TEXT
        assert "clone" in told.data["reason"]


async def test_a_line_that_kills_every_voice_is_skipped(clock: SteppedClock) -> None:
    first, standby = (Voice("built-in", clock, kills={TEXT}) for _ in range(2))
    async with ladder(first, standby) as room:
        (outcome,) = await room.say()
        assert outcome == "! line L has killed the voice built-in 2 times"
        assert set(await room.say("别的话也要说。", "L2")) == {"built-in"}
        (again,) = await room.say()
        assert again.startswith("! line L has killed")
        asked = [line_id for line_id, _ in first.asked + standby.asked]
        assert sorted(asked) == ["L", "L", "L2"]


async def test_the_standby_takes_over_at_once(clock: SteppedClock) -> None:
    async with ladder(Voice("built-in", clock, load_s=1.5), Voice("built-in", clock)) as room:
        worker = room.rungs[0].worker
        assert isinstance(worker, Worker)
        worker.die()
        began = clock.now()
        assert await room.say("别的话。") == ["built-in"]
        assert clock.now() - began < 0.5
        assert room.speaker.voice == "built-in (standby)"
        await clock.advance(5)
        await room.say("别的话。")
        assert room.steps() == [("step_down", "built-in (standby)"), ("step_up", "built-in")]


async def test_without_any_voice_there_are_captions(clock: SteppedClock) -> None:
    voice = Voice("built-in", clock)
    async with ladder(voice) as room:
        voice.load_s = 40
        worker = room.rungs[0].worker
        assert isinstance(worker, Worker)
        worker.die()
        assert await room.say() == ["captions"]
        assert room.speaker.voice == "captions"
        await clock.advance(60)
        assert set(await room.say()) == {"built-in"}
        assert room.steps() == [("step_down", "captions"), ("step_up", "built-in")]


async def test_what_no_voice_can_say_is_an_error(clock: SteppedClock) -> None:
    async with ladder(Voice("a", clock), Voice("b", clock)) as room:
        for rung in room.rungs:

            async def refuse(*_: object, **__: object) -> Utterance:
                raise ProviderError("nothing to say", retryable=False)

            assert rung.worker is not None
            rung.worker.speak_part = refuse  # type: ignore[method-assign]
        assert await room.say() == ["! nothing to say"]
        assert room.steps() == []


async def test_slow_voices_are_asked_earlier(clock: SteppedClock) -> None:
    async with ladder(Voice("clone", clock)) as room:
        assert room.speaker.ahead_s == 20.0
        worker = room.rungs[0].worker
        assert isinstance(worker, Worker)
        worker.realtime_factor = 0.02
        assert room.speaker.ahead_s == 9.0
