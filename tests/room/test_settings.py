from pathlib import Path

import pytest

from core.errors import ConfigError
from room.settings import DEFAULT_ROOM, load_room


def write(tmp_path: Path, text: str) -> Path:
    for name in ("shop", "p.toml", "s.toml"):
        (tmp_path / name).touch()
    (tmp_path / "p.toml").write_text('name = "p"\n[voice]\nname = "built-in-man"\n')
    path = tmp_path / "room.toml"
    path.write_text('name = "r"\nshop = "shop"\npresenter = "p.toml"\nscene = "s.toml"\n' + text)
    return path


def test_the_demo_room_loads_and_its_paths_exist() -> None:
    room = load_room(DEFAULT_ROOM)
    assert room.shop.is_dir()
    assert room.presenter.is_file()
    assert room.scene.is_file()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[video]\nwidht_px = 720", ["video.widht_px", "did you mean 'width_px'"]),
        ("[video]\nfps = 26", ["video.fps", "26"]),
        ("[console]\nport = 99999", ["console.port", "65535"]),
        ('sink = ["null:"]', ["sink", "did you mean 'sinks'"]),
        ("[rundown]\nminutes_each = 0", ["rundown.minutes_each"]),
    ],
)
def test_wrong_keys_are_named(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        load_room(write(tmp_path, text))
    for word in words:
        assert word in str(caught.value)


def test_a_shop_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    (tmp_path / "shop").unlink()
    with pytest.raises(ConfigError, match=r"shop.*does not exist"):
        load_room(path)


def test_the_token_is_not_shown(tmp_path: Path) -> None:
    room = load_room(write(tmp_path, '[console]\ntoken = "hunter2hunter2"'))
    assert "hunter2" not in repr(room)


def test_a_room_that_names_no_voice_takes_its_presenters(tmp_path: Path) -> None:
    assert load_room(write(tmp_path, "")).voice.name == "built-in-man"
    named = load_room(write(tmp_path, '[voice]\nname = "built-in"\nzh_characters_per_min = 250'))
    assert (named.voice.name, named.voice.zh_characters_per_min) == ("built-in", 250)
    paced = load_room(write(tmp_path, "[voice]\nzh_characters_per_min = 250"))
    assert (paced.voice.name, paced.voice.zh_characters_per_min) == ("built-in-man", 250)


def test_a_wrong_presenter_is_named_before_anything_starts(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    (tmp_path / "p.toml").write_text('name = "p"\n[hair]\nstyle = "bobb"\n')
    with pytest.raises(ConfigError, match=r"p\.toml.*hair\.style.*did you mean 'bob'"):
        load_room(path)
