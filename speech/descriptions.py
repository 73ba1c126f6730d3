"""Voices as people describe them: configs/voices/NAME.toml."""

import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from core.config import Settings, parse_settings
from core.errors import ConfigError
from core.language import Language
from speech.voices import LANGUAGES, VOICES

FOLDER: Final = Path(__file__).resolve().parents[1] / "configs" / "voices"


class _Described(Settings):
    """What all descriptions have."""

    languages: tuple[Language, ...] = Field(min_length=1)
    licence: str
    # of the weights or the service, in words: who may use it for what
    speed: Annotated[float, Field(ge=0.5, le=2.0)] = 1.0
    # against the engine's own pace


class Computed(_Described):
    """Engines with a neural network, which computes on this machine."""

    device: Literal["auto", "cpu", "cuda"] = "auto"
    # auto: the GPU if there is one
    threads: Annotated[int, Field(ge=1, le=64)] | None = None
    # CPU threads; none: all cores but one, for the pictures need one


class BuiltInVoice(_Described):
    """One of `speech.voices`; needs no file."""

    engine: Literal["built-in"]
    name: str


class FliteVoice(_Described):
    engine: Literal["flite"]
    speaker: str = "slt"


class VitsVoice(Computed):
    engine: Literal["vits"]
    checkpoint: Path
    # model.pth, or the folder it lies in, with config.json beside it
    speaker: str | None = None
    # of a model that has several
    model_languages: dict[Language, str] = Field(default_factory=dict)
    # what a model of several languages calls them


class XttsVoice(Computed):
    engine: Literal["xtts"]
    checkpoint: Path
    # the folder of model.pth, config.json and vocab.json
    reference: Path | None = None
    # a recording of the person to sound like; its consent record lies beside it
    speaker: str | None = None
    # or one of the speakers that come with the model (speakers_xtts.pth)


class RemoteVoice(_Described):
    """A server with OpenAI's /v1/audio/speech."""

    engine: Literal["remote"]
    url: str
    # up to and with /v1
    model: str
    speaker: str
    # what the API calls `voice`
    api_key_env: str | None = None
    # the environment variable that holds the key
    timeout_s: Annotated[float, Field(gt=0, le=120)] = 20.0


Description = BuiltInVoice | FliteVoice | VitsVoice | XttsVoice | RemoteVoice
_ENGINES: Final[dict[str, type[FliteVoice | VitsVoice | XttsVoice | RemoteVoice]]] = {
    "flite": FliteVoice, "vits": VitsVoice, "xtts": XttsVoice, "remote": RemoteVoice,
}  # fmt: skip


def find_voice(name: str, folder: Path = FOLDER) -> tuple[str, Description]:
    """A voice's own name and description, by the name in `folder` or by the path of its file.

    Raises:
        ConfigError: no such voice, or its file is wrong.
    """
    if name in VOICES:
        licence = "GPL-3.0-or-later (espeak-ng), in a process of its own"
        return name, BuiltInVoice(
            engine="built-in", name=name, languages=LANGUAGES, licence=licence
        )
    path = Path(name) if name.endswith(".toml") else folder / f"{name}.toml"
    if not path.is_file():
        raise ConfigError(
            f"no voice {name!r}; there are: {', '.join(voice_names(folder))}", file=str(folder)
        )
    return path.stem, read_description(path)


def voice_names(folder: Path = FOLDER) -> tuple[str, ...]:
    """All that can be named: the built-in ones first."""
    return (*VOICES, *sorted(path.stem for path in folder.glob("*.toml")))


def read_description(path: Path) -> Description:
    """What a file says, with its paths made absolute.

    Raises:
        ConfigError: it cannot be read, or a key is wrong.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"cannot be read as TOML: {error}", file=str(path)) from error
    if path.stem in VOICES:
        raise ConfigError(f"{path.stem!r} is a built-in voice; rename the file", file=str(path))
    engine = raw.get("engine")
    if not isinstance(engine, str) or engine not in _ENGINES:
        raise ConfigError(
            f"{engine!r} is no engine; there are: {', '.join(_ENGINES)}",
            file=str(path), key="engine",
        )  # fmt: skip
    found = parse_settings(raw, _ENGINES[engine], file=str(path))
    places = {
        key: (path.parent / place.expanduser()).resolve()
        for key in ("checkpoint", "reference")
        if isinstance(place := getattr(found, key, None), Path)
    }
    if isinstance(found, XttsVoice) and (found.reference is None) == (found.speaker is None):
        raise ConfigError(
            "say either `reference` (a recording to clone) or `speaker` (one of the model's own)",
            file=str(path), key="reference",
        )  # fmt: skip
    return found.model_copy(update=places)


def checkpoint_files(checkpoint: Path) -> tuple[Path, Path]:
    """The model and its config."""
    path = checkpoint / "model.pth" if checkpoint.is_dir() else checkpoint
    return path, path.with_name("config.json")
