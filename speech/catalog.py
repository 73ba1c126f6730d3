"""What can speak on this machine, without loading any of it."""

import importlib.util
import os
import shutil
import socket
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from core.errors import ConfigError
from core.language import Language
from speech.consent import require_consent
from speech.descriptions import (
    FOLDER,
    BuiltInVoice,
    Description,
    FliteVoice,
    RemoteVoice,
    VitsVoice,
    XttsVoice,
    checkpoint_files,
    find_voice,
    voice_names,
)

_REPLY_S = 1.0
INSTALL = ".venv/bin/pip install -c constraints.txt -e '.[{extra}]'"


@dataclass(frozen=True, slots=True)
class VoiceEntry:
    """A voice, and whether it can be used here."""

    name: str
    engine: str
    languages: tuple[Language, ...]
    licence: str
    device: str
    # cpu, cuda or server; "" when the voice cannot be read
    usable: bool
    detail: str
    # what is wrong, "" when it is usable
    remedy: str
    # the line to type or the file to write


def list_voices(today: date, folder: Path = FOLDER) -> list[VoiceEntry]:
    """All voices; may wait a second for a server."""
    return [examine(name, today, folder) for name in voice_names(folder)]


def examine(name: str, today: date, folder: Path = FOLDER) -> VoiceEntry:
    """One voice. Its own faults are told in the entry, not raised."""
    try:
        own_name, described = find_voice(name, folder)
    except ConfigError as error:
        remedy = "correct the file; docs/guides/voices.md has one for each engine"
        return VoiceEntry(name, "?", (), "", "", False, str(error), remedy)
    detail, remedy = _lacks(described, today)
    return VoiceEntry(
        own_name, described.engine, described.languages, described.licence, _device(described),
        not detail, detail, remedy,
    )  # fmt: skip


def require_voice(name: str, today: date, folder: Path = FOLDER) -> str:
    """The name of a voice whose own files are all there and which may be used.

    Raises:
        ConfigError: no such voice, a missing file, or no consent to a clone.
    """
    own_name, described = find_voice(name, folder)
    _require_files(described, today)
    return own_name


def _require_files(described: Description, today: date) -> None:
    wanted: tuple[Path, ...] = ()
    if isinstance(described, VitsVoice):
        wanted = checkpoint_files(described.checkpoint)
    elif isinstance(described, XttsVoice):
        wanted = tuple(described.checkpoint / n for n in ("model.pth", "config.json", "vocab.json"))
        if described.reference is not None:
            wanted = (*wanted, described.reference)
    for path in wanted:
        if not path.is_file():
            raise ConfigError("no such file", file=str(path))
    if isinstance(described, XttsVoice) and described.reference is not None:
        require_consent(described.reference, today)


def _lacks(described: Description, today: date) -> tuple[str, str]:
    """What is missing, and the line that mends it."""
    try:
        _require_files(described, today)
    except ConfigError as error:
        return str(error), "see the voice's file and docs/guides/voices.md"
    match described:
        case BuiltInVoice():
            if not _has_espeak():
                return "the espeak-ng library is missing", INSTALL.format(extra="espeak")
        case FliteVoice():
            if shutil.which("flite") is None:
                return "the program flite is missing", "sudo apt-get install -y flite"
        case RemoteVoice():
            return _lacks_server(described)
        case VitsVoice() | XttsVoice():
            missing = [n for n in ("torch", "TTS", "six") if importlib.util.find_spec(n) is None]
            if missing:
                return f"without {', '.join(missing)}", INSTALL.format(extra="voices")
            if described.device == "cuda" and not _has_gpu():
                return "no GPU", 'write device = "auto" or "cpu" in the voice\'s file'
    return "", ""


def _lacks_server(described: RemoteVoice) -> tuple[str, str]:
    if importlib.util.find_spec("httpx") is None:
        return "without httpx", INSTALL.format(extra="servers")
    if described.api_key_env and not os.environ.get(described.api_key_env):
        return "its key is not set", f"export {described.api_key_env}=..."
    place = urlsplit(described.url)
    port = place.port or (443 if place.scheme == "https" else 80)
    try:
        socket.create_connection((place.hostname or "", port), _REPLY_S).close()
    except OSError as error:
        return f"no answer from {place.hostname}:{port}: {error}", "start the server"
    return "", ""


def _device(described: Description) -> str:
    if isinstance(described, RemoteVoice):
        return "server"
    if isinstance(described, VitsVoice | XttsVoice) and described.device != "cpu":
        return "cuda" if _has_gpu() else "cpu"
    return "cpu"


def _has_gpu() -> bool:
    return Path("/proc/driver/nvidia/version").exists()


def _has_espeak() -> bool:
    return importlib.util.find_spec("espeakng_loader") is not None or bool(
        shutil.which("espeak-ng") or any(Path("/usr/lib").glob("*/libespeak-ng.so.1"))
    )
