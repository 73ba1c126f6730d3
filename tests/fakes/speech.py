"""Utterances made without a voice, for what only needs their timing."""

from dataclasses import replace

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


def speak_phrase(line: Line, start: int = 0, voice: str = "fake") -> Utterance:
    """The next phrase of a line as a part, as a slow voice gives it."""
    whole = speak_text(line)
    index = next(i for i, p in enumerate(whole.phrases) if p.text_start >= start)
    phrase = whole.phrases[index]
    rest = whole.phrases[index + 1] if index + 1 < len(whole.phrases) else None
    first, last = (round(at * SAMPLE_RATE_HZ) for at in (phrase.start_s, phrase.end_s))
    return replace(
        whole,
        voice=voice,
        samples=whole.samples[first:last],
        phones=(Phone("a", 0.0, phrase.end_s - phrase.start_s),),
        words=(Word(phrase.text_start, phrase.text_end, 0.0, phrase.end_s - phrase.start_s),),
        phrases=(replace(phrase, start_s=0.0, end_s=phrase.end_s - phrase.start_s),),
        rest_start=rest.text_start if rest else -1,
        rest_sentence_start=rest.sentence_text_start if rest else -1,
    )


def speak_phrases(line: Line) -> list[Utterance]:
    """All parts of a line."""
    parts = [speak_phrase(line)]
    while not parts[-1].is_last:
        parts.append(speak_phrase(line, parts[-1].rest_start))
    return parts
