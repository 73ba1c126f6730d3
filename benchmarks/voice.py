"""How soon voices sound, and their share of real time."""

import asyncio
import importlib.util
import shutil
import tempfile
from pathlib import Path
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
ROUNDS = 25
NEURAL_LINES = (
    "Hello everyone, and welcome. This linen shirt is light, it comes in three colours, and it"
    " keeps its shape after washing.",
    "Today it is nineteen dollars. It ships within two days, and you can return it for free.",
)


def measure() -> list[Figure]:
    """The built-in voice over a hundred lines; a VITS of default size, where coqui-tts is there.

    All through worker processes, one line at a time. The VITS has random weights: they take as long
    as real ones.
    """
    figures = asyncio.run(_measure())
    if importlib.util.find_spec("TTS") is not None:
        figures += _vits()
        if shutil.which("flite"):
            from benchmarks.alignment import measure as measure_alignment

            figures += measure_alignment()
    return figures


def _vits() -> list[Figure]:
    from benchmarks.checkpoints import write_vits

    with tempfile.TemporaryDirectory() as folder:
        voice = write_vits(Path(folder), small=False, phonemes=True)
        return asyncio.run(_stream(str(voice)))


async def _stream(voice: str) -> list[Figure]:
    """How soon the first phrase is there, and how long all take."""
    worker = SpeechWorker(voice=voice)
    await worker.start()
    loop = asyncio.get_running_loop()
    first_ms: list[float] = []
    spent_s = sound_s = 0.0
    try:
        for round_ in range(3):
            for i, text in enumerate(NEURAL_LINES):
                began, first = loop.time(), True
                async for part in worker.stream(Line(f"{round_}-{i}", text, "en", "pitch", ())):
                    if first:
                        first_ms.append((loop.time() - began) * 1000)
                    first = False
                    sound_s += part.duration_s
                spent_s += loop.time() - began
    finally:
        await worker.stop()
    return [
        *spread("VITS: line to first phrase", first_ms),
        Figure("VITS: real-time factor", spent_s / sound_s, "x", f"{sound_s:.0f} s of sound"),
    ]


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
    firsts = []
    for round_ in range(ROUNDS):
        for i, text in enumerate(LINES):
            language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"
            line = Line(f"urgent-{round_}-{i}", text, language, "answer", ())  # type: ignore[arg-type]
            began = loop.time()
            await worker.speak_part(line, urgent=True)
            firsts.append((loop.time() - began) * 1000)
    await worker.stop()
    factor = sum(waits) / 1000 / sum(lengths)
    return [
        Figure("lines spoken without failure", len(waits), "lines"),
        Figure("worker start", started_ms, "ms"),
        *spread("answer to first sound", firsts),
        *spread("line to all of its sound", waits),
        Figure("real-time factor", factor, "x", f"median line {median(lengths):.1f} s"),
    ]
