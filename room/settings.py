"""What a room's TOML file says."""

import os
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, model_validator

from avatar.presenter import load_presenter
from core.config import Settings, load_settings
from core.errors import ConfigError, MediaError
from room.stage.music import check_music

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
DEFAULT_ROOM = CONFIGS / "rooms" / "demo.toml"
DEFAULT_SHOP = CONFIGS / "shops" / "demo"
SCRIPTS = "scripts"
"""Where staff scripts lie in a shop."""


VideoQuality = Literal["auto", "lite", "full"]


class VideoSettings(Settings):
    width_px: Annotated[int, Field(ge=320, le=3840, multiple_of=16)] = 720
    height_px: Annotated[int, Field(ge=320, le=3840, multiple_of=16)] = 1280
    fps: Literal[20, 24, 25, 30] = 25
    bitrate_kbps: Annotated[int, Field(ge=300, le=20000)] = 2500
    quality: VideoQuality = "auto"
    # full shades every pixel: for a GPU; auto chooses by what draws on this machine


class VoiceSettings(Settings):
    name: str = ""
    # see: presenter voice list; or the path of a voice's file, relative to the room's; empty: the
    # presenter's own
    fallback: tuple[str, ...] = ()
    # voices to go down to, best first; the built-in one always comes last
    zh_characters_per_min: Annotated[float, Field(ge=120, le=450)] | None = None
    en_words_per_min: Annotated[float, Field(ge=80, le=320)] | None = None
    # None: the voice's own lively pace


class MusicSettings(Settings):
    file: Path | None = None
    # any file with sound, relative to the room's file; None: a soft pad made here
    level_db: Annotated[float, Field(ge=-60, le=-14)] = -26.0
    # RMS against full scale when nobody speaks
    duck_db: Annotated[float, Field(ge=0, le=40)] = 14.0
    # how much lower under speech


class RundownSettings(Settings):
    products: tuple[str, ...] = ()
    # ids in the order to pitch them; empty: all, in the shop's order
    minutes_each: Annotated[float, Field(gt=0, le=120)] | None = None
    # None: as long as the product's show format
    format: str = ""
    # a show format of configs/formats for all products; "": by each product's category


class WriterSettings(Settings):
    url: str = ""
    # of an OpenAI-compatible server; "": none
    model: str = ""
    # as the server calls it
    api_key_env: str = ""
    # the environment variable that holds the server's key; a key is never in a room's file
    local_model: Path | None = None
    # a folder with a transformers model, asked when the server fails; relative to the room's file

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.url and not self.model:
            raise ValueError("give `model` as well: what the server calls the model")
        return self

    def api_key(self) -> SecretStr:
        """The server's key, "" when it asks for none.

        Raises:
            ConfigError: the environment variable is not set.
        """
        if not self.api_key_env:
            return SecretStr("")
        if not (key := os.environ.get(self.api_key_env, "").strip()):
            name = self.api_key_env
            raise ConfigError(
                f"the environment has no {name}; type: export {name}=the-key",
                key="writer.api_key_env",
            )
        return SecretStr(key)


class ConsoleSettings(Settings):
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8765
    token: SecretStr | None = None
    # needed for any address but this machine's own


class RoomSettings(Settings):
    name: str
    language: Literal["zh", "en"] = "zh"
    shop: Path
    # relative to the room's file
    presenter: Path
    scene: Path
    policies: tuple[str, ...] = ()
    # names of packs in configs/policies; empty: all packs of law
    attended: bool = False
    # a person watches the console all the time: some platforms let no room on air without
    sinks: tuple[str, ...] = ("null:",)
    video: VideoSettings = VideoSettings()
    voice: VoiceSettings = VoiceSettings()
    music: MusicSettings = MusicSettings()
    rundown: RundownSettings = RundownSettings()
    writer: WriterSettings = WriterSettings()
    console: ConsoleSettings = ConsoleSettings()


def load_room(path: Path) -> RoomSettings:
    """A room's settings with its paths made absolute.

    Raises:
        ConfigError: a wrong file, key or path, also in the presenter's file.
    """
    room = load_settings(path, RoomSettings)
    found: dict[str, Any] = {}
    for key in ("shop", "presenter", "scene"):
        value: Path = getattr(room, key)
        place = value if value.is_absolute() else (path.parent / value).resolve()
        if not place.exists():
            raise ConfigError(f"{place} does not exist", file=str(path), key=key)
        found[key] = place
    name = room.voice.name or load_presenter(found["presenter"]).voice.name
    names = [_voice_place(voice, path) for voice in (name, *room.voice.fallback)]
    found["voice"] = room.voice.model_copy(update={"name": names[0], "fallback": tuple(names[1:])})
    found["writer"] = _writer(room.writer, path)
    if room.music.file is not None:
        music = _music_file(room.music.file, path)
        found["music"] = room.music.model_copy(update={"file": music})
    return room.model_copy(update=found)


def _voice_place(name: str, room_file: Path) -> str:
    return str((room_file.parent / name).resolve()) if name.endswith(".toml") else name


def _writer(writer: WriterSettings, room_file: Path) -> WriterSettings:
    """The same with an absolute folder."""
    if writer.local_model is None:
        return writer
    folder = (room_file.parent / writer.local_model.expanduser()).resolve()
    return writer.model_copy(update={"local_model": folder})


def _music_file(file: Path, room_file: Path) -> Path:
    place = file if file.is_absolute() else (room_file.parent / file).resolve()
    try:
        check_music(place)
    except MediaError as error:
        raise ConfigError(str(error), file=str(room_file), key="music.file") from error
    return place
