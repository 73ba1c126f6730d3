import json
import wave
from pathlib import Path

import pytest

from core.errors import MediaError
from speech.files import write_phones, write_wav
from speech.speaker import Speaker


def test_wav_and_phones_agree(speaker: Speaker, tmp_path: Path) -> None:
    utterance = speaker.speak("L1", "今天只要¥99。", "zh", "built-in", None)
    write_wav(tmp_path / "a.wav", utterance)
    write_phones(tmp_path / "a.json", utterance)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (48_000, 1, 2)
        frames = file.getnframes()
    value = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert value["samples"] == frames == len(utterance.samples)
    assert value["phones"][-1]["end_s"] == pytest.approx(frames / 48_000)
    assert [word["text"] for word in value["words"]] == ["今", "天", "只", "要", "¥99"]


def test_a_folder_that_is_not_there_is_named(speaker: Speaker, tmp_path: Path) -> None:
    utterance = speaker.speak("L1", "好", "zh", "built-in", None)
    with pytest.raises(MediaError, match=r"missing/a\.wav"):
        write_wav(tmp_path / "missing" / "a.wav", utterance)
    with pytest.raises(MediaError, match=r"missing/a\.json"):
        write_phones(tmp_path / "missing" / "a.json", utterance)
