from pathlib import Path

import pytest

from core.config import Settings, load_settings
from core.errors import ConfigError


class Inner(Settings):
    rate: int = 25


class Example(Settings):
    name: str
    video: Inner = Inner()


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "room.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_what_is_there(tmp_path: Path) -> None:
    assert load_settings(write(tmp_path, 'name = "夜场"\n[video]\nrate = 30'), Example) == Example(
        name="夜场", video=Inner(rate=30)
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('name = "x"\nvidoe = 1', ["room.toml", "vidoe", "did you mean 'video'"]),
        ('name = "x"\n[video]\nrat = 1', ["video.rat", "did you mean 'rate'"]),
        ('name = "x"\n[video]\nrate = "fast"', ["video.rate", "'fast'"]),
        ("name = ", ["room.toml", "TOML"]),
        ("", ["name", "required"]),
        ('nam = "x"', ["nam: unknown key; did you mean 'name'?; name: is required"]),
    ],
)
def test_errors_name_file_key_and_nearest(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(write(tmp_path, text), Example)
    for word in words:
        assert word in str(caught.value)


def test_a_missing_file_lists_its_neighbours(tmp_path: Path) -> None:
    write(tmp_path, 'name = "x"')
    with pytest.raises(ConfigError, match="there are: room"):
        load_settings(tmp_path / "rom.toml", Example)
