"""Reading the TOML files people write, with errors that name the file, the key and the nearest."""

import re
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from core.errors import ConfigError
from core.message import Message, joined


class Settings(BaseModel):
    """Base of every configuration file's model: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


S = TypeVar("S", bound=Settings)
_MORE = 4
# further errors of one file that are told


def load_settings(path: Path, model: type[S]) -> S:
    """The settings in a TOML file.

    Raises:
        ConfigError: the file is missing, is no TOML, or holds a wrong or unknown key.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        others = sorted(other.stem for other in path.parent.glob("*.toml"))
        known = joined(others, chinese="、")
        message = Message("no such file; there are: {known}", known=known)
        raise ConfigError(message if others else Message("no such file"), file=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = Message("cannot be read as TOML: {error}", error=error)
        raise ConfigError(message, file=str(path)) from error
    return parse_settings(raw, model, file=str(path))


def parse_settings(raw: dict[str, object], model: type[S], *, file: str) -> S:
    """The settings in a table that is already read; `file` is named in errors."""
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        # a key that is wrongly spelled explains the one that is missing
        first, *others = sorted(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        more = [
            Message("{place}: {message}", place=_key(other), message=_said(other, model))
            for other in others[:_MORE]
        ]
        message = Message("{text}", text=joined((_said(first, model), *more), "; ", "；"))
        raise ConfigError(message, file=file, key=_key(first)) from error


def _key(error: ErrorDetails) -> str:
    return ".".join(str(part) for part in error["loc"])


def _said(error: ErrorDetails, model: type[BaseModel]) -> Message:
    """What is wrong with one key, and what was probably meant."""
    found = error["input"]
    if error["type"] == "missing":
        return Message("is required and not there")
    if error["type"] == "extra_forbidden":
        fields = _fields_at(model, error["loc"][:-1])
        best = _nearest(str(error["loc"][-1]), fields)
        if best:
            return Message("unknown key; did you mean {best!r}?", best=best)
        known = joined(fields, chinese="、")
        return Message("unknown key; known keys: {known}", known=known)
    best = _nearest_choice(error)
    if best:
        return Message(
            "{why} (found {found!r}); did you mean {best!r}?",
            why=error["msg"], found=found, best=best,
        )  # fmt: skip
    return Message("{why} (found {found!r})", why=error["msg"], found=found)


def _nearest(name: str, known: list[str]) -> str:
    """The known name that `name` was probably meant to be, or ""."""
    best = process.extractOne(name, known, score_cutoff=60) if known else None
    return str(best[0]) if best else ""


def _nearest_choice(error: ErrorDetails) -> str:
    """The choice that was probably meant, where there is a fixed set of them, or ""."""
    if error["type"] != "literal_error":
        return ""
    choices = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    return _nearest(str(error["input"]), choices)


def _fields_at(model: type[BaseModel], inside: tuple[int | str, ...]) -> list[str]:
    for part in inside:
        field = model.model_fields.get(str(part))
        kind = field.annotation if field else None
        args = [a for a in (kind, *getattr(kind, "__args__", ())) if isinstance(a, type)]
        nested = next((a for a in args if issubclass(a, BaseModel)), None)
        if nested is not None:
            model = nested
    return list(model.model_fields)
