"""Every voice there is, opened once."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from benchmarks.checkpoints import write_vits
from core.utterance import Utterance
from speech.descriptions import find_voice
from speech.engines.opening import open_voice
from speech.engines.voice import Voice
from speech.speaker import DEFAULT_RATES, Speaker
from speech.text.lexicon import FOLDER
from tests.fakes.speech_server import SpeechServer

TODAY = date(2026, 11, 27)
NAMES = ("built-in", "flite", "letters", "pinyin", "phonemes", "server")


@pytest.fixture(scope="session")
def server(speaker: Speaker) -> Iterator[SpeechServer]:
    """Speaks with the built-in man's voice: another speaker than the guide's."""

    def say(text: str, speed: float) -> Utterance:
        language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in text) else "en"
        rate = DEFAULT_RATES[language] * speed  # type: ignore[index]
        return speaker.speak("remote", text, language, "built-in-man", rate)  # type: ignore[arg-type]

    server = SpeechServer(say)
    yield server
    server.close()


@pytest.fixture(scope="session")
def voice_file(
    tmp_path_factory: pytest.TempPathFactory, server: SpeechServer
) -> Callable[[str], str]:
    """A voice's name or the path of its file."""
    folder = tmp_path_factory.mktemp("voices")

    def write(name: str) -> str:
        match name:
            case "letters":
                return str(write_vits(folder / name, small=True))
            case "pinyin":
                return str(write_vits(folder / name, small=True, language="zh"))
            case "phonemes":
                return str(write_vits(folder / name, small=True, phonemes=True))
            case "server":
                path = folder / "server.toml"
                path.write_text(
                    f'engine = "remote"\nurl = "{server.url}"\nmodel = "tts-1"\nspeaker = "man"\n'
                    'languages = ["zh", "en"]\nlicence = "test"\n'
                )
                return str(path)
        return name

    return write


@pytest.fixture(scope="session")
def voices(
    voice_file: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Voice]]:
    """A voice by its name, opened when it is first asked for."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    opened: dict[str, Voice] = {}
    with ExitStack() as ending:

        def get(name: str) -> Voice:
            if name == "flite" and shutil.which("flite") is None:
                pytest.skip("flite is not installed")
            if name not in opened:
                own_name, described = find_voice(voice_file(name))
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # torch's and coqui's own
                    opened[name] = open_voice(
                        own_name, described, lexicon_folder=FOLDER, cache_folder=None,
                        folder=Path(tmp_path_factory.mktemp("tract")), today=TODAY,
                    )  # fmt: skip
                ending.callback(opened[name].close)
            return opened[name]

        yield get
