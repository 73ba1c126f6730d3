from pathlib import Path

import pytest

from core.errors import ConfigError
from room.settings import DEFAULT_ROOM, load_room
from room.writers import make_models
from tests.fakes.clock import VirtualClock


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
        ('[writer]\nurl = "http://a"', ["writer", "give `model`"]),
        ('[writer]\napi_key = "hunter2"', ["writer.api_key", "did you mean 'api_key_env'"]),
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


def test_a_key_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '[writer]\nurl = "http://a"\nmodel = "m"\napi_key_env = "SOME_KEY"'
    writer = load_room(write(tmp_path, text)).writer
    monkeypatch.delenv("SOME_KEY", raising=False)
    with pytest.raises(ConfigError, match="export SOME_KEY="):
        writer.api_key()
    monkeypatch.setenv("SOME_KEY", "hunter2hunter2")
    assert writer.api_key().get_secret_value() == "hunter2hunter2"
    assert "hunter2" not in repr(writer.api_key())


def test_a_model_folder_is_found_from_the_room_file(tmp_path: Path) -> None:
    writer = load_room(write(tmp_path, '[writer]\nlocal_model = "models/q"')).writer
    assert writer.local_model == tmp_path / "models" / "q"
    with pytest.raises(ConfigError, match=r"no config\.json"):
        make_models(writer, VirtualClock())


def test_the_server_is_asked_before_the_folder(tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "config.json").write_text("{}")
    text = '[writer]\nurl = "http://a"\nmodel = "m"\nlocal_model = "q"'
    models = make_models(load_room(write(tmp_path, text)).writer, VirtualClock())
    assert [model.name for model in models] == ["m at a", "q"]
