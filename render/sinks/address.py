"""The addresses of sinks, as people write them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from core.errors import ConfigError

KNOWN: Final = (
    "file:PATH.mp4, rtmp://HOST/APP/KEY, rtmps://HOST/APP/KEY, hls:DIR, camera:, "
    "camera:/dev/videoN, null:"
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a sink sends."""

    scheme: str
    # file, rtmp, rtmps, hls, camera or null
    target: str
    # path, device or whole address; holds the stream key and must not be shown
    shown: str
    # without the stream key


def parse_address(url: str) -> Address:
    """The address in a sink's URL.

    Raises:
        ConfigError: the scheme is unknown or something is missing; the message says what is known.
    """
    scheme, colon, rest = url.partition(":")
    scheme = scheme.lower()
    if not colon or scheme not in ("file", "rtmp", "rtmps", "hls", "camera", "null"):
        raise ConfigError(f"no sink is called {_masked(url)!r}; there are: {KNOWN}", key="sink")
    if scheme in ("rtmp", "rtmps"):
        return _parse_rtmp(scheme, url)
    if scheme == "file" and Path(rest).suffix.lower() != ".mp4":
        raise ConfigError(f"{url!r} must name an MP4 file: file:PATH.mp4", key="sink")
    if scheme == "hls" and not rest:
        raise ConfigError("hls: needs a folder: hls:DIR", key="sink")
    if scheme == "camera" and rest and not re.fullmatch(r"/dev/video\d+", rest):
        raise ConfigError(
            f"{url!r} must name a video device: camera:/dev/videoN, or camera: for the first free",
            key="sink",
        )
    if scheme == "null" and rest:
        raise ConfigError(f"{url!r}: null: takes nothing after the colon", key="sink")
    return Address(scheme, rest, f"{scheme}:{rest}")


def _parse_rtmp(scheme: str, url: str) -> Address:
    parts = urlsplit(url)
    app, _, key = parts.path.lstrip("/").partition("/")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not app or not key:
        raise ConfigError(
            f"{_masked(url)!r} must hold a host, the application and the stream key: "
            f"{scheme}://HOST/APP/KEY",
            key="sink",
        )
    where = f"{host}:{port}" if port else host
    return Address(scheme, url, f"{scheme}://{where}/{app}/***")


def _masked(url: str) -> str:
    """As much of a wrong address as can be shown: a key would stand after the host."""
    head, slashes, rest = url.partition("://")
    if not slashes:
        return url
    host = rest.partition("/")[0].rpartition("@")[2]
    return f"{head}://{host}/***"
