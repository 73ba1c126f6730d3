"""Utterances made without a voice, for what only needs their timing."""

import numpy as np

from core.line import Line, LineKind
from core.utterance import SAMPLE_RATE_HZ, Phone, Phrase, Utterance, Word


def make_line(
    line_id: str = "L1",
    text: str = "今天这瓶精华，直播间一百九十九。敏感肌也能用，放心拍。",
    kind: LineKind = "pitch",
    *,
    interruptible: bool = True,
    product_id: str = "BT1001",
) -> Line:
    return Line(line_id, text, "zh", kind, (), product_id=product_id, interruptible=interruptible)


def speak_text(line: Line, seconds_per_char: float = 0.2) -> Utterance:
    """A tone as long as the text; a phrase ends after each mark of punctuation."""
    text = line.text
    samples = round(len(text) * seconds_per_char * SAMPLE_RATE_HZ)
    t = np.arange(samples) / SAMPLE_RATE_HZ
    phrases, start, sentence, sentence_start = [], 0, 0, 0
    for i, char in enumerate(text):
        if char in "，。,.！？" or i == len(text) - 1:
            phrases.append(
                Phrase(
                    start, i + 1, start * seconds_per_char, (i + 1) * seconds_per_char,
                    sentence, sentence_start,
                )
            )  # fmt: skip
            start = i + 1
            if char in "。.！？":
                sentence, sentence_start = sentence + 1, i + 1
    return Utterance(
        line_id=line.id,
        text=text,
        language=line.language,
        voice="fake",
        samples=(0.1 * np.sin(2 * np.pi * 220 * t)).astype(np.float32),
        phones=(Phone("a", 0.0, len(text) * seconds_per_char),),
        words=(Word(0, len(text), 0.0, len(text) * seconds_per_char),),
        phrases=tuple(phrases),
    )
