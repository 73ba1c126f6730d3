import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from core.errors import ProviderError
from core.language import Language
from core.line import Line
from speech.client import SpeechWorker
from speech.parts import join_parts
from tests.speech.utterances import check_times


def line(text: str, language: Language = "zh", name: str = "L1") -> Line:
    return Line(name, text, language, "pitch", ())


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[SpeechWorker]:
    """One for all tests that leave it alive."""
    worker = SpeechWorker()
    await worker.start()
    yield worker
    await worker.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def victim() -> AsyncIterator[SpeechWorker]:
    """One that a test may kill."""
    worker = SpeechWorker()
    await worker.start()
    yield worker
    await worker.stop()


async def test_mixed_lines_one_after_the_other(worker: SpeechWorker) -> None:
    texts = [
        "今天这瓶Serum只要¥129.90，SPF50+ PA+++。", "Hello everyone, it is $19.99 today.",
        "第2件半价，库存只剩23件！", "The XL fits 95-108 jin, 很显瘦。", "敏感肌能不能用？",
    ]  # fmt: skip
    lines = [line(f"{texts[i % 5]}{i}", "en" if i % 5 == 1 else "zh", f"L{i}") for i in range(40)]
    utterances = [await worker.speak(item) for item in lines]
    assert [u.line_id for u in utterances] == [item.id for item in lines]
    assert all(u.duration_s > 0.5 for u in utterances)


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("姐妹们晚上好，今天这瓶精华，三十毫升，只要一百九十九元。", "zh", "姐妹们晚上好，"),
        ("This linen shirt is light, and it comes in three colours.", "en",
         "This linen shirt is light, "),
        ("有货的。", "zh", "有货的。"),
    ],
)  # fmt: skip
async def test_an_urgent_line_begins_with_its_first_phrases(
    worker: SpeechWorker, text: str, language: Language, first: str
) -> None:
    parts = [part async for part in worker.stream(line(text, language), urgent=True)]
    for part in parts:
        check_times(part)
    assert text[: parts[0].phrases[-1].text_end].strip() == first.strip()
    assert [part.is_last for part in parts] == [False] * (len(parts) - 1) + [True]
    whole = join_parts(parts)
    check_times(whole)
    calm = await worker.speak(line(text, language))
    assert [(w.text_start, w.text_end) for w in whole.words] == [
        (w.text_start, w.text_end) for w in calm.words
    ]
    assert whole.duration_s == pytest.approx(calm.duration_s, rel=0.12)


async def test_an_urgent_line_overtakes(worker: SpeechWorker) -> None:
    done: list[str] = []

    async def say(name: str, *, urgent: bool = False) -> None:
        await worker.speak(line("今天只要九块九。", name=name), urgent=urgent)
        done.append(name)

    async with asyncio.TaskGroup() as group:
        for name in ("a", "b", "c", "d"):
            group.create_task(say(name))
        group.create_task(say("answer", urgent=True))
    assert done[0] == "answer" or done[:2] == ["a", "answer"]
    assert sorted(done) == ["a", "answer", "b", "c", "d"]


async def test_kill_fails_what_is_under_way_and_a_new_worker_works(victim: SpeechWorker) -> None:
    requests = [
        asyncio.create_task(victim.speak(line("今天这瓶精华只要一百二十九块九。" * 8)))
        for _ in range(4)
    ]
    while not victim.busy:
        await asyncio.wait(requests, timeout=0.005)
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    results = await asyncio.gather(*requests, return_exceptions=True)
    assert all(isinstance(result, ProviderError) and result.retryable for result in results)
    assert "died" in await victim.wait_dead()
    with pytest.raises(ProviderError):
        await victim.speak(line("好"))

    second = SpeechWorker()
    await second.start()
    assert (await second.speak(line("好"))).duration_s > 0.3
    await second.stop()


async def test_death_while_idle_is_noticed(victim: SpeechWorker) -> None:
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    assert "status -9" in await victim.wait_dead()
    assert not victim.alive


async def test_a_stalled_worker_is_killed() -> None:
    worker = SpeechWorker(speak_timeout_s=0.5)
    await worker.start()
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(ProviderError, match="stalled") as caught:
        await worker.speak(line("好"))
    assert caught.value.retryable
    assert "stalled" in await worker.wait_dead()
    await worker.stop()


async def test_ctrl_c_does_not_reach_the_voice(worker: SpeechWorker) -> None:
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGINT)
    assert (await worker.speak(line("好"))).line_id == "L1"


async def test_nothing_to_say_leaves_the_worker_alive(worker: SpeechWorker) -> None:
    with pytest.raises(ProviderError, match="nothing to say") as caught:
        await worker.speak(line("😀🎉"))
    assert not caught.value.retryable
    assert (await worker.speak(line("好"))).line_id == "L1"


async def test_a_line_nobody_waits_for_is_passed_over(worker: SpeechWorker) -> None:
    abandoned = asyncio.create_task(worker.speak(line("今天这瓶精华只要一百二十九块九。" * 5)))
    while not worker.busy:
        await asyncio.wait([abandoned], timeout=0.005)
    abandoned.cancel()
    assert (await worker.speak(line("好", name="L2"))).line_id == "L2"


async def test_rates_and_voices_reach_the_worker() -> None:
    slow = SpeechWorker(voice="built-in-man", rates_per_min={"zh": 200.0})
    await slow.start()
    utterance = await slow.speak(line("今天这瓶精华只要一百二十九块九。"))
    assert utterance.voice == "built-in-man"
    assert 16 / utterance.duration_s * 60 < 230
    await slow.stop()


async def test_a_wrong_lexicon_is_named(tmp_path: Path) -> None:
    (tmp_path / "zh.toml").write_text('[unit]\nml = "毫升"\n', encoding="utf-8")
    (tmp_path / "en.toml").write_text("", encoding="utf-8")
    worker = SpeechWorker(lexicon=tmp_path)
    with pytest.raises(ProviderError, match=r"zh\.toml.*did you mean 'units'"):
        await worker.start()
