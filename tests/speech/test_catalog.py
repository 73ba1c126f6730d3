from datetime import date
from pathlib import Path

import pytest

from core.errors import ConfigError
from speech.catalog import VoiceEntry, examine, list_voices, require_voice
from speech.voices import VOICES

TODAY = date(2026, 11, 27)
COMMON = 'languages = ["en"]\nlicence = "mine"\n'


def entry(folder: Path, text: str) -> VoiceEntry:
    (folder / "mine.toml").write_text(text)
    return examine("mine", TODAY, folder)


def test_the_built_in_voices_work_here() -> None:
    found = {voice.name: voice for voice in list_voices(TODAY)}
    assert found["built-in"].usable
    assert (found["built-in"].engine, found["built-in"].device) == ("built-in", "cpu")
    assert {"zh", "en", "yue", "ja", "ko", "de", "fr", "es"} == set(found["built-in"].languages)
    assert "GPL" in found["built-in"].licence


def test_a_program_that_is_missing_comes_with_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    voice = entry(tmp_path, f'engine = "flite"\n{COMMON}')
    assert not voice.usable
    assert voice.remedy == "sudo apt-get install -y flite"


def test_a_package_that_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    for name in ("model.pth", "config.json"):
        (tmp_path / name).write_bytes(b"")
    voice = entry(tmp_path, f'engine = "vits"\ncheckpoint = "."\n{COMMON}')
    assert "torch, TTS, six" in voice.detail
    assert ".[voices]" in voice.remedy


def test_a_missing_checkpoint_and_a_missing_consent_are_named(tmp_path: Path) -> None:
    voice = entry(tmp_path, f'engine = "vits"\ncheckpoint = "gone"\n{COMMON}')
    assert not voice.usable
    assert "gone" in voice.detail
    for name in ("model.pth", "config.json", "vocab.json", "a.wav"):
        (tmp_path / name).write_bytes(b"")
    voice = entry(tmp_path, f'engine = "xtts"\ncheckpoint = "."\nreference = "a.wav"\n{COMMON}')
    assert "a.consent.toml" in voice.detail
    with pytest.raises(ConfigError, match=r"a\.consent\.toml"):
        require_voice("mine", TODAY, tmp_path)


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    text = f'engine = "remote"\nurl = "http://127.0.0.1:9/v1"\nmodel = "m"\nspeaker = "s"\n{COMMON}'
    voice = entry(tmp_path, text)
    assert not voice.usable
    assert "127.0.0.1:9" in voice.detail
    voice = entry(tmp_path, text + 'api_key_env = "NO_SUCH_KEY"\n')
    assert voice.remedy == "export NO_SUCH_KEY=..."


def test_a_wrong_file_does_not_hide_the_others(tmp_path: Path) -> None:
    voice = entry(tmp_path, "engine")
    assert not voice.usable
    assert "mine.toml" in voice.detail
    assert len(list_voices(TODAY, tmp_path)) == len(VOICES) + 1
