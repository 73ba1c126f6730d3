"""An utterance as files: 16-bit WAV and the times of its phones, words and phrases as JSON."""

import dataclasses
import json
import wave
from pathlib import Path

import numpy as np

from core.errors import MediaError
from core.utterance import SAMPLE_RATE_HZ, Utterance


def write_wav(path: Path, utterance: Utterance) -> None:
    """The sound as 48 kHz mono WAV.

    Raises:
        MediaError: the file cannot be written.
    """
    pcm = np.round(np.clip(utterance.samples, -1.0, 1.0) * 32767).astype("<i2")
    try:
        with path.open("wb") as raw, wave.open(raw, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLE_RATE_HZ)
            file.writeframes(pcm.tobytes())
    except OSError as error:
        raise MediaError(f"{path}: cannot write the sound: {error}") from error


def write_phones(path: Path, utterance: Utterance) -> None:
    """The times as JSON: text, language, voice, duration_s, phones, words, phrases.

    Raises:
        MediaError: the file cannot be written.
    """
    value = {
        "text": utterance.text,
        "language": utterance.language,
        "voice": utterance.voice,
        "sample_rate_hz": SAMPLE_RATE_HZ,
        "samples": len(utterance.samples),
        "duration_s": utterance.duration_s,
        "phones": [dataclasses.asdict(phone) for phone in utterance.phones],
        "words": [
            dataclasses.asdict(word) | {"text": utterance.text[word.text_start : word.text_end]}
            for word in utterance.words
        ],
        "phrases": [dataclasses.asdict(phrase) for phrase in utterance.phrases],
    }
    try:
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise MediaError(f"{path}: cannot write the phones: {error}") from error
