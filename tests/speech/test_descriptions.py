from pathlib import Path

import pytest

from core.errors import ConfigError
from speech.descriptions import (
    FOLDER,
    BuiltInVoice,
    FliteVoice,
    VitsVoice,
    XttsVoice,
    find_voice,
    read_description,
    voice_names,
)

COMMON = 'languages = ["en"]\nlicence = "mine"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text)
    return path


def test_those_that_come_with_the_house() -> None:
    assert voice_names()[:3] == ("built-in", "built-in-alto", "built-in-man")
    assert isinstance(find_voice("built-in")[1], BuiltInVoice)
    for path in FOLDER.glob("*.toml"):
        read_description(path)
    assert isinstance(find_voice("flite")[1], FliteVoice)


def test_paths_are_those_beside_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, f'engine = "xtts"\ncheckpoint = "m"\nreference = "r/a.wav"\n{COMMON}')
    name, described = find_voice(str(path))
    assert name == "mine"
    assert isinstance(described, XttsVoice)
    assert (described.checkpoint, described.reference) == (tmp_path / "m", tmp_path / "r" / "a.wav")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (COMMON, "None is no engine; there are: flite, vits, xtts, remote"),
        (f'engine = "vtis"\n{COMMON}', "'vtis' is no engine"),
        (f'engine = "vits"\ncheckpiont = "m"\n{COMMON}', "checkpoint"),
        (f'engine = "xtts"\ncheckpoint = "m"\n{COMMON}', "reference"),
        (f'engine = "xtts"\ncheckpoint = "m"\nreference = "a"\nspeaker = "b"\n{COMMON}', "either"),
        ('engine = "flite"\nlanguages = ["klingon"]\nlicence = "x"\n', "languages"),
        ('engine = "flite"\nlanguages = []\nlicence = "x"\n', "languages"),
        (f'engine = "flite"\nspeed = 9\n{COMMON}', "speed"),
        ("engine", "TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, match: str) -> None:
    with pytest.raises(ConfigError, match=match) as caught:
        read_description(written(tmp_path, text))
    assert "mine.toml" in str(caught.value)


def test_unknown_names_are_answered_with_the_known(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match="no voice 'built'; there are: built-in, built-in-alto, built-in-man"
    ):
        find_voice("built")
    (tmp_path / "built-in.toml").write_text(f'engine = "vits"\ncheckpoint = "m"\n{COMMON}')
    with pytest.raises(ConfigError, match="rename"):
        read_description(tmp_path / "built-in.toml")


def test_threads_and_devices(tmp_path: Path) -> None:
    text = f'engine = "vits"\ncheckpoint = "m"\nthreads = 3\ndevice = "cpu"\n{COMMON}'
    described = read_description(written(tmp_path, text))
    assert isinstance(described, VitsVoice)
    assert (described.threads, described.device) == (3, "cpu")
