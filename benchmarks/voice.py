"""How soon the built-in voice sounds, and its share of real time."""

import asyncio
from statistics import median

from benchmarks.figure import Figure, spread
from core.line import Line
from core.utterance import Utterance
from speech.client import SpeechWorker

LINES = (
    "姐妹们晚上好，今天这瓶玻尿酸精华，三十毫升，到手价只要一百九十九元。",
    "敏感肌也可以用，质地很清爽，不黏。",
    "This linen shirt is light, and it comes in three colours.",
    "SPF50+ 的防晒，夏天出门一定要带上。",
)
ROUNDS = 10


def measure() -> list[Figure]:
    """Speak forty lines, one at a time, through the worker process."""
    return asyncio.run(_measure())


def speak_once(text: str) -> Utterance:
    """A line of Chinese in the built-in voice."""

    async def speak() -> Utterance:
        worker = SpeechWorker()
        await worker.start()
        try:
            return await worker.speak(Line("bench", text, "zh", "pitch", ()))
        finally:
            await worker.stop()

    return asyncio.run(speak())


async def _measure() -> list[Figure]:
    worker = SpeechWorker()
    loop = asyncio.get_running_loop()
    began = loop.time()
    await worker.start()
    started_ms = (loop.time() - began) * 1000
    waits, lengths = [], []
    for round_ in range(ROUNDS):
        for i, text in enumerate(LINES):
            language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"
            line = Line(f"{round_}-{i}", text, language, "pitch", ())  # type: ignore[arg-type]
            began = loop.time()
            utterance = await worker.speak(line)
            waits.append((loop.time() - began) * 1000)
            lengths.append(utterance.duration_s)
    await worker.stop()
    factor = sum(waits) / 1000 / sum(lengths)
    return [
        Figure("worker start", started_ms, "ms"),
        *spread("line to sound", waits),
        Figure("real-time factor", factor, "x", f"median line {median(lengths):.1f} s"),
    ]
