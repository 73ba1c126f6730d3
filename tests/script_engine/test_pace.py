"""The estimate against the built-in voice, which is the one that counts."""

import asyncio

import pytest

from core.language import Language
from core.line import Line
from script_engine.pace import speaking_s
from speech.client import SpeechWorker

LINES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "好，报价：小月亮充电台灯，平时199元，今天直播间149元。",
        "尺寸是直径16cm，高28cm，在桌上量一量再定。",
        "还没想好要不要这款的家人，差哪句话就能定？",
        "新粉丝关注直播间可领满199减20的优惠券，有效期至2027年12月31日。",
        "用的是S925银，摘下来的时候记得收好。",
        "慢一点，让你想想。",
    ),
    "en": (
        "Here's the price: the Little Moon Lamp, usually ¥199, today in this room ¥149.",
        "It measures 16 cm by 28 cm. Is your spot big enough?",
        "No countdowns in this room: you listen, you ask, I answer. Back to the serum.",
        "New followers get 20 yuan off orders of 199 yuan or more, valid until 2027-12-31.",
        "It's made of 68% viscose, 27% polyester, 5% elastane.",
        "Easy does it, nobody's counting.",
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_estimate_agrees_with_the_voice(language: Language) -> None:
    async def speak() -> list[float]:
        worker = SpeechWorker()
        await worker.start()
        try:
            lines = [Line("l", text, language, "pitch", ()) for text in LINES[language]]
            return [(await worker.speak(line)).duration_s for line in lines]
        finally:
            await worker.stop()

    spoken = asyncio.run(speak())
    guessed = [speaking_s(text, language) for text in LINES[language]]
    assert sum(guessed) == pytest.approx(sum(spoken), rel=0.08)
    for text, guess_s, took_s in zip(LINES[language], guessed, spoken, strict=True):
        assert guess_s == pytest.approx(took_s, rel=0.3), text
